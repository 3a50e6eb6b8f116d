"""What each action of the journal is called, and what its detail means, for people who read it.

The journal itself holds codes: they are hashed and sealed, so words may get better without touching what was written.
Names, accounts and amounts of beneficiaries never stand in it (docs/journal.md).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from desktop.dossier.dates import local_time
from desktop.dossier.lifecycle import DECISIONS

TREASURY, MACHINE = "Kho bạc", "Máy tự làm"

KINDS: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "dossier": (
        "Hồ sơ",
        {
            "submit": "Trình ký hồ sơ",
            "withdraw": "Rút hồ sơ về soạn",
            "delete": "Xóa bản nháp",
            "undelete": "Lấy lại bản nháp",
            "shrink_scan": "Thu nhỏ bản quét",
            "put_back_scan": "Dùng lại bản quét gốc",
            "sign": "Ký hồ sơ",
            "seal": "Đóng gói để gửi",
            "cancel": "Hủy gói chưa gửi",
            "file_on_paper": "Ghi đã nộp giấy",
            "warnings_acknowledged": "Trình ký dù có cảnh báo",
            "two_signers_one_machine": "Hai người ký liền nhau trên một máy",
            "acknowledge_payee": "Nhận người nhận tiền mới là đúng",
            "stand_for_payees": "Người ký cuối nhận người nhận tiền là đúng",
            "evidence": "Bổ sung bằng chứng cho chữ ký",
        },
    ),
    "machines": (
        "Máy khác",
        {
            "handover_out": "Chuyển hồ sơ sang máy khác",
            "handover_taken_back": "Lấy lại hồ sơ đã chuyển",
            "handover_returned": "Nhận lại hồ sơ từ máy khác",
            "handover_in": "Nhận hồ sơ của máy khác",
            "handover_back": "Trả hồ sơ về máy của nó",
            "drop_guest": "Bỏ hồ sơ của máy khác",
        },
    ),
    "treasury": (
        "Kho bạc",
        {
            "receipt": "Kho bạc cấp biên nhận",
            "refused": "Kho bạc từ chối gói gửi",
            "decision": "Kết quả của Kho bạc",
            "balance": "Kho bạc báo biến động số dư",
            "paper": "Kho bạc gửi giấy báo",
            "refund": "Kho bạc báo hoàn trả thu",
            "pack": "Kho bạc báo bộ mẫu mới",
            "trust_list": "Nhận danh sách tin cậy",
            "crl": "Nhận danh sách thu hồi chứng thư",
            "journal_forked": "Kho bạc báo có nhật ký khác",
        },
    ),
    "people": (
        "Người và quyền",
        {
            "register_person": "Đăng ký người ký",
            "end_registration": "Thôi đăng ký người ký",
            "register_by_form": "Ghi người ký theo Mẫu 24",
            "delegate": "Ghi ủy quyền ký",
            "end_delegation": "Kết thúc ủy quyền ký",
            "unlock": "Mở khóa",
            "recover": "Mở khóa bằng mã khôi phục",
            "user_add": "Thêm người dùng",
            "user_change": "Sửa người dùng",
            "user_disable": "Ngừng người dùng",
            "user_enable": "Cho người dùng dùng lại",
            "user_remove": "Bỏ người dùng",
            "user_password": "Đặt mật khẩu cho người dùng",
            "user_token": "Cho người dùng mở khóa bằng token",
            "user_token_end": "Thôi cho người dùng mở khóa bằng token",
            "shared_password": "Đổi mật khẩu chung",
            "shared_password_end": "Bỏ mật khẩu chung",
            "recovery_code": "Lập mã khôi phục mới",
            "recovery_paper": "In mã khôi phục",
            "recovery_code_confirmed": "Xác nhận đã giữ mã khôi phục",
            "password_cost": "Đổi độ nặng của mật khẩu",
        },
    ),
    "unit": (
        "Đơn vị và máy",
        {
            "create": "Tạo dữ liệu đơn vị",
            "enrol": "Đăng ký máy với Kho bạc",
            "wrong_password": "Gõ sai mật khẩu",
            "trust_root": "Tin thêm chứng thư gốc",
            "untrust_root": "Thôi tin chứng thư gốc",
            "import_catalogue": "Nhập danh mục",
            "use_catalogue": "Dùng bản danh mục",
            "estimate": "Ghi dự toán",
            "estimate_undo": "Ghi mục đảo dự toán",
            "backup": "Sao lưu",
            "backup_place": "Chọn nơi sao lưu",
            "restore": "Khôi phục bản sao lưu",
            "salvage": "Cứu dữ liệu bị hỏng",
            "archive": "Cất hồ sơ năm cũ vào kho lưu",
            "unarchive": "Lấy hồ sơ năm cũ từ kho lưu về",
            "upgrade": "Nâng cấp dữ liệu theo bản chương trình mới",
            "rotate": "Đổi khóa dữ liệu",
        },
    ),
}
"""Acts by kind: what the kind is called, and each of its acts."""
WORDS: Mapping[str, str] = {action: words for _, acts in KINDS.values() for action, words in acts.items()}

OF_TREASURY = frozenset(
    {"receipt", "refused", "decision", "balance", "paper", "refund", "pack", "trust_list", "register_by_form",
     "journal_forked"}
)  # fmt: skip
"""Actions nobody at the unit took: the Treasury spoke."""

_EVENT = re.compile(r"event (\d+)\Z", re.ASCII)


def what(action: str) -> str:
    """Name an action; one of a later version of the program or the Treasury is told by its code."""
    return WORDS.get(action) or f"Việc khác ({action})"


def detail_words(action: str, detail: str) -> str:
    """Say what a detail means, without the dossier's own mark that stands in a column of its own."""
    told = _DETAILS.get(action, _plain)(detail)
    return _EVENT.sub(r"thông báo số \1", told)


def told_time(at: str) -> str:
    """Write an instant as people read it, or the text itself where it is none: a journal that was tampered with too."""
    try:
        return local_time(at)
    except ValueError:
        return at


def _plain(detail: str) -> str:
    return detail


def _after_mark(detail: str) -> str:
    return detail.partition(" ")[2]


def _two(detail: str) -> tuple[str, str]:
    first, _, second = detail.partition(" ")
    return first, second


def _sign(detail: str) -> str:
    return f"chữ ký thứ {_after_mark(detail)}"


def _evidence(detail: str) -> str:
    order, _, level = detail.partition(" ")
    return f"chữ ký thứ {order}, mức {level}"


def _handed(detail: str) -> str:
    signed, _, machine = _after_mark(detail).partition(" ")
    return f"{signed} chữ ký" + (f", máy {machine}" if machine else "")


def _decision(detail: str) -> str:
    known = DECISIONS.get(detail)
    return known.label if known else detail


def _restored(detail: str) -> str:
    at, _, asked = detail.partition(" ")
    return f"bản lúc {told_time(at)}, {asked or 0} gói phải hỏi lại Kho bạc"


def _upgraded(detail: str) -> str:
    before, _, rest = detail.partition(" ")
    after, _, program = rest.partition(" ")
    return f"từ bản {before} lên {after}, chương trình {program}"


def _forked(detail: str) -> str:
    ours, _, theirs = detail.partition(" ")
    return f"mục {ours} ở đây, mục {theirs} ở Kho bạc"


_DETAILS: Mapping[str, Callable[[str], str]] = {
    **dict.fromkeys(("submit", "withdraw", "delete", "undelete", "seal", "cancel", "file_on_paper", "drop_guest"),
                    _after_mark),
    **dict.fromkeys(("handover_out", "handover_taken_back", "handover_returned", "handover_in", "handover_back"),
                    _handed),
    **dict.fromkeys(("archive", "unarchive"), lambda detail: "năm {}, {} hồ sơ".format(*_two(detail))),
    "sign": _sign,
    "two_signers_one_machine": _sign,
    "warnings_acknowledged": lambda detail: f"quy tắc {_after_mark(detail)}",
    "stand_for_payees": lambda detail: f"{_after_mark(detail)} người nhận",
    "evidence": _evidence,
    "receipt": lambda detail: f"số {detail}",
    "decision": _decision,
    "trust_list": lambda detail: f"bản {detail}",
    "restore": _restored,
    "upgrade": _upgraded,
    "wrong_password": lambda detail: f"{detail} lần",
    "journal_forked": _forked,
}  # fmt: skip

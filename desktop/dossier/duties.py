"""What each user of a unit's store may do: one table from duty to acts, asked at the desk before anything is done.

Separation of duties follows NĐ 347/2025/NĐ-CP Điều 8 and the order of signatures (rule R-021): who signs as chief
accountant never signs as account holder, and who looks after users and keys gains no right to spend.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType


class Duty(StrEnum):
    """What a user is here for; one user of a small unit may hold several."""

    PREPARER = "preparer"
    CHIEF_ACCOUNTANT = "chief_accountant"
    ACCOUNT_HOLDER = "account_holder"
    ADMINISTRATOR = "administrator"
    VIEWER = "viewer"


class Act(StrEnum):
    """A kind of thing to do at the desk; every use case belongs to one."""

    READ = "read"
    EXPORT = "export"
    DRAFT = "draft"
    SUBMIT = "submit"
    SIGN = "sign"
    WITHDRAW = "withdraw"
    SEND = "send"
    MONEY = "money"
    CATALOGUES = "catalogues"
    SIGNERS = "signers"
    TRUST = "trust"
    USERS = "users"
    UNITS = "units"
    BACKUP = "backup"
    RESTORE = "restore"
    KEYS = "keys"
    JOURNAL = "journal"
    ARCHIVE = "archive"
    SETTINGS = "settings"


DUTY_TITLES: Mapping[Duty, str] = MappingProxyType(
    {
        Duty.PREPARER: "Người lập",
        Duty.CHIEF_ACCOUNTANT: "Kế toán trưởng",
        Duty.ACCOUNT_HOLDER: "Chủ tài khoản",
        Duty.ADMINISTRATOR: "Người quản trị",
        Duty.VIEWER: "Người xem",
    }
)

ACT_WORDS: Mapping[Act, str] = MappingProxyType(
    {
        Act.READ: "xem hồ sơ, sổ, giấy báo",
        Act.EXPORT: "in, xuất ra tệp",
        Act.DRAFT: "soạn hồ sơ, nhập chứng từ và danh sách",
        Act.SUBMIT: "trình ký, ghi nhận nộp giấy",
        Act.SIGN: "ký, chuyển và nhận hồ sơ ký",
        Act.WITHDRAW: "rút lại hồ sơ đã trình",
        Act.SEND: "gửi, tạm dừng, xếp thứ tự gửi",
        Act.MONEY: "dự toán, đối chiếu",
        Act.CATALOGUES: "danh mục, bộ mẫu",
        Act.SIGNERS: "người ký, chứng thư, ủy quyền",
        Act.TRUST: "nơi tin cậy, dấu thời gian",
        Act.USERS: "người dùng",
        Act.UNITS: "đăng ký máy với Kho bạc, đơn vị trên máy",
        Act.BACKUP: "sao lưu",
        Act.RESTORE: "khôi phục từ bản sao lưu",
        Act.KEYS: "mã khôi phục, đổi khóa dữ liệu",
        Act.JOURNAL: "xem, niêm phong, xuất nhật ký",
        Act.ARCHIVE: "cất hồ sơ năm cũ",
        Act.SETTINGS: "cài đặt của đơn vị, trình điều khiển token",
    }
)

_LOOK = frozenset({Act.READ, Act.EXPORT})
_WORK = _LOOK | {Act.DRAFT, Act.SUBMIT, Act.SIGN, Act.WITHDRAW, Act.SEND, Act.MONEY, Act.CATALOGUES, Act.BACKUP}

MAY: Mapping[Duty, frozenset[Act]] = MappingProxyType(
    {
        Duty.PREPARER: _WORK,
        Duty.CHIEF_ACCOUNTANT: _WORK | {Act.SIGNERS, Act.JOURNAL},
        Duty.ACCOUNT_HOLDER: _LOOK | {Act.SIGN, Act.WITHDRAW, Act.SEND, Act.SIGNERS, Act.JOURNAL, Act.BACKUP},
        Duty.ADMINISTRATOR: _LOOK
        | {Act.CATALOGUES, Act.SIGNERS, Act.TRUST, Act.USERS, Act.UNITS, Act.BACKUP, Act.RESTORE}
        | {Act.KEYS, Act.JOURNAL, Act.ARCHIVE, Act.SETTINGS},
        Duty.VIEWER: _LOOK,
    }
)
"""The one table; docs/users.md shows it. Reading is everybody's: whoever can open the store can read it."""

SIGNING = frozenset({Duty.CHIEF_ACCOUNTANT, Duty.ACCOUNT_HOLDER})
"""Duties that sign one after the other for the unit; nobody holds two."""


def may(duties: Iterable[Duty], act: Act) -> bool:
    """Tell whether somebody with these duties may do it."""
    return any(act in MAY[duty] for duty in duties)


def may_combine(duties: Iterable[Duty]) -> bool:
    """Tell whether one user may hold these duties: at least one, never two that sign, a viewer nothing else."""
    held = set(duties)
    return bool(held) and len(held & SIGNING) < 2 and (Duty.VIEWER not in held or held == {Duty.VIEWER})


def who_may(act: Act) -> tuple[Duty, ...]:
    """Name the duties that may do it, in the order of Duty."""
    return tuple(duty for duty in Duty if act in MAY[duty])


def for_whom(act: Act) -> str:
    """Say for people whose work it is: "Việc này dành cho người quản trị."."""
    return f"Việc này dành cho {titles(who_may(act)).lower()}."


def titles(duties: Iterable[Duty]) -> str:
    """Name duties for people: "Người lập, Người quản trị"."""
    held = set(duties)
    return ", ".join(DUTY_TITLES[duty] for duty in Duty if duty in held)

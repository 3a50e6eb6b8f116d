"""Tokens, dossiers and hand-overs of the design's signing picture."""

from __future__ import annotations

from dataclasses import replace

from desktop.dossier.handover_views import (
    HandoverConflict,
    HandoverDossier,
    HandoverKind,
    HandoverLine,
    HandoverOutcome,
    HandoverView,
)
from desktop.dossier.sign_views import PayeeNews, SignFile, SignItem, StepView, TokenView

FILES = (
    SignFile("Giấy rút dự toán C2-02a/NS", 1, "f55f16f0" + "0" * 52 + "d114"),
    SignFile("Bảng kê chứng từ thanh toán.pdf", 2, "4814d920" + "0" * 52 + "028b"),
    SignFile("Quyết định chi hội nghị số 212.pdf", 3, "7c1c97df" + "0" * 52 + "c3b8"),
)
STEPS = (
    StepView("Kế toán trưởng", "Hà Văn Tuyên", "signed", "2026-11-23T02:10:00Z"),
    StepView("Chủ tài khoản", "Vi Đình Thắng", "turn", ""),
)
TITLES = (
    "Tiền điện trụ sở, nhà văn hóa tháng 10",
    "Cước điện thoại, internet tháng 10",
    "Trang bị bộ phận một cửa",
    "Thanh toán tạm ứng hội nghị nông dân",
)
NEWS = (
    PayeeNews(
        "k1",
        "new",
        "Vàng Thị Dợ",
        "3508205018038",
        "Vàng Thị Dợ, tài khoản 3508205018038: lần đầu được trả từ máy này.",
    ),
    PayeeNews(
        "k2",
        "changed",
        "Công ty TNHH Hải Lâm",
        "50110001234567",
        "Công ty TNHH Hải Lâm, tài khoản 50110001234567: lần trước ngày 20/10/2026 trả vào tài khoản 50110009999999.",
    ),
)
CHANGES = (
    "Nhiều hơn lần trước 1.300.000 đ (lần trước 6.200.000 đ).",
    "Thêm 2 người, bớt 1 người so với lần trước.",
)
SITTING = "Hà Văn Tuyên vừa ký hồ sơ này trên chính máy này, 4 phút trước. Bảng kê trình ký có ghi điều này."


def token(person_id: str | None, **change: object) -> TokenView:
    known: dict[str, object] = {
        "serial": "T3",
        "label": "Vi Dinh Thang",
        "owner": "Vi Đình Thắng",
        "role_title": "Chủ tài khoản",
        "issuer": "CA chuyên dùng Chính phủ",
        "certificate_serial": "54010A7C9912345678339E",
        "not_after": "2028-03-14T00:00:00Z",
        "days_left": 476,
        "matches_person_id": person_id,
        "reader": "Feitian ePass2003",
        "pin_min": 6,
        "pin_max": 16,
    }
    return TokenView(**{**known, **change})  # type: ignore[arg-type]


def sign_item(number: int, **change: object) -> SignItem:
    """One dossier that waits for the account holder."""
    files, amount = FILES[: number % 3 + 1], 1_234_500 * (number % 9 + 2)
    made = SignItem(f"d0{number}", f"0{number}", TITLES[number % 4], amount, files, STEPS, payee_count=number % 4 + 1)
    return replace(made, **({"mark": f"mark of {made.local_id}"} | change))  # type: ignore[arg-type]


def with_news(number: int = 436, news: tuple[PayeeNews, ...] = NEWS, **change: object) -> SignItem:
    """One dossier whose payees somebody must stand for."""
    known: dict[str, object] = {
        "payee_count": 12,
        "amount_before": 6_200_000,
        "compared_with": "hồ sơ 0399, 20/10/2026",
        "changes": CHANGES,
        "news": news,
        "must_acknowledge": True,
    }
    return sign_item(number, **(known | change))


def many_news(count: int) -> tuple[PayeeNews, ...]:
    """A whole salary list nobody was paid by before."""
    names = ("Vàng Thị Dợ", "Giàng A Sò", "Lò Văn Pọm", "Hà Thị Nguyên")
    rows = [(names[i % 4], f"35082050{18038 + i}") for i in range(count)]
    return tuple(
        PayeeNews(f"n{i}", "new", name, account, f"{name}, tài khoản {account}: lần đầu được trả từ máy này.")
        for i, (name, account) in enumerate(rows)
    )


def handed(number: str, outcome: HandoverOutcome, **change: object) -> HandoverDossier:
    """One dossier of a hand-over file."""
    made = HandoverDossier(f"d{number}", number, TITLES[int(number) % 4], 7_407_000, "Điện lực Mường Lát", 1, 1, STEPS,
        (("Giấy rút dự toán C2-02a/NS", "f" * 64),), "3310 9274", outcome)  # fmt: skip
    return replace(made, **change)  # type: ignore[arg-type]


CONFLICT = HandoverConflict(
    "handover_older",
    "Hai máy giữ hai bản khác nhau của hồ sơ này. Xem hai bên rồi chọn; máy không tự gộp.",
    ("Trình ký lúc 24/11 09:10, 1 chữ ký.", "Số tiền 7.407.000 đ."),
    ("Trình ký lúc 23/11 15:02, 1 chữ ký.", "Số tiền 7.047.000 đ."),
    replaceable=True,
)
PROBLEM = "Chữ ký của kế toán trưởng trong tệp không còn đúng. Chép lại tệp từ máy kia; không ký hồ sơ này."
HANDOVER = HandoverView(
    HandoverKind.OUT, "Ủy ban nhân dân xã Mường Lý", "PC-KETOAN", "2026-11-24T06:40:00Z", "0471 0815",
    (
        handed("0436", HandoverOutcome.TAKE, told=("Vàng Thị Dợ, tài khoản 3508205018038: lần đầu được trả.",)),
        handed("0435", HandoverOutcome.ALREADY_DONE, new=0),
        handed("0434", HandoverOutcome.CONFLICT, conflict=CONFLICT),
        handed("0433", HandoverOutcome.REFUSED, problem=PROBLEM, problem_code="handover_damaged"),
    ),
)  # fmt: skip
AWAY = [
    HandoverLine(
        "d0431",
        "0431",
        "Thanh toán tạm ứng hội nghị nông dân",
        "out",
        False,
        "PC-CHUTICH",
        "2026-11-24T02:00:00Z",
        "Chuyển sang máy PC-CHUTICH lúc 24/11 09:00, chưa chuyển lại.",
        True,
    ),
    HandoverLine(
        "d0390",
        "0390",
        "Tiền công bảo vệ tháng 11",
        "in",
        True,
        "PC-KETOAN",
        "2026-11-24T03:00:00Z",
        "Nhận từ máy PC-KETOAN lúc 24/11 10:00, đã ký đủ, cần chuyển lại.",
        True,
    ),
]

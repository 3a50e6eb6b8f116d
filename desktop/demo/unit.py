"""The demo's unit, its people and its estimates: invented, but of the real shape (Mẫu 24, code lists of TT 324)."""

from __future__ import annotations

from desktop.dossier.people import EstimateLine, Person, Role, Unit

BUDGET_YEAR = 2026

UNIT = Unit(
    code="1098765",
    name="UBND xã Mường Lý",
    address="Bản Nàng 1, xã Mường Lý, tỉnh Thanh Hóa",
    chapter="800",
    budget_level="4",
    treasury_code="2361",
    treasury_name="Phòng Giao dịch số 14, Kho bạc Nhà nước khu vực XI",
    estimate_account="9523.4.1098765",
    deposit_account="3713.4.1098765",
)

PEOPLE = (
    Person(person_id="p1", name="Lò Thị Hạnh", roles=(Role.PREPARER,)),
    Person(person_id="p2", name="Hà Văn Tuyên", roles=(Role.CHIEF_ACCOUNTANT,)),
    Person(person_id="p3", name="Vi Đình Thắng", roles=(Role.HEAD_OF_UNIT, Role.ACCOUNT_HOLDER)),
)
"""Certificates are added when the demo has made the tokens."""


def _line(account: str, source: str, sector: str, amount: int) -> EstimateLine:
    return EstimateLine(budget_year=BUDGET_YEAR, account=account, source=source, sector=sector, amount=amount)


UNIT_ESTIMATES = (
    _line(UNIT.estimate_account, "13", "341", 1_850_000_000),
    _line(UNIT.estimate_account, "12", "281", 120_000_000),
    _line(UNIT.deposit_account, "13", "", 64_000_000),
)
"""What the unit believes it has, in VND."""

TREASURY_ESTIMATES = (
    _line(UNIT.estimate_account, "13", "341", 1_850_000_000),
    _line(UNIT.estimate_account, "12", "281", 15_000_000),
    _line(UNIT.deposit_account, "13", "", 64_000_000),
)
"""What the Treasury has: source 12 was cut and the notice has not reached the unit, so one dossier comes back."""

"""The shape of a case: one change that breaks one rule, where that is said and how strongly; and what cases share."""

from __future__ import annotations

from dataclasses import dataclass, field

from desktop.dossier.document import Attachment, Document, Dossier
from desktop.dossier.rules import CheckContext
from tests.unit.dossier.samples import (
    CASH_RECIPIENT,
    CONTRACT,
    LIST,
    ORDER,
    PAYEE,
    SETTLEMENT,
    UNIT,
    WITHDRAWAL,
    change,
)

PHRASE = "Khoản chi có yêu cầu bảo mật"


@dataclass(frozen=True)
class Book:
    """A unit's book of fixed figures (VND)."""

    left: int | None = None
    paid: int = 0
    advanced: int | None = None

    def remaining(self, budget_year: int, account: str, source: str, sector: str) -> int | None:
        assert (budget_year, source) == (2026, "13")
        assert (account, sector) in [(UNIT.estimate_account, "341"), (UNIT.deposit_account, "")]
        return self.left

    def paid_to_date(self, contract_no: str) -> int:
        assert contract_no == CONTRACT["contract_no"]
        return self.paid

    def advance_balance(self, account: str, source: str) -> int | None:
        assert (account, source) == (UNIT.estimate_account, "13")
        return self.advanced


@dataclass(frozen=True)
class Case:
    """One breach: `where` as the parts of the place that apply, `good` what the same rule is content with."""

    rule: str
    bad: Document | Dossier
    where: dict[str, str | int] = field(default_factory=dict)
    level: str = "error"
    good: Document | Dossier = WITHDRAWAL
    context: CheckContext = field(default_factory=CheckContext)
    says: str = ""
    name: str = ""

    def __str__(self) -> str:
        return f"{self.rule} {self.name}".strip()


def at(column: str, row: int = 0) -> dict[str, str | int]:
    return {"table": "lines", "row": row, "column": column}


def books(left: int | None = None, paid: int = 0, advanced: int | None = None) -> CheckContext:
    return CheckContext(ledger=Book(left, paid, advanced))


def people(*given: object) -> CheckContext:
    return CheckContext(people=given)  # type: ignore[arg-type]


LINE = WITHDRAWAL.tables["lines"][0]
UNDER_CONTRACT = change(WITHDRAWAL, CONTRACT)
ADVANCE = change(WITHDRAWAL, {**CONTRACT, "advance_terms": "20% giá trị hợp đồng"}, {"spending_kind": "advance"})
CASH = change(WITHDRAWAL, {**PAYEE, **CASH_RECIPIENT}, {"payment_mode": "cash"})
CASH_ORDER = change(ORDER, {**PAYEE, **CASH_RECIPIENT}, {"payment_mode": "cash"})
SECRET_LINE = {"content": f"{PHRASE}: mua thiết bị"}
MORE_ASKED = change(SETTLEMENT, row={"requested_amount": 12_500_000})
DIFFERENCE = change(WITHDRAWAL, row={"amount": 2_500_000})
ORDER_LIST = change(
    LIST,
    {"parent_voucher_no": "0051"},
    {"account_kind": "deposit"},
    rows=[{**LIST.tables["lines"][0], "amount": 6_000_000}],
)
SCAN = Attachment(name="hd.pdf", sha256="a" * 64, size=600_000, media_type="application/pdf")

"""The shape of a case: one change that breaks one rule, where that is said and how strongly; and what cases share."""

from __future__ import annotations

from dataclasses import dataclass, field

from desktop.dossier.document import Attachment, Document, Dossier
from desktop.dossier.ledger import ContractFacts, OpenAdvance, PayeeFacts, ProjectFacts
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
PROJECT_ACCOUNT = "9552.4.7954321"


@dataclass(frozen=True)
class Book:
    """A unit's book of fixed figures (VND); what is not given is not known."""

    left: int | None = None
    paid: int = 0
    advanced: int | None = None
    contracts: dict[str, ContractFacts] = field(default_factory=dict)
    advanced_on: dict[str, int] = field(default_factory=dict)
    advances: tuple[OpenAdvance, ...] = ()
    spending: dict[tuple[int, str, str, str, str, str], int] = field(default_factory=dict)
    paid_numbers: tuple[str, ...] = ()
    provisional_years: tuple[int, ...] = ()
    started: tuple[tuple[int, str], ...] = ()
    payees: tuple[PayeeFacts, ...] = ()
    balances: dict[str, int] = field(default_factory=dict)
    closings: dict[tuple[str, int, int], int] = field(default_factory=dict)
    accounts: tuple[str, ...] | None = None
    projects: dict[str, ProjectFacts] = field(default_factory=dict)

    def remaining(self, budget_year: int, account: str, source: str, sector: str) -> int | None:
        assert (budget_year, source) in [(2026, "13"), (2027, "13")]
        deposits = (UNIT.deposit_account, *(self.accounts or ()))
        assert (account, sector) == (UNIT.estimate_account, "341") or (account in deposits and sector == "")
        return self.left

    def paid_to_date(self, contract_no: str) -> int:
        return self.paid if contract_no == CONTRACT["contract_no"] else 0

    def advance_balance(self, account: str, source: str) -> int | None:
        assert (account, source) == (UNIT.estimate_account, "13")
        return self.advanced

    def contract(self, contract_no: str) -> ContractFacts | None:
        return self.contracts.get(contract_no)

    def advanced_to_date(self, contract_no: str) -> int:
        return self.advanced_on.get(contract_no, 0)

    def open_advances(self, account: str = "", source: str = "") -> tuple[OpenAdvance, ...]:
        assert account in ("", UNIT.estimate_account, UNIT.deposit_account, PROJECT_ACCOUNT)
        return tuple(item for item in self.advances if source in ("", item.source))

    def spent(self, budget_year: int, account: str, econ: str, chapter: str, sector: str, source: str) -> int | None:
        return self.spending.get((budget_year, account, econ, chapter, sector, source))

    def posted(self, document_no: str) -> bool:
        return document_no in self.paid_numbers

    def accepted_provisional(self, budget_year: int) -> bool:
        return budget_year in self.provisional_years

    def first_of_year(self, budget_year: int, account: str) -> bool:
        return (budget_year, account) not in self.started

    def payee(self, account_no: str) -> PayeeFacts | None:
        return next((item for item in self.payees if item.account_no == account_no), None)

    def payee_named(self, name: str) -> tuple[PayeeFacts, ...]:
        return tuple(item for item in self.payees if item.name == name)

    def balance_of(self, account: str) -> int | None:
        return self.balances.get(account)

    def closing(self, account: str, year: int, month: int) -> int | None:
        return self.closings.get((account, year, month))

    def registered_accounts(self) -> tuple[str, ...] | None:
        return self.accounts

    def project(self, project_code: str) -> ProjectFacts | None:
        return self.projects.get(project_code)


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

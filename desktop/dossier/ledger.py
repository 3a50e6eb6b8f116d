"""What the rules ask about the unit's past, without knowing where it is kept."""

from __future__ import annotations

from typing import NamedTuple, Protocol


class ContractFacts(NamedTuple):
    """What earlier vouchers declared of a contract; the newest declaration counts.

    `total` in VND, 0 where none stated it; `party` and `date` ("YYYY-MM-DD") are "" where none stated them.
    """

    total: int
    party: str
    date: str


class OpenAdvance(NamedTuple):
    """One advance not yet wholly settled, by the voucher that drew it (NĐ 347 Điều 6.2.b, 6.2.e).

    `amount` and `open` in VND: what was advanced under `econ` and what is left of it. `date` is "YYYY-MM-DD" or "".
    """

    document_no: str
    date: str
    econ: str
    source: str
    content: str
    amount: int
    open: int


class PayeeFacts(NamedTuple):
    """Who stands behind an account: as last paid, or as a person acknowledged it since.

    A voucher that differs from this is a change that nobody acknowledged, whatever `acknowledged_by` says: an
    acknowledged change is told here as the payee that stands, so that a further change differs again.
    `last_paid` is "YYYY-MM-DD", "" before the first payment; `times` counts the payments to this account under this
    name; `acknowledged_by` is the person_id who acknowledged this name on this account, "" when it needed none.
    """

    name: str
    account_no: str
    bank: str
    last_paid: str
    times: int
    acknowledged_by: str


class ProjectFacts(NamedTuple):
    """Where an investment project stands, in VND; declared figures are None where no voucher stated them.

    `total_investment` (tổng mức đầu tư) and `plan_year` (kế hoạch vốn năm) as declared last; `disbursed` since the
    start, `disbursed_year` in the year of `plan_year`, `open_advance` advanced and not yet recovered.
    """

    total_investment: int | None
    plan_year: int | None
    disbursed: int
    disbursed_year: int
    open_advance: int


class Ledger(Protocol):
    """The unit's own book of estimates, contracts and advances; None always means "not known", never zero.

    Everything is told without the dossier being checked and without the package that it replaces.
    """

    def remaining(self, budget_year: int, account: str, source: str, sector: str) -> int | None:
        """VND still free on an estimate line; for a deposit account `sector` is "" and it is the account's balance."""

    def paid_to_date(self, contract_no: str) -> int:
        """VND already paid or held under a contract or decision."""

    def advance_balance(self, account: str, source: str) -> int | None:
        """VND advanced from an account and source and not yet settled."""

    def contract(self, contract_no: str) -> ContractFacts | None:
        """What earlier vouchers of this contract declared of it."""

    def advanced_to_date(self, contract_no: str) -> int:
        """VND advanced or held to be advanced under a contract, settled or not."""

    def open_advances(self, account: str = "", source: str = "") -> tuple[OpenAdvance, ...]:
        """Advances with something left to settle, the oldest first; "" asks for every account or source."""

    def spent(self, budget_year: int, account: str, econ: str, chapter: str, sector: str, source: str) -> int | None:
        """VND paid or advanced under these codes ("" for any), None when nothing was; a settlement adds nothing."""

    def posted(self, document_no: str) -> bool:
        """Whether the Treasury paid a voucher of this number."""

    def accepted_provisional(self, budget_year: int) -> bool:
        """Whether the Treasury accepted a provisional grant (Mẫu 22) of this year."""

    def first_of_year(self, budget_year: int, account: str) -> bool:
        """Whether nothing was sent from this account in this budget year yet."""

    def payee(self, account_no: str) -> PayeeFacts | None:
        """Who stands behind an account; spaces and dots in the number do not count."""

    def payee_named(self, name: str) -> tuple[PayeeFacts, ...]:
        """Every account on which this name stands, the one paid last first; case and diacritics do not count."""

    def balance_of(self, account: str) -> int | None:
        """VND on a deposit account: what was loaded for its newest year, less what was drawn."""

    def closing(self, account: str, year: int, month: int) -> int | None:
        """VND at the end of a month as last confirmed by the Treasury (Mẫu 32)."""

    def registered_accounts(self) -> tuple[str, ...] | None:
        """The unit's accounts at the Treasury, as registered (Mẫu 24) and not closed (Mẫu 25)."""

    def project(self, project_code: str) -> ProjectFacts | None:
        """Where an investment project stands by the vouchers sent (NĐ 254: 04.a/TT, 04.b/TT, 05.a/TT)."""

"""The unit's book as plain values: what was given, used, held and is left; movements, advances, contracts, differences.

left = given − used − held, everywhere. Money is int VND, dates are "YYYY-MM-DD", instants ISO-8601 UTC with "Z" ("" for
unknown). What is used is the Treasury's word; `as_of` says when it last gave it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field

EntryKind = Literal["initial", "carried", "added", "adjusted", "provisional", "treasury"]
Level = Literal["source", "sector", "item", "total"]
MovementState = Literal["match", "differs", "unconfirmed"]
StateKind = Literal["none", "match", "differs", "due", "overdue"]

ENTRY_TITLES: Mapping[EntryKind, str] = {
    "initial": "Giao đầu năm",
    "carried": "Năm trước chuyển sang",
    "added": "Bổ sung",
    "adjusted": "Điều chỉnh",
    "provisional": "Tạm cấp",
    "treasury": "Kho bạc ghi",
}
"""What an entry of the estimate is called; "treasury" is the difference to what the Treasury says a line was given."""


class EstimateEntry(BaseModel):
    """One entry of the estimate: VND given (or, below zero, taken away) on one line by one document.

    `econ` and `program` are "" where the decision names none. Only an adjustment and a counter-entry are below zero.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    budget_year: int = Field(ge=2000, le=2100)
    account: str
    source: str
    sector: str
    econ: str = ""
    program: str = ""
    kind: EntryKind
    amount: int
    document_no: str = ""
    document_date: str = ""
    note: str = ""


class EntryRow(NamedTuple):
    """An entry as it is kept. `undoes` names the entry that it takes back, `undone` says that it was taken back."""

    entry_id: int
    entry: EstimateEntry
    at: str
    actor: str
    undoes: int | None
    undone: bool


class EntryProposal(NamedTuple):
    """What a spreadsheet would enter; `problems` are sentences, and with any of them nothing can be taken.

    `before` and `after` are what the lines named were given in all, before and after. `known` counts the entries that
    stand in the book already, word for word; they are taken again only when a person wants them twice. `columns` are
    what was read as what: our name of a column, the file's. `provisional` is VND of tạm cấp that these entries replace.
    """

    name: str
    entries: tuple[EstimateEntry, ...]
    rows: int
    total: int
    before: int
    after: int
    known: int = 0
    problems: tuple[str, ...] = ()
    columns: tuple[tuple[str, str], ...] = ()
    provisional: int = 0
    warnings: tuple[str, ...] = ()


class BookLine(NamedTuple):
    """One line of the table of estimates; codes below its level are "". `warning` is a sentence or ""."""

    level: Level
    source: str
    sector: str
    econ: str
    program: str
    name: str
    given: int
    used: int
    held: int
    left: int
    as_of: str
    warning: str

    @property
    def ratio(self) -> float:
        """How much of what was given is used or held, 0 and up; 1 where nothing was given and something is used."""
        gone = self.used + self.held
        return gone / self.given if self.given > 0 else float(gone > 0)


class MonthUse(NamedTuple):
    """What one month (1 to 12) used of the estimates; what is held stands in the month that runs."""

    month: int
    confirmed: int
    held: int


class DepositLine(NamedTuple):
    """One deposit account: usable = balance − held."""

    account: str
    name: str
    balance: int
    held: int
    usable: int
    as_of: str


class Movement(NamedTuple):
    """What moved on an account (spending is negative) and its balance after it.

    "unconfirmed" was decided but not yet booked. Where the Treasury booked another amount than the dossier says the
    state is "differs", and `difference` is the Treasury's amount less ours. `local_id` is "" for no dossier here.
    """

    date: str
    text: str
    local_id: str
    amount: int
    balance: int
    state: MovementState
    difference: int


class OpenAdvanceLine(NamedTuple):
    """An advance with something left to settle; `since_days` counts from the day it was drawn."""

    number: str
    date: str
    payee: str
    content: str
    source: str
    econ: str
    total: int
    settled: int
    open: int
    since_days: int
    local_id: str


class ContractLine(NamedTuple):
    """A contract or commitment: `total` as last declared (0 unknown), `paid` of it (advances included).

    `advanced` is what was advanced under it, `open` what of the total is not paid; `since_days` since its last payment.
    """

    number: str
    date: str
    party: str
    total: int
    paid: int
    advanced: int
    open: int
    since_days: int


class Cause(NamedTuple):
    """What may explain a difference, in a whole sentence; `local_id` is the dossier to look at or ""."""

    sentence: str
    local_id: str


class Difference(NamedTuple):
    """One figure of a table that the Treasury has otherwise; `difference` = theirs − ours.

    `line` names the codes, `column` is the printed heading; `document`, `row` and `key` say where the cell stands in
    the dossier (a row beyond the table's own is a line that only the Treasury has).
    """

    line: str
    column: str
    ours: int
    theirs: int
    difference: int
    causes: tuple[Cause, ...]
    document: int = 0
    row: int = 0
    key: str = ""


class ReconciliationState(NamedTuple):
    """How the newest table of reconciliation of a year stands.

    "due": a period ended and no table of it was confirmed; "overdue": the working day after a mismatch has passed, or
    the day of the decree for a period. `matched` of `lines` agree. `before` tells of the period before it, or is "".
    """

    kind: StateKind
    period: str
    matched: int
    lines: int
    sentence: str
    deadline: str
    local_id: str
    before: str = ""


class Balances(NamedTuple):
    """All tables of one year, read at one instant."""

    lines: tuple[BookLine, ...]
    months: tuple[MonthUse, ...]
    even_share: int
    deposits: tuple[DepositLine, ...]


class Drawn(NamedTuple):
    """A dossier that drew on a line: `amount` was used by it, or is `held` while it is on its way (`date` "" then)."""

    local_id: str
    number: str
    title: str
    date: str
    amount: int
    held: bool

"""The Treasury's books of the demo's unit, and one dossier of good forms to decide on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from desktop.demo.unit import UNIT
from desktop.dossier.compute import fill
from desktop.dossier.document import Document, Dossier, Row
from desktop.sync.protocol import DecisionKind, Figure
from gateway.books import Booked, Books, BudgetKey, Move
from gateway.decisions import Verdict, Wish, decide
from tests.fixtures.forms_filled import filled

TODAY = date(2026, 11, 25)
ESTIMATE = BudgetKey(2026, UNIT.estimate_account, "13", "341")
DEPOSIT = BudgetKey(2026, UNIT.deposit_account, "13", "")
RICH = 10**12


def books(given: Mapping[BudgetKey, int] | None = None, *moves: tuple[BudgetKey, int, date], **more: object) -> Books:
    """Books in which every line asked for is given, unless `given` says otherwise."""
    known = {ESTIMATE: RICH, DEPOSIT: RICH} if given is None else dict(given)
    values: dict[str, object] = {"accounts": frozenset({UNIT.estimate_account, UNIT.deposit_account}), **more}
    return Books(UNIT, TODAY, known, tuple(Move(*move) for move in moves), **values)  # type: ignore[arg-type]


def booked(kind: str, econ: str, amount: int, day: date) -> Booked:
    return Booked(kind, 2026, UNIT.estimate_account, econ, "341", "13", amount, day)


def of(*documents: Document | str, number: str = "1") -> Dossier:
    made = tuple(filled(item) if isinstance(item, str) else fill(item) for item in documents)
    return Dossier(local_id="d", number=number, title="Hồ sơ", documents=made)


def with_rows(form: str, *rows: Row, table: str = "lines", **fields: object) -> Document:
    """The good form of an id with these rows in one table and these fields changed."""
    made = filled(form)
    tables = {**made.tables, table: [dict(row) for row in rows]}
    return made.model_copy(update={"tables": tables, "fields": made.fields | fields})


def ruled(given: Dossier, the: Books | None = None, amount: int | None = None) -> Verdict:
    """Decide; `amount` is what the sandbox was told to accept at most."""
    wish = None if amount is None else Wish(DecisionKind.PAID, amount=amount)
    return decide(given, the or books(), supplemented=False, wish=wish)


def told(verdict: Verdict) -> dict[str, str | int]:
    """The blanks the Treasury filled, by key."""
    return {figure.key: figure.value for figure in verdict.figures if not figure.table}


def cells(figures: tuple[Figure, ...], key: str) -> list[tuple[int, int, str | int]]:
    """Document, row and value of every cell of a column."""
    return [(item.document, item.row, item.value) for item in figures if item.table and item.key == key]

"""What the desk fills from its own feed is what the Treasury has, whatever happened before."""

import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from desktop.demo.unit import UNIT
from desktop.desk.book_desk import BookDesk
from desktop.desk.context import DeskContext, ThreadStores
from desktop.dossier.book import EstimateEntry
from desktop.dossier.document import Document, Dossier, Row, Value
from desktop.dossier.errors import VungXaError
from desktop.dossier.pack import form_of
from desktop.dossier.reconciling import TABLES as TABLE_OF
from desktop.store.spent_codes import Codes
from gateway.comparing import differences
from tests.unit.desk.treasury_kit import Pair
from tests.unit.gateway.books_kit import with_rows

YEAR = 2026
TABLES = [*(("M26", q) for q in range(1, 5)), *(("M32", m) for m in range(1, 13)), ("M30", 0), ("M31", 0)]


FORMULAS: dict[str, tuple[tuple[str, str], ...]] = {
    "M26": (("usable", "carried + to_date"), ("remaining", "carried + to_date - used_to_date")),
    "M28": (("total_period", "advance_period + actual_period"), ("total_balance", "advance_balance + actual_balance")),
    "M30": (),
    "M31": (
        ("estimate_total", "carried_estimate + carried_advance + initial + adjusted"),
        ("carry_estimate", "estimate_total - used - cancelled"),
    ),
    "M32": (("closing", "opening + increase - decrease"),),
}
"""Columns the decree gives a formula for, by form (rules R-142, R-144 to R-146)."""


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Pair]:
    made = Pair.make(tmp_path)
    yield made
    made.close()


def desk_of(pair: Pair, at: datetime = datetime(2026, 12, 1, 3, tzinfo=UTC)) -> BookDesk:
    return BookDesk(DeskContext(ThreadStores(pair.store), pair.store.unit.people()[0], lambda: at))


def row(amount: int, chance: random.Random) -> Row:
    econ, source = chance.choice(["6501", "6551", "7001"]), chance.choice(["13", "12"])
    return {"content": "Chi", "econ": econ, "source": source, "sector": "341", "amount": amount}


def voucher(number: str, chance: random.Random) -> Document:
    """A voucher, advance, order from the deposit account, return or grant, as chance has it."""
    amount, what = chance.randrange(1_000, 9_000_000), chance.choice(["spend", "spend", "advance", "order", "back"])
    line = row(amount, chance)
    if what == "order":
        line = {"content": "Chi", "econ": "6551", "source": "13", "budget_year": YEAR, "amount": amount}
        return with_rows("M17", line, document_no=number, account=UNIT.deposit_account)
    if what == "back":
        return with_rows("M08", line, document_no=number, account=UNIT.estimate_account, budget_year=YEAR)
    kind = {"spending_kind": "advance" if what == "advance" else "actual"}
    program = chance.choice(["00000", "0010"])
    made = with_rows("M13", line, document_no=number, account=UNIT.estimate_account, program_code=program)
    return made.model_copy(update={"choices": made.choices | kind})


@pytest.mark.parametrize("seed", range(4))
def test_tables_filled_from_the_feed_are_the_treasurys(pair: Pair, seed: int) -> None:
    chance = random.Random(seed)
    at = datetime(YEAR, 1, 5, 3, tzinfo=UTC)
    decisions = []
    for number in range(14):
        made = pair.submit(f"h{number}", voucher(f"CT {number}", chance))
        at += timedelta(days=chance.randrange(0, 40), hours=chance.randrange(0, 24))
        if chance.random() < 0.85:
            decisions.append(pair.rule(made, at))
    assert "paid" in decisions
    desk, books = desk_of(pair), pair.books()
    for form, period in TABLES:
        made = pair.store.drafts.get(desk.begin_reconciliation(form, YEAR, period))
        assert [(d.label, d.told, d.booked) for d in differences(made, books)] == [], (form, period)
        assert_formulas_hold(made)
    assert_lines_hold(pair, desk)
    enter_at_random(desk, chance)
    assert_lines_hold(pair, desk)
    assert all(line.left >= 0 for line in desk.lines(YEAR))


def enter_at_random(desk: BookDesk, chance: random.Random) -> None:
    """Entries and counter-entries of every kind; what would go below what is used and held is refused."""
    refused = set()
    for _ in range(30):
        kind, source = chance.choice(["initial", "carried", "added", "adjusted", "provisional"]), chance.choice("23")
        amount = chance.randrange(1, 10**8) if kind != "adjusted" else -chance.randrange(1, 5 * 10**8)
        known = {"budget_year": YEAR, "account": UNIT.estimate_account, "sector": "341", "source": f"1{source}"}
        made = EstimateEntry.model_validate({**known, "kind": kind, "amount": amount})
        try:
            number = desk.add_entry(made)
            if chance.random() < 0.3:
                desk.undo_entry(number)
        except VungXaError as error:
            refused.add(error.code)
    left = next(line.left for line in desk.lines(YEAR) if line.level == "source" and line.source == "13")
    with pytest.raises(VungXaError, match="chưa có gì được ghi"):
        desk.add_entry(made.model_copy(update={"source": "13", "kind": "adjusted", "amount": -left - 1}))
    assert refused <= {"estimate_below_used", "estimate_below_zero"}


def assert_formulas_hold(made: Dossier) -> None:
    """Every formula of the decree, and Mẫu 26 against Mẫu 28 (R-147)."""
    used: Counter[tuple[Value, ...]] = Counter()
    for document in made.documents:
        name = form_of(document.form).id
        for row in document.tables.get(TABLE_OF[name], []) if name in TABLE_OF else ():
            amounts = defaultdict(int, {key: value for key, value in row.items() if isinstance(value, int)})
            for column, formula in FORMULAS[name]:
                assert amounts[column] == worked_out(formula, amounts), (name, column)
            line = (row.get("source"), row.get("sector"), row.get("program"))
            used[(*line, "period")] += amounts["used_period"] - amounts["total_period"]
            used[(*line, "to date")] += amounts["used_to_date"] - amounts["total_balance"]
    assert {line: amount for line, amount in used.items() if amount} == {}


def worked_out(formula: str, amounts: Mapping[str, int]) -> int:
    signs_and_keys = ["+", *formula.split()]
    pairs = zip(signs_and_keys[::2], signs_and_keys[1::2], strict=True)
    return sum(amounts[key] if sign == "+" else -amounts[key] for sign, key in pairs)


def assert_lines_hold(pair: Pair, desk: BookDesk) -> None:
    """left = given − used − held on every line, used is what the Treasury moved, and items add up the postings."""
    given: Counter[str] = Counter()
    for kept in desk.entries(YEAR):
        given[kept.entry.source + kept.entry.sector] += kept.entry.amount
    moved: Counter[str] = Counter()
    for move in pair.books().moves:
        moved[move.key.source + move.key.sector] -= move.delta
    for line in desk.lines(YEAR):
        assert line.left == line.given - line.used - line.held
        assert line.level != "sector" or line.given == given[line.source + line.sector]
        assert line.level != "sector" or line.used == moved[line.source + line.sector]
    by_codes: Counter[Codes] = Counter()
    for item in pair.store.book.spent(YEAR):
        by_codes[item.source, item.sector, item.econ, item.program] += item.amount if item.sector else 0
    for codes, amount in pair.store.book.spent_by_codes(YEAR):
        by_codes[codes] -= amount
    assert not any(by_codes.values())

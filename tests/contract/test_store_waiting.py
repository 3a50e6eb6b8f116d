"""The short list of submissions that may hold money says the same as looking through all of them, whatever happens."""

from pathlib import Path

import pytest

from desktop.dossier.document import Document
from desktop.store.database import Database
from desktop.store.recording import name_programs
from desktop.store.retold import look_for_retold
from desktop.store.store import Store
from desktop.store.waiting import look_at_all
from tests.contract.book_kit import advance, decide, document, line, settlement, submit
from tests.contract.store_kit import LINE, balance, package_id, raw

_ALL = """
SELECT sum(amount) FROM posting_standing
WHERE cause != 'settlement' AND (standing = 'paid' OR standing = 'held' AND amount > 0)
"""
_LISTED = _ALL + " AND submission_id IN (SELECT submission_id FROM open_submissions)"


def listed(database: Database) -> list[int]:
    return [row[0] for row in database.rows("SELECT submission_id FROM open_submissions ORDER BY 1")]


def book(store: Store, folder: Path) -> int:
    """Give what is held or paid and not booked, by the list, and prove it is all; what was spent, too."""
    assert sum(vnd for _, vnd in store.book.spent_by_codes(2026)) == sum(one.amount for one in store.book.spent(2026))
    with raw(folder) as database:
        found = database.value(_LISTED)
        assert found == database.value(_ALL)
    return int(found or 0)


def test_a_dossier_is_listed_until_every_line_is_booked(store: Store, folder: Path) -> None:
    submit(store, "a", document("M13", line(70)), document("M13", line(30, source="14")))
    assert book(store, folder) == 100
    decide(store, "a")
    assert book(store, folder) == 100
    store.feed.apply_page([balance(5, package_id("a"), -70)], 5)
    assert book(store, folder) == 30


@pytest.mark.parametrize(
    ("words", "held"), [(["returned"], 0), (["mismatch"], 0), (["supplement"], 70), (["in_control"], 70)]
)
def test_what_came_back_holds_nothing(store: Store, folder: Path, words: list[str], held: int) -> None:
    submit(store, "a", document("M13", line(70)))
    for word in words:
        decide(store, "a", word)
    assert book(store, folder) == held


def test_a_later_word_brings_it_back(store: Store, folder: Path) -> None:
    submit(store, "a", document("M13", line(70)))
    decide(store, "a", "returned")
    decide(store, "a", "paid")
    assert book(store, folder) == 70


def test_a_lowered_settlement_and_a_decision_told_again_are_spent_once(store: Store, folder: Path) -> None:
    submit(store, "a", advance("T1", 70), document("M13", line(30, source="14")))
    submit(store, "b", settlement(50, 70, requested="7001"))
    for _ in range(2):
        decide(store, "a")
        seq = store.feed.cursor + 1
        store.feed.apply_page([balance(seq, package_id("a"), -70)], seq)
        decide(store, "b", amount=40)
    assert book(store, folder) == 30
    assert sorted(vnd for codes, vnd in store.book.spent_by_codes(2026) if codes[2] == "7001") == [40]


def test_a_correction_taken_back_lets_the_first_hold_again(store: Store, folder: Path) -> None:
    submit(store, "a", document("M13", line(70)))
    decide(store, "a", "supplement")
    submit(store, "b", document("M13", line(60)), replaces=package_id("a"))
    assert book(store, folder) == 60
    store.packages.cancel("b", "hanh", "nhầm")
    assert book(store, folder) == 70


def test_an_older_store_gets_the_same_list(store: Store, folder: Path) -> None:
    for name, word in (("a", "paid"), ("b", "returned"), ("c", "supplement"), ("d", "paid")):
        submit(store, name, document("M13", line(10), document_no=name))
        decide(store, name, word)
    store.feed.apply_page([balance(9, package_id("d"), -10)], 9)
    with raw(folder) as database, database.transaction():
        kept = listed(database)
        database.run("DELETE FROM open_submissions")
        look_at_all(database)
        assert listed(database) == kept == [1, 3]


def test_an_older_store_counts_once_what_was_told_again(store: Store, folder: Path) -> None:
    submit(store, "a", document("M13", line(10)))
    for start in (1, 3):
        decide(store, "a")
        store.feed.apply_page([balance(start + 1, package_id("a"), -10)], start + 1)
    with raw(folder) as database, database.transaction():
        kept = [tuple(row) for row in database.rows("SELECT * FROM retold_changes")]
        database.run("DROP TRIGGER retold_changes_no_delete")
        database.run("DELETE FROM retold_changes")
        look_for_retold(database)
        assert [tuple(row) for row in database.rows("SELECT * FROM retold_changes")] == kept == [(2, 3)]


@pytest.mark.parametrize(
    ("codes", "program"), [(["0010"], "0010"), (["00000"], ""), (["0010", "0020"], ""), ([""], "")]
)
def test_postings_of_an_older_program_get_their_programme(
    store: Store, folder: Path, codes: list[str], program: str
) -> None:
    def named(number: str, code: str) -> Document:
        made = advance(number, 5)
        return made.model_copy(update={"fields": {**made.fields, "program_code": code}})

    submit(store, "a", *(named(f"T{code}", code) for code in codes))
    with raw(folder) as database, database.transaction():
        kept = [row[0] for row in database.rows("SELECT program FROM postings")]
        trigger = database.value("SELECT sql FROM sqlite_master WHERE name = 'postings_no_update'")
        database.run("DROP TRIGGER postings_no_update")
        database.run("UPDATE postings SET program = ''")
        database.run(trigger)
        name_programs(database)
        found = [row[0] for row in database.rows("SELECT program FROM postings")]
        assert found == [program] * len(codes)
        assert len(codes) > 1 or kept == found


def test_loading_an_estimate_keeps_its_entries_in_step(store: Store) -> None:
    for amount in (100_000_000, 120_000_000, 120_000_000, 90_000_000):
        store.estimates.load([LINE.model_copy(update={"amount": amount})])
    entries = store.estimates.entries(LINE.budget_year)[::-1]
    assert [(row.entry.kind, row.entry.amount) for row in entries] == [
        ("initial", 100_000_000),
        ("adjusted", 20_000_000),
        ("adjusted", -30_000_000),
    ]
    assert [view.given for view in store.estimates.all()] == [90_000_000]

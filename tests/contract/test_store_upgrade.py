"""A store of the first schema opens with all it held, and the book is read anew from its dossiers."""

from pathlib import Path

import pytest

from desktop.store.database import Database
from desktop.store.errors import StoreError
from desktop.store.keys import unlock
from desktop.store.store import DATABASE, KEYS, Store
from desktop.store.upgrade import STEPS, statements
from tests.contract.store_kit import (
    KEY,
    LINE,
    PASSWORD,
    UNIT,
    balance,
    decision,
    make,
    package_id,
    raw,
    seal,
    submit,
)

FIRST = Path(__file__).parents[2] / "desktop" / "store" / "schema" / "0001.sql"
PAID = 15_400_000
_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'search%' AND name NOT LIKE 'sqlite%'"
Rows = dict[str, list[dict[str, object]]]


def contents(database: Database) -> Rows:
    names = [str(row["name"]) for row in database.rows(_TABLES)]
    return {name: [dict(row) for row in database.rows(f"SELECT * FROM {name}")] for name in names}


def made_by_the_first_program(folder: Path, held: Rows) -> None:
    """Put a file in place that 0001.sql alone made, with the rows of its tables and the claims its program wrote."""
    (folder / DATABASE).unlink()
    with Database(folder / DATABASE, unlock(folder / KEYS, PASSWORD)) as database, database.transaction():
        database.run("PRAGMA defer_foreign_keys = ON")
        for statement in statements(FIRST.read_text("utf-8")):
            database.run(statement)
        for name in contents(database):
            known = {str(row["name"]) for row in database.rows(f"PRAGMA table_info({name})")}
            for row in held.get(name, []):
                database.insert(name, **{key: value for key, value in row.items() if key in known})
        for row in held["submissions"]:
            line = dict(zip(("budget_year", "account", "source", "sector"), KEY, strict=True))
            number = row["submission_id"]
            database.insert(
                "claims", submission_id=number, position=0, kind="spend", **line, contract_no="", amount=PAID
            )
        database.run("CREATE VIEW claim_standing AS SELECT * FROM claims")
        database.run("PRAGMA user_version = 1")


@pytest.fixture
def before(folder: Path) -> Rows:
    """Give all rows of a store as this program made them; the same store lies in `folder` as of the first program."""
    with make(folder) as store:
        store.estimates.load([LINE])
        seal(store, "paid")
        seal(store, "held")
        submit(store, "withdrawn")
        store.submissions.withdraw("withdrawn", "hanh")
        store.feed.apply_page([decision(1, package_id("paid"), "paid"), balance(2, package_id("paid"), -PAID)], 2)
    with raw(folder) as database:
        found = contents(database)
    made_by_the_first_program(folder, found)
    return found


def test_book_is_read_anew_from_the_dossiers(folder: Path, before: Rows) -> None:
    with Store.open(folder, PASSWORD) as store:
        assert [(line.used, line.held) for line in store.estimates.all()] == [(PAID, PAID)]
        assert store.ledger().spent(2026, UNIT.estimate_account, "6501", "", "341", "13") == PAID
        assert store.check() == []
    with raw(folder) as database:
        after = contents(database)
    withdrawn = max(row["submission_id"] for row in before["submissions"])  # type: ignore[type-var]
    for table in ("postings", "payments", "declarations"):
        assert after[table] == [row for row in before[table] if row["submission_id"] != withdrawn]
    assert after["postings"]
    assert set(after) == set(before)


def test_everything_else_stays_as_it_was(folder: Path, before: Rows) -> None:
    Store.open(folder, PASSWORD).close()
    with raw(folder) as database:
        after = contents(database)
    for table in ("submissions", "submission_objects", "packages", "feed_events", "estimates", "people"):
        assert after[table] == before[table]
    *kept, added = after["journal"]
    assert (kept, added["action"]) == (before["journal"], "upgrade")


def test_upgrade_happens_once(folder: Path, before: Rows) -> None:
    assert before
    for _ in range(2):
        Store.open(folder, PASSWORD).close()
    with raw(folder) as database:
        assert database.value("PRAGMA user_version") == len(STEPS)
        assert database.value("SELECT count(*) FROM postings") == 2


def test_upgrade_cut_short_leaves_the_old_store(folder: Path, before: Rows) -> None:
    assert before
    with raw(folder) as database, database.transaction():
        database.run("DROP TRIGGER draft_frozen")
        database.run("UPDATE drafts SET body = '{'")
    with pytest.raises(StoreError) as error:
        Store.open(folder, PASSWORD)
    assert error.value.code == "store_damaged"
    with raw(folder) as database:
        assert database.value("PRAGMA user_version") == 1
        assert database.value("SELECT count(*) FROM claims") == 3

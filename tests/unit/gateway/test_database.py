"""The database keeps what was said, whole transactions only, and refuses what a newer program wrote."""

import sqlite3
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest

from gateway.database import STEPS, Database, count
from gateway.errors import GatewayError


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with Database(tmp_path / "gateway.db") as opened:
        yield opened


def _fill(connection: sqlite3.Connection) -> None:
    connection.execute("INSERT INTO unit VALUES ('1', '{}', '')")
    connection.execute("INSERT INTO package VALUES ('1', 'p', x'', '', 'accepted', '', '', '')")
    connection.execute("INSERT INTO receipt VALUES ('1', 'p', 'KB', '{}', 'k', 's')")
    connection.execute("INSERT INTO feed VALUES ('1', 1, '{}', 'k', 's')")


def test_commits_are_durable(database: Database) -> None:
    settings = database.call(
        lambda c: [c.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous")]
    )
    assert settings == ["wal", 2]


def test_a_failed_transaction_leaves_nothing(database: Database) -> None:
    def work(connection: sqlite3.Connection) -> None:
        count(connection, "commits")
        raise LookupError

    with pytest.raises(LookupError):
        database.call(work)
    assert database.call(lambda c: count(c, "commits")) == 1


def test_counters_count(database: Database) -> None:
    assert [database.call(lambda c: count(c, "a", 5)), database.call(lambda c: count(c, "a"))] == [5, 6]


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE receipt SET payload = 'x'",
        "DELETE FROM receipt",
        "UPDATE feed SET payload = 'x'",
        "DELETE FROM feed",
        "UPDATE package SET core = x'00'",
        "DELETE FROM package",
    ],
)
def test_what_was_said_stays_said(database: Database, change: str) -> None:
    database.call(_fill)
    with pytest.raises(sqlite3.IntegrityError):
        database.call(lambda c: c.execute(change).rowcount)


def test_a_reopened_database_is_the_same(tmp_path: Path) -> None:
    for expected in (1, 2):
        with Database(tmp_path / "x.db") as database:
            assert database.call(lambda c: count(c, "opened")) == expected


def test_a_newer_database_is_refused(tmp_path: Path) -> None:
    with Database(tmp_path / "x.db") as database:
        database.call(lambda c: c.execute("PRAGMA user_version = 99").rowcount)
    with pytest.raises(GatewayError) as error:
        Database(tmp_path / "x.db")
    assert error.value.code == "database_newer"


def test_a_database_of_the_first_version_is_brought_up(tmp_path: Path) -> None:
    """Everything said before stays; the new books begin empty."""
    path = tmp_path / "old.db"
    with sqlite3.connect(path) as old:
        old.executescript(files("gateway").joinpath(STEPS[0]).read_text("utf-8"))
        _fill(old)
    with Database(path) as opened:
        assert opened.call(lambda c: c.execute("PRAGMA user_version").fetchone()[0]) == len(STEPS)
        assert opened.call(lambda c: c.execute("SELECT count(*) FROM feed").fetchone()[0]) == 1
        assert opened.call(lambda c: c.execute("SELECT count(*) FROM booking").fetchone()[0]) == 0

"""Schema scripts split into statements, and an upgrade is whole or absent."""

from pathlib import Path

import pytest

from desktop.store.database import Database
from desktop.store.errors import StoreError
from desktop.store.keys import new_master_key
from desktop.store.upgrade import STEPS, statements, upgrade


@pytest.mark.parametrize(
    ("script", "count"),
    [
        ("", 0),
        ("-- only words\n", 0),
        ("SELECT 1;\nSELECT 2;\n", 2),
        ("CREATE TRIGGER t AFTER INSERT ON a\nBEGIN SELECT 1; SELECT 2; END;\nSELECT 3;\n", 2),
        ("-- why\nSELECT\n  ';'\n;\n", 1),
    ],
)
def test_statements(script: str, count: int) -> None:
    assert len([text for text in statements(script) if "SELECT" in text]) == count


def test_unfinished_script_is_refused() -> None:
    with pytest.raises(ValueError, match="inside a statement"):
        list(statements("SELECT 1"))


def test_upgrade_runs_once(tmp_path: Path) -> None:
    with Database(tmp_path / "x", new_master_key()) as database:
        assert upgrade(database)
        assert database.value("PRAGMA user_version") == len(STEPS)
        assert not upgrade(database)


def test_failed_upgrade_leaves_nothing(tmp_path: Path) -> None:
    with Database(tmp_path / "x", new_master_key()) as database:
        with database.transaction():
            database.run("CREATE TABLE sync_log (a)")
        with pytest.raises(StoreError):
            upgrade(database)
        assert database.value("PRAGMA user_version") == 0
        assert database.value("SELECT count(*) FROM sqlite_master WHERE name = 'drafts'") == 0


def test_write_outside_a_transaction_is_a_defect(tmp_path: Path) -> None:
    with Database(tmp_path / "x", new_master_key()) as database, pytest.raises(RuntimeError):
        database.run("CREATE TABLE a (b)")


def test_pragmas_that_durability_rests_on(tmp_path: Path) -> None:
    with Database(tmp_path / "x", new_master_key()) as database:
        wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "recursive_triggers": 1}
        assert {name: database.value(f"PRAGMA {name}") for name in wanted} == wanted

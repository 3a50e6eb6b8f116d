"""Bring a store to this program's schema, step by step, each whole or not at all.

`PRAGMA user_version` counts the steps applied. Views are not data: they are dropped and made again after every upgrade.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib.resources import files
from typing import NamedTuple

from sqlcipher3 import dbapi2 as sqlcipher

from desktop import __version__
from desktop.store.database import Database
from desktop.store.draft_files import note_all
from desktop.store.errors import StoreError
from desktop.store.estimates import enter_sums
from desktop.store.finding_facts import find_everything
from desktop.store.recording import name_programs, record_all
from desktop.store.registrations import register_all
from desktop.store.retold import look_for_retold
from desktop.store.waiting import look_at_all


class Step(NamedTuple):
    """One step of the schema; `then` reads from what is stored what the new tables need, in this order."""

    script: str
    then: tuple[Callable[[Database], None], ...] = ()


STEPS: tuple[Step, ...] = (
    Step("0001.sql"),
    Step("0002.sql", (record_all,)),
    Step("0003.sql"),
    Step("0004.sql"),
    Step("0005.sql", (register_all,)),
    Step("0006.sql", (name_programs, look_for_retold, look_at_all, enter_sums, note_all, find_everything)),
)
VIEWS = "views.sql"
WRITTEN_BY = "written_by"
"""Setting: the version of the program that made or last upgraded the file."""


def upgrade(database: Database, told: Callable[[str], None] | None = None) -> bool:
    """Apply what is missing, True when something was; `told` hears each script. Raises StoreError store_newer."""
    applied = version(database)
    if applied > len(STEPS):
        raise newer(database)
    if applied == len(STEPS):
        return False
    # Another process may have got here first, so the count is read again under the lock.
    with database.transaction("EXCLUSIVE"):
        for number in range(version(database), len(STEPS)):
            step = STEPS[number]
            for statement in statements(_text(step.script)):
                database.run(statement)
            for fill in step.then:
                fill(database)
            if told is not None:
                told(step.script)
        renew_views(database)
        database.run("INSERT OR REPLACE INTO settings VALUES (?, ?)", (WRITTEN_BY, __version__))
        database.run(f"PRAGMA user_version = {len(STEPS)}")
    return True


def make_tables(database: Database, steps: int) -> None:
    """Give an empty file the tables of an earlier step of the schema, inside a transaction; nothing is filled in."""
    for step in STEPS[:steps]:
        for statement in statements(_text(step.script)):
            database.run(statement)
    database.run(f"PRAGMA user_version = {steps}")


def newer(database: Database) -> StoreError:
    """Make the refusal of a newer program's file, naming both versions."""
    row = database.one("SELECT value FROM settings WHERE name = ?", (WRITTEN_BY,))
    theirs = f"bản {row['value']}" if row else "bản mới hơn"
    return StoreError(
        "store_newer",
        f"Dữ liệu do Vùng Xa {theirs} ghi (bước {version(database)}); bản đang mở là {__version__}"
        f" (bước {len(STEPS)}). Cập nhật chương trình rồi mở lại, dữ liệu vẫn nguyên.",
    )


def statements(script: str) -> Iterator[str]:
    """Split a script into statements, a trigger's body counting as one; executescript would commit in between."""
    pending = ""
    for line in script.splitlines(keepends=True):
        pending += line
        if sqlcipher.complete_statement(pending):
            yield pending.strip()
            pending = ""
    if any(line.strip() and not line.lstrip().startswith("--") for line in pending.splitlines()):
        raise ValueError("the script ends inside a statement")


def renew_views(database: Database) -> None:
    """Make the views again, inside a transaction."""
    for row in database.rows("SELECT name FROM sqlite_master WHERE type = 'view'"):
        database.run(f"DROP VIEW {row['name']}")
    for statement in statements(_text(VIEWS)):
        database.run(statement)


def version(database: Database) -> int:
    """Return how many steps of the schema were applied; 0 for an empty file."""
    return int(database.value("PRAGMA user_version"))


def _text(name: str) -> str:
    return files("desktop.store.schema").joinpath(name).read_text("utf-8")

"""Bring a store to this program's schema, step by step, each whole or not at all.

`PRAGMA user_version` counts the steps applied. Views are not data: they are dropped and made again after every upgrade.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib.resources import files
from typing import NamedTuple

from sqlcipher3 import dbapi2 as sqlcipher

from desktop.store.database import Database
from desktop.store.draft_files import note_all
from desktop.store.errors import fault
from desktop.store.estimates import enter_sums
from desktop.store.finding_facts import find_everything
from desktop.store.recording import name_programs, record_all
from desktop.store.registrations import register_all
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
    Step("0006.sql", (name_programs, look_at_all, enter_sums, note_all, find_everything)),
)
VIEWS = "views.sql"


def upgrade(database: Database) -> bool:
    """Apply what is missing, True when something was. Raises StoreError store_newer for a file of a newer program."""
    applied = _version(database)
    if applied > len(STEPS):
        raise fault("store_newer")
    if applied == len(STEPS):
        return False
    # Another process may have got here first, so the count is read again under the lock.
    with database.transaction("EXCLUSIVE"):
        for number in range(_version(database), len(STEPS)):
            step = STEPS[number]
            for statement in statements(_text(step.script)):
                database.run(statement)
            for fill in step.then:
                fill(database)
        _renew_views(database)
        database.run(f"PRAGMA user_version = {len(STEPS)}")
    return True


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


def _renew_views(database: Database) -> None:
    for row in database.rows("SELECT name FROM sqlite_master WHERE type = 'view'"):
        database.run(f"DROP VIEW {row['name']}")
    for statement in statements(_text(VIEWS)):
        database.run(statement)


def _version(database: Database) -> int:
    return int(database.value("PRAGMA user_version"))


def _text(name: str) -> str:
    return files("desktop.store.schema").joinpath(name).read_text("utf-8")

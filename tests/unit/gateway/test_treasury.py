"""The sandbox Treasury works through its rulings; one that fails holds up none of the others."""

import asyncio
import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.demo.unit import TREASURY_ESTIMATES, UNIT
from gateway.books import BudgetKey, remaining
from gateway.clock import now
from gateway.database import Database
from gateway.feed import read_feed
from gateway.registry import Registration, register
from gateway.statements import StatementKey
from gateway.treasury import Treasury, next_ruling, seconds_to_next
from tests.fixtures.dossiers import dossier, form

KEY = StatementKey(StatementKey.generate())


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with Database(tmp_path / "gateway.db") as opened:
        registration = Registration(unit=UNIT, estimates=TREASURY_ESTIMATES)
        opened.call(lambda connection: register(connection, registration, now()))
        yield opened


def hand_in(database: Database, name: str, content: str, due: float = 0.0) -> None:
    def work(connection: sqlite3.Connection) -> None:
        connection.execute("INSERT INTO package VALUES (?, ?, x'', '', 'accepted', '', '', '')", (UNIT.code, name))
        connection.execute(
            "INSERT INTO ruling (unit_code, package_id, local_id, dossier, due) VALUES (?, ?, ?, ?, ?)",
            (UNIT.code, name, name, content, due),
        )

    database.call(work)


def events(database: Database) -> int:
    return len(database.call(lambda connection: read_feed(connection, UNIT.code, 0, 100)).events)


async def work_until(database: Database, count: int) -> None:
    """Let the Treasury work until the feed has that many events."""
    task = asyncio.create_task(Treasury(database, KEY, asyncio.Event()).run())
    async with asyncio.timeout(20):
        while await asyncio.to_thread(events, database) < count:
            await asyncio.sleep(0.01)
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task


def test_a_dossier_that_fails_holds_up_no_other(database: Database, expected_log: list[str]) -> None:
    expected_log.append("ruling failed: ValidationError at treasury.py:")
    hand_in(database, "ab" * 32, "{}")
    hand_in(database, "cd" * 32, dossier(form()).model_dump_json(), due=1.0)
    asyncio.run(work_until(database, 4))
    left = database.call(lambda c: remaining(c, UNIT.code, BudgetKey(2026, UNIT.estimate_account, "13", "341")))
    assert left == 1_850_000_000 - 3_412_500
    assert database.call(next_ruling) is None
    assert 50 < database.call(seconds_to_next) <= 60


def test_nothing_is_decided_before_it_is_due(database: Database) -> None:
    hand_in(database, "ab" * 32, dossier(form()).model_dump_json(), due=2.0**40)
    asyncio.run(work_until(database, 1))
    assert database.call(next_ruling) is None


def test_registering_again_keeps_what_was_spent(database: Database) -> None:
    hand_in(database, "ab" * 32, dossier(form()).model_dump_json())
    asyncio.run(work_until(database, 3))
    line = TREASURY_ESTIMATES[0].model_copy(update={"amount": 4_000_000})
    database.call(lambda connection: register(connection, Registration(unit=UNIT, estimates=(line,)), now()))
    left = database.call(lambda c: remaining(c, UNIT.code, BudgetKey(2026, line.account, "13", "341")))
    assert left == 4_000_000 - 3_412_500

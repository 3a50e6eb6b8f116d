"""The sandbox Treasury at work: takes accepted packages into control, decides a little later, publishes both."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
import time
from datetime import datetime
from functools import partial

from desktop.dossier.dates import VIETNAM, instant
from desktop.dossier.document import Dossier
from desktop.dossier.pack import under
from desktop.dossier.people import Unit
from desktop.sync.protocol import Decision, DecisionKind
from gateway.books import read_books
from gateway.clock import now
from gateway.crash import place_of
from gateway.database import Database, count
from gateway.decisions import Verdict, decide
from gateway.effects import Ruled, take_effect
from gateway.feed import next_seq, publish
from gateway.registry import find_unit
from gateway.sandbox import take_wish
from gateway.statements import StatementKey

SANDBOX_AGENCY = "G99"
"""An agency id that no ministry has, so that a sandbox code can never pass for a real mã số hồ sơ."""
IDLE_SECONDS = 30.0
POSTPONED_SECONDS = 60.0
MAX_FIGURES = 2000
"""More cells than this are not told: the answer of the feed has a limit (docs/protocol.md, section 7)."""
_log = logging.getLogger(__name__)


class Treasury:
    """Works off the open rulings one by one, each step one transaction with the events it causes."""

    def __init__(self, database: Database, key: StatementKey, work: asyncio.Event) -> None:
        self._database = database
        self._key = key
        self._work = work

    async def run(self) -> None:
        """Work until cancelled; sleeps until the next ruling is due or a package is accepted."""
        while True:
            self._work.clear()
            wait = await self._step()
            if wait > 0:
                await _sleep_or_wake(self._work, wait)

    async def _step(self) -> float:
        row = await self._database.run(next_ruling)
        if row is None:
            return await self._database.run(seconds_to_next)
        try:
            await self._database.run(partial(advance, row=row, key=self._key, at=now()))
        except Exception as error:  # noqa: BLE001 - a bug met by one dossier must not end the Treasury's work
            _log.error("ruling failed: %s", place_of(error))
            await self._database.run(partial(_postpone, row=row))
        return 0.0


async def _sleep_or_wake(event: asyncio.Event, seconds: float) -> None:
    try:
        await asyncio.wait_for(event.wait(), timeout=seconds)
    except TimeoutError:
        return


def next_ruling(connection: sqlite3.Connection) -> sqlite3.Row | None:
    """Give the ruling to work on now; new packages first, so that every unit soon hears of control."""
    row = connection.execute(
        "SELECT * FROM ruling WHERE not_before <= :now"
        " AND (stage = 'received' OR (stage = 'in_control' AND due <= :now)) ORDER BY stage DESC, due LIMIT 1",
        {"now": time.time()},
    ).fetchone()
    return row if isinstance(row, sqlite3.Row) else None


def seconds_to_next(connection: sqlite3.Connection) -> float:
    """Give the seconds until the next ruling is due."""
    due = connection.execute(
        "SELECT min(max(due, not_before)) FROM ruling WHERE stage IN ('received', 'in_control')"
    ).fetchone()[0]
    return IDLE_SECONDS if due is None else max(0.01, due - time.time())


def advance(connection: sqlite3.Connection, row: sqlite3.Row, key: StatementKey, at: datetime) -> None:
    """Take a received package into control, or decide on one that is."""
    if row["stage"] == "received":
        _take_into_control(connection, row, key, at)
    else:
        _rule(connection, row, key, at)


def _postpone(connection: sqlite3.Connection, row: sqlite3.Row) -> None:
    connection.execute(
        "UPDATE ruling SET not_before = ? WHERE unit_code = ? AND package_id = ?",
        (time.time() + POSTPONED_SECONDS, row["unit_code"], row["package_id"]),
    )


def _take_into_control(connection: sqlite3.Connection, row: sqlite3.Row, key: StatementKey, at: datetime) -> None:
    unit = find_unit(connection, row["unit_code"]).unit
    code = official_code(connection, unit, at)
    connection.execute(
        "UPDATE ruling SET stage = 'in_control', official_code = ? WHERE unit_code = ? AND package_id = ?",
        (code, row["unit_code"], row["package_id"]),
    )
    _tell(connection, row, key, Verdict(DecisionKind.IN_CONTROL), code, at)


def _rule(connection: sqlite3.Connection, row: sqlite3.Row, key: StatementKey, at: datetime) -> None:
    unit_code, package_id = row["unit_code"], row["package_id"]
    unit = find_unit(connection, unit_code).unit
    dossier = Dossier.model_validate_json(row["dossier"])
    with under(dossier.pack):
        wish = take_wish(connection, unit_code, dossier, package_id)
        books = read_books(connection, unit, at)
        verdict = decide(dossier, books, supplemented=_supplemented(connection, row), wish=wish)
        connection.execute(
            "UPDATE ruling SET stage = ?, reason = ? WHERE unit_code = ? AND package_id = ?",
            (verdict.decision.value, verdict.reason, unit_code, package_id),
        )
        _tell(connection, row, key, verdict, row["official_code"], at)
        take_effect(connection, Ruled(unit, package_id, dossier, row["official_code"], key, at), verdict)


def _supplemented(connection: sqlite3.Connection, row: sqlite3.Row) -> bool:
    """Tell whether any package this one replaces, however far back, was asked for a supplement (R-005: once only)."""
    found = connection.execute(
        "WITH RECURSIVE chain(package_id, replaces, stage) AS ("
        " SELECT package_id, replaces, stage FROM ruling WHERE unit_code = :unit AND package_id = :package"
        " UNION SELECT r.package_id, r.replaces, r.stage FROM ruling r JOIN chain c ON r.package_id = c.replaces"
        " WHERE r.unit_code = :unit) SELECT 1 FROM chain WHERE stage = 'supplement'",
        {"unit": row["unit_code"], "package": row["package_id"]},
    )
    return found.fetchone() is not None


def official_code(connection: sqlite3.Connection, unit: Unit, at: datetime) -> str:
    """Make a mã số hồ sơ of the sandbox: agency, treasury, day in Viet Nam, number of that day."""
    day = at.astimezone(VIETNAM).strftime("%y%m%d")
    agency = f"{SANDBOX_AGENCY}.{unit.treasury_code[:2]:0>2}.{unit.treasury_code[2:4]:0>3}"
    return f"{agency}-{day}-{count(connection, f'official-{agency}-{day}'):04d}"


def _tell(
    connection: sqlite3.Connection, row: sqlite3.Row, key: StatementKey, verdict: Verdict, code: str, at: datetime
) -> None:
    event = Decision(
        seq=next_seq(connection, row["unit_code"]),
        at=instant(at),
        package_id=row["package_id"],
        decision=verdict.decision,
        official_code=code,
        reason=verdict.reason,
        amount=verdict.amount,
        figures=list(verdict.figures[:MAX_FIGURES]),
    )
    publish(connection, row["unit_code"], key, event)

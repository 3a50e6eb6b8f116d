"""The gateway's memory: one SQLite file owned by one thread, where every call is one durable transaction.

WAL with synchronous=FULL, since NORMAL loses acknowledged commits on a power cut. Other processes (`register`,
`report`) may open the same file beside a running server.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from importlib.resources import files
from pathlib import Path
from types import TracebackType
from typing import TypeVar

from gateway.errors import GatewayError

STEPS = ("schema.sql", "schema_2.sql", "schema_3.sql", "schema_4.sql")
"""The schema, step by step; user_version counts those applied."""
BUSY_SECONDS = 10.0

T = TypeVar("T")
Work = Callable[[sqlite3.Connection], T]


class Database:
    """Runs each piece of work as one transaction on the one thread that owns the connection."""

    def __init__(self, path: Path) -> None:
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="gateway-db")
        try:
            self._connection = self._thread.submit(_connect, path).result()
        except BaseException:
            self._thread.shutdown()
            raise

    async def run(self, work: Work[T]) -> T:
        """Do the work in a transaction without holding up the event loop; an exception rolls everything back."""
        return await asyncio.wrap_future(self._submit(work))

    def call(self, work: Work[T]) -> T:
        """Do the work in a transaction and wait for it: for commands and worker threads."""
        return self._submit(work).result()

    def _submit(self, work: Work[T]) -> Future[T]:
        return self._thread.submit(_transaction, self._connection, work)

    def close(self) -> None:
        """Finish what was begun, then close the file."""
        self._thread.submit(self._connection.close).result()
        self._thread.shutdown()

    def __enter__(self) -> Database:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA foreign_keys=ON")
    _transaction(connection, _migrate)
    return connection


def _migrate(connection: sqlite3.Connection) -> None:
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > len(STEPS):
        raise GatewayError(500, "database_newer", "Dữ liệu do bản chương trình mới hơn ghi. Hãy chạy bản mới nhất.")
    for step in STEPS[version:]:
        for statement in _statements(files("gateway").joinpath(step).read_text("utf-8")):
            connection.execute(statement)


def _statements(script: str) -> list[str]:
    """Split the script into whole statements, triggers kept whole, since `executescript` would end the transaction."""
    found, pending = [], ""
    for line in script.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            found.append(pending)
            pending = ""
    return found


def _transaction(connection: sqlite3.Connection, work: Work[T]) -> T:
    connection.execute("BEGIN IMMEDIATE")
    try:
        result = work(connection)
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")
    return result


def count(connection: sqlite3.Connection, name: str, by: int = 1) -> int:
    """Raise a named counter and give its new value; numbers of receipts and dossiers come from here."""
    row = connection.execute(
        "INSERT INTO counter(name, value) VALUES (?, ?)"
        " ON CONFLICT(name) DO UPDATE SET value = value + excluded.value RETURNING value",
        (name, by),
    ).fetchone()
    return int(row[0])

"""Puts the gateway together: everything one running process needs, opened and closed in a fixed order."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.signing.trustlist import SignedList
from gateway import trusting
from gateway.clock import now
from gateway.database import Database, count
from gateway.devices import Sessions
from gateway.home import Home
from gateway.pace import PER_SECOND, Pace
from gateway.parts import PartStore
from gateway.reception import Reception
from gateway.statements import StatementKey
from gateway.treasury import Treasury

if TYPE_CHECKING:
    from desktop.signing.tsa import SandboxTsa


@dataclass(frozen=True)
class Gateway:
    """What the routes work with."""

    pin: str
    key: StatementKey
    database: Database
    sessions: Sessions
    pace: Pace
    parts: PartStore
    reception: Reception
    home: Home
    tsa: SandboxTsa

    def read_pack(self, name: str) -> bytes | None:
        """Give the bytes of a published form pack, named by its SHA-256."""
        file = self.home.packs / name
        return file.read_bytes() if file.is_file() else None

    def read_trust(self) -> SignedList | None:
        """Give the trust list as published, perhaps by a command beside this process."""
        return trusting.published(self.home)

    def read_crl(self, name: str) -> bytes | None:
        """Give the bytes of a published revocation list, named by its SHA-256."""
        return trusting.read_published_crl(self.home, name)

    async def add_bytes(self, received: int) -> None:
        """Remember how many bytes of packages and parts came in, for the report."""

        def work(connection: sqlite3.Connection) -> None:
            count(connection, "bytes_received", received)

        await self.database.run(work)


@contextlib.asynccontextmanager
async def running(home: Home, *, decide_after: float, per_second: float = PER_SECOND) -> AsyncIterator[Gateway]:
    """Open a gateway on its home, finish what a stop left half done, and let the sandbox Treasury work beside it."""
    database, key, parts = Database(home.database), home.statement_key(), PartStore(home.parts)
    reception = Reception(home, database, parts, key, decide_after)
    treasury = Treasury(database, key, reception.accepted)
    parts.sweep()
    trusting.publish(home, now())
    await reception.resume()
    at_work = asyncio.create_task(treasury.run())
    try:
        yield Gateway(home.pin, key, database, Sessions(), Pace(per_second), parts, reception, home, trusting.tsa(home))
    finally:
        at_work.cancel()
        await asyncio.gather(at_work, return_exceptions=True)
        await reception.stop()
        database.close()

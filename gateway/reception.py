"""Takes packages in: stores, judges and makes each effective on its own, exactly once, whatever link and power do."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import Callable, Coroutine, Sequence
from functools import partial

from desktop.dossier.errors import VungXaError
from desktop.signing.trust import Trust
from desktop.sync.protocol import Outcome, OutcomeKind
from gateway import archive
from gateway.archive import Parcel
from gateway.clock import now
from gateway.crash import place_of
from gateway.database import Database
from gateway.errors import Refused
from gateway.home import Home
from gateway.judging import MAX_PACKAGE_BYTES, Judged, judge, look_into
from gateway.packs import Published
from gateway.parts import PartLost, PartStore
from gateway.registry import find_unit
from gateway.statements import StatementKey
from gateway.trusting import trust_of

PATIENCE = 3.0
"""Seconds of judging in one request; the client hears nothing meanwhile and gives a silent link up after eight."""
ASK_AGAIN = 2
TRY_LATER = 60
_log = logging.getLogger(__name__)


class Reception:
    """The one place where a package turns from bytes into an effect."""

    def __init__(
        self, home: Home, database: Database, parts: PartStore, key: StatementKey, decide_after: float
    ) -> None:
        self._home = home
        self._database = database
        self._parts = parts
        self._key = key
        self._decide_after = decide_after
        self._published = Published(home)
        self._judges = asyncio.Semaphore(2)
        self._busy: dict[tuple[str, str], asyncio.Task[None]] = {}
        self.accepted = asyncio.Event()
        """Set whenever the sandbox Treasury gets new work."""

    async def receive(self, unit_code: str, packages: Sequence[tuple[str, bytes]]) -> list[Outcome]:
        """Take every package of a batch on its own; gives their outcomes in order."""
        until = time.monotonic() + PATIENCE
        return [await self._take(Parcel(unit_code, package_id, core), until) for package_id, core in packages]

    async def outcomes(self, unit_code: str, package_ids: Sequence[str]) -> list[Outcome]:
        """Tell what became of each id, in order; parts that came meanwhile are no longer missing."""
        ask = partial(archive.outcomes, unit_code=unit_code, package_ids=package_ids)
        return [await self._fresh(unit_code, outcome) for outcome in await self._database.run(ask)]

    async def _fresh(self, unit_code: str, outcome: Outcome) -> Outcome:
        if outcome.kind is not OutcomeKind.WORKING:
            return outcome
        working = self._working(unit_code, outcome.package_id, outcome.missing)
        if not working.missing:
            await self._judge_behind([(unit_code, outcome.package_id)], 0)
        return working

    async def part_arrived(self, unit_code: str, part: str) -> None:
        """Judge the packages that waited for a part, as long as the sender has patience; the rest goes on behind."""
        waiting = await self._database.run(partial(archive.waiting_for, unit_code=unit_code, part=part))
        await self._judge_behind([(unit_code, package_id) for package_id in waiting], PATIENCE)

    async def resume(self) -> None:
        """Judge behind what a stop left unjudged."""
        await self._judge_behind(await self._database.run(archive.all_waiting), 0)

    async def stop(self) -> None:
        """Let judgements under way end; those that have not begun are found again by `resume`."""
        for task in list(self._busy.values()):
            task.cancel()
        await asyncio.gather(*self._busy.values(), return_exceptions=True)

    async def _take(self, parcel: Parcel, until: float) -> Outcome:
        try:
            wanted = await asyncio.to_thread(look_into, parcel.package_id, parcel.core)
        except Refused as error:
            return Outcome(
                package_id=parcel.package_id, kind=OutcomeKind.REFUSED, code=error.code, message=error.message
            )
        missing = self._missing(parcel.unit_code, wanted)
        if not missing and time.monotonic() < until:
            with contextlib.suppress(PartLost):  # it is missing now, and asked for below
                return await self._conclude_or_later(parcel, wanted)
        keep = partial(archive.keep_waiting, parcel=parcel, wanted=wanted, at=now())
        return await self._fresh(parcel.unit_code, await self._database.run(keep))

    async def _conclude_or_later(self, parcel: Parcel, wanted: Sequence[str]) -> Outcome:
        standing = await self._database.run(partial(archive.settled, parcel=parcel))
        if standing is not None:
            return standing
        try:
            return await self._conclude(parcel, wanted)
        except PartLost:
            raise
        except Exception as error:  # noqa: BLE001 - a bug met by one package must not stop the others
            _log.error("judging failed: %s", place_of(error))
            return Outcome(package_id=parcel.package_id, kind=OutcomeKind.LATER, retry_after=TRY_LATER)

    async def _conclude(self, parcel: Parcel, wanted: Sequence[str]) -> Outcome:
        at = now()
        try:
            judged = await self._judge(parcel, wanted)
        except Refused as error:
            return await self._database.run(partial(archive.refuse, parcel=parcel, error=error, at=at))
        due = time.time() + self._decide_after
        accept = partial(archive.accept, parcel=parcel, judged=judged, key=self._key, at=at, due=due)
        outcome = await self._database.run(accept)
        self.accepted.set()
        return outcome

    async def _judge(self, parcel: Parcel, wanted: Sequence[str]) -> Judged:
        registered = await self._database.run(partial(find_unit, unit_code=parcel.unit_code))
        await self._database.run(self._published.load)
        async with self._judges:
            parts = await asyncio.to_thread(self._load_parts, parcel.unit_code, wanted)
            trust = await asyncio.to_thread(self._trust, parcel.unit_code)
            return await asyncio.to_thread(judge, parcel.core, parts, registered, trust, now())

    def _load_parts(self, unit_code: str, wanted: Sequence[str]) -> dict[str, bytes]:
        if sum(self._parts.size(unit_code, part) for part in wanted) > MAX_PACKAGE_BYTES:
            raise Refused("too_large", "Các tệp đính kèm vượt 64 MB. Hãy chia thành nhiều hồ sơ.")
        return {part: self._parts.read(unit_code, part) for part in wanted}

    def _trust(self, unit_code: str) -> Trust:
        try:
            return trust_of(self._home, unit_code)
        except VungXaError as error:
            raise Refused(error.code, error.message) from error

    def _missing(self, unit_code: str, wanted: Sequence[str]) -> list[str]:
        return [part for part in wanted if not self._parts.whole(unit_code, part)]

    def _working(self, unit_code: str, package_id: str, wanted: Sequence[str]) -> Outcome:
        missing = self._missing(unit_code, wanted)
        wait = 0 if missing else ASK_AGAIN
        return Outcome(package_id=package_id, kind=OutcomeKind.WORKING, missing=missing, retry_after=wait)

    async def _judge_behind(self, keys: Sequence[tuple[str, str]], patience: float) -> None:
        tasks = [self._once(key, partial(self._judge_waiting, key)) for key in keys]
        if tasks and patience:
            await asyncio.wait(tasks, timeout=patience)

    def _once(self, key: tuple[str, str], work: Callable[[], Coroutine[None, None, None]]) -> asyncio.Task[None]:
        """Run one judgement a package at a time, kept alive until it ends."""
        if key not in self._busy:
            task = self._busy[key] = asyncio.create_task(work())
            task.add_done_callback(lambda _: self._busy.pop(key, None))
        return self._busy[key]

    async def _judge_waiting(self, key: tuple[str, str]) -> None:
        parcel = await self._database.run(partial(archive.load_waiting, key=key))
        wanted = await self._database.run(partial(archive.awaited_parts, key=key))
        if parcel is None or self._missing(parcel.unit_code, wanted):
            return
        try:
            await self._conclude(parcel, wanted)
        except PartLost:
            return
        except Exception as error:  # noqa: BLE001 - it stays waiting and is judged when asked about again
            _log.error("judging failed: %s", place_of(error))

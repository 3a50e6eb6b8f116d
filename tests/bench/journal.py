"""The journal of a busy unit's ten years: reading it, searching it, walking its chain and its seals."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import partial

from desktop.desk.context import at_desk
from desktop.desk.journal_desk import JournalDesk
from desktop.desk.journal_sealing import seal_journal
from desktop.dossier.canonical import canonical
from desktop.signing.device import DeviceKey
from desktop.store.store import Store
from desktop.store.units import DeviceConfig
from tests.bench.measure import Line
from tests.bench.workbench import Workbench
from tests.contract.store_kit import CHEAP, PASSWORD, PEOPLE, UNIT

ACTIONS = ("submit", "sign", "seal", "receipt", "decision", "balance", "evidence")
ACTORS = ("hanh", "tuyen", "thang", "")
SEALED_EVERY = 50


def lines(bench: Workbench) -> Iterator[Line]:
    """First page, a page in the middle, searches, examination."""
    many = 20_000 if bench.quick else 100_000
    with Store.create(bench.folder / "journal", PASSWORD, UNIT, PEOPLE, kdf=CHEAP) as store:
        _fill(store, many)
        desk, every = JournalDesk(at_desk(store, "")), partial(_scan, store)
        whole = "reading every entry, in order"
        for what, call in (
            (f"journal: first page of 200 among {many:,}", desk.entries),
            ("journal: page of 200 in the middle", partial(desk.entries, before=many // 2)),
            ("journal: one person's, rarely seen", partial(desk.entries, who="vắng")),
            ("journal: one kind of act, in the middle", partial(desk.entries, kind="treasury", before=many // 2)),
            ("journal: one person's of one kind", partial(desk.entries, who="tuyen", kind="people")),
            ("journal: search «ky thang»", partial(desk.entries, "ky thang")),
            ("journal: search that finds nothing", partial(desk.entries, "khong co gi")),
            ("journal: sorted by who", partial(desk.entries, sort="who")),
        ):
            yield bench.pace.compare(what, call, whole, every)
        assert desk.verify().ok
        texts = [canonical({**link.entry._asdict(), "previous": link.previous}) for link in store.journal.links()]
        yield bench.pace.compare(
            f"journal: examine {many:,} entries, {many // SEALED_EVERY:,} seals", desk.verify,
            "SHA-256 of as many entries in memory", lambda: [hashlib.sha256(text).digest() for text in texts],
        )  # fmt: skip


def _scan(store: Store) -> None:
    for _ in store.journal.links():
        pass


def _fill(store: Store, many: int) -> None:
    key = DeviceKey.generate().raw
    store.device.set(DeviceConfig(url="", tls_pin="", device_id="máy", device_key=key, statement_keys={}))
    with store.transaction():
        for number in range(many):
            actor, action = ACTORS[number % len(ACTORS)], ACTIONS[number % len(ACTIONS)]
            store.journal.append(actor, action, None, f"d{number // 9:06d} {number % 3}")
            if number % SEALED_EVERY == 0:
                seal_journal(store, "sync")

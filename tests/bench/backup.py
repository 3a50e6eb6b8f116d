"""A backup and a restore of a unit with all its scans, against copying the same bytes and SQLite's own way."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from sqlcipher3 import dbapi2 as sqlcipher

from desktop.store.backup_place import prepare_place
from desktop.store.backups import Backup, write_backup
from desktop.store.keys import open_with_password
from desktop.store.restoring import restore
from desktop.store.store import ATTACHMENTS, DATABASE, Store
from tests.bench.measure import Line
from tests.bench.workbench import Workbench
from tests.contract.store_kit import PASSWORD, PEOPLE, UNIT, dossier

SIZE = "VUNGXA_BENCH_MB"
"""Environment variable: megabytes of scans, 2,000 unless told (100 with --quick)."""
SCAN = 1 << 20
Made = TypeVar("Made")
COPY = "plain copy of the same bytes"


def lines(bench: Workbench) -> Iterator[Line]:
    """The first backup, one a day later, one without scans, and a restore."""
    megabytes = int(os.environ.get(SIZE, "100" if bench.quick else "2000"))
    folder = bench.folder / "backup"
    with Store.create(folder / "unit", PASSWORD, UNIT, PEOPLE) as store:
        _fill(store, megabytes)
        (folder / "usb").mkdir()
        place = prepare_place(folder / "usb", UNIT.code, store.folder)
        first, backup = _time(lambda: write_backup(store, place, "asked"))
        copied, _ = _time(lambda: _plain_copy(store.folder, folder / "copy"))
        yield Line(f"first backup, {megabytes:,} MB of scans", first, copied, "s", COPY)
        _change(store)
        daily, _ = _time(lambda: write_backup(store, place, "day"))
        yield Line("backup a day later, ten new scans", daily, copied, "s", COPY)
        plain = _without_key(store, folder / "plain.db")
        vacuumed, _ = _time(lambda: _vacuum(plain, folder / "vacuumed.db"))
        yield Line("the same", daily, vacuumed, "s", "plain SQLite, VACUUM INTO alone")
    brought, _ = _time(lambda: _restore(backup, folder / "new"))
    yield Line(f"restore, {megabytes:,} MB of scans", brought, copied, "s", COPY)
    shutil.rmtree(folder)


def _fill(store: Store, megabytes: int) -> None:
    for number in range(5_000):
        if number % 1_000 == 0:
            with store.transaction():
                for each in range(number, number + 1_000):
                    store.drafts.save(dossier(f"d{each:06d}"), "hanh")
    for number in range(megabytes):
        store.attachments.add(_scan(number), f"{number}.pdf")


def _change(store: Store) -> None:
    for number in range(10):
        store.attachments.add(_scan(1_000_000 + number), f"new {number}.pdf")
        store.drafts.save(dossier(f"new {number}"), "hanh")


def _scan(number: int) -> bytes:
    return b"%PDF-1.7 " + number.to_bytes(8, "big") * (SCAN // 8)


def _plain_copy(source: Path, target: Path) -> None:
    """Copy the database and the sealed files, each synced, as a careful person's program does."""
    (target / ATTACHMENTS).mkdir(parents=True)
    for path in (source / DATABASE, *(source / ATTACHMENTS).iterdir()):
        copy = target / path.relative_to(source)
        shutil.copyfile(path, copy)
        with copy.open("rb") as stream:
            os.fsync(stream.fileno())


def _without_key(store: Store, target: Path) -> Path:
    database = store.backups.database
    database.rows("ATTACH DATABASE ? AS plain KEY ''", (str(target),))
    database.rows("SELECT sqlcipher_export('plain')")
    database.rows("DETACH DATABASE plain")
    return target


def _vacuum(source: Path, target: Path) -> None:
    connection = sqlcipher.connect(str(source), isolation_level=None)
    connection.execute("VACUUM INTO ?", (str(target),))
    connection.close()
    with target.open("rb") as stream:
        os.fsync(stream.fileno())


def _restore(backup: Backup, folder: Path) -> None:
    restore(backup.path, folder, lambda path: open_with_password(path, PASSWORD))


def _time(call: Callable[[], Made]) -> tuple[float, Made]:
    """Take the time of one call: the second time there would be nothing left to copy."""
    start = time.perf_counter()
    made = call()
    return time.perf_counter() - start, made

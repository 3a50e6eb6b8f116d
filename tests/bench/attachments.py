"""A unit with 2 GB of attachments: opening, taking in, sweeping; and what making a scan smaller costs."""

from __future__ import annotations

import io
import itertools
import os
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from PIL import Image

from desktop.exchange.scans import shrink
from desktop.store.keys import unlock
from desktop.store.store import ATTACHMENTS, KEYS, Store
from tests.bench.measure import Line
from tests.bench.workbench import Workbench
from tests.contract.store_kit import CHEAP, PASSWORD, PEOPLE, UNIT
from tests.fixtures.scans import page, scan

MEBIBYTE = 1 << 20
EACH = 100 * 1024
AT_ONCE = 500


def lines(bench: Workbench) -> Iterator[Line]:
    """Everything beside the same with no attachments, or beside the bare disk."""
    many = 2_000 if bench.quick else 20_000
    full, empty = (bench.folder / name for name in ("many-files", "no-files"))
    Store.create(empty, PASSWORD, UNIT, PEOPLE, kdf=CHEAP).close()
    with Store.create(full, PASSWORD, UNIT, PEOPLE, kdf=CHEAP) as store:
        _fill(store, many)
        store.scans.sweep()
        size = f"{many:,} attachments ({many * EACH / MEBIBYTE / 1024:.1f} GB)"
        yield bench.pace.compare(
            f"open a unit with {size}", partial(_open, full), "the same unit without any", partial(_open, empty)
        )
        yield bench.pace.compare(
            "take in a scan of 1 MB among them", partial(_add, store), "write and sync the bytes alone",
            partial(_write, bench.folder / "bare"),
        )  # fmt: skip
        yield bench.pace.compare(
            "weekly sweep of them all", store.attachments.sweep, "list the folder",
            partial(os.listdir, full / ATTACHMENTS),
        )  # fmt: skip
    yield from _shrinking(bench)


def _fill(store: Store, many: int) -> None:
    for start in range(0, many, AT_ONCE):
        with store.transaction():
            for _ in range(min(AT_ONCE, many - start)):
                store.attachments.add(b"%PDF-1.7 " + os.urandom(EACH - 9), "quét.pdf")


def _open(folder: Path) -> None:
    Store.open_with(folder, unlock(folder / KEYS, PASSWORD)).close()


def _add(store: Store) -> None:
    store.attachments.add(b"%PDF-1.7 " + os.urandom(MEBIBYTE), "quét.pdf")


NUMBERS = itertools.count()


def _write(folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    with (folder / str(next(NUMBERS))).open("wb") as stream:
        stream.write(b"%PDF-1.7 " + os.urandom(MEBIBYTE))
        stream.flush()
        os.fsync(stream.fileno())


def _shrinking(bench: Workbench) -> Iterator[Line]:
    large = io.BytesIO()
    page(seal=True, size=(2480, 3508)).save(large, "JPEG", quality=90, dpi=(300, 300))
    content = large.getvalue()
    yield bench.pace.compare(
        "make a page smaller (A4, 300 dpi, colour)", partial(shrink, content, "image/jpeg"),
        "read it and write it again as it is", partial(_again, content),
    )  # fmt: skip
    book = scan("PDF", pages=4)
    made = shrink(book, "application/pdf")
    yield Line(
        "size of a scanned PDF made smaller", made.size_after / 1024, made.size_before / 1024, "KB", "as it came"
    )


def _again(content: bytes) -> None:
    Image.open(io.BytesIO(content)).save(io.BytesIO(), "JPEG", quality=90)

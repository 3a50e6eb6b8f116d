"""What keys cost: opening beside an open plain file, unlocking beside bare Argon2id, another data key beside a copy."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from desktop.store.envelope import KdfParameters
from desktop.store.keys import STANDARD_KDF, MasterKey, unlock
from desktop.store.rotation import rotate
from desktop.store.store import DATABASE, KEYS, Store
from desktop.store.tuning import tune
from tests.bench.measure import Line
from tests.bench.store import PlainDatabase, _fill, _without_key
from tests.bench.workbench import Workbench
from tests.contract.store_kit import LINE, PASSWORD, PEOPLE, UNIT


def lines(bench: Workbench) -> Iterator[Line]:
    """Measure on a store of its own, closed for what must be alone."""
    folder, plain = bench.folder / "keys", bench.folder / "keys-plain.db"
    with Store.create(folder, PASSWORD, UNIT, PEOPLE) as store:
        store.estimates.load([LINE.model_copy(update={"amount": 10**12})])
        _fill(store, 500 if bench.quick else 5_000)
        _without_key(store, plain).close()
    key = unlock(folder / KEYS, PASSWORD)
    yield bench.pace.compare(
        "open with the key in memory, first query",
        lambda: _first_query(folder, key),
        "the same file without a key",
        lambda: _first_plain_query(plain),
    )
    yield bench.pace.compare("unlock", lambda: unlock(folder / KEYS, PASSWORD), "Argon2id alone", _derive)
    tuned = tune()
    yield bench.pace.compare("Argon2id as tuned here", lambda: _derive(tuned), "as it comes", _derive)
    yield _rotating(bench, folder, plain, key)


def _first_query(folder: Path, key: MasterKey) -> None:
    with Store(folder, key) as store:
        store.settings.get("any")


def _first_plain_query(path: Path) -> None:
    with PlainDatabase(path) as database:
        database.value("SELECT value FROM settings WHERE name = 'any'")


def _rotating(bench: Workbench, folder: Path, plain: Path, key: MasterKey) -> Line:
    """The whole file encrypted anew, checked and proved, beside SQLite's plain copy of as many rows."""
    keys, numbers = [key], itertools.count()

    def copied() -> None:
        target = bench.folder / f"copy-{next(numbers)}.db"
        with PlainDatabase(plain) as database:
            database.rows("VACUUM INTO ?", (str(target),))
        target.unlink()

    size = (folder / DATABASE).stat().st_size / 1e6
    what = f"another data key for {size:.0f} MB, checked"
    return bench.pace.compare(what, lambda: keys.append(rotate(folder, keys.pop())), "plain VACUUM INTO", copied)


def _derive(kdf: KdfParameters = STANDARD_KDF) -> None:
    maker = Argon2id(salt=b"s" * 16, length=32, iterations=kdf.passes, lanes=kdf.lanes, memory_cost=kdf.memory_kib)
    maker.derive(PASSWORD.encode())

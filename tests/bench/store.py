"""The encrypted store, against the same code, schema and rows in a file that the same library opened without a key."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from sqlcipher3 import dbapi2 as sqlcipher

from desktop.dossier.views import ListFilter, RowQuery
from desktop.store.book import Book
from desktop.store.check_cheap import look
from desktop.store.check_parts import Parts
from desktop.store.clock import system_clock
from desktop.store.database import Database
from desktop.store.drafts import Drafts
from desktop.store.estimates import Estimates
from desktop.store.journal import Journal
from desktop.store.keys import STANDARD_KDF, unlock
from desktop.store.projection import Projection
from desktop.store.store import ATTACHMENTS, DATABASE, KEYS, Store
from tests.bench import finding
from tests.bench.measure import Line
from tests.bench.workbench import Workbench
from tests.contract.store_kit import LINE, NOW, PASSWORD, PEOPLE, UNIT, balance, decision, deliver, dossier, seal

SUBJECTS = ("Tiền điện", "Văn phòng phẩm", "Cước điện thoại", "Sửa chữa nhà văn hóa", "Lương, phụ cấp", "Công tác phí")
PLACES = ("bản Muống", "bản Nàng", "bản Xì Lồ", "bản Trung Tiến", "bản Cha Lan")
MONTHS = 12
OPEN = 20
"""One dossier in so many is still a draft; the others were sent, and most of those were paid."""
UNBOOKED = 97
"""One dossier in so many is decided and its balance change has not come."""
WITHOUT_KEY = "the same, file without a key"


def lines(bench: Workbench) -> Iterator[Line]:
    """Opening, saving, listing, searching."""
    folder = bench.folder / "unit"
    many = 5_000 if bench.quick else 20_000
    with Store.create(folder, PASSWORD, UNIT, PEOPLE) as store:
        store.estimates.load([LINE.model_copy(update={"amount": 10**12})])
        _fill(store, many)
        plain = _without_key(store, bench.folder / "plain.db")
        yield from _opening(bench, store)
        yield from _reading(bench, store._database, plain, many)
        yield from _booking(bench, store, plain)
        yield from _checking(bench, store, plain, many)
        yield _saving(bench, store, plain)
        plain.close()


class PlainDatabase(Database):
    """The store's connection to a file that was never encrypted; everything else is inherited."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._spoiled = False
        self._connection = sqlcipher.connect(str(path), isolation_level=None)
        for setting in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "recursive_triggers = ON",
                        "temp_store = MEMORY", "cache_size = -8000"):  # fmt: skip
            self._connection.execute(f"PRAGMA {setting}")
        self._connection.row_factory = sqlcipher.Row


def _fill(store: Store, many: int) -> None:
    """Years of work of one unit, written in few transactions."""
    for start in range(0, many, 1_000):
        with store.transaction():
            for number in range(start, min(start + 1_000, many)):
                _add(store, number)


def _add(store: Store, number: int) -> None:
    name = f"d{number:06d}"
    title = f"{SUBJECTS[number % len(SUBJECTS)]} tháng {number % MONTHS + 1}, {PLACES[number // 7 % len(PLACES)]}"
    if number % OPEN == 0:
        store.drafts.save(dossier(name, title=title), "hanh")
        return
    package = seal(store, name, title=title)
    deliver(store, package)
    what = "returned" if number % 17 == 0 else "paid"
    said = [decision(2 * number, package, what, "Sai mã nguồn" if what == "returned" else "")]
    if what == "paid" and number % UNBOOKED:
        said.append(balance(2 * number + 1, package, -15_400_000))
    store.outbox.apply_feed(said, 2 * number + 1, NOW)


def _checking(bench: Workbench, store: Store, plain: Database, many: int) -> Iterator[Line]:
    """The look at each start, and the weekly check against SQLite's own of the same rows."""
    files = store.folder / ATTACHMENTS
    bare = Parts(plain, store.attachments, Journal(plain, system_clock), store.folder, files)
    assert store.checks.full() == ()
    yield bench.pace.compare(
        f"check at a glance, {many:,} dossiers", store.checks.cheap, WITHOUT_KEY, lambda: look(bare)
    )
    yield bench.pace.compare(
        "check in full", store.checks.full, "PRAGMA integrity_check, file without a key",
        lambda: plain.rows("PRAGMA integrity_check"), "s",
    )  # fmt: skip


def _without_key(store: Store, path: Path) -> PlainDatabase:
    """Copy the encrypted file into a plain one by SQLCipher's own export."""
    connection = sqlcipher.connect(str(store.folder / DATABASE), isolation_level=None)
    key = unlock(store.folder / KEYS, PASSWORD).derive("database", 48)
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    connection.execute(f"ATTACH DATABASE '{path}' AS plain KEY ''")
    connection.execute("SELECT sqlcipher_export('plain')")
    connection.close()
    return PlainDatabase(path)


def _opening(bench: Workbench, store: Store) -> Iterator[Line]:
    yield bench.pace.compare(
        "unlock with a password and open",
        lambda: Store.open(store.folder, PASSWORD).close(),
        "Argon2id alone, 64 MiB",
        _derive,
    )
    phrase = bench.folder / "phrase.db"
    yield bench.pace.compare(
        "open again with the key in memory",
        lambda: store.reopen().close(),
        "SQLCipher's own way, a passphrase (PBKDF2)",
        lambda: _open_by_phrase(phrase),
    )


def _derive() -> None:
    kdf = STANDARD_KDF
    maker = Argon2id(salt=b"s" * 16, length=32, iterations=kdf.passes, lanes=kdf.lanes, memory_cost=kdf.memory_kib)
    maker.derive(PASSWORD.encode())


def _open_by_phrase(path: Path) -> None:
    connection = sqlcipher.connect(str(path), isolation_level=None)
    connection.execute(f"PRAGMA key = '{PASSWORD}'")
    connection.execute("CREATE TABLE IF NOT EXISTS one (n)")
    connection.execute("SELECT count(*) FROM one").fetchone()
    connection.close()


def _booking(bench: Workbench, store: Store, plain: Database) -> Iterator[Line]:
    estimates, book = Estimates(plain, system_clock, Journal(plain, system_clock)), Book(plain)
    year, account = LINE.budget_year, LINE.account
    for what, ours, theirs in (
        ("estimates of a year", partial(store.estimates.all, year), partial(estimates.all, year)),
        (
            "what was spent, by item and programme",
            partial(store.book.spent_by_codes, year),
            partial(book.spent_by_codes, year),
        ),
        ("use by month", partial(store.book.months, year), partial(book.months, year)),
        (
            "movements of one account, all of them",
            partial(store.book.on_account, year, account),
            partial(book.on_account, year, account),
        ),
    ):
        assert ours() == theirs()
        assert ours(), what
        yield bench.pace.compare(what, ours, WITHOUT_KEY, theirs)


def _saving(bench: Workbench, store: Store, plain: Database) -> Line:
    numbers = itertools.count()
    drafts = Drafts(plain, system_clock, Journal(plain, system_clock))

    def save(where: Drafts) -> None:
        where.save(dossier(f"n{next(numbers) % 50}", title="Tiền điện"), "hanh")

    return bench.pace.compare("save a draft, durably", lambda: save(store.drafts), WITHOUT_KEY, lambda: save(drafts))


def _reading(bench: Workbench, store: Database, without: Database, many: int) -> Iterator[Line]:
    ours, plain = Projection(store), Projection(without)
    for what, query in (
        (f"first page of 100 among {many:,}", RowQuery(limit=100)),
        ("page of 100 in the middle", RowQuery(limit=100, offset=many // 2)),
        ("page of 100 of those returned", RowQuery(limit=100, filter=ListFilter.RETURNED)),
        ("page of 100 of those paid, in the middle", RowQuery(limit=100, filter=ListFilter.PAID, offset=many // 2)),
        ("page of 100 drafts", RowQuery(limit=100, filter=ListFilter.DRAFT)),
        ("search «nha van hoa xi lo»", RowQuery(text="nha van hoa xi lo", limit=100)),
    ):
        assert ours.rows(query) == plain.rows(query)
        assert ours.rows(query), what
        yield bench.pace.compare(what, partial(ours.rows, query), WITHOUT_KEY, partial(plain.rows, query))
    assert ours.counts() == plain.counts()
    yield bench.pace.compare("numbers on all chips", partial(_counted, store), WITHOUT_KEY, partial(_counted, without))
    yield bench.pace.compare(
        "numbers on all chips against a plain count", partial(_counted, store), "count the dossiers, without a state",
        lambda: store.value("SELECT count(*) FROM drafts WHERE deleted_at IS NULL"),
    )  # fmt: skip
    yield from finding.lines(store, without, many)


def _counted(database: Database) -> dict[str, int]:
    """By a projection of its own, which remembers no count."""
    return Projection(database).counts()

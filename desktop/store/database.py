"""One connection to the encrypted file: how it is keyed, how a transaction begins, how a failure is said.

SQLCipher 4 with a raw key (a passphrase would cost 300 ms a connection); WAL with synchronous=FULL, since NORMAL loses
acknowledged commits on a power cut.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

from sqlcipher3 import dbapi2 as sqlcipher

from desktop.store.disk_trouble import told_apart
from desktop.store.durable import claim
from desktop.store.errors import StoreError, fault, in_words
from desktop.store.send_key import KeySource

Values = Sequence[object] | Mapping[str, object]
Row = Any
Answer = TypeVar("Answer")
"""A database row: fields by position or by column name."""

BUSY_MS = 10_000
SALT_BYTES = 16
_WATCH_EVERY = 100_000
"""Steps of SQLite's virtual machine: about a hundredth of a second."""
_LASTING = ("store_damaged", "disk_error", "disk_gone", "cannot_open", "read_only")
"""Failures that a connection does not get over by itself; SQLite opens read-only what it cannot open for writing."""

_PRAGMAS = (
    "cipher_log_level = NONE",
    "busy_timeout = {busy}",
    "journal_mode = WAL",
    "synchronous = FULL",
    "foreign_keys = ON",
    "recursive_triggers = ON",
    "temp_store = MEMORY",
    "cache_size = -32000",
)
"""recursive_triggers: without it INSERT OR REPLACE would delete a fact past its trigger."""


class Database:
    """A connection used by one thread. Reads see the last commit; writes go through `transaction`."""

    def __init__(self, path: Path, key: KeySource) -> None:
        self.path = path
        self._key = key
        self._spoiled, self._writes = False, True
        with suppress(OSError):  # the driver says in words why it cannot be made
            claim(path)
        with _telling_why(path, key), in_words():
            self._connection = _connect(path, key)

    def rows(self, sql: str, values: Values = ()) -> list[Row]:
        """Return all rows of a query. Raises StoreError."""
        return self._asked(lambda connection: connection.execute(sql, values).fetchall())

    def one(self, sql: str, values: Values = ()) -> Row | None:
        """Return the first row of a query or None. Raises StoreError."""
        return self._asked(lambda connection: connection.execute(sql, values).fetchone())

    def value(self, sql: str, values: Values = ()) -> Any:
        """Return the first column of the first row, None when there is no row. Raises StoreError."""
        row = self.one(sql, values)
        return None if row is None else row[0]

    def run(self, sql: str, values: Values = ()) -> int:
        """Run one statement inside a transaction; return how many rows it touched. Raises StoreError."""
        if not self._connection.in_transaction:
            raise RuntimeError("a write needs a transaction")
        with self._saying():
            return int(self._connection.execute(sql, values).rowcount)

    def insert(self, table: str, **values: object) -> int:
        """Insert one row inside a transaction and return its rowid; `table` and the names are ours, never input."""
        names, marks = ", ".join(values), ", ".join("?" * len(values))
        with self._saying():
            cursor = self._connection.execute(
                f"INSERT INTO {table} ({names}) VALUES ({marks})",  # noqa: S608 - names come from code
                tuple(values.values()),
            )
            return int(cursor.lastrowid)

    @contextmanager
    def transaction(self, kind: str = "IMMEDIATE") -> Iterator[None]:
        """Commit everything inside or nothing; inside another transaction it joins that one. Raises StoreError."""
        if self._connection.in_transaction:
            yield
            return
        self._asked(lambda connection: connection.execute(f"BEGIN {kind}"))
        try:
            yield
            with self._saying():
                self._connection.execute("COMMIT")
        finally:
            # A failed COMMIT (disk full) or an error inside leaves the transaction open.
            if self._connection.in_transaction:
                self._roll_back()

    def _roll_back(self) -> None:
        try:
            self._connection.execute("ROLLBACK")
        except sqlcipher.DatabaseError:
            self._renew()  # a connection that met a bad page cannot even end; a new one never saw what was begun

    def _asked(self, run: Callable[[Any], Answer]) -> Answer:
        """After one bad page, or a disk that was pulled out, a connection fails for ever: a new one is asked again."""
        if self._spoiled and not self._connection.in_transaction:
            self._renew()
        try:
            with self._saying():
                return run(self._connection)
        except StoreError:
            if not self._spoiled or self._connection.in_transaction or not self._renew():
                raise
        with self._saying():
            return run(self._connection)

    @contextmanager
    def _saying(self) -> Iterator[None]:
        try:
            with in_words():
                yield
        except StoreError as error:
            told = told_apart(error, self.path)
            self._spoiled = self._spoiled or told.code in _LASTING
            if told is error:
                raise
            raise told from error

    def _renew(self) -> bool:
        try:
            fresh = _connect(self.path, self._key)
            if not self._writes:
                fresh.execute("PRAGMA query_only = ON")
        except sqlcipher.Error:
            return False  # nothing in this file can be read now; the old connection goes on saying so
        with suppress(sqlcipher.Error):
            self._connection.close()
        self._connection, self._spoiled = fresh, False
        return True

    def without_foreign_keys(self) -> None:
        """Let this connection write rows whose parents are in another file; outside a transaction."""
        with in_words():
            self._connection.execute("PRAGMA foreign_keys = OFF")

    def only_read(self) -> None:
        """Refuse every write on this connection from now on."""
        self._writes = False
        with in_words():
            self._connection.execute("PRAGMA query_only = ON")

    def watch(self, stop: Callable[[], bool] | None) -> None:
        """Ask `stop` now and then during what follows; where it says yes, the statement fails and changes nothing."""
        self._connection.set_progress_handler(stop, _WATCH_EVERY if stop else 0)

    def moment(self) -> tuple[int, int]:
        """Return what changes with every write, whichever connection makes it; equal means nothing was written."""
        return int(self.value("PRAGMA data_version")), int(self._connection.total_changes)

    def check(self) -> list[str]:
        """Return what SQLCipher's page authentication and SQLite's own check find wrong; empty when sound."""
        pages = [str(row[0]) for row in self.rows("PRAGMA cipher_integrity_check")]
        return pages or [str(row[0]) for row in self.rows("PRAGMA integrity_check") if row[0] != "ok"]

    def copy_to(self, path: Path, go_on: Callable[[], bool]) -> bool:
        """Write the last commit, compacted, to a new file under the same key while others go on writing.

        `go_on` is asked all the while; False ends it, and nothing is left. Returns whether the copy was made; it is not
        yet on the medium. Raises StoreError.
        """
        stopped: list[bool] = []

        def ask() -> bool:
            stopped.extend([] if go_on() else [True])
            return bool(stopped)

        self.watch(ask)
        try:
            with self._saying():
                claim(path)
                self._connection.execute("VACUUM INTO ?", (str(path),))
        except StoreError:
            if stopped:
                return False
            raise
        finally:
            self.watch(None)
        return True

    def __enter__(self) -> Database:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection; the last one folds the WAL into the file."""
        with in_words():
            self._connection.close()


def _connect(path: Path, key: KeySource) -> Any:
    connection = sqlcipher.connect(str(path), isolation_level=None, timeout=BUSY_MS / 1000)
    try:
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(f"PRAGMA key = \"x'{key.derive('database', 48).hex()}'\"")
        connection.execute("SELECT count(*) FROM sqlite_master")
        for pragma in _PRAGMAS:
            connection.execute("PRAGMA " + pragma.format(busy=BUSY_MS))
    except sqlcipher.Error:
        connection.close()
        raise
    connection.row_factory = sqlcipher.Row
    return connection


@contextmanager
def _telling_why(path: Path, key: KeySource) -> Iterator[None]:
    """The file begins with its salt, which the right key derives too: equal means damage, else it is a foreign file.

    Opening fails first at the index of the write-ahead log, of which the driver only says that the disk fails.
    """
    try:
        yield
    except StoreError as error:
        if (told := told_apart(error, path)) is not error:
            raise told from error
        if error.code == "store_damaged" and salt_of(path) != key.derive("database", 48)[32:]:
            raise fault("wrong_key") from error
        raise


def salt_of(path: Path) -> bytes:
    """Give the salt an encrypted database begins with, b"" when there is no file. Raises StoreError cannot_open."""
    try:
        with path.open("rb") as stream:
            return stream.read(SALT_BYTES)
    except FileNotFoundError:
        return b""
    except OSError as error:
        raise fault("cannot_open") from error

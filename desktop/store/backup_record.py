"""What one store knows of its backups: which were made where, what changed since, and how to copy itself into one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from desktop.store.attachments import Attachments
from desktop.store.backup_file import BackupCause, Digest
from desktop.store.clock import Clock
from desktop.store.database import Database
from desktop.store.durable import sha256_of
from desktop.store.errors import StoreError, fault, in_words
from desktop.store.journal import Journal, JournalBroken
from desktop.store.keys import MasterKey

_OURS = "('backup', 'backup_place')"
"""Actions in the journal that are no change of the unit's data."""


@dataclass(frozen=True)
class StoredFile:
    """One attachment as the copied database knows it; `key` opens it, b"" when the row itself is damaged."""

    sha256: str
    size: int
    file: str
    key: bytes = field(repr=False)
    prefix: bytes

    @property
    def name(self) -> str:
        """Its name beside the backups: the same content sealed anew, after a restore, has another prefix."""
        return f"{self.file}.{self.prefix.hex()}"


class YearFile(NamedTuple):
    """The file of a year put away, as the copied database knows it."""

    sha256: str
    size: int
    file: str

    @property
    def name(self) -> str:
        """Its name beside the backups: another one after the data key was changed or the year put away anew."""
        return f"{self.file}.{self.sha256[:32]}"


class Snapshot(NamedTuple):
    """What opening a copied database told."""

    step: int
    dossiers: int
    last_number: str
    files: tuple[StoredFile, ...]
    findings: tuple[str, ...]
    years: tuple[YearFile, ...] = ()


class BackupRow(NamedTuple):
    """One backup made here; `verified_at` "" where opening it was cut short, `removed_at` "" while it is kept."""

    at: str
    place: str
    file: str
    verified_at: str
    removed_at: str


class Backups:
    """The store's side of its backups; `store.backups`. `database` and `key` are for those who restore."""

    def __init__(self, database: Database, key: MasterKey, clock: Clock, journal: Journal) -> None:
        self.database = database
        self.key = key
        self._clock = clock
        self._journal = journal

    @property
    def store_id(self) -> str:
        """The store's random name."""
        return self.key.store_id

    def now(self) -> str:
        """This instant."""
        return self._clock()

    def size(self) -> int:
        """Return how many bytes a copy takes at most."""
        pages, page = self.database.value("PRAGMA page_count"), self.database.value("PRAGMA page_size")
        return int(pages) * int(page)

    def copy_to(self, path: Path, go_on: Callable[[], bool]) -> bool:
        """Write a compact copy of the last commit; False when told to stop. Raises StoreError."""
        return self.database.copy_to(path, go_on)

    def made_with_its_key(self, salt: bytes) -> bool:
        """Tell whether a database that begins with this salt opens with today's key, or is of an earlier one."""
        return self.key.derive("database", 48)[32:] == salt

    def examine(self, path: Path) -> Snapshot:
        """Open a copy with the store's key and look at all of it. Raises StoreError store_damaged, wrong_key."""
        return examine(path, self.key)

    def knows(self, sha256: str) -> bool:
        """Tell whether the store still has the row of this attachment, or of this year put away."""
        known = bool(self.database.value("SELECT 1 FROM attachments WHERE sha256 = ?", (sha256,)))
        return known or any(year.sha256 == sha256 for year in _years(self.database))

    def add(self, cause: BackupCause, at: str, place: Path, file: str, digest: Digest) -> None:
        """Write down a backup that was verified, in the journal too; a store not upgraded yet has but the journal."""
        with self.database.transaction():
            if self.database.value("SELECT 1 FROM sqlite_master WHERE name = 'backups'"):
                self._insert(cause, at, place, file, digest)
            self._journal.append("", "backup", None, file)

    def _insert(self, cause: BackupCause, at: str, place: Path, file: str, digest: Digest) -> None:
        self.database.insert(
            "backups", cause=cause, at=at, place=str(place), file=file, size=digest.size, sha256=digest.sha256,
            verified_at=self._clock(),
        )  # fmt: skip

    def removed(self, files: Iterable[str]) -> None:
        """Write down that these backups were thinned out."""
        with self.database.transaction():
            for file in files:
                self.database.run("UPDATE backups SET removed_at = ? WHERE file = ?", (self._clock(), file))

    def last(self, place: Path | None = None) -> BackupRow | None:
        """Return the newest backup made, at a place or anywhere."""
        row = self.database.one(
            "SELECT at, place, file, verified_at, removed_at FROM backups WHERE ? IN ('', place)"
            " ORDER BY backup_id DESC LIMIT 1",
            (str(place or ""),),
        )
        return None if row is None else BackupRow(*row)

    def changed_at(self) -> str:
        """Return the instant of the newest change of the unit's data."""
        written = self.database.value(
            f"SELECT at FROM journal WHERE action NOT IN {_OURS} ORDER BY seq DESC LIMIT 1"  # noqa: S608 - ours
        )
        saved = self.database.value("SELECT max(updated_at) FROM drafts WHERE deleted_at IS NULL")
        return max(str(written or ""), str(saved or ""))


def examine(path: Path, key: MasterKey) -> Snapshot:
    """Open a copied database and look at pages, structure, journal and counts.

    A journal that does not hold is a finding, not a refusal: a unit whose journal was cut needs a backup all the more.
    Raises StoreError store_damaged, wrong_key.
    """
    with Database(path, key) as copy:
        if copy.check():
            raise fault("store_damaged")
        try:
            Journal(copy, str).verify()
            findings: tuple[str, ...] = ()
        except JournalBroken as broken:
            findings = (broken.code,)
        return Snapshot(
            int(copy.value("PRAGMA user_version")),
            int(copy.value("SELECT count(*) FROM drafts WHERE deleted_at IS NULL")),
            str(copy.value("SELECT number FROM drafts ORDER BY id DESC LIMIT 1") or ""),
            tuple(_files(copy, key)),
            findings,
            tuple(_years(copy)),
        )


def _years(copy: Database) -> Iterable[YearFile]:
    if copy.value("SELECT 1 FROM sqlite_master WHERE name = 'archives'"):
        for row in copy.rows("SELECT sha256, size, file FROM archives ORDER BY year"):
            yield YearFile(*row)


def _files(copy: Database, key: MasterKey) -> Iterable[StoredFile]:
    lending = Attachments(copy, copy.path.parent, key, str)
    for row in copy.rows("SELECT sha256, size, file, nonce_prefix FROM attachments ORDER BY sha256"):
        try:
            opened = lending.lend(row["sha256"]).key
        except StoreError:  # a damaged row: its file opens for nobody, and counts as missing
            opened = b""
        yield StoredFile(row["sha256"], row["size"], row["file"], opened, bytes(row["nonce_prefix"]))


def digest_of(path: Path) -> Digest:
    """Return size and SHA-256 of a file. Raises StoreError."""
    with in_words():
        return Digest(size=path.stat().st_size, sha256=sha256_of(path))

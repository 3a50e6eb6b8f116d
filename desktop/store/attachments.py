"""Attachments as encrypted files beside the database, named by content, stored once however often used.

The file is durable before its row commits, so a crash cannot leave a row without a file; it can leave a file without a
row, and that is swept.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from desktop.dossier.document import Attachment
from desktop.store import sealed_file
from desktop.store.clock import Clock
from desktop.store.database import Database, Row
from desktop.store.durable import TEMPORARY, publish, write_temporary
from desktop.store.errors import StoreError, fault, in_words
from desktop.store.file_keys import FileKeys
from desktop.store.masterkey import MasterKey
from desktop.store.media import MAX_BYTES, media_type

STALE_SECONDS = 3600
INCOMING = "incoming"
"""Folder beside the attachments for what is on its way into them; empty but after a crash."""


@dataclass(frozen=True)
class LentFile:
    """One sealed file with its own key: name in the folder of attachments, size in bytes, key, nonce prefix."""

    file: str
    size: int
    key: bytes = field(repr=False)
    prefix: bytes


class Attachments:
    """Add once, read whole or by offset; every read is authenticated."""

    def __init__(self, database: Database, folder: Path, key: MasterKey, clock: Clock) -> None:
        self._database = database
        self._folder = folder
        self._incoming = folder.with_name(INCOMING)
        self._clock = clock
        self._keys = FileKeys(key)
        self._naming = key.derive("attachment-names")

    def add(self, source: bytes | Path, name: str) -> Attachment:
        """Take in a file under the name people know it by.

        Raises StoreError attachment_empty, attachment_too_large, attachment_type, disk_full, read_only, …
        """
        content = source if isinstance(source, bytes) else _read(source)
        kind, digest = media_type(content), hashlib.sha256(content).hexdigest()
        row = self._row(digest)
        if row is None or not self._path(row).exists():
            self._store(content, kind, digest, row)
        return Attachment(name=name, sha256=digest, size=len(content), media_type=kind)

    def has(self, sha256: str) -> bool:
        """Tell whether this content is stored."""
        return self._row(sha256) is not None

    def open_bytes(self, sha256: str) -> bytes:
        """Return the whole content, its hash compared. Raises StoreError not_found or attachment_damaged."""
        row = self._required(sha256)
        content = self.read_at(sha256, 0, row["size"])
        if hashlib.sha256(content).hexdigest() != sha256:
            raise StoreError("attachment_damaged", "Tệp đính kèm lưu trong máy bị hỏng. Đính kèm lại tệp gốc.")
        return content

    def read_at(self, sha256: str, offset: int, size: int) -> bytes:
        """Return at most `size` bytes from `offset`, fewer only at the end. Raises as open_bytes."""
        row = self._required(sha256)
        with in_words("disk_gone"):
            return sealed_file.read_at(self._path(row), self._key(row), row["nonce_prefix"], row["size"], offset, size)

    def lend(self, sha256: str) -> LentFile:
        """Give what it takes to read this one file and no other. Raises as open_bytes."""
        row = self._required(sha256)
        return LentFile(str(row["file"]), row["size"], self._key(row), bytes(row["nonce_prefix"]))

    def forget(self, digests: Sequence[str]) -> list[str]:
        """Delete the rows of contents nobody refers to, inside a transaction; return the files to `erase` after it.

        Raises FactError fact_immutable for what a draft, a submission or a package refers to.
        """
        files = [str(self._required(digest)["file"]) for digest in digests]
        for digest in digests:
            self._database.run("DELETE FROM attachments WHERE sha256 = ?", (digest,))
        return files

    def erase(self, files: Sequence[str]) -> None:
        """Delete the files of rows that are gone."""
        with in_words("disk_gone"):
            for name in files:
                (self._folder / name).unlink(missing_ok=True)

    def recover(self) -> list[str]:
        """Delete what a crash left while a file was taken in, and return its names; run when a store is opened.

        It looks at the few files on their way and not at all that are stored: `sweep` does.
        """
        found = list(self._incoming.iterdir()) if self._incoming.is_dir() else []
        if not any(map(_abandoned, found)):
            return []
        with self._database.transaction(), in_words("disk_gone"):
            gone = [path for path in found if _abandoned(path)]
            for path in gone:
                if not self._database.value("SELECT 1 FROM attachments WHERE file = ?", (path.name,)):
                    (self._folder / path.name).unlink(missing_ok=True)
                path.unlink(missing_ok=True)
        return [path.name for path in gone]

    def sweep(self) -> list[str]:
        """Delete every file that has no row, and return their names; it lists the whole folder, so seldom."""
        with self._database.transaction(), in_words("disk_gone"):
            known = {str(row["file"]) for row in self._database.rows("SELECT file FROM attachments")}
            orphans = [path for path in self._folder.iterdir() if path.name not in known and _abandoned(path)]
            for path in orphans:
                path.unlink()
        return [path.name for path in orphans]

    def _store(self, content: bytes, kind: str, digest: str, row: Row | None) -> None:
        # The same content must give the same bytes under the same key, or a nonce would serve twice.
        key = os.urandom(sealed_file.KEY_BYTES) if row is None else self._key(row)
        prefix = os.urandom(sealed_file.PREFIX_BYTES) if row is None else bytes(row["nonce_prefix"])
        name = self._name(digest) if row is None else str(row["file"])  # another since the data key was rotated
        with in_words("disk_gone"):
            self._incoming.mkdir(mode=0o700, exist_ok=True)
            temporary = write_temporary(self._incoming / name, sealed_file.seal(content, key, prefix))
            # Under the write lock no sweep can take the file between its name and its row.
            with self._database.transaction():
                if row is None and self.has(digest):
                    temporary.unlink()  # another process was faster, with a key of its own
                    return
                (self._incoming / name).touch(mode=0o600)  # until its row is there, this says whose the file is
                publish(temporary, self._folder / name)
                if row is None:
                    self._record(digest, len(content), kind, name, self._keys.wrap(key, digest), prefix)
            (self._incoming / name).unlink(missing_ok=True)

    def _record(self, digest: str, size: int, kind: str, name: str, wrapped: bytes, prefix: bytes) -> None:
        self._database.run(
            "INSERT INTO attachments VALUES (?, ?, ?, ?, ?, ?, ?)",
            (digest, size, kind, name, wrapped, prefix, self._clock()),
        )

    def _name(self, digest: str) -> str:
        return hmac.new(self._naming, digest.encode(), hashlib.sha256).hexdigest()

    def _key(self, row: Row) -> bytes:
        return self._keys.unwrap(bytes(row["wrapped_key"]), str(row["sha256"]))

    def _row(self, sha256: str) -> Row | None:
        return self._database.one("SELECT * FROM attachments WHERE sha256 = ?", (sha256,))

    def _required(self, sha256: str) -> Row:
        row = self._row(sha256)
        if row is None:
            raise fault("not_found")
        return row

    def _path(self, row: Row) -> Path:
        return self._folder / str(row["file"])


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise StoreError(
            "attachment_unreadable", "Không đọc được tệp đính kèm. Kiểm tra tệp còn đó và mở được."
        ) from error


def _abandoned(path: Path) -> bool:
    """A temporary file may still be in another process's hands; a named one cannot, under the write lock."""
    return not path.name.endswith(TEMPORARY) or time.time() - path.stat().st_mtime > STALE_SECONDS

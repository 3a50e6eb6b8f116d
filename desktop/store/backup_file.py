"""One backup as a file (`.vxb`): a ZIP without compression of what says what it is, the keys, and the whole database.

    backup.json        Manifest
    keys.json          the envelope, as beside the store
    attachments.txt    a line for each sealed file in attachments/: its name there, a space, its bytes
    unit.vx            a compact copy of the database, under the same key

Everything it holds is sealed already, but for what Manifest says: the unit's code and name, counts, instants, digests.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import stat
import struct
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from desktop.store.backup_place import at_place, settle, trouble
from desktop.store.upgrade import STEPS

FORMAT = 1
MANIFEST, KEYS_MEMBER, LIST_MEMBER, DATABASE_MEMBER = "backup.json", "keys.json", "attachments.txt", "unit.vx"
_MEMBERS = [MANIFEST, KEYS_MEMBER, LIST_MEMBER, DATABASE_MEMBER]
_LIMITS = {MANIFEST: 1 << 22, KEYS_MEMBER: 1 << 16, LIST_MEMBER: 1 << 26}
PIECE = 1 << 20
SALT = 16
_END = struct.Struct("<4s4H2LH")
_END_MARK, _ZIP64_MARK = b"PK\x05\x06", b"PK\x06\x07"
_DIRECTORY_LIMIT = 4096

Moved = Callable[[int], None]
"""Hears how many bytes more were moved; may raise to end it."""


class Digest(BaseModel):
    """Size in bytes and SHA-256 of a member."""

    model_config = ConfigDict(frozen=True)

    size: int = Field(ge=0)
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")


class Manifest(BaseModel):
    """What a backup says of itself.

    `missing` are digests of attachments that the unit's own disk had lost already when it was made; `findings` are
    codes of what else was wrong with the data then. A later program may add to it.
    """

    model_config = ConfigDict(frozen=True, populate_by_name=True)

    format: int = FORMAT
    store_id: str = Field(pattern=r"^[0-9a-f]{32}$")
    unit_code: str = Field(max_length=40)
    unit_name: str = Field(max_length=1000)
    at: str = Field(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")
    cause: str
    step: int = Field(alias="schema")
    program: str
    dossiers: int
    last_number: str = Field(max_length=40)
    attachments: int
    attachments_size: int
    keys: Digest
    listing: Digest
    database: Digest
    missing: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()


_LISTED = re.compile(rb"(?P<name>[0-9A-Za-z][0-9A-Za-z._-]{0,199}) (?P<size>[0-9]{1,15})")
"""A line of the list: the name of a file, never a way to another folder."""


class Sealed(NamedTuple):
    """One sealed attachment as it lies beside the backups."""

    name: str
    size: int


def listing_text(files: Sequence[Sealed]) -> bytes:
    """Write the list of attachments."""
    return "".join(f"{item.name} {item.size}\n" for item in files).encode()


def write_members(stream: IO[bytes], manifest: Manifest, keys: bytes, listing: bytes, copy: Path, moved: Moved) -> None:
    """Write the whole file into an open stream and through to the medium. Raises OSError."""
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        text = manifest.model_dump_json(by_alias=True, indent=1).encode()
        for name, content in ((MANIFEST, text), (KEYS_MEMBER, keys), (LIST_MEMBER, listing)):
            archive.writestr(zipfile.ZipInfo(name), content)
        info = zipfile.ZipInfo(DATABASE_MEMBER)
        info.file_size = manifest.database.size
        with archive.open(info, "w") as member, copy.open("rb") as source:
            for piece in pieces(source):
                member.write(piece)
                moved(len(piece))
    stream.flush()
    settle(stream.fileno())


def pieces(stream: IO[bytes]) -> Iterator[bytes]:
    """Read a stream to its end in pieces of a megabyte."""
    while piece := stream.read(PIECE):
        yield piece


class OpenBackup:
    """A backup file being read: its manifest was checked, its members are when they are read."""

    def __init__(self, archive: zipfile.ZipFile, manifest: Manifest) -> None:
        self._archive = archive
        self.manifest = manifest

    def keys(self) -> bytes:
        """Return the envelope's bytes. Raises StoreError backup_damaged."""
        return self._small(KEYS_MEMBER, self.manifest.keys)

    def files(self) -> list[Sealed]:
        """Return the attachments it needs. Raises StoreError backup_damaged."""
        lines = self._small(LIST_MEMBER, self.manifest.listing).splitlines()
        found = [_LISTED.fullmatch(line) for line in lines]
        if not all(found):
            raise trouble("backup_damaged")
        return [Sealed(line["name"].decode(), int(line["size"])) for line in found if line]

    def salt(self) -> bytes:
        """Return the salt the database begins with; it differs from one data key to the next."""
        with at_place(), _sound_zip(), self._archive.open(DATABASE_MEMBER) as member:
            return member.read(SALT)

    def copy_database(self, target: IO[bytes] | None, moved: Moved) -> None:
        """Write the database into a stream, or only read it, and compare its digest.

        Raises StoreError backup_damaged, backup_place_gone; OSError of the stream.
        """
        digest = hashlib.sha256()
        for piece in self._database_pieces():
            digest.update(piece)
            if target is not None:
                target.write(piece)
            moved(len(piece))
        if digest.hexdigest() != self.manifest.database.sha256:
            raise trouble("backup_damaged")

    def _database_pieces(self) -> Iterator[bytes]:
        with at_place(), _sound_zip():
            member = self._archive.open(DATABASE_MEMBER)
        with member:
            while True:
                with at_place(), _sound_zip():
                    piece = member.read(PIECE)
                if not piece:
                    return
                yield piece

    def _small(self, name: str, expected: Digest) -> bytes:
        with at_place(), _sound_zip():
            content = _read_small(self._archive, name)
        if hashlib.sha256(content).hexdigest() != expected.sha256:
            raise trouble("backup_damaged")
        return content


@contextmanager
def open_backup(path: Path) -> Iterator[OpenBackup]:
    """Open a backup and check what it says of itself.

    Raises StoreError backup_damaged, backup_newer, backup_place_gone when it is not there.
    """
    with at_place():
        if not stat.S_ISREG(path.stat().st_mode):  # a folder; a pipe would be waited for
            raise trouble("backup_damaged")
        stream = path.open("rb")
    with stream:
        with at_place(), _sound_zip():
            opened = _opened(stream)
        yield opened


def _opened(stream: IO[bytes]) -> OpenBackup:
    _refuse_odd(stream)
    archive = zipfile.ZipFile(stream)
    if archive.namelist() != _MEMBERS or any(item.compress_type for item in archive.infolist()):
        raise trouble("backup_damaged")
    manifest = _manifest(_read_small(archive, MANIFEST))
    if archive.getinfo(DATABASE_MEMBER).file_size != manifest.database.size:
        raise trouble("backup_damaged")
    return OpenBackup(archive, manifest)


def _manifest(text: bytes) -> Manifest:
    try:
        said = json.loads(text)
        # Looked at alone: what a newer program writes need not look like this one's at all.
        if isinstance(said, dict) and isinstance(said.get("format"), int) and said["format"] > FORMAT:
            raise trouble("backup_newer")
        manifest = Manifest.model_validate(said)
    except (ValueError, RecursionError, ValidationError):
        raise trouble("backup_damaged") from None
    if manifest.step > len(STEPS):
        raise trouble("backup_newer")
    return manifest


def _read_small(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as member:
        content = member.read(_LIMITS[name] + 1)
    if len(content) > _LIMITS[name]:
        raise trouble("backup_damaged")
    return content


def _refuse_odd(stream: IO[bytes]) -> None:
    """The end of a ZIP says how large its directory is; one with four names is small, and a forged one eats memory."""
    size = stream.seek(0, os.SEEK_END)
    stream.seek(max(0, size - 20 - _END.size))
    tail = stream.read()
    if len(tail) < _END.size:
        raise trouble("backup_damaged")
    mark, _, _, here, every, directory, _, comment = _END.unpack(tail[-_END.size :])
    large = tail.startswith(_ZIP64_MARK) and size < zipfile.ZIP64_LIMIT
    if mark != _END_MARK or comment or here != every or directory > _DIRECTORY_LIMIT or large:
        raise trouble("backup_damaged")
    stream.seek(0)


@contextmanager
def _sound_zip() -> Iterator[None]:
    try:
        yield
    except (
        zipfile.BadZipFile,
        EOFError,
        KeyError,
        NotImplementedError,
        UnicodeDecodeError,
        struct.error,
        RuntimeError,
    ):
        raise trouble("backup_damaged") from None


BackupCause = Literal["day", "upgrade", "asked", "rotation"]
"""Why a backup was made; the table `backups` knows these."""

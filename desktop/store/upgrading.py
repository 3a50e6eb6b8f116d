"""Bring the file of an older program up without ever risking it: checkpoint, copy, flag, run, clear.

Whatever ends the program, the next start finds either the old file or the new one whole. The copy and the flag lie
beside the store only while an upgrade is under way; a flag found at a start says that one was cut short.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from desktop import __version__
from desktop.store.clock import Clock
from desktop.store.database import Database
from desktop.store.durable import TEMPORARY, publish, sha256_of, sync_folder, write_file
from desktop.store.errors import StoreError, fault, in_words
from desktop.store.journal import Journal
from desktop.store.masterkey import MasterKey
from desktop.store.open_lock import alone
from desktop.store.upgrade import STEPS, newer, upgrade, version

FLAG = "upgrade.json"
COPIES = ".before-*"
_BLOCK = 1024 * 1024
Told = Callable[[str], None]
"""Hears the name of each step as it begins: checkpoint, copy, flag, run, a script of the schema each, check, clear."""


class Flag(BaseModel):
    """An upgrade under way; `sha256` is of the copy, `program` the version that began it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    before: int = Field(ge=1)
    after: int = Field(ge=1)
    copy_name: str = Field(pattern=r"^[\w.]+\.before-\d+$")
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    program: str


def untold(_step: str) -> None:
    """For callers that show nothing of the steps."""


def nothing() -> None:
    """For callers that do nothing before an upgrade."""


def bring_up(
    path: Path, key: MasterKey, clock: Clock, told: Told = untold, before: Callable[[], object] = nothing
) -> bool:
    """Upgrade the file of an older program, or finish what was cut short; True when something was done.

    `before` is called while the old file may still be open elsewhere; what it raises ends the upgrade before it began.
    After that nobody else may have it open.

    Raises StoreError store_newer, store_in_use, disk_full, read_only, store_damaged,
    upgrade_failed; after each of them the file is what it was before.
    """
    if not _flag(path).exists() and _version(path, key) in (0, len(STEPS)):
        return False
    if not _flag(path).exists():
        before()
    with alone(path.parent):
        _settle(path, key)
        if _version(path, key) in (0, len(STEPS)):
            return False
        _Upgrade(path, key, clock, told).run()
    return True


class _Upgrade:
    """One upgrade of one file, in the order that its name says."""

    def __init__(self, path: Path, key: MasterKey, clock: Clock, told: Told) -> None:
        self._path = path
        self._key = key
        self._clock = clock
        self._told = told

    def run(self) -> None:
        """Upgrade, or leave the file as it was and say why not."""
        self._told("checkpoint")
        before = self._checkpoint()
        try:
            self._told("copy")
            copy, digest = self._copy(before)
            self._told("flag")
            flag = Flag(before=before, after=len(STEPS), copy_name=copy.name, sha256=digest, program=__version__)
            with in_words():
                write_file(_flag(self._path), flag.model_dump_json().encode())
            self._told("run")
            self._run(before)
            self._told("clear")
        finally:
            _settle(self._path, self._key)

    def _checkpoint(self) -> int:
        """Leave nothing beside the file; only who is alone with it may change its way of journalling."""
        with Database(self._path, self._key) as database:
            try:
                mode = database.value("PRAGMA journal_mode = DELETE")
            except StoreError as error:
                if error.code != "store_busy":
                    raise
                mode = "wal"
            if mode != "delete":
                raise _in_use()
            return version(database)

    def _copy(self, before: int) -> tuple[Path, str]:
        copy = self._path.with_name(f"{self._path.name}.before-{before}")
        temporary = copy.with_name(copy.name + TEMPORARY)
        with in_words():
            _room_for(self._path)
            digest = _copied(self._path, temporary)
            publish(temporary, copy)
        return copy, digest

    def _run(self, before: int) -> None:
        with Database(self._path, self._key) as database:
            with database.transaction("EXCLUSIVE"):
                upgrade(database, self._told)
                Journal(database, self._clock).append("", "upgrade", None, f"{before} {len(STEPS)} {__version__}")
            self._told("check")
            if database.check():
                raise _failed()
            Journal(database, self._clock).verify()


def _settle(path: Path, key: MasterKey) -> None:
    """End an upgrade that was begun: a file that is whole stays, be it old or new; else the copy takes its place."""
    flag = _read(path)
    if flag is not None and not _whole(path, key, flag):
        _put_back(path, flag)
    with in_words():
        for left in (*path.parent.glob(path.name + COPIES), _flag(path)):
            left.unlink(missing_ok=True)
        sync_folder(path.parent)


def _whole(path: Path, key: MasterKey, flag: Flag) -> bool:
    """The same bytes as the copy need no opening, for which a full disk may have no room."""
    if not path.with_name(path.name + "-wal").exists() and _digest(path) == flag.sha256:
        return True
    try:
        with Database(path, key) as database:
            return version(database) in (flag.before, flag.after) and not database.check()
    except StoreError as error:
        if error.code not in ("store_damaged", "wrong_key", "cannot_open"):
            raise
        return False


def _put_back(path: Path, flag: Flag) -> None:
    """What lies beside the broken file goes first: an old write-ahead log would be played into the copy."""
    copy = path.with_name(flag.copy_name)
    with in_words():
        if not copy.exists() or _digest(copy) != flag.sha256:
            raise fault("store_damaged")
        for ending in ("-wal", "-shm", "-journal"):
            path.with_name(path.name + ending).unlink(missing_ok=True)
        publish(copy, path)


def _read(path: Path) -> Flag | None:
    """A flag that cannot be read was never written whole, so nothing ran."""
    try:
        return Flag.model_validate_json(_flag(path).read_bytes())
    except (FileNotFoundError, ValidationError):
        return None


def _version(path: Path, key: MasterKey) -> int:
    with Database(path, key) as database:
        found = version(database)
        if found > len(STEPS):
            raise newer(database)
        return found


def _flag(path: Path) -> Path:
    return path.with_name(FLAG)


def _copied(source: Path, target: Path) -> str:
    """Copy durably and return the SHA-256; what was written of it goes when there is no room for the rest."""
    digest = hashlib.sha256()
    try:
        with source.open("rb") as reader, target.open("wb") as writer:
            target.chmod(0o600)
            while block := reader.read(_BLOCK):
                digest.update(block)
                writer.write(block)
            writer.flush()
            os.fsync(writer.fileno())
    except OSError:
        target.unlink(missing_ok=True)
        raise
    return digest.hexdigest()


def _digest(path: Path) -> str:
    with in_words():
        return sha256_of(path)


def _room_for(path: Path) -> None:
    """The copy, and a write-ahead log that may come to hold every page once more."""
    if shutil.disk_usage(path.parent).free < 2 * path.stat().st_size:
        raise StoreError(
            "disk_full",
            "Ổ đĩa không đủ chỗ để nâng cấp dữ liệu an toàn. Dọn bớt tệp rồi mở lại; dữ liệu vẫn nguyên.",
        )


def _in_use() -> StoreError:
    return StoreError(
        "store_in_use",
        "Dữ liệu cần nâng cấp nhưng còn mở ở cửa sổ khác. Đóng mọi cửa sổ Vùng Xa trên máy này rồi mở lại.",
    )


def _failed() -> StoreError:
    return StoreError(
        "upgrade_failed",
        "Chưa nâng cấp được dữ liệu; dữ liệu cũ vẫn nguyên. Mở bằng bản chương trình trước và báo người hỗ trợ.",
    )

"""Change the master key of a store: everything is encrypted anew, everybody keeps their password, nobody's old copy of
the key opens it any more.

The next files are made beside the present ones; giving the new database its name is the commit. A crash before leaves
the old store, one after leaves the new one, and the next unlock finishes what is left (see rotation_plan).
"""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Callable
from pathlib import Path

from desktop.store.clock import Clock, system_clock
from desktop.store.database import Database
from desktop.store.durable import claim, publish, sha256_of, sync_file
from desktop.store.envelope import Envelope, Slot, SlotView, read_envelope, views
from desktop.store.errors import StoreError, fault, in_words
from desktop.store.file_keys import FileKeys
from desktop.store.journal import Journal
from desktop.store.masterkey import KEY_BYTES, MasterKey
from desktop.store.open_lock import alone
from desktop.store.rotation_plan import (
    ARCHIVES,
    DATABASE_FILE,
    KEYS_FILE,
    NEXT,
    QUEUE_FILE,
    discard,
    finish,
    pending,
    sweep,
    write_plan,
)
from desktop.store.slots import authenticated, check_authentic, sealed_to

Progress = Callable[[int, int], None]
"""Told how many of how many steps are done."""
STEPS = 7
LAST_STOP = 4
"""Steps after which nothing can be stopped any more."""
_BYTES_A_SECOND = 13_000_000
_LATER = ("disk_full", "store_in_use", "read_only", "store_busy")
"""What stands in the way of a rotation today and need not tomorrow."""


def rotate(
    folder: Path,
    key: MasterKey,
    clock: Clock = system_clock,
    *,
    actor: str = "",
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> MasterKey:
    """Give the store a new master key, sealed to every enabled slot, and return it.

    Nobody may have the store open, this process neither. A slot of format 1 cannot come along (see `left_behind`).
    Raises StoreError store_in_use, keys_changed, disk_full, rotation_cancelled, store_damaged.
    """
    with alone(folder):
        try:
            return _Rotation(folder, key, clock, actor, progress, cancelled).run()
        except StoreError:
            discard(folder)
            raise


def resume(folder: Path, key: MasterKey, clock: Clock = system_clock) -> MasterKey:
    """Carry on with a rotation that was cut short before its commit, and return the key that opens the store now.

    While something stands in the way, such as a full disk, the store stays as it is and is tried again another time.
    So it is while a locked program's queue has not come back: only the present key opens that.
    """
    if not pending(folder) or (folder / QUEUE_FILE).exists():
        return key
    try:
        with alone(folder):
            return _Rotation(folder, key, clock, "", None, None).run()
    except StoreError as error:
        if error.code not in _LATER:
            raise
        return key


def left_behind(folder: Path) -> tuple[SlotView, ...]:
    """Give the slots that a rotation would end: those of an older program whose secret was not typed since."""
    return views(slot for slot in read_envelope(folder / KEYS_FILE).slots if slot.old)


def room_needed(folder: Path) -> int:
    """Give how many bytes must be free beside the store to change its key: the new files stand beside the old ones."""
    return _size(folder) * 5 // 4 + 2**20


def seconds_needed(folder: Path) -> int:
    """Give about how many seconds it takes: 40 MB took three (docs/performance.md), and nothing takes less than one."""
    return max(1, _size(folder) // _BYTES_A_SECOND)


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.glob("*.vx"))


def sealed_anew(envelope: Envelope, key: MasterKey, *, epoch: int) -> Envelope:
    """Seal a master key to every enabled slot. Raises StoreError rotation_nobody when none can be."""
    moved = envelope.model_copy(update={"epoch": epoch})
    slots = tuple(_carried(moved, slot, key) for slot in envelope.slots if not slot.old)
    if not any(slot.enabled for slot in slots):
        raise StoreError(
            "rotation_nobody", "Chưa đổi được khóa dữ liệu: mở khóa một lần bằng mật khẩu trước, rồi đổi lại."
        )
    return authenticated(moved.model_copy(update={"slots": slots}), key)


def _carried(envelope: Envelope, slot: Slot, key: MasterKey) -> Slot:
    return sealed_to(envelope, slot, key) if slot.enabled else slot


class _Rotation:
    """One run, while nobody else has the store open."""

    def __init__(
        self,
        folder: Path,
        key: MasterKey,
        clock: Clock,
        actor: str,
        progress: Progress | None,
        cancelled: Callable[[], bool] | None,
    ) -> None:
        self.folder, self.key, self.clock, self.actor = folder, key, clock, actor
        self.fresh = MasterKey(key.store_id, secrets.token_bytes(KEY_BYTES))
        self._progress, self._cancelled, self._done = progress, cancelled, 0

    def run(self) -> MasterKey:
        """Prepare, commit, finish. A refusal leaves the plan, and nothing else of it."""
        try:
            self._prepare()
        except StoreError as error:
            sweep(self.folder)
            # A statement that was stopped half-way only says that it was interrupted.
            if self._stop_asked():
                raise _cancelled() from error
            raise
        self._step(may_stop=False)
        with in_words():
            publish(self.folder / (DATABASE_FILE + NEXT), self.folder / DATABASE_FILE)
        self._step(may_stop=False)
        finish(self.folder)
        self._step(may_stop=False)
        return self.fresh

    def _prepare(self) -> None:
        envelope = read_envelope(self.folder / KEYS_FILE)
        check_authentic(envelope, self.key)
        after = sealed_anew(envelope, self.fresh, epoch=envelope.epoch + 1)
        sweep(self.folder)
        self._check_room()
        self._step()
        write_plan(self.folder, after, self.fresh.derive("database", 48)[32:])
        self._step()
        for path in sorted(self.folder.glob(ARCHIVES)):
            self._copy(path)
        self._copy(self.folder / DATABASE_FILE)
        self._step()
        self._complete()
        self._step()

    def _copy(self, path: Path) -> None:
        """Export one database under the new key; its log must be empty, or it would be taken for the new one's."""
        following = path.with_name(path.name + NEXT)
        with Database(path, self.key) as database, in_words():
            database.rows("PRAGMA foreign_keys = OFF")  # tables are filled in no special order
            claim(following)
            database.rows("ATTACH DATABASE ? AS following KEY ?", (str(following), self._key_text()))
            # Brought to the disk once, when it is whole: until then a crash throws it away.
            database.rows("PRAGMA following.synchronous = OFF")
            database.rows("PRAGMA following.journal_mode = OFF")
            database.watch(self._stop_asked)
            database.rows("SELECT sqlcipher_export('following')")
            version = int(database.value("PRAGMA user_version"))
            database.rows(f"PRAGMA following.user_version = {version}")
            database.rows("DETACH DATABASE following")
            database.watch(None)
            database.rows("PRAGMA wal_checkpoint(TRUNCATE)")
            counts = _counts(database)
        self._compare(following, counts)
        log = path.with_name(path.name + "-wal")
        if log.exists() and log.stat().st_size:
            message = "Dữ liệu đang được chương trình khác mở. Đóng chương trình đó rồi thử lại."
            raise StoreError("store_in_use", message)

    def _compare(self, path: Path, counts: dict[str, int]) -> None:
        with Database(path, self.fresh) as database:
            if database.check() or _counts(database) != counts:
                raise fault("disk_error")
            _rewrap(database, FileKeys(self.key), FileKeys(self.fresh))

    def _complete(self) -> None:
        """Write into the new database what has changed with the key, and bring it to the disk."""
        path = self.folder / (DATABASE_FILE + NEXT)
        with Database(path, self.fresh) as database:
            with database.transaction():
                _record_archives(database, self.folder)
                Journal(database, self.clock).append(self.actor, "rotate", None, "")
            Journal(database, self.clock).verify()
        for made in self.folder.glob("*" + NEXT):
            with in_words():
                sync_file(made)

    def _check_room(self) -> None:
        if shutil.disk_usage(self.folder).free < room_needed(self.folder):
            raise fault("disk_full")

    def _key_text(self) -> str:
        return f"x'{self.fresh.derive('database', 48).hex()}'"

    def _step(self, *, may_stop: bool = True) -> None:
        if may_stop and self._stop_asked():
            raise _cancelled()
        self._done += 1
        if self._progress:
            self._progress(self._done, STEPS)

    def _stop_asked(self) -> bool:
        return self._cancelled is not None and self._cancelled()


def _cancelled() -> StoreError:
    return StoreError("rotation_cancelled", "Đã dừng đổi khóa dữ liệu. Khóa cũ vẫn dùng, dữ liệu vẫn nguyên.")


def _rewrap(database: Database, old: FileKeys, new: FileKeys) -> None:
    """Wrap each attachment's key anew; rows are facts, so the trigger that says so steps aside in this copy only."""
    trigger = database.one("SELECT name, sql FROM sqlite_master WHERE name = 'attachments_no_update'")
    rows = database.rows("SELECT sha256, wrapped_key FROM attachments") if _has(database, "attachments") else []
    with database.transaction():
        if trigger:
            database.run(f"DROP TRIGGER {trigger['name']}")
        for row in rows:
            sha256 = str(row["sha256"])
            wrapped = new.wrap(old.unwrap(bytes(row["wrapped_key"]), sha256), sha256)
            database.run("UPDATE attachments SET wrapped_key = ? WHERE sha256 = ?", (wrapped, sha256))
        if trigger:
            database.run(trigger["sql"])


def _has(database: Database, table: str) -> bool:
    return bool(database.value("SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = ?", (table,)))


def _counts(database: Database) -> dict[str, int]:
    """Give how many rows each table has; virtual tables are views of tables beside them."""
    named = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'"
    names = [str(row["name"]) for row in database.rows(named)]
    return {name: int(database.value(f'SELECT count(*) FROM "{name}"')) for name in names}  # noqa: S608 - of the schema


def _record_archives(database: Database, folder: Path) -> None:
    """The store keeps the digest of each closed year's file, which is another one now."""
    for path in folder.glob(ARCHIVES + NEXT):
        with in_words():
            digest = sha256_of(path)
        values = (digest, path.stat().st_size, path.with_suffix("").name)
        database.run("UPDATE archives SET sha256 = ?, size = ? WHERE file = ?", values)

"""A unit with attachments, a stick to back it up to, and backups of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from desktop.dossier.backup_views import BackupProgress, BackupStage
from desktop.dossier.document import Attachment
from desktop.store.backup_place import prepare_place
from desktop.store.backups import Backup, write_backup
from desktop.store.keys import open_with_password
from desktop.store.restoring import Restored, restore
from desktop.store.store import Store
from tests.contract.store_kit import PASSWORD, UNIT, dossier

SCAN = b"%PDF-1.7 " + b"scan " * 40_000
"""Some chunks once sealed."""


def stick(folder: Path, store: Store) -> Path:
    """A stick with a folder for the unit."""
    (folder / "usb").mkdir(exist_ok=True)
    return prepare_place(folder / "usb", UNIT.code, store.folder)


def attached(store: Store, name: str, content: bytes = SCAN) -> Attachment:
    """A draft with one scan."""
    kept = store.attachments.add(content, f"{name}.pdf")
    store.drafts.save(dossier(name).model_copy(update={"attachments": (kept,)}), "hanh")
    return kept


def back_up(store: Store, place: Path, progress: Callable[[BackupProgress], None] | None = None) -> Backup:
    return write_backup(store, place, "asked", progress)


def restored(backup: Backup, folder: Path) -> Restored:
    return restore(backup.path, folder, lambda path: open_with_password(path, PASSWORD))


def when(stage: BackupStage, act: Callable[[], object]) -> Callable[[BackupProgress], None]:
    """A listener that acts once, as a stage begins."""
    done: list[bool] = []

    def hear(progress: BackupProgress) -> None:
        if progress.stage == stage and not done:
            done.append(True)
            act()

    return hear


def flip(path: Path, place: int) -> None:
    """Turn over one bit of a file, as a worn medium does."""
    content = bytearray(path.read_bytes())
    content[place] ^= 1
    path.write_bytes(content)


def unfinished(folder: Path) -> list[Path]:
    """What an interrupted backup or restore left lying about."""
    return [*folder.rglob("*.tmp"), *folder.rglob("*.unfinished")]

"""The way into one unit's store: proves a password off the GUI thread, then gives the store to whoever enters."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from desktop.store.keys import MasterKey, unlock, unlock_with_recovery_code
from desktop.store.store import KEYS, Store


@dataclass
class StoreDoor:
    """Unlocks one folder; the slow half runs on any thread, `enter` on the one that keeps the store."""

    folder: Path
    _key: MasterKey | None = field(default=None, repr=False)

    def by_password(self, password: str) -> None:
        """Prove that password and file hold by opening the store once. Raises WrongPassword, StoreError."""
        self._prove(unlock(self.folder / KEYS, password))

    def by_recovery_code(self, code: str) -> None:
        """The same with the printed code."""
        self._prove(unlock_with_recovery_code(self.folder / KEYS, code))

    def enter(self) -> Store:
        """The store, for the thread that calls; the door keeps nothing that opens it. Raises StoreError."""
        assert self._key is not None, "not unlocked"
        key, self._key = self._key, None
        return Store.open_with(self.folder, key)

    def _prove(self, key: MasterKey) -> None:
        Store.open_with(self.folder, key).close()
        self._key = key

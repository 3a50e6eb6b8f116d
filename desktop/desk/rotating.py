"""Changing the data key from the window, once that has ended: everybody's connections must be closed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from desktop.desk.backing_up import back_up_before
from desktop.desk.context import at_desk
from desktop.desk.queue_receipts import ReceiptProof
from desktop.desk.users_desk import UsersDesk
from desktop.dossier.backup_views import BackupProgress
from desktop.dossier.people import Person
from desktop.dossier.users_views import RotationProgress
from desktop.store.keys import MasterKey
from desktop.store.rotation import LAST_STOP
from desktop.store.store import Store


@dataclass(frozen=True)
class Rotating:
    """The whole of it, for whoever was at the desk; nobody may have the store open, this process neither.

    `key` is wiped at the end: what it opened is gone. On a failure the store is as it was.
    """

    folder: Path
    key: MasterKey = field(repr=False)
    user_id: str
    user: Person

    def run(self, progress: Callable[[RotationProgress], None], cancelled: Callable[[], bool]) -> None:
        """Takes back what a locked program sent, makes a backup where one can be made, and changes the key.

        Raises DeskError not_allowed, StoreError store_in_use, already_sending, rotation_cancelled, disk_full, …
        """

        def backing(told: BackupProgress) -> None:
            progress(RotationProgress("backup", told.done, told.total))

        def rotating(done: int, of: int) -> None:
            progress(RotationProgress("rotation" if done < LAST_STOP else "finish", done, of))

        try:
            with Store.open_with(self.folder, self.key) as store:
                context = at_desk(store, self.user_id, self.user)
                with store.lock_for_sync(ReceiptProof(store)):
                    pass  # merged while the key still opens it
                back_up_before(store, "rotation", backing, cancelled)
                UsersDesk(context, self.folder, self.key).rotate(rotating, cancelled)
        finally:
            self.key.wipe()

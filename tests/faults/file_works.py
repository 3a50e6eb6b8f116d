"""The ways this program writes whole files: keys, rotation, upgrade, backup, restore, salvage, a new unit."""

from __future__ import annotations

from contextlib import suppress

from desktop.store.backups import list_backups, thin, write_backup
from desktop.store.envelope import read_envelope
from desktop.store.errors import WrongPassword
from desktop.store.keys import add_recovery_slot, change_password, drop, give_password, open_with_password
from desktop.store.restoring import restore
from desktop.store.rotation import rotate
from desktop.store.salvage import salvage
from desktop.store.store import KEYS, Store
from tests.contract.store_kit import CHEAP, PEOPLE, UNIT, dossier
from tests.contract.store_kit import PASSWORD as OLD_PASSWORD
from tests.faults.found import COUNTED
from tests.faults.room import Room

OTHER_PASSWORD = "Mật khẩu của bà Hạnh"


def passwords(room: Room) -> None:
    """Change the unit's password; give a user one; mistype."""
    room.close()
    keys, new = room.unit / KEYS, f"mật khẩu {room.mark}"  # the same again when the disk is back
    with room.doing(("password", "", new)):
        change_password(keys, room.password, new, kdf=CHEAP)
    room.password = new
    user = room.name()
    with room.doing(("password", user, OTHER_PASSWORD)):
        give_password(keys, room.key(), user, "Lò Thị Hạnh", "Kế toán", OTHER_PASSWORD, kdf=CHEAP)
    with room.doing(("password", user, None)):
        drop(keys, room.key(), user)
    add_recovery_slot(keys, room.key())
    mistype(room)


def mistype(room: Room) -> None:
    """Count a wrong password, which the next opening tells the journal."""
    with suppress(WrongPassword):
        open_with_password(room.unit / KEYS, "sai hẳn rồi")


def rotation(room: Room) -> None:
    """Change the data key."""
    room.close()
    key = room.key()
    with room.doing(("epoch", "", read_envelope(room.unit / KEYS).epoch + 1)):
        rotate(room.unit, key)


def upgrade(room: Room) -> None:
    """Open a store that an older program wrote."""
    old = room.world / "old" / room.mark
    with room.doing(("old", room.mark, "whole")):
        Store.open(old, OLD_PASSWORD).close()


def backup(room: Room) -> None:
    """Back up, thin out."""
    store, name = room.store, room.name()
    store.drafts.save(dossier(name), "hanh")
    with room.doing(("backup", "", len(store.drafts.list()))):
        write_backup(store, room.usb, "asked")
    thin(room.usb)


def restoring(room: Room) -> None:
    """Restore a backup made now into a new folder, with the password, as on a new machine."""
    backup(room)
    room.close()
    newest, folder = list_backups(room.usb)[0], room.other / room.name()
    with room.doing(("folder", folder.name, "whole")):
        restore(newest.path, folder, lambda keys: open_with_password(keys, room.password))


def salvaging(room: Room) -> None:
    """Save what can be read, here everything, into a new folder; the one it comes from is only read."""
    database = room.store.backups.database
    many, folder = str(database.value(COUNTED)), room.other / room.name()
    room.close()
    with room.doing(("folder", folder.name, "whole"), ("saved", folder.name, many)):
        salvage(room.unit, room.key(), folder)


def creating(room: Room) -> None:
    """Make a new unit."""
    folder = room.other / room.name()
    with room.doing(("folder", folder.name, "whole")):
        Store.create(folder, room.password, UNIT, PEOPLE, kdf=CHEAP).close()


FILE_WORKS = (passwords, rotation, upgrade, backup, restoring, salvaging, creating)

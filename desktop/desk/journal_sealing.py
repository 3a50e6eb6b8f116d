"""Seals the journal with this machine's key; the Treasury's signature under it follows at the next connection."""

from __future__ import annotations

from desktop.signing.device import DeviceKey
from desktop.store.seals import Cause, Seal, Sealing
from desktop.store.store import Store


def seal_journal(store: Store, cause: Cause) -> Seal | None:
    """Seal the journal as it stands, with every backup for instance; None on a machine that is not enrolled.

    Raises StoreError, StatementError bad_key.
    """
    by = sealing(store)
    return None if by is None else store.seals.seal(cause, by)


def sealing(store: Store) -> Sealing | None:
    """Return who seals on this machine, None before it is enrolled."""
    config = store.device.get()
    if config is None or not config.device_id:
        return None
    key = DeviceKey.load(config.device_key)
    unit_code = config.unit_code or store.unit.get().code
    return Sealing(unit_code, config.device_id, key.public_b64, lambda text: key.sign(text, "journal"))

"""Connects a unit to its gateway: enrolment, and the sync engine built from what the store holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from desktop.dossier.errors import VungXaError
from desktop.signing.device import DeviceKey, verify_statement
from desktop.store.store import Store
from desktop.sync.protocol import SignedStatement


class NotEnrolled(VungXaError):
    """This unit has no device registered yet (not_enrolled)."""


@dataclass(frozen=True)
class TreasuryVerifier:
    """Checks statements with the Treasury keys that came with the enrolment."""

    keys: Mapping[str, str]

    def __call__(self, statement: SignedStatement, context: str) -> bytes:
        """The payload's bytes. Raises StatementError."""
        return verify_statement(statement, context, self.keys)


@dataclass(frozen=True)
class Device:
    """What this machine knows of its gateway; kept whole in the encrypted store."""

    url: str
    tls_pin: str
    device_id: str
    key: DeviceKey
    verifier: TreasuryVerifier


def load_device(store: Store) -> Device:
    """The enrolled device. Raises NotEnrolled."""
    values = store.device.get()
    if values is None:
        raise NotEnrolled("not_enrolled", "Máy này chưa đăng ký với Kho bạc. Chạy «vungxa enrol» với mã một lần Kho bạc cấp.")
    return Device(
        url=values.url,
        tls_pin=values.tls_pin,
        device_id=values.device_id,
        key=DeviceKey.load(values.device_key),
        verifier=TreasuryVerifier(values.statement_keys),
    )

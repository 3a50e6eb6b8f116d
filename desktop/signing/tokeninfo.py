"""What can be told about readers and tokens without a PIN."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from desktop.signing.certificates import CertificateInfo


class PinFlags(NamedTuple):
    """All that PKCS#11 tells about tries: there is no count of them."""

    low: bool
    final_try: bool
    locked: bool


@dataclass(frozen=True)
class ReaderInfo:
    """One slot of a driver; `module` is the driver's file, `hardware` is False for software that plays a reader."""

    module: str
    slot: int
    description: str
    manufacturer: str
    token_present: bool
    hardware: bool


@dataclass(frozen=True)
class TokenInfo:
    """One token as it was a moment ago. PKCS#11 has flags for the PIN, no count of tries.

    `pin_min` and `pin_max` are lengths in bytes, 0 where the token does not tell. `pin_pad`: the PIN is typed on the
    reader. `module` is the driver's file that shows the token.
    """

    serial: str
    label: str
    manufacturer: str
    pin_low: bool
    pin_final_try: bool
    pin_locked: bool
    certificates: tuple[CertificateInfo, ...]
    model: str = ""
    reader: str = ""
    hardware: bool = True
    pin_pad: bool = False
    pin_not_set: bool = False
    pin_to_change: bool = False
    pin_min: int = 0
    pin_max: int = 0
    module: str = ""
    login_required: bool = True

"""What can be told about a token without its PIN."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.signing.certificates import CertificateInfo


@dataclass(frozen=True)
class TokenInfo:
    """One token as it was a moment ago. PKCS#11 has flags for the PIN, no count of tries."""

    serial: str
    label: str
    manufacturer: str
    pin_low: bool
    pin_final_try: bool
    pin_locked: bool
    certificates: tuple[CertificateInfo, ...]

"""What a verification answers, and what it may be asked against."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime

from desktop.signing.findings import Finding

LEVELS = ("B", "T", "LT")
"""Levels of CAdES in rising order: signed; and time-stamped; and with what shows that nobody was revoked then."""

Registered = Mapping[str, AbstractSet[str]]
"""Role to the SHA-256 (hex) of every certificate registered for it in the unit."""
RegisteredAt = Callable[[str, str, datetime], bool]
"""Tells of a role, a certificate's SHA-256 (hex) and the claimed instant of signing whether it was registered then."""


@dataclass(frozen=True)
class Expected:
    """What was recorded when a package was sealed: no crypto sees a last signature or a time-stamp taken away.

    `levels` are of the signers in order, one of `LEVELS` each.
    """

    signers: int
    levels: tuple[str, ...] = ()


@dataclass(frozen=True)
class SignerReport:
    """One signature. `name` is from the certificate, `title`, `roles`, `declared_name` from the dossier's own list.

    `level` is one of `LEVELS`, as far as it was verified; `time_stamp` the authority's instant and `time_stamped_by`
    its name, "" without one that holds; `missing` what the next level lacks: "time_stamp", "crl:<issuer>",
    "certificate:<authority>". `trusted` is None when no root was given: then nobody vouches for a time-stamp either.
    `acknowledged` is the digest (hex) of the new and changed payees the signer stood for, "" for none: signed as well.
    """

    order: int
    roles: tuple[str, ...]
    title: str
    name: str
    declared_name: str
    certificate_sha256: str
    signed_at: str
    level: str
    trusted: bool | None
    ok: bool
    problems: tuple[Finding, ...]
    time_stamp: str = ""
    time_stamped_by: str = ""
    missing: tuple[str, ...] = ()
    acknowledged: str = ""


@dataclass(frozen=True)
class VerifyReport:
    """The whole answer; `objects` are (name, size in bytes, SHA-256 in hex); `package_id` is "" when it has none.

    `level` is the lowest of its signers, "" when nobody has signed.
    """

    ok: bool
    package_id: str
    signers: tuple[SignerReport, ...]
    objects: tuple[tuple[str, int, str], ...]
    problems: tuple[Finding, ...]
    level: str = ""

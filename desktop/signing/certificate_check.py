"""Judges a signer's certificate before it signs, offline: its chain, who vouches for it, what it may do, whether a
cached list revokes it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from asn1crypto import x509

from desktop.dossier.dates import instant
from desktop.signing.certificates import may_sign
from desktop.signing.readlists import ReadList, read_list
from desktop.signing.trust import Trust

LONGEST_PATH = 8


@dataclass(frozen=True)
class CertificateJudgement:
    """What is known of one certificate.

    `path` are the names from the signer up as far as the issuers are at hand, `complete` that it ends at a root.
    `trusted` is None when nobody said whom to trust. `revoked_at` is an instant, "" when no cached list names the
    certificate; `crl` is "" (none of its issuer is cached), "fresh" or "stale", `crl_until` its next update.
    """

    path: tuple[str, ...]
    complete: bool
    trusted: bool | None
    key_usage: tuple[str, ...]
    may_sign: bool
    revoked_at: str
    crl: str
    crl_until: str


def judge(der: bytes, others: Iterable[bytes], trust: Trust | None, at: datetime) -> CertificateJudgement:
    """Judge a certificate (DER) at an instant with the certificates beside it on the token and what is cached."""
    certificate = x509.Certificate.load(der)
    known = trust or Trust()
    pool = [x509.Certificate.load(item) for item in (*others, *known.intermediates, *known.roots)]
    path = _path(certificate, pool)
    uses = certificate.key_usage_value
    lists = _lists_of(path, known.crls)
    found = max(lists, key=lambda one: one.parsed.last_update_utc, default=None)
    until = found.parsed.next_update_utc if found is not None else None
    return CertificateJudgement(
        path=tuple(_name(item) for item in path),
        complete=path[-1].subject == path[-1].issuer or path[-1].dump() in known.roots,
        trusted=None if trust is None else _trusted(certificate, pool, trust, at),
        key_usage=() if uses is None else tuple(sorted(uses.native)),
        may_sign=may_sign(certificate),
        revoked_at=_revoked_at(certificate.serial_number, lists),
        crl="" if found is None else "fresh" if until and at <= until else "stale",
        crl_until=instant(until) if until else "",
    )


def is_authority(der: bytes) -> bool:
    """Tell whether a certificate is that of an authority, no person's."""
    return bool(x509.Certificate.load(der).ca)


def _path(certificate: Any, pool: Sequence[Any]) -> list[Any]:
    path = [certificate]
    while path[-1].subject != path[-1].issuer and len(path) < LONGEST_PATH:
        above = next((item for item in pool if _issued(item, path[-1])), None)
        if above is None:
            break
        path.append(above)
    return path


def _issued(issuer: Any, certificate: Any) -> bool:
    named, own = certificate.authority_key_identifier, issuer.key_identifier
    return bool(issuer.subject == certificate.issuer) and (named is None or own is None or named == own)


def _trusted(certificate: Any, pool: Sequence[Any], trust: Trust, at: datetime) -> bool:
    """Validate the path; the certificate's own term is judged apart, so look at an instant within it."""
    from pyhanko_certvalidator import CertificateValidator, ValidationContext
    from pyhanko_certvalidator.errors import PathError, ValidationError

    moment = min(max(at, certificate.not_valid_before), certificate.not_valid_after)
    roots = [x509.Certificate.load(item) for item in trust.roots]
    context = ValidationContext(trust_roots=roots, other_certs=list(pool), moment=moment, allow_fetching=False)
    try:
        asyncio.run(CertificateValidator(certificate, validation_context=context).async_validate_path())
    except (PathError, ValidationError):
        return False
    return True


def _lists_of(path: Sequence[Any], ders: Iterable[bytes]) -> list[ReadList]:
    """Every list of the issuer: one name may have several keys and scopes. Not at hand, its name has to do."""
    named = [item for item in map(read_list, ders) if item.issuer == path[0].issuer.hashable]
    return [item for item in named if len(path) == 1 or item.is_by(path[1])]


def _revoked_at(serial: int, lists: Iterable[ReadList]) -> str:
    """The earliest that any list tells, "" when none does."""
    return min((instant(since) for item in lists if (since := item.revoked_at(serial)) is not None), default="")


def _name(certificate: Any) -> str:
    common = certificate.subject.native.get("common_name") or certificate.subject.human_friendly
    return str(common if isinstance(common, str) else common[0])

"""Puts unsigned parts into a CMS signature (RFC 5652), octet by octet: whatever stood there stays as it was written.

Not by asn1crypto: it takes a header whose last octet is 0x80, as one of 256 lengths has, for one without a length (its
core.py, `dump`), and then writes everything anew, signed parts too; with a time-stamp inside that takes it minutes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from desktop.signing.cmslimits import MAX_EMBEDDED
from desktop.signing.derwalk import CONTEXT_0, CONTEXT_1, OID, SEQUENCE, SET, element, inner

_STAMP_OID = bytes.fromhex("2a864886f70d010910020e")
"""1.2.840.113549.1.9.16.2.14, signature time-stamp (RFC 3161 appendix A)."""
_Edit = Callable[[list[bytes]], list[bytes]]


def with_time_stamp(cms: bytes, token: bytes) -> bytes:
    """Give a signature with a time-stamp token (DER) beside its other unsigned attributes. Raises ValueError."""
    attribute = element(SEQUENCE, element(OID, _STAMP_OID) + element(SET, token))

    def signer(found: list[bytes]) -> list[bytes]:
        old = [one for one in found if one[0] == CONTEXT_1]
        held = [piece for one in old for piece in inner(one)]
        return [*(one for one in found if one[0] != CONTEXT_1), _set(CONTEXT_1, [*held, attribute])]

    def signed(found: list[bytes]) -> list[bytes]:
        one, *others = inner(found[-1])
        return [*found[:-1], _set(SET, [_changed(one, signer), *others])]

    return _signed_data(cms, signed)


def with_evidence(cms: bytes, certificates: Sequence[bytes], lists: Sequence[bytes]) -> bytes:
    """Give a signature with these certificates and revocation lists (DER) too, none twice. Raises ValueError."""

    def signed(found: list[bytes]) -> list[bytes]:
        held = {one[0]: inner(one, MAX_EMBEDDED) for one in found[3:-1]}
        sets = {tag: {*held.get(tag, ()), *more} for tag, more in ((CONTEXT_0, certificates), (CONTEXT_1, lists))}
        return [*found[:3], *(_set(tag, content) for tag, content in sets.items() if content), found[-1]]

    return _signed_data(cms, signed)


def _signed_data(cms: bytes, edit: _Edit) -> bytes:
    def content(found: list[bytes]) -> list[bytes]:
        (signed,) = inner(found[1])
        return [found[0], element(CONTEXT_0, _changed(signed, edit))]

    return _changed(cms, content)


def _changed(der: bytes, edit: _Edit) -> bytes:
    return element(der[0], b"".join(edit(inner(der))))


def _set(tag: int, content: Iterable[bytes]) -> bytes:
    """A set, in the order that DER wants (X.690 section 11.6)."""
    return element(tag, b"".join(sorted(content)))

"""Walks the outermost parts of DER (X.690 section 8.1), and writes them, without making an object of any.

Millions of tiny parts are the cheapest way to exhaust a reader that makes an object of each, so what is large is
counted here before anybody parses it.
"""

from __future__ import annotations

from typing import NamedTuple

from desktop.signing.cmslimits import MAX_EMBEDDED, MAX_REST_BYTES

OID, SEQUENCE, SET, UTC_TIME, GENERALIZED_TIME = 0x06, 0x30, 0x31, 0x17, 0x18
CONTEXT_0, CONTEXT_1 = 0xA0, 0xA1
"""In a SignedData its certificates and its revocation lists; in a SignerInfo its signed and unsigned attributes."""
_LENGTH_OCTETS = 4
_PARTS = 16
"""More parts than any structure has whose outermost parts are looked at here."""


class Part(NamedTuple):
    """One element: its tag octet, where it starts, where its contents start, and where it ends."""

    tag: int
    start: int
    inside: int
    end: int

    @property
    def size(self) -> int:
        """Bytes with the header."""
        return self.end - self.start


def parts(data: bytes, start: int, end: int, most: int) -> list[Part]:
    """Give the elements between two offsets. Raises ValueError for more than `most`, or what is no DER."""
    found: list[Part] = []
    while start < end:
        if len(found) == most:
            raise ValueError("too many parts")
        found.append(_part(data, start, end))
        start = found[-1].end
    return found


def inner(data: bytes, most: int = _PARTS) -> list[bytes]:
    """Give the elements within the one element that these bytes are, as they stand. Raises ValueError."""
    found = parts(data, 0, len(data), 1)
    if not found:
        raise ValueError("nothing there")
    return [data[part.start : part.end] for part in parts(data, found[0].inside, found[0].end, most)]


def element(tag: int, content: bytes) -> bytes:
    """Write one element of DER."""
    size = len(content)
    if size < 0x80:
        return bytes((tag, size)) + content
    octets = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(octets))) + octets + content


def check_signature_size(data: bytes) -> None:
    """Make sure that a CMS of any size is large for its revocation lists only, and has few of them.

    Raises ValueError. Where a part of a SignedData is looked for: RFC 5652 section 5.1.
    """
    content = _parts_of(data, _only(data, 0, len(data), SEQUENCE))
    wrapped = [part for part in content if part.tag == CONTEXT_0]
    signed = _parts_of(data, _only(data, wrapped[0].inside, wrapped[0].end, SEQUENCE)) if wrapped else []
    counted = [part for part in signed if part.tag in (CONTEXT_0, CONTEXT_1)]
    for part in counted:
        parts(data, part.inside, part.end, MAX_EMBEDDED)
    if len(data) - sum(part.size for part in counted if part.tag == CONTEXT_1) > MAX_REST_BYTES:
        raise ValueError("large for something else than revocation lists")


def entries_size(data: bytes) -> int:
    """Give the bytes of a revocation list that are its entries (RFC 5280 section 5.1). Raises ValueError."""
    told = _parts_of(data, _parts_of(data, _only(data, 0, len(data), SEQUENCE))[0])
    times = [place for place, part in enumerate(told) if part.tag in (UTC_TIME, GENERALIZED_TIME)]
    after = told[times[-1] + 1 :] if times else []
    return after[0].size if after and after[0].tag == SEQUENCE else 0


def _parts_of(data: bytes, part: Part) -> list[Part]:
    found = parts(data, part.inside, part.end, _PARTS)
    if not found:
        raise ValueError("nothing inside")
    return found


def _only(data: bytes, start: int, end: int, tag: int) -> Part:
    found = parts(data, start, end, 1)
    if not found or found[0].tag != tag:
        raise ValueError("another structure")
    return found[0]


def _part(data: bytes, start: int, end: int) -> Part:
    if end - start < 2:
        raise ValueError("cut short")
    first, inside = data[start + 1], start + 2
    length = first
    if first & 0x80:
        octets = first & 0x7F
        if not 1 <= octets <= _LENGTH_OCTETS:
            raise ValueError("a length that DER does not have")
        length = int.from_bytes(data[inside : inside + octets], "big")
        inside += octets
    if inside + length > end:
        raise ValueError("cut short")
    return Part(data[start], start, inside, inside + length)

"""The Treasury's signed trust list: whom its units trust, and which revocation lists it offers (docs/trust.md).

Whoever reads a list trusts nothing in it before the signature held. As a file (`.vxtrust`) it is a ZIP of the statement
and of revocation lists beside it, each of which is verified by itself (crls.py).
"""

from __future__ import annotations

import binascii
import hashlib
import io
import re
import zipfile
from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from desktop.dossier.canonical import canonical
from desktop.signing.certificates import describe
from desktop.signing.crls import MAX_CRL_BYTES
from desktop.signing.device import DeviceKey, Statement, verify_statement
from desktop.signing.errors import ContainerError, StatementError, TrustError
from desktop.signing.strictzip import MAX_TOTAL_BYTES, read_entries

SUFFIX = ".vxtrust"
CONTEXT = "trust"
STATEMENT = "META-INF/statement.json"
MAX_STATEMENT_BYTES = 512 * 1024
"""Of one answer on the wire; a certificate makes about 2 KB."""
MAX_FILE_BYTES = MAX_TOTAL_BYTES
_CRL_NAME = re.compile(r"crls/([0-9a-f]{64})\.crl")
_INSTANT = (2026, 1, 1, 0, 0, 0)
_MESSAGES = {
    "trust_not_a_list": "Tệp này không phải danh sách tin cậy của Kho bạc (.vxtrust). Chọn đúng tệp rồi nhập lại.",
    "trust_too_large": "Tệp danh sách tin cậy lớn quá 64 MB nên không được mở. Lấy lại tệp từ Kho bạc.",
    "trust_unsafe": "Tệp danh sách tin cậy có cấu trúc không an toàn nên không được mở. Xóa tệp, lấy lại từ Kho bạc.",
    "trust_broken": "Danh sách tin cậy bị hỏng hoặc chép thiếu. Lấy lại tệp từ Kho bạc rồi nhập lại.",
    "trust_unknown_key": "Danh sách tin cậy do một khóa lạ ký, không phải Kho bạc của máy này. Xin lại tệp từ Kho bạc.",
    "trust_bad_signature": "Chữ ký của danh sách tin cậy không khớp nên không được dùng. Xin lại tệp từ Kho bạc.",
    "trust_altered": "Tệp danh sách tin cậy kèm danh sách thu hồi lạ nên không được dùng. Xin lại tệp từ Kho bạc.",
}
_UNSAFE = frozenset({"zip_bomb", "zip_slip", "duplicate_entry", "encrypted", "trailing_bytes"})
Certificate = Annotated[str, Field(max_length=16_384)]
Instant = Annotated[str, Field(max_length=40)]


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class _Statement(_Model):
    payload: str
    key_id: str
    signature: str


class TsaSource(_Model):
    """A time-stamping authority: its `url` ("gateway": the Treasury's own), and the certificates its tokens end in."""

    url: Annotated[str, Field(max_length=300)]
    certificates: list[Certificate] = Field(default_factory=list, max_length=8)


class CrlOffer(_Model):
    """A revocation list the Treasury hands out: the issuer's name, SHA-256 and size of its DER, its own instants."""

    issuer: Annotated[str, Field(max_length=300)]
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    size: Annotated[int, Field(ge=1, le=MAX_CRL_BYTES, strict=True)]
    this_update: Instant
    next_update: Instant = ""


class TrustList(_Model):
    """What the Treasury signs; certificates are base64 of DER, `version` grows with every change."""

    kind: Literal["trust"] = "trust"
    version: Annotated[int, Field(ge=1, lt=2**53, strict=True)]
    issued_at: Instant
    roots: list[Certificate] = Field(max_length=64)
    intermediates: list[Certificate] = Field(default_factory=list, max_length=256)
    tsa: list[TsaSource] = Field(default_factory=list, max_length=8)
    crls: list[CrlOffer] = Field(default_factory=list, max_length=256)

    def root_ders(self) -> tuple[bytes, ...]:
        """Give the roots as DER."""
        return tuple(b64decode(item) for item in self.roots)

    def intermediate_ders(self) -> tuple[bytes, ...]:
        """Give the intermediates as DER."""
        return tuple(b64decode(item) for item in self.intermediates)

    def tsa_ders(self) -> tuple[bytes, ...]:
        """Give the certificates of every time-stamping authority as DER."""
        return tuple(b64decode(item) for source in self.tsa for item in source.certificates)


@dataclass(frozen=True)
class SignedList:
    """A list whose signature held: what it says, the bytes that were signed, and the whole statement as JSON."""

    list: TrustList
    payload: bytes = field(repr=False)
    statement: str = field(repr=False)
    key_id: str


def encoded(certificates: Sequence[bytes]) -> list[str]:
    """Write DER certificates as a list has them, each once."""
    return [b64encode(der).decode() for der in dict.fromkeys(certificates)]


def sign_list(trust_list: TrustList, key: DeviceKey) -> str:
    """Give the signed statement of a list as JSON. Raises TrustError trust_broken for one that no reader takes."""
    payload = canonical(trust_list.model_dump(mode="json")).decode()
    _checked(payload.encode())
    signed = _Statement(payload=payload, key_id=key.key_id, signature=key.sign(payload, CONTEXT))
    return signed.model_dump_json()


def read_list(statement: str | bytes, keys: Mapping[str, str]) -> SignedList:
    """Read a statement (JSON) that one of these Treasury keys signed.

    Raises TrustError trust_broken, trust_unknown_key, trust_bad_signature.
    """
    try:
        if len(statement) > MAX_STATEMENT_BYTES:
            raise _error("trust_broken")
        parsed = _Statement.model_validate_json(statement)
    except ValidationError:
        raise _error("trust_broken") from None
    payload = _signed(parsed, keys)
    return SignedList(_checked(payload), payload, parsed.model_dump_json(), parsed.key_id)


def write_file(statement: str, crls: Sequence[bytes]) -> bytes:
    """Give the .vxtrust of a signed statement with revocation lists (DER); the same input gives the same bytes."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        _add(archive, STATEMENT, statement.encode())
        for name, der in sorted({f"crls/{hashlib.sha256(der).hexdigest()}.crl": der for der in crls}.items()):
            _add(archive, name, der)
    return target.getvalue()


def read_file(data: bytes, keys: Mapping[str, str]) -> tuple[SignedList, tuple[bytes, ...]]:
    """Read a .vxtrust: the list, and the revocation lists that came with it, not verified yet.

    Raises TrustError: those of `read_list`, trust_not_a_list, trust_too_large, trust_unsafe, trust_altered.
    """
    entries = _entries(data)
    statement = entries.pop(STATEMENT, None)
    if statement is None:
        raise _error("trust_not_a_list")
    signed = read_list(statement, keys)
    offered = {offer.sha256 for offer in signed.list.crls}
    for name, content in entries.items():
        found = _CRL_NAME.fullmatch(name)
        if not found or found[1] not in offered or hashlib.sha256(content).hexdigest() != found[1]:
            raise _error("trust_altered")
    return signed, tuple(entries.values())


def _entries(data: bytes) -> dict[str, bytes]:
    if len(data) > MAX_FILE_BYTES:
        raise _error("trust_too_large")
    try:
        return read_entries(data, MAX_CRL_BYTES)
    except ContainerError as error:
        known = {"not_a_package": "trust_not_a_list", "too_large": "trust_too_large"}
        raise _error("trust_unsafe" if error.code in _UNSAFE else known.get(error.code, "trust_broken")) from None


def _signed(statement: Statement, keys: Mapping[str, str]) -> bytes:
    try:
        return verify_statement(statement, CONTEXT, keys)
    except StatementError as error:
        raise _error("trust_unknown_key" if error.code == "unknown_key" else "trust_bad_signature") from None


def _checked(payload: bytes) -> TrustList:
    """Read what was signed, each certificate too: nothing unreadable is ever kept."""
    try:
        found = TrustList.model_validate_json(payload)
        for der in (*found.root_ders(), *found.intermediate_ders(), *found.tsa_ders()):
            describe(der)
    except (ValidationError, ValueError, binascii.Error):
        raise _error("trust_broken") from None
    return found


def _add(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    info = zipfile.ZipInfo(name, _INSTANT)
    info.create_system, info.compress_type = 0, zipfile.ZIP_DEFLATED
    archive.writestr(info, content)


def _error(code: str) -> TrustError:
    return TrustError(code, _MESSAGES[code])

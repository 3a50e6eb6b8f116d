"""A form pack as one signed file, `.vxpack`: a ZIP of its JSON files and the Treasury's statement over each of them.

The format is docs/packs.md. Whoever reads one trusts nothing in it before the signature held, and nothing beside it.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from desktop.dossier.canonical import canonical
from desktop.dossier.forms import Pack
from desktop.dossier.pack import COMPANIONS, SCHEMA, PackError
from desktop.dossier.pack_trial import proven
from desktop.signing.device import DeviceKey, verify_statement
from desktop.signing.errors import ContainerError, StatementError
from desktop.signing.strictzip import read_entries

SUFFIX = ".vxpack"
CONTEXT = "pack"
STATEMENT = "META-INF/statement.json"
MAX_BYTES = 4 * 1024 * 1024
"""Of the file; the forms of NĐ 347 make 70 KB."""
_NAME = re.compile(r"[0-9A-Za-z][0-9A-Za-z_.-]{0,59}\.json")
_INSTANT = (2026, 1, 1, 0, 0, 0)
_MESSAGES = {
    "pack_not_a_pack": "Tệp này không phải bộ mẫu của Kho bạc (.vxpack). Chọn đúng tệp rồi nhập lại.",
    "pack_too_large": "Tệp bộ mẫu lớn quá 4 MB nên không được mở. Lấy lại tệp từ Kho bạc.",
    "pack_unsafe": "Tệp bộ mẫu có cấu trúc không an toàn nên không được mở. Xóa tệp và lấy lại từ Kho bạc.",
    "pack_broken": "Tệp bộ mẫu bị hỏng hoặc chép thiếu. Chép lại tệp từ Kho bạc rồi nhập lại.",
    "pack_unknown_key": "Bộ mẫu do một khóa lạ ký, không phải Kho bạc của máy này. Xin lại tệp từ Kho bạc đã đăng ký.",
    "pack_bad_signature": "Chữ ký của bộ mẫu không khớp nên bộ mẫu không được dùng. Xin lại tệp từ Kho bạc.",
    "pack_altered": "Nội dung bộ mẫu khác với bản Kho bạc đã ký nên không được dùng. Xin lại tệp từ Kho bạc.",
    "pack_newer_program": "Bộ mẫu này cần bản Vùng Xa mới hơn. Cập nhật chương trình rồi nhập lại.",
}
_UNSAFE = frozenset({"zip_bomb", "zip_slip", "duplicate_entry", "encrypted", "trailing_bytes"})


class _Statement(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    payload: str
    key_id: str
    signature: str


class Contents(BaseModel):
    """What the Treasury signs: the pack's version, its days in force, and the SHA-256 of every file by name."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    kind: Literal["pack"] = "pack"
    needs: Annotated[int, Field(ge=1, strict=True)]
    version: Annotated[str, Field(pattern=r"^[0-9A-Za-z][0-9A-Za-z.-]{0,39}$")]
    decree: str
    valid_from: str
    valid_to: str | None = None
    files: dict[str, Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]]


@dataclass(frozen=True)
class SignedPack:
    """A pack whose signature held: the forms, the files beside them by name, and the SHA-256 of the whole file."""

    pack: Pack
    companions: Mapping[str, bytes] = field(repr=False)
    sha256: str
    key_id: str


def write_pack(files: Mapping[str, bytes], key: DeviceKey, needs: int = SCHEMA) -> bytes:
    """Give the .vxpack of these files by name, signed; the same files and key give the same bytes.

    Raises PackError pack_bad_forms, pack_broken for a name that no reader takes.
    """
    pack = proven(files)
    contents = Contents(
        needs=needs,
        version=pack.version,
        decree=pack.decree,
        valid_from=pack.valid_from,
        valid_to=pack.valid_to,
        files={name: hashlib.sha256(content).hexdigest() for name, content in files.items()},
    )
    _check_names(contents)
    payload = canonical(contents.model_dump(mode="json")).decode()
    statement = _Statement(payload=payload, key_id=key.key_id, signature=key.sign(payload, CONTEXT))
    return _zip({STATEMENT: statement.model_dump_json().encode(), **dict(sorted(files.items()))})


def _zip(entries: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in entries.items():
            info = zipfile.ZipInfo(name, _INSTANT)
            info.compress_type, info.create_system = zipfile.ZIP_DEFLATED, 3
            archive.writestr(info, content, compresslevel=9)
    return buffer.getvalue()


def read_packfile(data: bytes, keys: Mapping[str, str]) -> SignedPack:
    """Give the pack in a file that one of `keys` (key id to raw public key, base64) signed.

    Raises PackError: pack_not_a_pack, pack_too_large, pack_unsafe, pack_broken, pack_unknown_key, pack_bad_signature,
    pack_newer_program, pack_altered, pack_bad_forms.
    """
    entries = _entries(data)
    try:
        statement = _Statement.model_validate_json(entries.pop(STATEMENT))
    except KeyError:
        raise _error("pack_not_a_pack") from None
    except ValidationError:
        raise _error("pack_broken") from None
    contents = _contents(_signed(statement, keys))
    _check_names(contents)
    if contents.files != {name: hashlib.sha256(content).hexdigest() for name, content in entries.items()}:
        raise _error("pack_altered")
    pack = proven(entries)
    told = (contents.version, contents.decree, contents.valid_from, contents.valid_to)
    if told != (pack.version, pack.decree, pack.valid_from, pack.valid_to):
        raise _error("pack_broken")
    companions = {name: entries[name] for name in COMPANIONS if name in entries}
    return SignedPack(pack, companions, hashlib.sha256(data).hexdigest(), statement.key_id)


def _entries(data: bytes) -> dict[str, bytes]:
    if len(data) > MAX_BYTES:
        raise _error("pack_too_large")
    try:
        return read_entries(data)
    except ContainerError as error:
        known = {"not_a_package": "pack_not_a_pack", "too_large": "pack_too_large"}
        code = "pack_unsafe" if error.code in _UNSAFE else known.get(error.code, "pack_broken")
        raise _error(code) from None


def _signed(statement: _Statement, keys: Mapping[str, str]) -> bytes:
    try:
        return verify_statement(statement, CONTEXT, keys)
    except StatementError as error:
        raise _error("pack_unknown_key" if error.code == "unknown_key" else "pack_bad_signature") from None


def _contents(payload: bytes) -> Contents:
    """Read what was signed; a later schema is told before anything else of it may be misread."""
    try:
        told = json.loads(payload)
        needs = told["needs"]
        if type(needs) is int and needs > SCHEMA:
            raise _error("pack_newer_program")
        return Contents.model_validate(told)
    except (ValidationError, ValueError, KeyError, TypeError, RecursionError):
        raise _error("pack_broken") from None


def _check_names(contents: Contents) -> None:
    if not all(_NAME.fullmatch(name) for name in contents.files):
        raise _error("pack_broken")


def _error(code: str) -> PackError:
    return PackError(code, _MESSAGES[code])

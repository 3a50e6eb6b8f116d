"""A hand-over file, `.vxky`: dossiers that travel to another machine of the unit for signatures, and back.

A ZIP of one handover.json and, for each dossier, its part of it and its package as signed so far; docs/handover.md has
the format. Nothing in it vouches for itself but the packages' own signatures: whoever reads one verifies each.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from desktop.dossier.acknowledgements import PayeeStand, PayeeTold
from desktop.dossier.canonical import canonical
from desktop.dossier.dates import instant
from desktop.dossier.document import Dossier
from desktop.signing.errors import ContainerError
from desktop.signing.handover_lock import is_locked, lock, unlock
from desktop.signing.strictzip import read_entries, write_stored

SUFFIX = ".vxky"
MEDIA_TYPE = "application/vnd.vungxa.handover+zip"
FORMAT = "vungxa-handover-1"
CONTENTS = "handover.json"
MAX_DOSSIERS = 99
MAX_BYTES = 64 * 1024 * 1024
"""Of the whole file, as of a package: one dossier at its largest, or many of the usual size."""
MAX_PAYEES = 10_000
MAX_JSON_BYTES = 8 * 1024 * 1024
_UNSAFE = frozenset({"zip_bomb", "zip_slip", "duplicate_entry", "encrypted", "trailing_bytes"})
Name = Annotated[str, Field(max_length=120)]
Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


def _real(at: str) -> str:
    """Only what `instant` writes, and of a day there is: the screens show it by the clocks of the country."""
    if at >= "9999" or instant(datetime.fromisoformat(at)) != at:
        raise ValueError(at)
    return at


class _Shape(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Contents(_Shape):
    """What the whole file says of itself.

    `machine` wrote it, `home` is where the dossiers live (the same for "out"), `home_id` that one's random name.
    `at` is by the writing machine's clock.
    """

    format: Literal["vungxa-handover-1"] = "vungxa-handover-1"
    kind: Literal["out", "back"]
    unit: Annotated[str, Field(min_length=1, max_length=40)]
    machine: Name
    home: Name
    home_id: Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
    at: Annotated[str, AfterValidator(_real)]
    dossiers: Annotated[int, Field(ge=1, le=MAX_DOSSIERS)]


class Part(_Shape):
    """What travels beside one package; no signature covers it as such.

    `draft` is the dossier as the screens show it and must say what the package says; `told` is what the home machine
    says of the payees, `stood` whom the last signer stood for, and must be what that signature says; `made` calls the
    machine of each signature by the name people know; `answers` is the digest of the file it came in (None for "out").
    `pictures` are digests of what its forms show and the package does not hold, each a file of its own.
    """

    local_id: Annotated[str, Field(min_length=1, max_length=80)]
    draft: Dossier
    told: Annotated[tuple[PayeeTold, ...], Field(max_length=MAX_PAYEES)]
    made: Annotated[tuple[Name, ...], Field(max_length=16)]
    stood: Annotated[tuple[PayeeStand, ...], Field(max_length=MAX_PAYEES)] = ()
    answers: Digest | None = None
    pictures: Annotated[tuple[Digest, ...], Field(max_length=50)] = ()


@dataclass(frozen=True)
class HandedDossier:
    """One dossier of a file: what is said beside it, its ASiC-E container as bytes, pictures by their digest."""

    part: Part
    package: bytes
    pictures: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True)
class Handover:
    """A whole file that was read; `digest` names it: the SHA-256 (hex) of its bytes without a passphrase over them."""

    contents: Contents
    dossiers: tuple[HandedDossier, ...]
    digest: str


def write_handover(contents: Contents, dossiers: tuple[HandedDossier, ...], passphrase: str = "") -> tuple[bytes, str]:
    """Give the file's bytes and its digest; without a passphrase the same content gives the same bytes.

    Raises ContainerError handover_too_large.
    """
    data = write_stored(_written(contents, dossiers))
    if len(data) > MAX_BYTES or len(dossiers) > MAX_DOSSIERS:
        raise _error("handover_too_large")
    return (lock(data, passphrase) if passphrase else data), hashlib.sha256(data).hexdigest()


def read_handover(source: bytes | Path, passphrase: str = "") -> Handover:
    """Read a file whose bytes nobody vouches for; bounded in memory.

    Raises ContainerError: not_a_handover, handover_locked, handover_passphrase, handover_unsafe, handover_too_large,
    handover_damaged, handover_newer, handover_unreadable.
    """
    data = source if isinstance(source, bytes) else _read_file(source)
    if is_locked(data):
        if not passphrase:
            raise _error("handover_locked")
        data = unlock(data, passphrase)
    entries = _entries(data)
    contents = _contents(entries)
    dossiers = tuple(_dossier(entries, number) for number in range(1, contents.dossiers + 1))
    wanted = ["mimetype", CONTENTS]
    for number, item in enumerate(dossiers, 1):
        wanted += [_part_name(number), _package_name(number)]
        wanted += [_picture_name(number, digest) for digest in item.part.pictures]
    if list(entries) != wanted or len({item.part.local_id for item in dossiers}) < len(dossiers):
        raise _error("handover_damaged")
    return Handover(contents, dossiers, hashlib.sha256(data).hexdigest())


def _dossier(entries: Mapping[str, bytes], number: int) -> HandedDossier:
    try:
        part, package = _parsed(Part, entries[_part_name(number)]), entries[_package_name(number)]
        pictures = {digest: entries[_picture_name(number, digest)] for digest in part.pictures}
    except KeyError:
        raise _error("handover_damaged") from None
    if any(hashlib.sha256(content).hexdigest() != digest for digest, content in pictures.items()):
        raise _error("handover_damaged")
    return HandedDossier(part, package, pictures)


def looks_like_handover(head: bytes) -> bool:
    """Whether a file's first bytes are those of a hand-over, locked or not; it may be damaged all the same."""
    return is_locked(head) or (head.startswith(b"PK\x03\x04") and MEDIA_TYPE.encode() in head[:120])


def _read_file(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1024)
    except OSError:
        raise _error("handover_unreadable") from None


def _entries(data: bytes) -> dict[str, bytes]:
    try:
        entries = read_entries(data, largest=MAX_BYTES)
    except ContainerError as error:
        raise _error(_in_our_words(error.code)) from None
    if entries.get("mimetype") != MEDIA_TYPE.encode() or CONTENTS not in entries:
        raise _error("not_a_handover")
    return entries


def _in_our_words(code: str) -> str:
    if code in _UNSAFE:
        return "handover_unsafe"
    return {"not_a_package": "not_a_handover", "too_large": "handover_too_large"}.get(code, "handover_damaged")


def _contents(entries: Mapping[str, bytes]) -> Contents:
    try:
        told = json.loads(entries[CONTENTS]).get("format", "")
    except (ValueError, AttributeError, RecursionError):
        raise _error("handover_damaged") from None
    if told != FORMAT and str(told).startswith("vungxa-handover-"):
        raise _error("handover_newer")
    return _parsed(Contents, entries[CONTENTS])


S = TypeVar("S", bound=_Shape)


def _parsed(shape: type[S], content: bytes) -> S:
    """Parse and write again: what is not byte for byte the same hides something (doubled names, spaces)."""
    if len(content) > MAX_JSON_BYTES:
        raise _error("handover_too_large")
    try:
        parsed = shape.model_validate(json.loads(content))
        same = canonical(parsed.model_dump(mode="json")) == content
    except (ValidationError, ValueError, RecursionError):
        raise _error("handover_damaged") from None  # the cause would quote the data
    if not same:
        raise _error("handover_damaged")
    return parsed


def _part_name(number: int) -> str:
    return f"{number:02d}/handover.json"


def _package_name(number: int) -> str:
    return f"{number:02d}/package.asice"


def _picture_name(number: int, digest: str) -> str:
    return f"{number:02d}/pictures/{digest}"


def _written(contents: Contents, dossiers: Iterable[HandedDossier]) -> Iterator[tuple[str, bytes]]:
    yield "mimetype", MEDIA_TYPE.encode()
    yield CONTENTS, canonical(contents.model_dump(mode="json"))
    for number, item in enumerate(dossiers, 1):
        yield _part_name(number), canonical(item.part.model_dump(mode="json"))
        yield _package_name(number), item.package
        for digest in item.part.pictures:
            yield _picture_name(number, digest), item.pictures[digest]


_MESSAGES = {
    "not_a_handover": "Tệp này không phải tệp chuyển ký của Vùng Xa (.vxky). Chọn đúng tệp rồi mở lại.",
    "handover_unreadable": "Không mở được tệp chuyển ký. Kiểm tra USB, đường dẫn và quyền đọc rồi mở lại.",
    "handover_locked": "Tệp chuyển ký có mật khẩu. Hỏi người đã chuyển rồi nhập mật khẩu của tệp.",
    "handover_unsafe": "Tệp chuyển ký có cấu trúc không an toàn nên không được mở. Xóa tệp, chuyển lại từ máy kia.",
    "handover_too_large": "Tệp chuyển ký lớn quá 64 MB hoặc quá 99 hồ sơ. Chia thành nhiều tệp, mỗi tệp ít hồ sơ hơn.",
    "handover_damaged": "Tệp chuyển ký bị hỏng hoặc chép thiếu. Chép lại tệp từ máy kia rồi mở lại.",
    "handover_newer": "Tệp chuyển ký do bản Vùng Xa mới hơn ghi. Cập nhật chương trình trên máy này rồi mở lại.",
}


def _error(code: str) -> ContainerError:
    return ContainerError(code, _MESSAGES[code])

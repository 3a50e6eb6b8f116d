"""The sealed package: an ASiC-E container (ETSI EN 319 162-1) with one manifest and one CAdES signature per signer.

A package's id is over manifests and signature values, so the ZIP may be rebuilt, large objects may travel apart and
evidence may be added without changing it (docs/protocol.md). Nothing here checks a signature: see verify.py.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop.signing import manifest as asic_manifest
from desktop.signing.cmsinfo import signature_value
from desktop.signing.cmslimits import MAX_LISTS_BYTES
from desktop.signing.errors import ContainerError
from desktop.signing.strictzip import Apart, read_entries, write_stored

MEDIA_TYPE = "application/vnd.etsi.asic-e+zip"
PART_THRESHOLD = 16 * 1024
MAX_SIGNATURES = 16
MAX_SIGNATURES_BYTES = MAX_LISTS_BYTES
"""Of all signatures of a package together; data objects have 64 MB beside."""
_SIGNATURES = Apart("META-INF/signature", MAX_LISTS_BYTES)
_SIGNING_ENTRY = re.compile(r"META-INF/(ASiCManifest|signature)(\d{3})\.(xml|p7s)")
_MEDIA_TYPES = {".json": "application/json", ".pdf": "application/pdf", ".xml": "text/xml", ".jpg": "image/jpeg"}


@dataclass(frozen=True)
class DataObject:
    """One signed file of a package: its name in the container, media type and bytes."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True)
class Signed:
    """One signer's work: the manifest's bytes and the detached CMS signature (DER) over them."""

    manifest: bytes
    cms: bytes


@dataclass(frozen=True)
class Package:
    """Data objects and signatures, both in order; immutable once the last signer has signed."""

    objects: tuple[DataObject, ...]
    signatures: tuple[Signed, ...]


def manifest_name(order: int) -> str:
    """Give the container name of the manifest of signer `order`, counted from 1."""
    return f"META-INF/ASiCManifest{order:03d}.xml"


def signature_name(order: int) -> str:
    """Give the container name of the signature of signer `order`, counted from 1."""
    return f"META-INF/signature{order:03d}.p7s"


def package_id(package: Package) -> str:
    """Give the id (64 hex digits) that outbox, wire, receipt and audit know the package by.

    Raises ContainerError: not_signed, bad_signature_file.
    """
    if not package.signatures:
        raise _error("not_signed")
    digest = hashlib.sha256(b"vungxa-package-1\n")
    for signed in package.signatures:
        digest.update(hashlib.sha256(signed.manifest).digest())
        digest.update(hashlib.sha256(signature_value(signed.cms)).digest())
    return digest.hexdigest()


def write(package: Package) -> bytes:
    """Write the container; the same package gives the same bytes on every machine."""
    return write_stored(_entries(package))


def _entries(package: Package) -> Iterator[tuple[str, bytes]]:
    yield "mimetype", MEDIA_TYPE.encode()
    for item in _in_order(package.objects, package.signatures):
        yield item.name, item.content
    for order, signed in enumerate(package.signatures, 1):
        yield manifest_name(order), signed.manifest
        yield signature_name(order), signed.cms


def read(source: bytes | Path) -> Package:
    """Read a container whose bytes nobody vouches for; bounded in memory.

    Raises ContainerError: not_a_package, truncated, damaged, too_large, signatures_too_large, zip_bomb,
    duplicate_entry, zip_slip, encrypted, second_mimetype, unexpected_entry, unpaired_signature.
    """
    entries = read_entries(source, apart=_SIGNATURES)
    if next(iter(entries)) != "mimetype" or entries.pop("mimetype") != MEDIA_TYPE.encode():
        raise _error("not_a_package")
    if any(name.casefold().rsplit("/", 1)[-1] == "mimetype" for name in entries):
        raise _error("second_mimetype")
    inner = {name: entries.pop(name) for name in list(entries) if name.casefold().startswith("meta-inf/")}
    signatures = _signatures(inner)
    media_types = {reference.name: reference.media_type for reference in _first_references(signatures)}
    objects = [DataObject(name, media_types.get(name, _guess(name)), content) for name, content in entries.items()]
    return Package(tuple(_in_order(objects, signatures)), signatures)


def split(package: Package, threshold: int = PART_THRESHOLD) -> tuple[bytes, dict[str, bytes]]:
    """Separate what travels in the batch from what travels apart: the core container, and parts by SHA-256 (hex).

    Objects of more than `threshold` bytes become parts.
    """
    small = tuple(item for item in package.objects if len(item.content) <= threshold)
    large = [item.content for item in package.objects if len(item.content) > threshold]
    parts = {hashlib.sha256(content).hexdigest(): content for content in large}
    return write(Package(small, package.signatures)), parts


def missing_parts(core: bytes) -> list[str]:
    """Name the parts (SHA-256, hex) a core needs to be whole, in the order of the first manifest, each once.

    Raises ContainerError: those of `read`, not_signed, bad_manifest, weak_digest.
    """
    package = read(core)
    here = {item.name for item in package.objects}
    wanted = [reference.digest.hex() for reference in _strict_references(package) if reference.name not in here]
    return list(dict.fromkeys(wanted))


def join(core: bytes, parts: Mapping[str, bytes]) -> Package:
    """Make a core whole again from its parts, given by SHA-256 (hex); the inverse of `split`.

    Raises ContainerError: those of `missing_parts`, part_missing, part_wrong.
    """
    package = read(core)
    objects = {item.name: item for item in package.objects}
    for reference in _strict_references(package):
        if reference.name not in objects:
            content = _part(parts, reference.digest.hex())
            objects[reference.name] = DataObject(reference.name, reference.media_type, content)
    return Package(tuple(_in_order(list(objects.values()), package.signatures)), package.signatures)


def _part(parts: Mapping[str, bytes], digest: str) -> bytes:
    content = parts.get(digest)
    if content is None:
        raise _error("part_missing")
    if hashlib.sha256(content).hexdigest() != digest:
        raise _error("part_wrong")
    return content


def _signatures(inner: dict[str, bytes]) -> tuple[Signed, ...]:
    numbers: dict[str, set[str]] = {"ASiCManifest": set(), "signature": set()}
    for name in inner:
        match = _SIGNING_ENTRY.fullmatch(name)
        if not match or (match[1] == "signature") != (match[3] == "p7s"):
            raise _error("unexpected_entry")
        numbers[match[1]].add(match[2])
    if numbers["ASiCManifest"] != numbers["signature"] or len(numbers["signature"]) > MAX_SIGNATURES:
        raise _error("unpaired_signature")
    orders = [int(number) for number in sorted(numbers["signature"])]
    return tuple(Signed(inner[manifest_name(order)], inner[signature_name(order)]) for order in orders)


def _strict_references(package: Package) -> tuple[asic_manifest.Reference, ...]:
    if not package.signatures:
        raise _error("not_signed")
    return asic_manifest.parse(package.signatures[0].manifest).references


def _first_references(signatures: Sequence[Signed]) -> tuple[asic_manifest.Reference, ...]:
    """A broken manifest is for the verifier to name; reading only loses the order and media types it would give."""
    try:
        return asic_manifest.parse(signatures[0].manifest).references if signatures else ()
    except ContainerError:
        return ()


def _in_order(objects: Sequence[DataObject], signatures: Sequence[Signed]) -> list[DataObject]:
    place = {reference.name: index for index, reference in enumerate(_first_references(signatures))}
    return sorted(objects, key=lambda item: place.get(item.name, len(place)))


def _guess(name: str) -> str:
    return _MEDIA_TYPES.get(Path(name).suffix.lower(), "application/octet-stream")


_MESSAGES = {
    "not_a_package": "Tệp này không phải gói hồ sơ đã ký (ASiC-E). Hãy chọn đúng tệp .asice.",
    "second_mimetype": "Gói hồ sơ khai loại tệp hai lần nên không được mở. Hãy lấy lại gói từ nơi đã gửi.",
    "unexpected_entry": "Gói hồ sơ có thành phần lạ trong phần chữ ký. Hãy lấy lại gói từ nơi đã gửi.",
    "unpaired_signature": "Gói hồ sơ thiếu tệp chữ ký hoặc danh mục ký. Hãy lấy lại gói từ nơi đã gửi.",
    "not_signed": "Gói hồ sơ chưa có chữ ký nào. Hãy ký hồ sơ trước khi gửi.",
    "part_missing": "Gói hồ sơ còn thiếu tệp đính kèm. Hãy gửi tiếp phần còn thiếu.",
    "part_wrong": "Tệp đính kèm nhận được không đúng với bản đã ký. Hãy gửi lại tệp đó.",
}


def _error(code: str) -> ContainerError:
    return ContainerError(code, _MESSAGES[code])

"""One signer's list of what was signed: ASiCManifest of ETSI EN 319 162-1, Annex A.4, with SHA-256 only."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote, unquote
from xml.etree import ElementTree

import defusedxml.ElementTree
from defusedxml import DefusedXmlException

from desktop.signing.errors import ContainerError

ASIC = "http://uri.etsi.org/02918/v1.2.1#"
DSIG = "http://www.w3.org/2000/09/xmldsig#"
SHA256 = "http://www.w3.org/2001/04/xmlenc#sha256"
MAX_MANIFEST_BYTES = 256 * 1024

ElementTree.register_namespace("asic", ASIC)
ElementTree.register_namespace("ds", DSIG)


@dataclass(frozen=True)
class Reference:
    """One signed data object: its name in the container, media type and raw SHA-256 (32 bytes)."""

    name: str
    media_type: str
    digest: bytes


@dataclass(frozen=True)
class Manifest:
    """What one signature covers; `signature` is the name of the signature's own entry."""

    signature: str
    references: tuple[Reference, ...]


def build(signature: str, references: Iterable[Reference]) -> bytes:
    """Write the manifest that a signer signs; the same input gives the same bytes."""
    root = ElementTree.Element(f"{{{ASIC}}}ASiCManifest")
    ElementTree.SubElement(
        root, f"{{{ASIC}}}SigReference", {"URI": quote(signature), "MimeType": "application/pkcs7-signature"}
    )
    for reference in references:
        item = ElementTree.SubElement(
            root, f"{{{ASIC}}}DataObjectReference", {"URI": quote(reference.name), "MimeType": reference.media_type}
        )
        ElementTree.SubElement(item, f"{{{DSIG}}}DigestMethod", {"Algorithm": SHA256})
        ElementTree.SubElement(item, f"{{{DSIG}}}DigestValue").text = b64encode(reference.digest).decode()
    written: bytes = ElementTree.tostring(root, encoding="UTF-8", xml_declaration=True)
    return written


def parse(data: bytes) -> Manifest:
    """Read a manifest strictly.

    Raises ContainerError: bad_manifest, or weak_digest where a digest is not SHA-256.
    """
    if len(data) > MAX_MANIFEST_BYTES:
        raise _bad()
    try:
        root = defusedxml.ElementTree.fromstring(data, forbid_dtd=True)
    except (ElementTree.ParseError, DefusedXmlException, ValueError, LookupError):
        raise _bad() from None
    signatures = root.findall(f"{{{ASIC}}}SigReference")
    if root.tag != f"{{{ASIC}}}ASiCManifest" or len(signatures) != 1:
        raise _bad()
    references = tuple(_reference(item) for item in root.findall(f"{{{ASIC}}}DataObjectReference"))
    if not references or len({reference.name for reference in references}) != len(references):
        raise _bad()
    return Manifest(unquote(signatures[0].get("URI", "")), references)


def _reference(item: ElementTree.Element) -> Reference:
    method, value = item.find(f"{{{DSIG}}}DigestMethod"), item.find(f"{{{DSIG}}}DigestValue")
    if method is None or value is None or not item.get("URI"):
        raise _bad()
    if method.get("Algorithm") != SHA256:
        raise ContainerError(
            "weak_digest",
            "Gói hồ sơ dùng thuật toán băm không được chấp nhận. Hãy đề nghị bên gửi ký lại bằng SHA-256.",
        )
    try:
        digest = b64decode((value.text or "").strip(), validate=True)
    except ValueError:
        raise _bad() from None
    if len(digest) != 32:
        raise _bad()
    return Reference(unquote(item.get("URI", "")), item.get("MimeType", "application/octet-stream"), digest)


def _bad() -> ContainerError:
    return ContainerError("bad_manifest", "Danh mục chữ ký trong gói hồ sơ bị hỏng. Hãy lấy lại gói từ nơi đã gửi.")

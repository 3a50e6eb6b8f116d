"""Write what gets signed: one canonical dossier.json, and for each document a canonical file bound to the PDF shown.

Forms and shapes are those of docs/protocol.md, "vungxa-dossier-1". Attachments travel as they are, beside these files.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from desktop.dossier.canonical import canonical
from desktop.dossier.compute import compute
from desktop.dossier.document import Attachment, Document, Dossier
from desktop.dossier.errors import VungXaError
from desktop.dossier.pack import form_of, under
from desktop.dossier.people import Person, Role, Unit
from desktop.dossier.signers import Step, title_of

FORMAT = "vungxa-dossier-1"
DESCRIPTOR_NAME = "dossier.json"
JSON_MEDIA_TYPE = "application/json"
MAX_BYTES = 4 * 1024 * 1024

Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class DescriptorError(VungXaError, ValueError):
    """Says that a signed file is not what it claims; code "bad_descriptor", "bad_document" or "no_certificate"."""


@dataclass(frozen=True)
class NamedBytes:
    """One file of a package: its name inside, its media type, its bytes."""

    name: str
    media_type: str
    content: bytes


class Shape(BaseModel):
    """Base of the signed shapes: nothing may be added to them silently."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class UnitRef(Shape):
    """The unit, and the Treasury office it deals with."""

    code: str
    name: str
    treasury_code: str


class DocumentRef(Shape):
    """One document file, by name and digest."""

    name: str
    form: str
    sha256: Sha256


class AttachmentRef(Shape):
    """One attachment file; `title` is its original name, `size` in bytes."""

    name: str
    title: str
    component: str
    media_type: str
    sha256: Sha256
    size: int = Field(ge=0)


class SignerRef(Shape):
    """One signature that is to come: who, for which roles, with which certificate."""

    order: int = Field(ge=1)
    roles: tuple[Role, ...]
    title: str
    name: str
    certificate_sha256: Sha256
    on_behalf_of: Annotated[str, Field(exclude_if=lambda name: not name)] = ""
    """The name of the one in whose place the signer signs (TUQ.); left out of the file for a signature of own right."""


class Descriptor(Shape):
    """The table of contents every signer signs."""

    format: Literal["vungxa-dossier-1"]
    local_id: str
    number: str
    title: str
    procedure: str
    case: str
    urgent: bool
    unit: UnitRef
    pack: str
    documents: tuple[DocumentRef, ...]
    attachments: tuple[AttachmentRef, ...]
    signers: tuple[SignerRef, ...]
    replaces: Sha256 | None
    on_file: Annotated[tuple[str, ...], Field(exclude_if=lambda names: not names)] = ()
    """Components the Treasury has already (NĐ 347 Điều 3.8); left out of the file when there are none."""


class ComputedPart(Shape):
    """Totals in VND and words, as they were shown."""

    totals: dict[str, int]
    words: dict[str, str]


class DocumentFile(Shape):
    """One document as signed: data, pack version, what was worked out, and the digest of the PDF made from it."""

    pack: str
    document: Document
    computed: ComputedPart
    pdf_sha256: Sha256


def describe(
    dossier: Dossier,
    unit: Unit,
    steps: Sequence[Step],
    people: Mapping[int, Person],
    pdf_digests: Sequence[str],
    pack_version: str,
    on_behalf_of: Mapping[int, str] | None = None,
) -> list[NamedBytes]:
    """Return dossier.json and then the document files, in canonical bytes.

    `people` names the signer of each step by its order, `on_behalf_of` in whose place some of them sign; `pdf_digests`
    holds the SHA-256 of each document's PDF. The same arguments give the same bytes. Raises UnknownForm, ValueError
    when digests and documents do not pair up, KeyError when a step has no person, DescriptorError ("no_certificate")
    for a signer without a certificate.
    """
    pairs = list(zip(dossier.documents, pdf_digests, strict=True))
    with under(pack_version):
        files = [_document_file(index, *pair, pack_version) for index, pair in enumerate(pairs, 1)]
    refs = tuple(
        DocumentRef(name=file.name, form=document.form, sha256=hashlib.sha256(file.content).hexdigest())
        for document, file in zip(dossier.documents, files, strict=True)
    )
    behalf = on_behalf_of or {}
    signers = tuple(_signer_ref(step, people[step.order], behalf.get(step.order, "")) for step in steps)
    descriptor = _contents(dossier, unit, refs, signers, pack_version)
    return [NamedBytes(DESCRIPTOR_NAME, JSON_MEDIA_TYPE, canonical(descriptor.model_dump(mode="json"))), *files]


def _contents(
    dossier: Dossier,
    unit: Unit,
    documents: tuple[DocumentRef, ...],
    signers: tuple[SignerRef, ...],
    pack_version: str,
) -> Descriptor:
    return Descriptor(
        format=FORMAT,
        local_id=dossier.local_id,
        number=dossier.number,
        title=dossier.title,
        procedure=dossier.procedure,
        case=dossier.case,
        urgent=dossier.urgent,
        unit=UnitRef(code=unit.code, name=unit.name, treasury_code=unit.treasury_code),
        pack=pack_version,
        documents=documents,
        attachments=tuple(_attachment_ref(index, item) for index, item in enumerate(dossier.attachments, 1)),
        signers=signers,
        replaces=dossier.replaces,
        on_file=dossier.on_file,
    )


def attachment_name(index: int, attachment: Attachment) -> str:
    """Name an attachment inside a package; `index` counts from 1 ("attachments/01-1a2b3c4d.pdf")."""
    suffix = attachment.name.rpartition(".")[2].lower() if "." in attachment.name else ""
    ending = f".{suffix}" if suffix.isascii() and suffix.isalnum() and len(suffix) <= 5 else ""
    return f"attachments/{index:02d}-{attachment.sha256[:8]}{ending}"


def _document_file(index: int, document: Document, pdf_sha256: str, pack_version: str) -> NamedBytes:
    form = form_of(document.form)
    computed = compute(document, form)
    file = DocumentFile(
        pack=pack_version,
        document=document,
        computed=ComputedPart(totals=computed.totals, words=computed.words),
        pdf_sha256=pdf_sha256,
    )
    return NamedBytes(f"documents/{index:02d}-{form.id}.json", JSON_MEDIA_TYPE, canonical(file.model_dump(mode="json")))


def _attachment_ref(index: int, item: Attachment) -> AttachmentRef:
    return AttachmentRef(
        name=attachment_name(index, item),
        title=item.name,
        component=item.component,
        media_type=item.media_type,
        sha256=item.sha256,
        size=item.size,
    )


def _signer_ref(step: Step, person: Person, on_behalf_of: str) -> SignerRef:
    if not person.certificate_sha256:
        message = f"{person.name} chưa khai chứng thư số. Cắm token và khai chứng thư trước khi trình ký."
        raise DescriptorError("no_certificate", message)
    return SignerRef(
        order=step.order,
        roles=step.roles,
        title=title_of(step, on_behalf_of),
        name=person.name,
        certificate_sha256=person.certificate_sha256,
        on_behalf_of=on_behalf_of,
    )


def read_descriptor(content: bytes) -> Descriptor:
    """Read dossier.json; raises DescriptorError ("bad_descriptor") for anything but its exact canonical shape."""
    return _read(Descriptor, content, "bad_descriptor")


def read_document(content: bytes) -> tuple[Document, str, str]:
    """Read a document file: (document, pack version, SHA-256 of its PDF).

    Raises DescriptorError ("bad_document") for another shape or bytes that are not canonical. Whether the figures are
    what the document works out to is for the reader to judge (compute).
    """
    file = _read(DocumentFile, content, "bad_document")
    return file.document, file.pack, file.pdf_sha256


S = TypeVar("S", bound=Shape)


def _read(shape: type[S], content: bytes, code: str) -> S:
    """Parse and write again: what is not byte for byte the same hides something (doubled names, spaces)."""
    message = "Tệp trong gói không đúng cấu trúc đã ký. Yêu cầu đơn vị xuất lại gói."
    if len(content) > MAX_BYTES:
        raise DescriptorError(code, message)
    try:
        parsed = shape.model_validate(json.loads(content))
        same = canonical(parsed.model_dump(mode="json")) == content
    except (ValidationError, ValueError, RecursionError):
        # The cause would quote the data.
        raise DescriptorError(code, message) from None
    if not same:
        raise DescriptorError(code, message)
    return parsed

"""Reads a dossier back from its signed files: what is shown before signing is what the signature covers."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from desktop.dossier.compute import compute
from desktop.dossier.descriptor import (
    DESCRIPTOR_NAME,
    Descriptor,
    DocumentFile,
    read_descriptor,
    read_document,
)
from desktop.dossier.document import Attachment, Dossier
from desktop.dossier.errors import VungXaError
from desktop.dossier.pack import form_of, under

DIFFERS = "Nội dung hiện ra không đúng với nội dung được ký nên không ký hồ sơ này. Rút về soạn rồi trình ký lại."


class ShownDiffers(VungXaError):
    """Says that what would be shown is not what would be signed; code "shown_differs"."""


def shown_differs() -> ShownDiffers:
    """Return the error, always in the same words: the data is not quoted."""
    return ShownDiffers("shown_differs", DIFFERS)


class SignedFile(Protocol):
    """One file under a signature."""

    @property
    def name(self) -> str: ...  # noqa: D102 - see the class

    @property
    def content(self) -> bytes: ...  # noqa: D102


@dataclass(frozen=True)
class SignedContent:
    """A dossier as signed: its table of contents and its documents, in the order of that table.

    `mark` is the SHA-256 (hex) of dossier.json, which names every file with its digest: one mark, one dossier.
    """

    descriptor: Descriptor
    files: tuple[DocumentFile, ...]
    mark: str

    def dossier(self) -> Dossier:
        """Return it as the dossier it was made from, as far as that is signed."""
        signed = self.descriptor
        return Dossier(
            local_id=signed.local_id,
            number=signed.number,
            title=signed.title,
            procedure=signed.procedure,
            case=signed.case,
            pack=signed.pack,
            documents=tuple(file.document for file in self.files),
            attachments=tuple(
                Attachment(name=a.title, sha256=a.sha256, size=a.size, media_type=a.media_type, component=a.component)
                for a in signed.attachments
            ),
            on_file=signed.on_file,
            urgent=signed.urgent,
            replaces=signed.replaces,
        )


def read_signed(files: Iterable[SignedFile]) -> SignedContent:
    """Read dossier.json and the documents it lists; attachments need not be among the files.

    Raises ShownDiffers when they do not fit together, or when a document states other figures than it works out to;
    DescriptorError, UnknownForm, PackError.
    """
    contents = {file.name: file.content for file in files}
    if DESCRIPTOR_NAME not in contents:
        raise shown_differs()
    descriptor = read_descriptor(contents[DESCRIPTOR_NAME])
    if sorted(item.name for item in descriptor.documents) != sorted(n for n in contents if n.startswith("documents/")):
        raise shown_differs()
    with under(descriptor.pack):
        documents = tuple(
            _document(descriptor, item.form, item.sha256, contents[item.name]) for item in descriptor.documents
        )
    return SignedContent(descriptor, documents, hashlib.sha256(contents[DESCRIPTOR_NAME]).hexdigest())


def _document(descriptor: Descriptor, form: str, sha256: str, content: bytes) -> DocumentFile:
    """Read one document and hold it against its entry in the table of contents."""
    if hashlib.sha256(content).hexdigest() != sha256:
        raise shown_differs()
    document, pack, _ = read_document(content)
    file = DocumentFile.model_validate(json.loads(content))
    computed = compute(document, form_of(document.form))
    same = (computed.totals, computed.words) == (file.computed.totals, file.computed.words)
    if not same or (pack, document.form) != (descriptor.pack, form):
        raise shown_differs()
    return file

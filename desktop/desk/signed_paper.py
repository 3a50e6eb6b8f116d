"""The paper of a frozen dossier, always made from the signed bytes, and proof that it is what the signature covers."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence

from desktop.desk.allowing import reading
from desktop.desk.context import DeskContext
from desktop.desk.errors import DeskError
from desktop.desk.lists import form_title
from desktop.desk.pictures import pictures
from desktop.dossier.descriptor import AttachmentRef, DescriptorError, DocumentFile
from desktop.dossier.forms import UnknownForm
from desktop.dossier.pack import under
from desktop.dossier.sign_views import SignedPage, SignFile
from desktop.dossier.signed_content import (
    DIFFERS,
    ShownDiffers,
    SignedContent,
    SignedFile,
    read_signed,
)
from desktop.exchange.pages import PageImage, page_count, render_pages
from desktop.exchange.printing import print_document

PDF = "application/pdf"
PAGES_KNOWN = 4_000
"""The page counts of so many files are remembered, a few bytes each."""


def differs() -> DeskError:
    """What is shown is not what is signed; always in the same words."""
    return DeskError("shown_differs", DIFFERS)


def content_of(files: Iterable[SignedFile]) -> SignedContent:
    """Reads signed files. Raises DeskError shown_differs, also for a file of another shape; PackError."""
    try:
        return read_signed(files)
    except (ShownDiffers, DescriptorError, UnknownForm) as error:
        raise differs() from error


class SignedPapers:
    """Draws and proves frozen dossiers; any thread may use it, with its own connection."""

    def __init__(self, context: DeskContext) -> None:
        self._context = context
        self._pages: OrderedDict[str, int] = OrderedDict()

    @reading
    def content(self, local_id: str) -> SignedContent:
        """What a frozen dossier says of itself. Raises DeskError shown_differs, PackError, StoreError."""
        submissions = self._context.store.submissions
        return content_of(submissions.texts(submissions.number(local_id)))

    @reading
    def paper(self, local_id: str) -> Sequence[SignedPage]:
        """The signed files that can be looked at: documents in their order, then attachments.

        Raises DeskError shown_differs, PackError, StoreError.
        """
        content = self.content(local_id)
        signed = content.descriptor
        titles = [form_title(file.document, signed.pack) for file in content.files]
        pages = [SignedPage(title, ref.name, ref.sha256) for title, ref in zip(titles, signed.documents, strict=True)]
        return [*pages, *(SignedPage(a.title, a.name, a.sha256, a.media_type == PDF) for a in signed.attachments)]

    @reading
    def draw_signed(self, local_id: str, place: int, width: int) -> Sequence[PageImage]:
        """Pages of one of `paper` (`place` from 0), `width` pixels wide; none for an attachment that is no PDF.

        Raises DeskError shown_differs when the paper made from the signed data is not the paper signed, or when an
        attachment's bytes are not those signed; PrintError, StoreError, IndexError.
        """
        content = self.content(local_id)
        signed = content.descriptor
        if place < len(content.files):
            return render_pages(self._print(content.files[place], signed.pack, signed.documents[place].sha256), width)
        ref = signed.attachments[place - len(content.files)]
        pdf = self._attached(local_id, ref)
        return render_pages(pdf, width) if ref.media_type == PDF else []

    @reading
    def forms(self, local_id: str) -> list[bytes]:
        """The PDF of each form of a frozen dossier. Raises DeskError shown_differs, PrintError, StoreError."""
        content = self.content(local_id)
        pairs = zip(content.files, content.descriptor.documents, strict=True)
        return [self._print(file, content.descriptor.pack, ref.sha256) for file, ref in pairs]

    @reading
    def prove(self, files: Iterable[SignedFile]) -> SignedContent:
        """Makes sure that each document, printed from its signed data, is the paper whose digest is signed.

        What was proved before is not printed again: the digest of its bytes says that it is the same. Raises DeskError
        shown_differs, PrintError, PackError.
        """
        content = content_of(files)
        signed = content.descriptor
        for file, ref in zip(content.files, signed.documents, strict=True):
            if ref.sha256 not in self._pages:
                self._print(file, signed.pack, ref.sha256)
        return content

    @reading
    def files(self, content: SignedContent) -> tuple[SignFile, ...]:
        """What a signature will cover, with page counts where they are known already."""
        signed = content.descriptor
        titles = [form_title(file.document, signed.pack) for file in content.files]
        covered = [*zip(titles, (ref.sha256 for ref in signed.documents), strict=True)]
        covered += [(ref.title, ref.sha256) for ref in signed.attachments]
        return self.with_pages([SignFile(title, None, sha256) for title, sha256 in covered])

    @reading
    def with_pages(self, files: Iterable[SignFile]) -> tuple[SignFile, ...]:
        """The same files with what was learnt of their pages since."""
        return tuple(file._replace(pages=self._pages.get(file.sha256)) for file in files)

    def _print(self, file: DocumentFile, pack: str, sha256: str) -> bytes:
        with under(pack):
            pdf = print_document(file.document, pictures(self._context.store, file.document))
        if hashlib.sha256(pdf).hexdigest() != file.pdf_sha256:
            raise differs()
        self._learn(sha256, lambda: page_count(pdf))
        return pdf

    def _attached(self, local_id: str, ref: AttachmentRef) -> bytes:
        found = self._context.store.submissions.object(local_id, ref.name).content
        if hashlib.sha256(found).hexdigest() != ref.sha256:
            raise differs()
        if ref.media_type == PDF:
            self._learn(ref.sha256, lambda: page_count(found))
        return found

    def _learn(self, sha256: str, count: Callable[[], int]) -> None:
        if sha256 not in self._pages:
            self._pages[sha256] = count()
            if len(self._pages) > PAGES_KNOWN:
                self._pages.popitem(last=False)

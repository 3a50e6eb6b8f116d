"""Paper: previews, printing and lists written to files. Slow work that runs off the GUI thread."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from desktop.desk.allowing import needs, reading
from desktop.desk.context import DeskContext
from desktop.desk.output import write_whole
from desktop.desk.pictures import pictures
from desktop.dossier.document import Attachment, Document
from desktop.dossier.duties import Act
from desktop.dossier.fold import fold
from desktop.dossier.pack import under
from desktop.dossier.views import RowQuery
from desktop.exchange.export import export_rows
from desktop.exchange.pages import PageImage, merge, render_pages
from desktop.exchange.printing import print_document
from desktop.exchange.scans import draw

EXPORT_BLOCK = 500
HEADERS = ("Mã", "Loại", "Nội dung", "Số tiền (đ)", "Trạng thái", "Cập nhật")


class Papers:
    """Draws and writes; holds nothing of a connection's state, so that a background thread may use it with its own."""

    def __init__(self, context: DeskContext) -> None:
        self._context = context

    @reading
    def preview(self, document: Document, width: int, pack: str | None = None) -> Sequence[PageImage]:
        """The paper as it will be signed, `width` pixels wide; `pack` is the dossier's, the one in force without it."""
        with under(pack or self._context.pack()):
            return render_pages(print_document(document, pictures(self._context.store, document)), width)

    @reading
    def preview_attachment(self, attachment: Attachment, width: int) -> Sequence[PageImage]:
        """Pages of an attached PDF or picture; empty for other kinds."""
        return draw(self._context.store.attachments.open_bytes(attachment.sha256), attachment.media_type, width)

    @needs(Act.EXPORT)
    def write_pdf(self, local_id: str, path: Path) -> None:
        """Writes the forms of a dossier as one PDF, whole or not at all. Raises DeskError not_writable."""
        dossier = self._context.store.drafts.get(local_id)
        store = self._context.store
        with under(dossier.pack):
            pages = [print_document(one, pictures(store, one)) for one in dossier.documents]
        write_whole(path, merge(pages))

    @reading
    def file_stem(self, local_id: str) -> str:
        """A plain file name for a dossier's paper: number and title without diacritics."""
        dossier = self._context.store.drafts.get(local_id)
        words = re.sub(r"[^a-z0-9]+", "-", fold(dossier.title)).strip("-")
        return f"{dossier.number}-{words[:60]}".rstrip("-")

    @needs(Act.EXPORT)
    def export_rows(self, path: Path, query: RowQuery) -> None:
        """Writes the whole list that matches to a spreadsheet (xlsx or csv by the name)."""
        rows: list[Sequence[str | int]] = []
        offset = 0
        while True:
            block = self._context.store.projection.rows(replace(query, offset=offset, limit=EXPORT_BLOCK))
            rows += [(r.number, r.kind_label, r.title, r.amount, r.status.label, r.updated_at) for r in block]
            if len(block) < EXPORT_BLOCK:
                break
            offset += EXPORT_BLOCK
        export_rows(path, HEADERS, rows)

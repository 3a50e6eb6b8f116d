"""«Giấy từ Kho bạc»: receipts, notices of refusal and refunds: others write them, the unit reads and prints them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from desktop.desk.allowing import needs, reading
from desktop.desk.context import DeskContext
from desktop.desk.errors import DeskError
from desktop.desk.output import write_whole
from desktop.dossier.dates import format_date
from desktop.dossier.duties import Act
from desktop.dossier.figure_words import FigureView, figure_views
from desktop.dossier.pack import SHELF, under
from desktop.dossier.paper_views import NoticeRow, PaperView, notice_rows
from desktop.exchange.export import export_rows
from desktop.exchange.printing import print_document

HEADERS = ("Ngày", "Loại", "Số", "Nơi lập hoặc người nhận", "Nội dung", "Số tiền (đ)", "Tình trạng")


class TreasuryPapers:
    """Reads for the list and the detail pane; writing is slow work."""

    def __init__(self, context: DeskContext) -> None:
        self._context = context

    @reading
    def notices(self, text: str = "", sort: str = "at", *, descending: bool = True) -> Sequence[NoticeRow]:
        """Papers and refunds as one list."""
        notices = self._context.store.notices
        return notice_rows(notices.papers(), notices.refunds(), text, sort, descending=descending)

    @needs(Act.EXPORT)
    def write_paper(self, paper: PaperView, path: Path) -> None:
        """Writes one paper as a PDF. Raises DeskError not_readable, not_writable."""
        if paper.document is None:
            raise DeskError(
                "not_readable", "Giấy này lập theo bộ mẫu mới hơn. Cập nhật bộ mẫu hoặc chương trình rồi mở lại."
            )
        with under(paper.pack):
            pdf = print_document(paper.document)
        write_whole(path, pdf)

    @needs(Act.EXPORT)
    def export_notices(self, path: Path, rows: Sequence[NoticeRow]) -> None:
        """Writes the list as it is shown to a spreadsheet (xlsx or csv by the name)."""
        lines = [(format_date(r.at[:10]), r.kind, r.number, r.who, r.text, r.amount, r.status) for r in rows]
        export_rows(path, HEADERS, lines)


def figures_of(context: DeskContext, local_id: str) -> tuple[FigureView, ...]:
    """What the Treasury wrote into a dossier, in words; () when nothing, or when its form pack is gone."""
    figures = context.store.notices.figures(local_id)
    if not figures:
        return ()
    dossier = context.store.drafts.get(local_id)
    if dossier.pack not in SHELF.versions():
        return ()
    with under(dossier.pack):
        return figure_views(dossier, figures)

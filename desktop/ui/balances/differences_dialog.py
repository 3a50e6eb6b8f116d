"""«Khoản lệch»: figure by figure what the unit and the Treasury have, and what may explain it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QDialog, QWidget

from desktop.dossier.book import Cause, Difference
from desktop.dossier.errors import VungXaError
from desktop.dossier.money import format_vnd
from desktop.ui.background import Worker
from desktop.ui.balances.book_table import BookTable, MoneyModel
from desktop.ui.balances.services import BookService
from desktop.ui.kit.basic import button, clear, column, label, row
from desktop.ui.kit.cells import Cell, Kind
from desktop.ui.kit.scroll import scrolled
from desktop.ui.kit.signs import card
from desktop.ui.settings.list_model import Line, sorted_text
from desktop.ui.theme import fit, px

HEADS = ("Nguồn / khoản / mục", "Số liệu", "Đơn vị", "Kho bạc", "Lệch (đ)", "Có thể do")
WIDTHS = (170, 0, 118, 118, 118, 92)
READING = "Đang so từng dòng…"
AGREES = "Kho bạc không ghi số nào khác. Xem lý do trong hồ sơ."
NO_CAUSE = "Chưa thấy nguyên nhân trong sổ. Hỏi Kho bạc dòng này, rồi sửa bảng hoặc tạo bản sửa."


class DifferencesDialog(QDialog):
    """`opens` is called with a dossier: a cause's, or the table's own."""

    def __init__(
        self,
        worker: Worker,
        service: BookService,
        local_id: str,
        title: str,
        opens: Callable[[str], object],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._opens, self._local_id = opens, local_id
        self.found: Sequence[Difference] = ()
        self.setWindowTitle(f"Khoản lệch, {title}")
        fit(self, 900, 520)
        box = column(self, (14, 12, 14, 12), 8)
        box.addWidget(label(title, "h2", wrap=True))
        self._count = label("", "muted", wrap=True)
        box.addWidget(self._count)
        self.table = BookTable("Khoản lệch", MoneyModel(HEADS, {2, 3, 4}), WIDTHS, READING, opened=self.open_cause)
        self.table.selectionModel().currentRowChanged.connect(lambda *_places: self._explain())
        made = card()
        column(made, (1, 1, 1, 1)).addWidget(self.table)
        box.addWidget(made, 3)
        area, self._causes = scrolled((12, 8, 12, 8), 6, "Nguyên nhân có thể")
        about = card()
        column(about, (1, 1, 1, 1)).addWidget(area)
        about.setMinimumHeight(px(110))
        box.addWidget(about, 2)
        foot = row(gap=8)
        foot.addStretch(1)
        foot.addWidget(button("Mở bảng đối chiếu", "folder-open", "primary", lambda: self._leave(local_id)))
        foot.addWidget(button("Đóng", run=self.reject))
        box.addLayout(foot)
        self.finished.connect(self.deleteLater)
        worker.submit(self, lambda: service.compare(local_id), self._show, self._failed)
        self.table.setFocus()

    def _show(self, found: Sequence[Difference]) -> None:
        self.found = found
        lines = len({(one.document, one.row) for one in found})
        self._count.setText(
            f"{len(found)} số liệu lệch ở {lines} dòng. Lệch = số Kho bạc − số đơn vị." if found else ""
        )
        self.table.say_none(AGREES)
        self.table.fill([_line(place, one) for place, one in enumerate(found)])
        self.table.choose(0)
        self._explain()

    def _failed(self, error: VungXaError) -> None:
        self._count.setText(error.message)
        self.table.say_none("Chưa so được.")

    def chosen(self) -> Difference | None:
        """Give the figure under the cursor."""
        key = self.table.key
        return self.found[int(key)] if key else None

    def _explain(self) -> None:
        clear(self._causes)
        one = self.chosen()
        if one is None:
            return
        self._causes.addWidget(label(f"{one.line}, {one.column.lower()}: có thể do", "section", wrap=True))
        for cause in one.causes:
            self._add_cause(cause)
        if not one.causes:
            self._causes.addWidget(label(NO_CAUSE, "muted", wrap=True))
        self._causes.addStretch(1)

    def _add_cause(self, cause: Cause) -> None:
        line = row(gap=8)
        line.addWidget(label(cause.sentence, wrap=True), 1)
        if cause.local_id:
            made = button("Mở hồ sơ", "folder-open", "small", lambda: self._leave(cause.local_id))
            made.setAccessibleName(f"Mở hồ sơ. {cause.sentence}")
            line.addWidget(made)
        self._causes.addLayout(line)

    def open_cause(self) -> None:
        """Open the dossier of the likeliest cause, the table itself where there is none."""
        one = self.chosen()
        known = [cause.local_id for cause in one.causes if cause.local_id] if one is not None else []
        self._leave(known[0] if known else self._local_id)

    def _leave(self, local_id: str) -> None:
        self.accept()
        self._opens(local_id)


def _line(place: int, one: Difference) -> Line:
    causes = f"{len(one.causes)} điều" if one.causes else "chưa rõ"
    plus = "+" if one.difference > 0 else ""
    cells = (
        Cell(text=one.line, weight=500),
        Cell(text=one.column),
        Cell(Kind.MONEY, format_vnd(one.ours)),
        Cell(Kind.MONEY, format_vnd(one.theirs)),
        Cell(Kind.MONEY, plus + format_vnd(one.difference), weight=600, tint="red"),
        Cell(text=causes, faded=not one.causes),
    )
    sorts = (one.line, sorted_text(one.column), one.ours, one.theirs, abs(one.difference), len(one.causes))
    return Line(str(place), cells, sorts, "", f"{one.line}, {one.column}")

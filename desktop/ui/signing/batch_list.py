"""The list of a batch with its foot: what is ticked, and what that comes to."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from PySide6.QtCore import QModelIndex
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame

from desktop.dossier.sign_views import SignItem
from desktop.ui.kit.basic import ElidedLabel, button, column, frame, label, row
from desktop.ui.kit.tables import ListTable
from desktop.ui.signing.batch_model import FILES, PAYEES, STATE, WIDTHS, BatchModel
from desktop.ui.theme import px
from desktop.ui.wording import dong

ROOM = 700
"""Design pixels of width under which a list leaves out its narrowest columns."""


class BatchList(QFrame):
    """Space ticks, Enter opens, `chosen` is told of the dossier with the cursor, `digest` writes «Bảng kê trình ký»."""

    def __init__(
        self,
        model: BatchModel,
        toggle: Callable[[], object],
        chosen: Callable[[SignItem | None], object],
        digest: Callable[[], object],
        opened: Callable[[], object],
        widths: Sequence[int] = WIDTHS,
        hidden: Collection[int] = (),
    ) -> None:
        super().__init__()
        self._widths, self._hidden = tuple(widths), frozenset(hidden)
        self.setProperty("k", "card")
        self._model, self._chosen = model, chosen
        box = column(self, (1, 1, 1, 1))
        self.table = ListTable("Hồ sơ chờ ký", model, self._widths)
        self.table.setAccessibleDescription("Dấu cách để chọn hoặc bỏ một hồ sơ")
        self.table.selectionModel().currentRowChanged.connect(self._moved)
        self.table.on_tick(toggle)
        self.table.on_open(opened)
        box.addWidget(self.table, 1)
        foot = frame("tablefoot")
        foot.setFixedHeight(px(34))
        line = row(foot, (12, 0, 12, 0), 8)
        self.count, self.total = label("", "strong"), label("", "equals")
        line.addWidget(self.count)
        self.digest = button("Bảng kê trình ký", "printer", "link", digest)
        self.digest.setToolTip("Ghi các hồ sơ đã chọn ra một bảng kê PDF để đọc trước khi ký")
        line.addWidget(self.digest)
        self.details = button("Bạn đang ký gì", "eye", "link", opened, "Enter")
        self.details.setVisible(False)
        line.addWidget(self.details)
        line.addWidget(ElidedLabel("Dấu cách để chọn hoặc bỏ một hồ sơ", "caption"), 1)
        line.addWidget(label("Tổng", "muted"))
        line.addWidget(self.total)
        box.addWidget(foot)

    def _moved(self, now: QModelIndex, _before: QModelIndex) -> None:
        self._chosen(self.item(now.row()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the content room: what the panel says too is left out of a narrow list."""
        super().resizeEvent(event)
        gone = {column for column, below in ((FILES, ROOM), (PAYEES, ROOM - 80)) if self.width() < px(below)}
        for place in (PAYEES, FILES, STATE):
            self.table.setColumnHidden(place, place in self._hidden | gone)
        self.table.set_widths([0 if place in self._hidden | gone else w for place, w in enumerate(self._widths)])

    def item(self, place: int | None = None) -> SignItem | None:
        """Give the dossier of a row, or the one with the cursor."""
        place = self.table.current_row() if place is None else place
        return self._model.items[place] if 0 <= place < len(self._model.items) else None

    def sum_up(self, items: Sequence[SignItem]) -> None:
        """Say how many will be signed and what they come to."""
        files = sum(len(item.documents) for item in items)
        self.count.setText(f"{len(items)} hồ sơ sẽ ký, {files} tài liệu")
        self.total.setText(dong(sum(item.amount for item in items)))
        self.digest.setEnabled(bool(self._model.marked()))

"""What is away at another machine, or here for one: since when, and how to get a dossier back."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QDialog, QWidget

from desktop.dossier.duties import Act
from desktop.dossier.errors import VungXaError
from desktop.dossier.handover_views import HandoverLine
from desktop.ui.context import Context
from desktop.ui.kit.allowing import needs
from desktop.ui.kit.basic import button, column, label, row
from desktop.ui.kit.cells import Cell, cell_data
from desktop.ui.kit.signs import Banner
from desktop.ui.kit.tables import ListTable
from desktop.ui.signing.hand_out_dialog import HandOutDialog, Travelling
from desktop.ui.signing.services import HandoverService
from desktop.ui.theme import fit
from desktop.ui.wording import stamp

Index = QModelIndex | QPersistentModelIndex
HEADS = ("Mã", "Nội dung", "Máy", "Từ lúc")
TAKE_BACK = (
    "Tệp bị mất hoặc không chuyển lại nữa thì lấy lại để ký ở máy này. "
    "Chữ ký từ máy kia về muộn vẫn nhận được, nếu hồ sơ chưa đổi."
)


class AwayModel(QAbstractTableModel):
    """One dossier a row."""

    def __init__(self, lines: Sequence[HandoverLine]) -> None:
        super().__init__()
        self.lines = list(lines)

    def drop(self, local_id: str) -> None:
        """Leave out a dossier that was taken back."""
        self.beginResetModel()
        self.lines = [line for line in self.lines if line.local_id != local_id]
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Give the number of dossiers."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Give the number of columns."""
        return 0 if parent.isValid() else len(HEADS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Give the heads."""
        wanted = orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole
        return HEADS[section] if wanted else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Give one cell."""
        line = self.lines[index.row()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return line.words
        cells = (
            Cell(text=line.number, weight=600),
            Cell(text=line.title, second=line.words),
            Cell(text=line.machine or "–"),
            Cell(text=stamp(line.at)),
        )
        return cell_data(cells[index.column()], role)


class AwayDialog(QDialog):
    """Lists what travels; a dossier given out can be taken back."""

    def __init__(
        self, context: Context, service: HandoverService, lines: Sequence[HandoverLine], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._context, self._service = context, service
        self.setWindowTitle("Hồ sơ ở máy khác")
        fit(self, 820, 520)
        box = column(self, (16, 14, 16, 14), 10)
        box.addWidget(label("Hồ sơ chuyển giữa các máy", "h2"))
        self.problem = Banner("red", "circle-alert")
        self.problem.setVisible(False)
        box.addWidget(self.problem)
        self.model = AwayModel(lines)
        self.table = ListTable("Hồ sơ chuyển giữa các máy", self.model, (58, 0, 150, 100), 46)
        self.table.selectionModel().currentRowChanged.connect(lambda *_rows: self._update())
        box.addWidget(self.table, 1)
        box.addWidget(label(TAKE_BACK, "caption", wrap=True))
        foot = row(gap=8)
        foot.addStretch(1)
        self.drop = button("Bỏ khỏi máy này", "trash-2", run=self.drop_guest)
        self.back = button("Lấy lại để ký ở máy này", "undo-2", run=self.take_back)
        self.send = button("Ghi chuyển lại…", "usb", "primary", self._hand_back)
        for made in (self.drop, self.back, self.send):
            foot.addWidget(made)
        foot.addWidget(button("Đóng", run=self.accept))
        box.addLayout(foot)
        self.finished.connect(self.deleteLater)
        self.table.choose(0)
        self._update()

    def _line(self) -> HandoverLine | None:
        place = self.table.current_row()
        return self.model.lines[place] if 0 <= place < len(self.model.lines) else None

    def _guests(self) -> list[HandoverLine]:
        """Those that go back together with the chosen one: a file is for one machine."""
        line = self._line()
        if line is None or not line.guest:
            return []
        return [other for other in self.model.lines if other.guest and other.machine == line.machine]

    def _update(self) -> None:
        line = self._line()
        guest = line is not None and line.guest
        self.back.setVisible(line is not None and not guest)
        self.back.setEnabled(line is not None and line.kind == "out" and not guest)
        self.drop.setVisible(guest)
        self.send.setVisible(guest)
        self.send.setText(f"Chuyển lại {len(self._guests())} hồ sơ…")
        self.send.setAccessibleName(self.send.text())

    @needs(Act.SIGN)
    def _hand_back(self) -> None:
        rows = [Travelling(line.local_id, line.number) for line in self._guests()]
        if rows:
            dialog = HandOutDialog(self._context, self._service, rows, self, back=True)
            dialog.finished.connect(self.accept)
            dialog.open()

    @needs(Act.WITHDRAW)
    def drop_guest(self) -> None:
        """Take the chosen dossier of another machine off this one."""
        self._do(self._service.drop_guest)

    @needs(Act.WITHDRAW)
    def take_back(self) -> None:
        """Wait no more for the other machine: the chosen dossier is signed here."""
        self._do(self._service.take_back)

    def _do(self, act: Callable[[str], None]) -> None:
        line = self._line()
        if line is not None:
            self._context.workers.paper.submit(
                self, lambda: act(line.local_id), lambda _none: self._took(line.local_id), self._failed
            )

    def _took(self, local_id: str) -> None:
        self.model.drop(local_id)
        self._context.bus.changed.emit()
        self.table.choose(0)
        self._update()

    def _failed(self, error: VungXaError) -> None:
        self.problem.say("red", "circle-alert", error.message)
        self.problem.setVisible(True)
        self._update()

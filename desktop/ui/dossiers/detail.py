"""The pane beside the list: why it was returned, what to do, what was signed, what happened."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLayout, QPushButton, QSizePolicy, QVBoxLayout

from desktop.dossier.lifecycle import State
from desktop.dossier.paper_views import PaperView
from desktop.dossier.views import DossierDetail, FileView, TimeNote
from desktop.ui.dossiers.from_treasury import add_from_treasury
from desktop.ui.dossiers.timeline import Timeline
from desktop.ui.kit.basic import ElidedLabel, button, clear, column, icon_button, label, picture, row, rule
from desktop.ui.kit.scroll import scrolled
from desktop.ui.kit.signs import Badge, Banner, Dot
from desktop.ui.kit.times import TimeLine
from desktop.ui.texts import tr
from desktop.ui.theme import px, tokens
from desktop.ui.wording import dong, size, stamp

REASONS = {
    State.RETURNED: "Vì sao bị trả lại",
    State.SUPPLEMENT: "Kho bạc yêu cầu bổ sung, lần duy nhất",
    State.REFUSED: "Vì sao không nhận",
    State.PAPER: "Vì sao nộp giấy",
}


class DetailPane(QFrame):
    """Shows one DossierDetail; the page supplies what the buttons do, by name.

    Without any, for a dossier of a closed year, there are no buttons and its history has years.
    """

    def __init__(
        self, actions: dict[str, Callable[[], object]], show_paper: Callable[[PaperView], object] = lambda _paper: None
    ) -> None:
        super().__init__()
        self.setProperty("k", "card")
        self.setFixedWidth(px(344))
        self.setAccessibleName("Chi tiết hồ sơ")
        self._actions, self._show_paper = actions, show_paper
        self._time: TimeLine | None = None
        area, self._box = scrolled((13, 10, 13, 10), 7, "Chi tiết hồ sơ, cuộn bằng phím mũi tên")
        column(self, (1, 1, 1, 1)).addWidget(area)
        self.show_nothing()

    def show_nothing(self) -> None:
        """Say that no dossier is chosen."""
        self._time = None
        clear(self._box)
        self._box.addWidget(label("Chọn một hồ sơ trong danh sách để xem chi tiết.", "muted", wrap=True))
        self._box.addStretch(1)

    def show_detail(self, detail: DossierDetail) -> None:
        """Show one dossier."""
        clear(self._box)
        self._heading(detail)
        if detail.reason:
            icon = detail.row.status.icon
            title = REASONS.get(detail.row.status.state, detail.row.status.label)
            self._box.addWidget(Banner(detail.row.status.colour, icon, title, detail.reason))
        if self._actions:
            self._box.addLayout(self._buttons(detail.row.status.state))
        self._time = TimeLine()
        self._box.addWidget(self._time)  # before it shows itself: without a place it would be a window of its own
        self._time.show_note(detail.time)
        self._facts(detail)
        add_from_treasury(self._box, detail, self._show_paper)
        self._files(detail)
        if detail.steps and detail.row.status.state is State.TO_SIGN:
            self._steps(detail)
        if detail.history:
            self._box.addWidget(rule())
            self._box.addWidget(label(tr("Diễn biến"), "section"))
            self._box.addWidget(Timeline(detail.history, past=not self._actions))
        self._box.addStretch(1)

    def tick(self, note: TimeNote | None) -> None:
        """Keep the time left until the cut-off true while the pane stands."""
        if self._time is not None:
            self._time.tick(note)

    def _heading(self, detail: DossierDetail) -> None:
        top = row(gap=8)
        top.addWidget(label(detail.row.number, "strong", "slate"))
        top.addStretch(1)
        status = detail.row.status
        top.addWidget(Badge(status.label, status.icon, status.colour))
        self._box.addLayout(top)
        self._box.addWidget(label(detail.row.title, "title", wrap=True))
        self._box.addWidget(label(dong(detail.row.amount), "key"))

    def _buttons(self, state: State) -> QLayout:
        box = row(gap=5)
        first = {State.RETURNED: "correct", State.REFUSED: "correct", State.SUPPLEMENT: "correct"}.get(state, "open")
        words = {"correct": ("Tạo bản sửa", "square-pen"), "open": ("Mở", "folder-open")}[first]
        box.addWidget(button(tr(words[0]), words[1], "primary", self._actions[first]))
        box.addWidget(button(tr("In"), "printer", "", self._actions["print"], "Ctrl+P"))
        box.addWidget(button(tr("Sao chép"), "copy", "", self._actions["copy"]))
        if state in (State.DRAFT, State.TO_SIGN) and "paper" in self._actions:
            box.addWidget(icon_button("files", "In bộ giấy…", self._actions["paper"]))
        if state is State.DRAFT:
            box.addWidget(icon_button("trash-2", "Xóa bản soạn", self._actions["delete"]))
        elif state in (State.TO_SIGN, State.PAPER):
            box.addWidget(icon_button("undo-2", "Rút về bước soạn", self._actions["withdraw"]))
        for place in range(1, box.count()):
            item = box.itemAt(place)
            widget = item.widget() if item is not None else None
            if isinstance(widget, QPushButton):
                widget.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        return box

    def _facts(self, detail: DossierDetail) -> None:
        facts = (
            ("Nguồn, khoản", detail.source_line),
            ("Đơn vị nhận", detail.payee),
            ("Biên nhận", detail.receipt_no),
            ("Mã số hồ sơ", detail.official_code),
        )
        known = [(name, words) for name, words in facts if words]
        if known:
            self._box.addWidget(rule())
        for name, words in known:
            line = row(gap=8)
            key = label(name, "caption")
            key.setFixedWidth(px(90))
            line.addWidget(key, 0, Qt.AlignmentFlag.AlignTop)
            line.addWidget(label(words, "", wrap=True), 1)
            self._box.addLayout(line)

    def _files(self, detail: DossierDetail) -> None:
        files = [*detail.documents, *detail.attachments]
        if not files:
            return
        frozen = all(file.sha256 for file in files)
        self._box.addWidget(rule())
        self._box.addWidget(
            label(f"Tài liệu đã ký ({len(files)})" if frozen else f"Tài liệu ({len(files)})", "section")
        )
        for file in files:
            self._box.addLayout(_file_line(file, file in detail.documents))

    def _steps(self, detail: DossierDetail) -> None:
        self._box.addWidget(rule())
        self._box.addWidget(label("Chữ ký", "section"))
        for step in detail.steps:
            line = row(gap=6)
            line.addWidget(Dot(step.state))
            line.addWidget(label(step.title))
            line.addStretch(1)
            words = (
                f"{step.name}, {stamp(step.when)}" if step.when else "đến lượt" if step.state == "turn" else step.name
            )
            line.addWidget(label(words, "caption", "violet" if step.state == "turn" else ""))
            self._box.addLayout(line)


def _file_line(file: FileView, form: bool) -> QLayout:
    line = row(gap=6)
    line.addWidget(picture("file-check" if form else "file-text", tokens().muted, 15))
    name = ElidedLabel(file.title)
    if file.sha256:
        name.setToolTip(f"{file.title}\nSHA-256 {file.sha256}")
    line.addWidget(name, 1)
    line.addWidget(label(size(file.size) if file.size else "", "caption"))
    return line


def fill(box: QVBoxLayout, detail: DossierDetail) -> None:
    """Fill any column with a dossier's history, for the editor's tab «Diễn biến»."""
    clear(box)
    box.addWidget(Timeline(detail.history) if detail.history else label("Chưa có diễn biến nào.", "muted"))
    box.addStretch(1)

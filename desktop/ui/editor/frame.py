"""What the editor is made of, before anything happens in it: head, tabs, form and paper side by side, estimate."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QLineEdit, QSplitter, QStackedWidget, QWidget

from desktop.dossier.duties import Act, for_whom
from desktop.dossier.lifecycle import State
from desktop.ui.beneficiaries.acknowledge import ChangedStrip
from desktop.ui.context import Context
from desktop.ui.dossiers.detail import fill
from desktop.ui.editor.draft import Draft
from desktop.ui.editor.estimate_bar import EstimateBar
from desktop.ui.editor.moved_strip import MovedStrip
from desktop.ui.editor.preview import Preview
from desktop.ui.editor.problem_list import ProblemList
from desktop.ui.editor.tabs import Tabs
from desktop.ui.editor.unsaved_strip import UnsavedStrip
from desktop.ui.kit.basic import button, column, frame, icon_button, keycap, label, row, rule
from desktop.ui.kit.page import Page
from desktop.ui.kit.signs import Badge, Banner
from desktop.ui.texts import tr
from desktop.ui.theme import px

_CORRECT = "Ở danh sách hồ sơ, bấm «Tạo bản sửa» để sửa rồi trình ký lại."
FROZEN = {
    State.TO_SIGN: "Ở danh sách hồ sơ, bấm «Rút về bước soạn» để sửa; chữ ký đã có sẽ mất.",
    State.PAPER: "Hồ sơ đã nộp giấy. Ở danh sách hồ sơ, bấm «Rút về bước soạn» nếu chưa nộp.",
    State.RETURNED: _CORRECT,
    State.SUPPLEMENT: _CORRECT,
    State.REFUSED: _CORRECT,
}
"""What to do about a dossier that can no longer be changed, by its state."""


class EditorFrame(Page):
    """The editor's widgets and where they stand; EditorPage gives them their work."""

    narrow_nav = True

    def __init__(self, context: Context, draft: Draft) -> None:
        super().__init__(head_height=46)
        self.draft, self.desk = draft, context.services.desk
        self.draft.setParent(self)
        self._fill_head()
        self.body.setContentsMargins(px(12), px(5), px(12), px(8))
        self.body.setSpacing(0)
        self.body.addLayout(self._tab_line())
        self.preview = Preview(context.workers.paper)
        self.body.addWidget(self._workspace(), 1)
        self.body.addSpacing(px(9))
        self.estimate = EstimateBar()
        self.body.addWidget(self.estimate)
        self.past = QWidget()
        self.past.setObjectName("scrolled")
        fill(column(self.past, (14, 12, 14, 12), 8), draft.detail)
        for widget in (self.check_button, self.check_keys, self.submit_button, self.submit_keys, self.more):
            widget.setVisible(draft.editable)
        self.frozen.setVisible(not draft.editable)
        self.general.setVisible(False)

    def _fill_head(self) -> None:
        status = self.draft.detail.row.status
        self.back = button(tr("Hồ sơ"), "arrow-left", "back", hint="Esc")
        self.title = self._title()
        self.badge = Badge(status.label, status.icon, status.colour)
        self.check_button = button(tr("Kiểm tra"), "list-checks")
        self.submit_button = button(tr("Trình ký"), "pen-line", "primary")
        self.check_keys, self.submit_keys = keycap("F9"), keycap("Ctrl+Enter")
        self.head.setContentsMargins(px(8), 0, px(14), 0)
        for widget in (self.back, rule(upright=True), label(self.draft.dossier.number, "number")):
            self.head.addWidget(widget)
        self.head.addWidget(self.title, 4)
        self.head.addWidget(self.badge)
        self.head.addStretch(1)
        for widget in (self.check_button, self.check_keys, self.submit_button, self.submit_keys):
            self.head.addWidget(widget)

    def _title(self) -> QLineEdit:
        made = QLineEdit(self.draft.dossier.title)
        made.setProperty("k", "title")
        made.setCursorPosition(0)
        made.setAccessibleName("Tên hồ sơ")
        made.setPlaceholderText("Đặt tên cho hồ sơ")
        made.setReadOnly(not self.draft.editable)
        return made

    def _tab_line(self) -> QHBoxLayout:
        self.tabs = Tabs()
        self.more = icon_button("plus", "Thêm hoặc bỏ chứng từ của hồ sơ")
        self.last = label("", "caption")
        self.urgent = QCheckBox("Gửi gấp")
        self.urgent.setAccessibleDescription("Gói gấp đi trước các gói khác")
        self.urgent.setEnabled(self.draft.editable)
        line = row(gap=8)
        line.addWidget(self.tabs)
        line.addWidget(self.more)
        line.addStretch(1)
        line.addWidget(self.last)
        line.addWidget(self.urgent)
        return line

    def _workspace(self) -> QSplitter:
        split = self.split = QSplitter(Qt.Orientation.Horizontal)
        split.setHandleWidth(px(10))
        split.addWidget(self._card())
        split.addWidget(self.preview)
        split.setStretchFactor(0, 1)
        split.setSizes([px(818), px(462)])
        split.setChildrenCollapsible(False)
        return split

    def _why_frozen(self) -> tuple[str, str, str]:
        """Say why nothing can be changed here: icon, title and what can be done."""
        if not self.draft.frozen:
            return "eye", "Bạn chỉ xem hồ sơ này. Chữ và số vẫn chọn và chép được.", for_whom(Act.DRAFT)
        why = FROZEN.get(self.draft.detail.row.status.state, "Muốn lập hồ sơ giống thế này thì sao chép ở danh sách.")
        return "lock", "Hồ sơ đã trình ký nên không sửa được.", why

    def _card(self) -> QFrame:
        made = frame("card")
        box = column(made, (1, 1, 1, 1))
        self.frozen = Banner("blue", *self._why_frozen())
        self.general = ProblemList()
        self.general.setContentsMargins(px(10), px(4), px(10), 0)
        self.changed = ChangedStrip(self.desk, self.draft)
        self.moved = MovedStrip()
        self.unsaved = UnsavedStrip(self.draft)
        self.stack = QStackedWidget()
        box.addWidget(self.frozen)
        box.addWidget(self.unsaved)
        box.addWidget(self.moved)
        box.addWidget(self.general)
        box.addWidget(self.changed)
        box.addWidget(self.stack, 1)
        return made

    def _name_it(self) -> None:
        """Take the dossier's title as it is typed, and as a step once it is left."""
        self.title.textEdited.connect(lambda text: self.draft.hold(lambda: self.draft.set_title(text.strip())))
        self.title.editingFinished.connect(lambda: self.draft.set_title(self.title.text().strip()))
        self.title.editingFinished.connect(lambda: self.draft.hold(None))

    def take_typed(self) -> None:
        """Take what stands in a field or a cell nobody left yet, by leaving it."""
        focused = self.focusWidget()
        if focused is not None:
            focused.clearFocus()

    def keep(self) -> bool:
        """Save everything typed; False when it could not be saved."""
        self.take_typed()
        return self.draft.flush()

    def may_leave(self) -> bool:
        """Save everything typed; what cannot be saved keeps the editor open once."""
        self.take_typed()
        return self.draft.may_leave()

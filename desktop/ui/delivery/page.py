"""«Gửi kho bạc»: the queue, the link, pause and send now. It reads the store; the sync thread does the work."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame

from desktop.dossier.duties import Act
from desktop.dossier.views import DeliveryView, QueueItem
from desktop.ui.context import Context
from desktop.ui.delivery.current import CurrentCard
from desktop.ui.delivery.queue_model import WIDTHS, QueueModel
from desktop.ui.delivery.side import Side
from desktop.ui.kit.allowing import needs
from desktop.ui.kit.basic import button, column, frame, keycap, label, row, set_button_icon
from desktop.ui.kit.page import WIDE_FROM, Page
from desktop.ui.kit.signs import card
from desktop.ui.kit.tables import ListTable
from desktop.ui.texts import tr
from desktop.ui.theme import px
from desktop.ui.wording import size


class DeliveryPage(Page):
    """Will it get there today?"""

    hints = (("Ctrl+Enter", "gửi gói này"), ("F5", "thử kết nối"))

    def __init__(self, context: Context) -> None:
        super().__init__(tr("Gửi kho bạc"))
        self._context, self._delivery = context, context.services.delivery
        self._view: DeliveryView | None = None
        self._chosen = ""
        self._sub = label("", "muted")
        self.head.addWidget(self._sub)
        self.head.addStretch(1)
        self.test = button("Thử kết nối", "refresh-cw", "", self.test_link, "F5")
        self.pause = button(tr("Tạm dừng"), "pause", "primary", self.toggle_pause, "Ctrl+T")
        for widget in (self.test, self.pause, keycap("Ctrl+T")):
            self.head.addWidget(widget)
        main, left = row(gap=10), column(gap=10)
        self.current = CurrentCard()
        left.addWidget(self.current)
        left.addWidget(self._queue(), 1)
        main.addLayout(left, 1)
        self.side = Side()
        main.addWidget(self.side)
        self.body.addLayout(main, 1)
        self.keys("Ctrl+Return", self.send_now)
        self.keys("F6", lambda: self.side.setVisible(not self.side.isVisible()))

    def _queue(self) -> QFrame:
        made = card()
        box = column(made, (1, 1, 1, 1))
        self.model = QueueModel()
        self.table = ListTable("Hàng chờ gửi", self.model, WIDTHS, 50)
        self.table.selectionModel().currentRowChanged.connect(lambda *_places: self._update())
        self.model.modelReset.connect(self._keep_cursor)
        box.addWidget(self.table, 1)
        foot = frame("tablefoot")
        foot.setFixedHeight(px(38))
        line = row(foot, (9, 0, 10, 0), 6)
        self.now = button("Gửi gói này ngay", "chevrons-up", "small", self.send_now, "Ctrl+Enter")
        self.hold = button("Tạm dừng gói này", "pause", "small", self.toggle_item)
        self.show_dossier = button("Mở hồ sơ", "folder-open", "small", self.open_dossier)
        for widget in (self.now, self.hold, self.show_dossier):
            line.addWidget(widget)
        line.addStretch(1)
        self._note = label("Gói nhỏ và gói gấp đi trước. Rớt mạng, máy gửi tiếp chỗ dở.", "caption")
        line.addWidget(self._note)
        box.addWidget(foot)
        return made

    def start(self) -> None:
        """Begin in the list."""
        self.table.setFocus()

    def refresh(self) -> None:
        """Read the queue again."""
        self.show_view(self._delivery.view())

    def show_view(self, view: DeliveryView) -> None:
        """Show the queue as it stands."""
        if view == self._view:
            return
        self._view = view
        self.model.show(view.items)
        self.current.show_view(view)
        self.side.show_view(view)
        waiting = f"{len(view.items)} gói, {size(view.total_bytes)}, đã mã hóa trên máy này"
        self._sub.setText(waiting if view.items else "Hàng chờ trống")
        words, icon = (tr("Gửi tiếp"), "play") if view.paused else (tr("Tạm dừng"), "pause")
        if self.pause.text() != words:
            self.pause.setText(words)
            self.pause.setAccessibleName(words)
            set_button_icon(self.pause, icon)
        if self.table.current_row() < 0:
            self.table.choose(0)
        self._update()

    def _keep_cursor(self) -> None:
        ids = [item.package_id for item in self.model.items]
        self.table.choose(ids.index(self._chosen) if self._chosen in ids else 0)

    def item(self) -> QueueItem | None:
        """Give the package with the cursor."""
        index: QModelIndex = self.table.currentIndex()
        return self.model.items[index.row()] if 0 <= index.row() < len(self.model.items) else None

    def _update(self) -> None:
        item = self.item()
        self._chosen = item.package_id if item is not None else self._chosen
        waiting = item is not None and (item.sent < item.size or item.size == 0)
        self.now.setEnabled(waiting)
        self.hold.setEnabled(waiting)
        self.show_dossier.setEnabled(item is not None)
        words, icon = (
            ("Gửi tiếp gói này", "play") if item is not None and item.paused else ("Tạm dừng gói này", "pause")
        )
        if self.hold.text() != words:
            self.hold.setText(words)
            self.hold.setAccessibleName(words)
            set_button_icon(self.hold, icon)

    @needs(Act.SEND)
    def toggle_pause(self) -> None:
        """Pause all sending, or go on."""
        paused = self._view is not None and self._view.paused
        self._context.attempt(self._delivery.resume if paused else self._delivery.pause)
        self.refresh()

    @needs(Act.SEND)
    def toggle_item(self) -> None:
        """Pause one package, or let it go on."""
        if (item := self.item()) is not None:
            act = self._delivery.resume_item if item.paused else self._delivery.pause_item
            self._context.attempt(lambda: act(item.package_id))
            self.refresh()

    @needs(Act.SEND)
    def send_now(self) -> None:
        """Put the package with the cursor first."""
        if (item := self.item()) is not None and self.now.isEnabled():
            self._context.attempt(lambda: self._delivery.send_now(item.package_id))
            self._context.bus.said.emit(f"Hồ sơ {item.number} sẽ gửi trước.", None)
            self.refresh()

    def test_link(self) -> None:
        """Wake the sync thread to try the link now."""
        self._context.attempt(self._delivery.test_link)
        self._context.bus.said.emit("Đang thử kết nối. Kết quả hiện ở thanh dưới cùng.", None)

    def open_dossier(self) -> None:
        """Show the dossier of the package with the cursor."""
        if (item := self.item()) is not None:
            self._context.bus.opened.emit(item.local_id)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold the side away on a narrow window; F6 brings it back."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.side.setVisible(self.window().width() >= px(WIDE_FROM))

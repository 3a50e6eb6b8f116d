"""The column at the right: the link, what came back, and in plain words what the machine did."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QWidget

from desktop.dossier.views import DeliveryView, LogLine, ReceivedLine
from desktop.ui.delivery.chart import LinkChart
from desktop.ui.kit.basic import button, clear, column, label, picture, row
from desktop.ui.kit.scroll import scrolled
from desktop.ui.kit.signs import card
from desktop.ui.kit.times import TimeLine
from desktop.ui.statusbar import LINK_SIGNS, link_sentence
from desktop.ui.theme import px, set_state, tokens
from desktop.ui.wording import clock


class Side(QWidget):
    """Three cards of 352 px."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedWidth(px(352))
        box = column(self, gap=10)
        self._link = card()
        inside = column(self._link, (12, 9, 12, 9), 6)
        head = row()
        head.addWidget(label("Chất lượng mạng", "h2"))
        head.addStretch(1)
        head.addWidget(label("KB/s", "caption"))
        inside.addLayout(head)
        self._chart = LinkChart()
        inside.addWidget(self._chart)
        self._words = label("", "captionstrong", wrap=True)
        inside.addWidget(self._words)
        self._time = TimeLine()
        inside.addWidget(self._time)
        box.addWidget(self._link)
        self._back = column(gap=6)
        box.addWidget(_titled("Đã nhận về", self._back))
        box.addWidget(self._log_card(), 1)
        self._received: tuple[ReceivedLine, ...] | None = None
        self._log: tuple[LogLine, ...] | None = None

    def _log_card(self) -> QFrame:
        made = card()
        inside = column(made, (12, 8, 6, 8), 5)
        head = row()
        head.addWidget(label("Máy đã làm gì", "h2"))
        head.addStretch(1)
        head.addWidget(button("Chép nhật ký", "", "link", self.copy_log))
        inside.addLayout(head)
        area, self._lines = scrolled((0, 0, 6, 0), 5, "Máy đã làm gì")
        inside.addWidget(area, 1)
        return made

    def show_view(self, view: DeliveryView) -> None:
        """Show what is new."""
        self._chart.show_link(view.link)
        self._words.setText(link_sentence(view.link))
        set_state(self._words, "tint", LINK_SIGNS.get(view.link.state, LINK_SIGNS["offline"])[1])
        self._time.show_note(view.time)
        if view.received != self._received:
            self._received = view.received
            self._show_received(view.received)
        if view.log != self._log:
            self._log = view.log
            self._show_log(view.log)

    def _show_received(self, lines: tuple[ReceivedLine, ...]) -> None:
        clear(self._back)
        for line in lines:
            across = row(gap=7)
            across.addWidget(picture(line.icon, tokens().muted, 15))
            across.addWidget(label(line.label))
            across.addWidget(label(str(line.count), "strong"))
            across.addWidget(label(line.detail, "caption", wrap=True), 1)
            self._back.addLayout(across)
        if not lines:
            self._back.addWidget(label("Chưa có gì từ Kho bạc.", "muted"))

    def _show_log(self, lines: tuple[LogLine, ...]) -> None:
        clear(self._lines)
        for line in lines:
            across = row(gap=6)
            at = label(clock(line.at), "caption")
            at.setFixedWidth(px(40))
            for widget in (at, picture(line.icon, tokens().tint(line.colour).ink, 14)):
                across.addWidget(widget, 0, Qt.AlignmentFlag.AlignTop)
            across.addWidget(label(line.text, "caption", wrap=True), 1)
            self._lines.addLayout(across)
        if not lines:
            self._lines.addWidget(label("Chưa làm gì từ lúc mở máy.", "muted"))
        self._lines.addStretch(1)

    def copy_log(self) -> None:
        """Put the log on the clipboard, to send to whoever helps; it holds no amounts and no payees."""
        lines = self._log or ()
        QGuiApplication.clipboard().setText("\n".join(f"{clock(line.at)} {line.text}" for line in lines))


def _titled(title: str, box: object) -> QFrame:
    made = card()
    inside = column(made, (12, 9, 12, 9), 6)
    inside.addWidget(label(title, "h2"))
    inside.addLayout(box)  # type: ignore[arg-type]
    return made

"""The paper as it will be signed, drawn on another thread after a pause in typing."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from desktop.dossier.errors import VungXaError
from desktop.ui.background import Worker
from desktop.ui.kit.basic import column, frame, icon_button, keycap, label, row
from desktop.ui.picture import Picture
from desktop.ui.theme import colour, px, tokens

PAUSE_MS = 150
MARGIN = 8
Draw = Callable[[int], Sequence[Picture]]
"""Draws pages so many device pixels wide; runs on the worker's thread."""


class Sheets(QWidget):
    """Pages under each other on a grey desk."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("paperScrolled")
        self._pages: list[QPixmap] = []
        self.setAccessibleName("Bản in A4")

    @property
    def pages(self) -> Sequence[QPixmap]:
        """The pages on the desk, none before they are drawn."""
        return self._pages

    def show_pages(self, pages: Sequence[QPixmap]) -> None:
        """Show other pages."""
        self._pages = list(pages)
        self.setMinimumHeight(self.sizeHint().height())
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Be as high as all pages."""
        heights = [round(page.height() / page.devicePixelRatio()) + px(MARGIN) for page in self._pages]
        return QSize(px(200), sum(heights) + px(MARGIN))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw desk and pages."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(tokens().paper_desk))
        top = px(MARGIN)
        for page in self._pages:
            wide = round(page.width() / page.devicePixelRatio())
            painter.drawPixmap((self.width() - wide) // 2, top, page)
            top += round(page.height() / page.devicePixelRatio()) + px(MARGIN)


class Preview(QFrame):
    """A card with the paper in it. `show_paper` is called after every change; only the last one is drawn.

    What cannot be drawn is said in the head, or by `tell` where the window has a better place for it. `key` is the
    key that brings it into view, "" for none.
    """

    def __init__(
        self,
        worker: Worker,
        title: str = "Bản in A4",
        hint: str = "đúng bản sẽ ký",
        tell: Callable[[VungXaError], object] | None = None,
        key: str = "F6",
    ) -> None:
        super().__init__()
        self._tell = tell
        self.setProperty("k", "card")
        self._worker, self._zoom, self._words = worker, 1.0, hint
        self._draw: Draw | None = None
        box = column(self, (1, 1, 1, 1))
        head = frame("head")
        head.setFixedHeight(px(38))
        line = row(head, (11, 0, 10, 0), 6)
        line.addWidget(label(title, "section"))
        self._hint = label(hint, "caption")
        line.addWidget(self._hint)
        line.addStretch(1)
        line.addWidget(icon_button("zoom-out", "Thu nhỏ bản in", lambda: self._scale(1 / 1.25)))
        line.addWidget(icon_button("zoom-in", "Phóng to bản in", lambda: self._scale(1.25)))
        if key:
            line.addWidget(keycap(key))
        box.addWidget(head)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._scroll.setAccessibleName("Trang bản in, cuộn bằng phím mũi tên")
        self._sheets = Sheets()
        self._scroll.setWidget(self._sheets)
        box.addWidget(self._scroll, 1)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._ask)

    def show_paper(self, draw: Draw) -> None:
        """Draw this soon; an older request that has not started is dropped."""
        self._draw = draw
        self._pause.start()

    def _scale(self, factor: float) -> None:
        self._zoom = min(3.0, max(0.5, self._zoom * factor))
        self._pause.start()

    def _ask(self) -> None:
        draw = self._draw
        if draw is None or not self.isVisible():
            return
        ratio = self.devicePixelRatioF()
        wide = round(max(px(200), (self._scroll.viewport().width() - px(2 * MARGIN)) * self._zoom) * ratio)
        self._worker.submit(
            self,
            lambda: [_image(page) for page in draw(wide)],
            lambda images: self._show(images, ratio),
            self._fail,
            str(id(self)),
        )

    def _show(self, images: Sequence[QImage], ratio: float) -> None:
        pages = [QPixmap.fromImage(image) for image in images]
        for page in pages:
            page.setDevicePixelRatio(ratio)
        self._sheets.show_pages(pages)
        self._sheets.setMinimumWidth(
            round(pages[0].width() / ratio) + px(2 * MARGIN) if pages and self._zoom > 1 else 0
        )
        self._hint.setText(f"{self._words}, {len(pages)} trang" if len(pages) > 1 else self._words)

    def _fail(self, error: VungXaError) -> None:
        self._sheets.show_pages([])
        self._hint.setText(error.message if self._tell is None else "chưa vẽ được")
        if self._tell is not None:
            self._tell(error)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw again for the new width."""
        super().resizeEvent(event)
        self._pause.start()


def _image(page: Picture) -> QImage:
    made = QImage(page.rgba, page.width, page.height, page.width * 4, QImage.Format.Format_RGBA8888)
    return made.copy()

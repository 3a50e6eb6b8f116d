"""The line at the bottom: link, queue, keys of this place, and the last durable save."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QStatusBar, QWidget

from desktop.dossier.views import DeliveryView, LinkView
from desktop.ui.kit.basic import announce, clear, keycap, label, picture, row, rule, set_picture
from desktop.ui.theme import px, set_state, tokens
from desktop.ui.wording import about, clock, rate, size

LINK_SIGNS = {
    "offline": ("wifi-off", "amber"),
    "captive": ("shield-alert", "amber"),
    "weak": ("radio-tower", "blue"),
    "good": ("wifi", "green"),
    "sending": ("upload", "blue"),
    "paused": ("pause", "amber"),
}


PHRASES = {
    "offline": "Ngoại tuyến",
    "captive": "Mạng chưa cho qua",
    "weak": "Mạng yếu",
    "good": "Mạng tốt",
    "sending": "Đang gửi",
    "paused": "Đã tạm dừng gửi",
}


def link_words(link: LinkView) -> str:
    """Say the link in one phrase: «Ngoại tuyến từ 09:42», «Mạng yếu 8,6 KB/s»; without `since` what the link says."""
    known = PHRASES.get(link.state, "") if link.since else ""
    words = known or link.text.split(". ")[0].rstrip(".")
    if link.state == "offline" and link.since:
        return f"{words} từ {clock(link.since)}"
    return (
        f"{words} {rate(link.bytes_per_second)}"
        if link.bytes_per_second and link.state in ("weak", "sending")
        else words
    )


def link_sentence(link: LinkView) -> str:
    """Say the phrase and all the link says besides: since when, why, what still works."""
    words = link_words(link)
    told = link.text.rstrip(".")
    if told != words and told.startswith(f"{words}."):
        return link.text
    return words if told in (words, "") or words.startswith(told) else f"{words}. {link.text}"


def queue_words(view: DeliveryView) -> str:
    """Say the queue in one phrase, with the time it needs when that is known."""
    waiting = [item for item in view.items if item.sent < item.size or not item.size]
    if not waiting:
        return "Không có gói nào chờ gửi"
    words = f"Hàng chờ {len(waiting)} gói · {size(max(0, view.total_bytes - view.sent_bytes))}"
    return words + (f" · {about(view.eta_seconds)}" if view.eta_seconds else "")


class StatusLine(QStatusBar):
    """Shows what must always be in sight; announces a change of the link to screen readers."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizeGripEnabled(False)
        self.setFixedHeight(px(28))
        self._icon = picture("wifi-off", tokens().tint("amber").ink, 15)
        self._link, self._queue = label("", "link"), label("", "muted")
        left = QWidget()
        box = row(left, (12, 0, 0, 0), 8)
        for widget in (self._icon, self._link, rule(upright=True), self._queue):
            box.addWidget(widget)
        self.addWidget(left)
        right = QWidget()
        self._shown: tuple[tuple[str, str], ...] = ()
        self._hints = row(gap=6)
        outer = row(right, (0, 0, 12, 0), 8)
        outer.addLayout(self._hints)
        outer.addWidget(rule(upright=True))
        self._kept = picture("circle-check", tokens().tint("green").ink, 15)
        outer.addWidget(self._kept)
        self._saved = label("Chưa có gì mới để lưu", "muted")
        outer.addWidget(self._saved)
        self.addPermanentWidget(right)

    def show_link(self, view: DeliveryView) -> None:
        """Show the link and the queue."""
        icon, tint = LINK_SIGNS.get(view.link.state, LINK_SIGNS["offline"])
        words = link_words(view.link)
        if words != self._link.text():
            set_picture(self._icon, icon, tokens().tint(tint).ink, 15)
            self._link.setText(words)
            set_state(self._link, "tint", tint)
            announce(self._link, words)
        self._link.setToolTip(link_sentence(view.link))
        self._queue.setText(queue_words(view))

    def show_saved(self, at: str) -> None:
        """Show when the last durable save was."""
        set_picture(self._kept, "circle-check", tokens().tint("green").ink, 15)
        self._saved.setText(f"Đã tự lưu {clock(at)}")
        self._saved.setToolTip("")

    def show_unsaved(self, why: str) -> None:
        """Show that the last save failed and is tried again; the tip says why."""
        set_picture(self._kept, "triangle-alert", tokens().tint("amber").ink, 15)
        self._saved.setText("Chưa lưu được, đang tự thử lại")
        self._saved.setToolTip(why)
        announce(self._saved, self._saved.text())

    def show_hints(self, hints: Sequence[tuple[str, str]]) -> None:
        """Show the keys of the place in view."""
        if tuple(hints) == self._shown:
            return
        self._shown = tuple(hints)
        clear(self._hints)
        for keys, words in hints:
            _add_hint(self._hints, keys, words)


def _add_hint(box: QHBoxLayout, keys: str, words: str) -> None:
    box.addWidget(keycap(keys))
    box.addWidget(label(words, "caption"))
    box.addSpacing(px(4))

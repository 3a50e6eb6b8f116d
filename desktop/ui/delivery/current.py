"""The card on top: which package goes now, and how far the whole queue is."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QLabel

from desktop.dossier.views import DeliveryView
from desktop.ui.kit.basic import column, frame, label, picture, row, rule, set_picture
from desktop.ui.kit.signs import ThinBar
from desktop.ui.theme import tokens
from desktop.ui.wording import about, rate, size


class CurrentCard(QFrame):
    """One sentence, one bar, five numbers."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("k", "card")
        box = column(self, (14, 10, 14, 9), 8)
        top = row(gap=9)
        self._icon = picture("send", tokens().accent, 20)
        self._title = label("", "h2")
        top.addWidget(self._icon)
        top.addWidget(self._title, 1)
        box.addLayout(top)
        self._idle = label("Hồ sơ đủ chữ ký tự vào đây. Kết quả của kho bạc hiện ở danh sách hồ sơ.", "muted")
        box.addWidget(self._idle)
        self._bar = ThinBar(10)
        box.addWidget(self._bar)
        self._facts = frame()
        box.addWidget(self._facts)
        numbers = row(self._facts, gap=16)
        self._numbers: list[tuple[QLabel, QLabel]] = []
        for place in range(5):
            if place:
                numbers.addWidget(rule(upright=True))
            words = column(gap=0)
            pair = (label("", "key"), label("", "caption"))
            for part in pair:
                words.addWidget(part)
            self._numbers.append(pair)
            numbers.addLayout(words)
        numbers.addStretch(1)

    def show_view(self, view: DeliveryView) -> None:
        """Show the queue as it stands."""
        icon, title, tint = _headline(view)
        set_picture(self._icon, icon, tokens().tint(tint).ink, 20)
        self._title.setText(title)
        self._idle.setVisible(not view.items)
        self._bar.setVisible(bool(view.items))
        self._facts.setVisible(bool(view.items))
        share = view.sent_bytes / view.total_bytes if view.total_bytes else 0.0
        self._bar.set_share(share)
        left = max(0, view.total_bytes - view.sent_bytes)
        sending = view.rate > 0 and not view.paused
        known = view.eta_seconds is not None
        eta = about(view.eta_seconds or 0).capitalize() if known else "–"
        away = known and view.link.state in ("offline", "captive")
        facts = (
            (f"{int(share * 100)} %", "toàn hàng chờ"),
            (size(view.sent_bytes), "đã gửi"),
            (size(left), "còn lại"),
            (rate(view.rate) if sending else "–", "tốc độ lúc này"),
            (eta, "khi có mạng" if away else "để gửi hết"),
        )
        for (value, caption), (number, words) in zip(self._numbers, facts, strict=True):
            value.setText(number)
            caption.setText(words)
        self.setAccessibleName(f"{title}. " + ", ".join(f"{words} {number}" for number, words in facts))


def _headline(view: DeliveryView) -> tuple[str, str, str]:
    if view.paused:
        return "pause", "Bạn đã tạm dừng gửi. Các gói vẫn giữ nguyên trong hàng chờ.", "amber"
    if view.current is not None:
        ids = [item.package_id for item in view.items]
        place = ids.index(view.current.package_id) + 1 if view.current.package_id in ids else 1
        return "upload", f"Đang gửi gói {place} trên {len(ids)}: {view.current.number} {view.current.title}", "blue"
    waiting = sum(item.sent < item.size for item in view.items)
    if not waiting:
        return "circle-check", "Không còn gói nào chờ gửi.", "green"
    if view.link.state == "captive":
        return "shield-alert", f"{waiting} gói chờ mạng. Mở trình duyệt đăng nhập mạng này, máy sẽ tự gửi.", "amber"
    if view.link.state == "offline":
        return "wifi-off", f"{waiting} gói chờ mạng. Có mạng máy tự gửi.", "amber"
    return "send", f"{waiting} gói sắp gửi.", "blue"

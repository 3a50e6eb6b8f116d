"""The strip about reconciliation: how the newest table stands, by when it is to be answered, and what to do next."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtWidgets import QFrame, QSizePolicy

from desktop.dossier.book import ReconciliationState, StateKind
from desktop.dossier.dates import format_date
from desktop.ui.kit.basic import ElidedLabel, announce, button, label, picture, row, set_picture
from desktop.ui.theme import RIGHT, px, set_state, tokens

LOOKS: dict[StateKind, tuple[str, str]] = {
    "none": ("slate", "scale"),
    "match": ("green", "circle-check"),
    "differs": ("red", "circle-alert"),
    "due": ("amber", "calendar-clock"),
    "overdue": ("red", "clock"),
}
COMPARE, OPEN, BEGIN = "Xem khoản lệch", "Mở bảng", "Lập bảng đối chiếu"


class Said(NamedTuple):
    """What a state says: strong words, plain words, the words at the right, and what its button does."""

    title: str
    text: str
    aside: str
    offer: str


def said(state: ReconciliationState, year: int) -> Said:
    """Put a state into words."""
    period = f"{state.period[:1].lower()}{state.period[1:]}"
    agree = f"khớp {state.matched} trên {state.lines} khoản"
    until = f"Hạn trả lời {format_date(state.deadline)[:5]}" if state.deadline else ""
    aside = " · ".join(part.rstrip(".") for part in (until, state.before) if part)
    if state.kind == "differs":
        return Said(f"Đối chiếu {period}: {agree}.", state.sentence, aside, COMPARE)
    if state.kind == "overdue" and state.local_id:
        late = f"Quá một ngày làm việc, đối chiếu {period}: {agree}."
        return Said(late, state.sentence, aside, COMPARE)
    if state.kind == "overdue":
        return Said(f"Quá hạn đối chiếu {period}.", state.sentence, state.before, BEGIN)
    if state.kind == "due":
        title = f"Đối chiếu {period}: chờ Kho bạc." if state.local_id else f"Đến kỳ đối chiếu {period}."
        return Said(title, state.sentence, state.before, OPEN if state.local_id else BEGIN)
    if state.kind == "match":
        return Said(f"Đối chiếu {period}: khớp cả {state.lines} khoản.", state.sentence, state.before, BEGIN)
    return Said(f"Năm {year} chưa có bảng đối chiếu nào.", state.sentence, "", BEGIN)


class Strip(QFrame):
    """One line; `compare` and `open_dossier` get the local_id of the table, `begin` asks for a new one."""

    def __init__(
        self, compare: Callable[[str], object], open_dossier: Callable[[str], object], begin: Callable[[], object]
    ) -> None:
        super().__init__()
        self.setProperty("k", "strip")
        self._state = ReconciliationState("none", "", 0, 0, "", "", "")
        self._does: dict[str, Callable[[], object]] = {
            COMPARE: lambda: compare(self._state.local_id),
            OPEN: lambda: open_dossier(self._state.local_id),
        }
        box = row(self, (12, 5, 9, 5), 9)
        self._icon = picture("scale", tokens().muted, 18)
        self._title = label("", "strong")
        self._text, self._aside = ElidedLabel(""), ElidedLabel("", "caption")
        self._aside.setAlignment(RIGHT)
        self.begin = button(BEGIN, "", "small", begin)
        self.offer = button(OPEN, "", "small", self._act)
        for one in (self._icon, self.begin, self.offer):
            one.setVisible(False)
        box.addWidget(self._icon)
        box.addWidget(self._title)
        box.addWidget(self._text, 5)
        box.addWidget(self._aside, 3)
        box.addWidget(self.begin)
        box.addWidget(self.offer)
        self.setMinimumHeight(px(40))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def _act(self) -> None:
        self._does[self.offer.text()]()

    def show_state(self, state: ReconciliationState, year: int) -> None:
        """Show how things stand; what is new is announced."""
        tint, icon = LOOKS[state.kind]
        if state.kind == "due" and state.local_id:
            tint, icon = "teal", "hourglass"
        words, before = said(state, year), self.accessibleName()
        self._state = state
        set_state(self, "tint", tint)
        set_picture(self._icon, icon, tokens().tint(tint).ink, 18)
        self._icon.setVisible(True)
        self._title.setText(words.title)
        self._text.setText(words.text)
        self._aside.setText(words.aside)
        self.begin.setVisible(words.offer == BEGIN)
        self.offer.setVisible(words.offer != BEGIN)
        self.offer.setText(words.offer)
        self.offer.setAccessibleName(words.offer)
        self.setAccessibleName(" ".join(part for part in (words.title, words.text, words.aside) if part))
        if before and before != self.accessibleName():
            announce(self, self.accessibleName())

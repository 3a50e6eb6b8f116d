"""The light side of the unlock screen: why it is locked, what went wrong, who you are, and the way in that is tried."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QBoxLayout, QScrollArea, QStackedWidget, QWidget

from desktop.ui.kit.basic import announce, clear, column, label, row
from desktop.ui.kit.scroll import scrolled
from desktop.ui.kit.signs import Banner
from desktop.ui.texts import tr
from desktop.ui.theme import px
from desktop.ui.unlocking.choice_list import ChoiceList
from desktop.ui.unlocking.forms import Form
from desktop.ui.unlocking.words import WhyLocked, why

WIDE = 452


def centred() -> tuple[QScrollArea, QBoxLayout]:
    """Give an area that scrolls and, in its middle, a column of the width of the forms.

    The row around it tells Qt how wide the column is: wrapped words would else be measured at the whole width.
    """
    area, down = scrolled((16, 12, 16, 12), 0)
    made, across = QWidget(), row()
    made.setFixedWidth(px(WIDE))
    across.addStretch(1)
    across.addWidget(made)
    across.addStretch(1)
    down.addStretch(1)
    down.addLayout(across)
    down.addStretch(1)
    return area, column(made, gap=6)


class Panel(QWidget):
    """`people` is who may be chosen, `forms` hold one way in each; scrolls where text is large."""

    def __init__(self, why_locked: WhyLocked | None, forms: Sequence[Form]) -> None:
        super().__init__()
        self.why, self.banner, self.people = Banner("blue", "lock"), Banner("red", "circle-alert"), ChoiceList(())
        self.forms = QStackedWidget()
        for form in forms:
            self.forms.addWidget(form)
        if why_locked is not None:
            self.why.say("blue", "lock", *why(why_locked))
        self.why.setVisible(why_locked is not None)
        self.banner.setVisible(False)
        self._lay_out()

    def _lay_out(self) -> None:
        self._area, box = centred()
        column(self).addWidget(self._area)
        box.addWidget(label(tr("Mở khóa"), "h0"))
        box.addWidget(self.why)
        box.addWidget(self.banner)
        box.addSpacing(px(4))
        self._people = column()
        self._people.addWidget(self.people)
        box.addLayout(self._people)
        box.addSpacing(px(6))
        box.addWidget(self.forms)

    def offer(self, people: ChoiceList) -> None:
        """Put other people in the place of those before."""
        clear(self._people)
        self.people = people
        self._people.addWidget(people)

    def turn(self, form: Form) -> None:
        """Show one way in, empty what was typed into any, and begin at its first field."""
        for number in range(self.forms.count()):
            other = self.forms.widget(number)
            if isinstance(other, Form):
                other.clear()
                other.setVisible(other is form)
        self.forms.setCurrentWidget(form)
        first = next(iter(form.fields()), form.go)
        first.setFocus()
        QTimer.singleShot(0, first, lambda: self._area.ensureWidgetVisible(first))  # not before it has its place

    def tell(self, tint: str, icon: str, title: str, text: str) -> None:
        """Say what went wrong, aloud too."""
        self.banner.say(tint, icon, title, text)
        self.banner.setVisible(True)
        announce(self.banner, self.banner.accessibleName())

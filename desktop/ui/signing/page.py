"""Whose signature is missing: one list per signer, the user's own first."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QPushButton

from desktop.dossier.people import ROLE_TITLES, Person
from desktop.dossier.views import SignItem
from desktop.ui.context import Context
from desktop.ui.kit.basic import button, column, frame, keycap, label, row
from desktop.ui.kit.empty import Empty
from desktop.ui.kit.page import Page
from desktop.ui.kit.signs import card
from desktop.ui.kit.tables import ListTable
from desktop.ui.signing.batch_model import BatchModel
from desktop.ui.signing.covered import Covered
from desktop.ui.signing.dialog import SigningDialog
from desktop.ui.signing.paper_dialog import PaperDialog
from desktop.ui.texts import tr
from desktop.ui.theme import px
from desktop.ui.wording import dong

NARROW_FROM = 1000
"""Design pixels of window width from which the list leaves room for what is signed."""


class SigningPage(Page):
    """Chips choose the person, the list shows what waits for that signature, the button opens the dialog."""

    hints = (("↑ ↓", "chọn"), ("F6", "xem bản sẽ ký"), ("Ctrl+Enter", "ký"))

    def __init__(self, context: Context) -> None:
        super().__init__(tr("Ký số"))
        self._context = context
        self._people = list(context.services.desk.people())
        user = context.services.desk.user()
        self.person = next((p for p in self._people if p.person_id == user.person_id), self._people[0])
        self._sub = label("", "muted")
        self.head.addWidget(self._sub)
        self.head.addStretch(1)
        self.go = button(tr("Ký số"), "pen-line", "primary", self.sign)
        self.head.addWidget(self.go)
        self.head.addWidget(keycap("Ctrl+Enter"))
        self._chips: dict[str, QPushButton] = {}
        self.body.addLayout(self._signers())
        main = row(gap=10)
        main.addWidget(self._list(), 1)
        self.covered = Covered(self.look)
        main.addWidget(self.covered)
        self.body.addLayout(main, 1)
        self.keys("Ctrl+Return", self.sign)
        self.keys("F6", self.look)

    def _signers(self) -> QHBoxLayout:
        line = row(gap=6)
        group = QButtonGroup(self)
        for person in self._people:
            chip = button(person.name, kind="chip")
            chip.setCheckable(True)
            chip.setChecked(person.person_id == self.person.person_id)
            chip.clicked.connect(lambda _checked=False, who=person: self.choose_person(who))
            group.addButton(chip)
            self._chips[person.person_id] = chip
            line.addWidget(chip)
        line.addStretch(1)
        return line

    def _list(self) -> QFrame:
        made = card()
        box = column(made, (1, 1, 1, 1))
        self.model = BatchModel(())
        self.table = ListTable("Hồ sơ chờ chữ ký", self.model, (0, 62, 0, 110, 72, 0))
        self.table.setColumnHidden(0, True)
        self.table.setColumnHidden(5, True)
        self.table.selectionModel().currentRowChanged.connect(
            lambda now, _before: self.covered.show_item(self._item(now.row()))
        )
        self.table.on_open(self.look)
        self.empty = Empty(self.table)
        box.addWidget(self.table, 1)
        foot = frame("tablefoot")
        foot.setFixedHeight(px(30))
        line = row(foot, (10, 0, 10, 0), 6)
        self._sum = label("", "caption")
        line.addWidget(self._sum)
        line.addStretch(1)
        line.addWidget(label("Mỗi đợt ký nhập mã PIN một lần. Ký không cần mạng.", "caption"))
        box.addWidget(foot)
        return made

    def _item(self, place: int) -> SignItem | None:
        return self.model.items[place] if 0 <= place < len(self.model.items) else None

    def choose_person(self, person: Person) -> None:
        """Show what waits for this person."""
        self.person = person
        self._chips[person.person_id].setChecked(True)
        self.refresh()

    def start(self) -> None:
        """Begin in the list."""
        self.table.setFocus()

    def refresh(self) -> None:
        """Read the lists again."""
        signing = self._context.services.signing
        waiting = {p.person_id: signing.items(p.person_id) for p in self._people}
        for person in self._people:
            chip = self._chips[person.person_id]
            chip.setText(f"{person.name}  {len(waiting[person.person_id])}")
            chip.setAccessibleName(f"{person.name}, {len(waiting[person.person_id])} hồ sơ chờ ký")
        items = waiting[self.person.person_id]
        kept = self._item(self.table.current_row())
        self.model.show(items)
        place = next((i for i, item in enumerate(items) if kept and item.local_id == kept.local_id), 0)
        self.table.choose(place)
        self.covered.show_item(self._item(place))
        roles = ", ".join(ROLE_TITLES[role].lower() for role in self.person.roles)
        self._sub.setText(f"{len(items)} hồ sơ chờ {roles}")
        self._sum.setText(f"{len(items)} hồ sơ, tổng {dong(sum(item.amount for item in items))}")
        self.go.setText(f"Ký {len(items)} hồ sơ")
        self.go.setAccessibleName(self.go.text())
        self.go.setEnabled(bool(items))
        self.empty.say(f"Không có hồ sơ nào chờ {self.person.name} ký.")

    def look(self) -> None:
        """Show the exact paper of the chosen dossier."""
        if (item := self._item(self.table.current_row())) is not None:
            PaperDialog(self._context, self._context.services.desk.dossier(item.local_id), self).open()

    def sign(self) -> None:
        """Open the signing dialog for the chosen person."""
        if self.model.items:
            SigningDialog(self._context, self.person, self.window()).open()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold what is signed away on a narrow window; F6 shows it."""
        super().resizeEvent(event)
        self.covered.setVisible(self.window().width() >= px(NARROW_FROM))

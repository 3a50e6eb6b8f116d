"""Whose signature is missing: one list per signer, the user's own first, and what travels between machines."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QDragEnterEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QPushButton

from desktop.dossier.duties import Act
from desktop.dossier.people import Person
from desktop.dossier.sign_views import SignItem
from desktop.ui.context import Context
from desktop.ui.kit.allowing import needs
from desktop.ui.kit.basic import button, keycap, label, row
from desktop.ui.kit.empty import Empty
from desktop.ui.kit.page import Page
from desktop.ui.kit.signs import Banner
from desktop.ui.signing.batch_list import BatchList
from desktop.ui.signing.batch_model import STATE, BatchModel
from desktop.ui.signing.covered import Covered, CoveredDialog
from desktop.ui.signing.dialog import SigningDialog
from desktop.ui.signing.dialog_head import roles_of
from desktop.ui.signing.digest import Digest
from desktop.ui.signing.handing import SUFFIX, Handing
from desktop.ui.signing.paper_dialog import PaperDialog
from desktop.ui.signing.waiting import Waiting, read_waiting
from desktop.ui.texts import tr
from desktop.ui.theme import px

NARROW_FROM = 1000
"""Design pixels of window width from which the list leaves room for what is signed."""
READING = "Đang đọc hồ sơ chờ ký…"


class SigningPage(Page):
    """Chips choose the person, the list shows what waits for that signature, the button opens the dialog."""

    hints = (("↑ ↓", "chọn"), ("F6", "xem bản sẽ ký"), ("Ctrl+Enter", "ký"))

    def __init__(self, context: Context) -> None:
        super().__init__(tr("Ký số"))
        self._context = context
        self._people = list(context.services.desk.people())
        user = context.services.desk.user()
        self.person = next((p for p in self._people if p.person_id == user.person_id), self._people[0])
        self._waiting = Waiting({})
        self.reading = False
        self._sub = label("", "muted")
        self.head.addWidget(self._sub)
        self.head.addStretch(1)
        self.go = button(tr("Ký số"), "pen-line", "primary", self.sign)
        self.head.addWidget(self.go)
        self.head.addWidget(keys := keycap("Ctrl+Enter"))
        self._signs = (self.go, keys)
        self.late, self.away = Banner("amber", "clock"), Banner("blue", "usb")
        self.handing = Handing(context, self)
        self.digest = Digest(context, self)
        self._chips: dict[str, QPushButton] = {}
        self.body.addLayout(self._signers())
        for strip in (self.late, self.away):
            strip.setVisible(False)
            self.body.addWidget(strip)
        self.away.buttons.addWidget(button("Xem hồ sơ ở máy khác", "", "small", self._show_lines))
        main = row(gap=10)
        main.addWidget(self._list(), 1)
        self.covered = Covered(self.look)
        main.addWidget(self.covered)
        self.body.addLayout(main, 1)
        self.keys("Ctrl+Return", self.sign)
        self.keys("F6", self.look)
        self.setAcceptDrops(self.handing.offered)
        self._offer_signing()

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
        self.out = button("Chuyển máy khác ký…", "usb", "small", self._hand_out)
        self.into = button("Nhận hồ sơ từ USB…", "download", "small", self.handing.ask_in)
        for made in (self.out, self.into):
            if not self.handing.offered:
                made.hide()
            line.addWidget(made)
        return line

    def _list(self) -> QFrame:
        self.model = BatchModel()
        does = (self._toggle, self.covered_item, self._write_digest, self.open_item)
        self.list = BatchList(self.model, *does, hidden=(STATE,))
        self.table = self.list.table
        self.table.setAccessibleName("Hồ sơ chờ chữ ký")
        self.empty = Empty(self.table)
        self.empty.say(READING)
        return self.list

    def covered_item(self, item: SignItem | None) -> None:
        """Show what is signed of one dossier."""
        self.covered.show_item(item)

    def choose_person(self, person: Person) -> None:
        """Show what waits for this person."""
        self.person = person
        self._chips[person.person_id].setChecked(True)
        self._show()

    def start(self) -> None:
        """Begin in the list."""
        self.table.setFocus()

    def refresh(self) -> None:
        """Read the lists again, on another thread: what is new about a thousand dossiers takes a while."""
        services, people = self._context.services, tuple(self._people)
        self.reading = True
        self._context.workers.paper.submit(
            self,
            lambda: read_waiting(services, people),
            self._read,
            lambda error: self.fail(error.message),
            f"waiting {id(self)}",
        )

    def _read(self, waiting: Waiting) -> None:
        self.reading, self._waiting = False, waiting
        self._show()

    def _show(self) -> None:
        for person in self._people:
            count = len(self._waiting.items.get(person.person_id, ()))
            chip = self._chips[person.person_id]
            chip.setText(f"{person.name}  {count}")
            chip.setAccessibleName(f"{person.name}, {count} hồ sơ chờ ký")
        items = self._waiting.items.get(self.person.person_id, ())
        kept = self.list.item()
        self.model.show(items, self._waiting.away())
        place = next((i for i, item in enumerate(items) if kept and item.local_id == kept.local_id), 0)
        self.table.choose(place)
        self.covered.show_item(self.list.item(place))
        self._sub.setText(f"{len(items)} hồ sơ chờ {roles_of(self.person)}")
        self.empty.say(READING if self.reading and not items else f"Không có hồ sơ nào chờ {self.person.name} ký.")
        self._strips()
        self._sum_up()

    def _strips(self) -> None:
        head, _, rest = " ".join(self._waiting.warnings).partition(". ")
        self.late.say("amber", "clock", f"{head.rstrip('.')}." if head else "", rest)
        self.late.setVisible(bool(head))
        out, guests = len(self._waiting.out()), self._waiting.guests()
        words = [f"{out} hồ sơ đang ở máy khác để ký."] if out else []
        words += [f"{guests} hồ sơ nhận từ máy khác, ký xong thì chuyển lại."] if guests else []
        self.away.say("blue", "usb", " ".join(words))
        self.away.setVisible(bool(words))

    def _sum_up(self) -> None:
        self._offer_signing()
        self.list.sum_up(marked := self.model.marked())
        count = len(marked)
        self.go.setText(f"Ký {count} hồ sơ")
        self.go.setAccessibleName(self.go.text())
        self.go.setEnabled(bool(count))
        self.out.setEnabled(bool(count))

    def _offer_signing(self) -> None:
        """Show the button to sign to those whose work it is; others only see what waits."""
        for one in self._signs:
            one.setVisible(self._context.allows(Act.SIGN))

    def _toggle(self) -> None:
        self.model.toggle(self.table.current_row())
        self._sum_up()

    @needs(Act.EXPORT)
    def _write_digest(self) -> None:
        self.digest.ask(self.person, [item.local_id for item in self.model.marked()])

    @needs(Act.SIGN)
    def _hand_out(self) -> None:
        self.handing.ask_out(self.model.marked())

    def _show_lines(self) -> None:
        self.handing.show_lines(self._waiting.lines)

    def look(self) -> None:
        """Show the exact paper of the chosen dossier."""
        if (item := self.list.item()) is not None:
            PaperDialog(self._context, item, self).open()

    def open_item(self) -> None:
        """Show what is signed of the chosen dossier: its paper, or in a small window first the panel."""
        item = self.list.item()
        if item is None or not self.covered.isHidden():
            self.look()
        else:
            CoveredDialog(item, self.model.progress[item.local_id], (), self.look, None, self).open()

    @needs(Act.SIGN)
    def sign(self) -> None:
        """Open the signing dialog for the chosen person, with what is ticked here."""
        if self.model.marked():
            dialog = SigningDialog(self._context, self.person, self.window(), self.model.unticked())
            dialog.finished.connect(dialog.deleteLater)
            dialog.open()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take a file of another machine."""
        if _dropped(event) and self._context.allows(Act.SIGN):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Look into the file that was dropped."""
        if (path := _dropped(event)) is not None:
            event.acceptProposedAction()
            self.handing.look_at(path)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold what is signed away on a narrow window; Enter shows it."""
        super().resizeEvent(event)
        wide = self.window().width() >= px(NARROW_FROM)
        self.covered.setVisible(wide)
        self.list.details.setVisible(not wide)


def _dropped(event: QDropEvent) -> Path | None:
    files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
    return next((path for path in files if path.suffix.lower() == SUFFIX), None)

"""Unlocking: who you are and how you come in; a wrong password, a damaged file and a disk in trouble are told apart."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QStackedWidget, QWidget

from desktop.dossier.errors import VungXaError
from desktop.dossier.people import Person, Unit
from desktop.ui.background import Worker
from desktop.ui.choose_unit import ChooseUnit, UnitLine
from desktop.ui.door import Door, Front
from desktop.ui.kit.basic import announce, clear, column, label, row
from desktop.ui.kit.scroll import scrolled
from desktop.ui.kit.signs import Banner
from desktop.ui.texts import tr
from desktop.ui.theme import fit, px, set_state
from desktop.ui.unit_strip import shade_of
from desktop.ui.unlocking.brand import GREEN, Fact, brand, show_sending
from desktop.ui.unlocking.choice_list import ChoiceList
from desktop.ui.unlocking.choices import Choice, choices
from desktop.ui.unlocking.forms import Form, NewPasswordForm, PasswordForm, RecoveryForm, TokenForm, TroubleForm
from desktop.ui.unlocking.words import OTHER_WAYS, Sending, WhyLocked, remaining, tries_left, why

LOOK_MS = 500
NEVER = 0.0


class UnlockDialog(QDialog):
    """Takes the first way in that opens `door`, on a background thread; accepted once one did.

    `people` and `unit` stand in for a front that tells of none; `person` is who was chosen of them, else None. `user`
    is whose line is marked to begin with. `units` are those of this machine; `other` is the one asked for instead of
    this, after which the dialog is rejected. `sending` is asked every half second.
    """

    def __init__(
        self,
        door: Door,
        *,
        unit: Unit | None = None,
        people: Sequence[Person] = (),
        why_locked: WhyLocked | None = None,
        user: str = "",
        sending: Callable[[], Sending | None] = lambda: None,
        units: Sequence[UnitLine] = (),
        version: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._door, self._unit, self._known = door, unit, tuple(people)
        self._user, self._sending, self._units, self._version = user, sending, tuple(units), version
        self.other: Path | None = None
        self._until = NEVER
        self._worker = Worker("unlock")
        self.setWindowTitle("Vùng Xa, mở khóa")
        fit(self, 1366, 768)
        self._outer = row(self)
        self._build_forms()
        right = self._right(why_locked)
        self._brand, self._fact = QWidget(), Fact("send", GREEN, "", "")
        self._outer.addWidget(self._brand)
        self._outer.addWidget(right, 1)
        self._look = QTimer(self)
        self._look.setInterval(LOOK_MS)
        self._look.timeout.connect(self._beat)
        self.read_front()
        self._look.start()

    @property
    def person(self) -> Person | None:
        """Who of the people known beforehand was chosen."""
        return self.list.choice.person

    def _build_forms(self) -> None:
        self.by_password = PasswordForm(self.try_unlock, self.ask_token, self.ask_code)
        self.by_code = RecoveryForm(self.try_code, self.ask_password)
        self.anew = NewPasswordForm(self.try_new)
        self.by_token = TokenForm(self.try_token, self.ask_password)
        self.trouble = TroubleForm(self.read_front, self.reject)
        self.password, self.go = self.by_password.password, self.by_password.go
        self.forms = QStackedWidget()
        for form in (self.by_password, self.by_code, self.anew, self.by_token, self.trouble):
            self.forms.addWidget(form)

    def _right(self, why_locked: WhyLocked | None) -> QWidget:
        area, across = scrolled((16, 12, 16, 12), 0)
        made = QWidget()
        made.setFixedWidth(px(452))
        box = column(made, gap=6)
        box.addWidget(label(tr("Mở khóa"), "h0"))
        self.why = Banner("blue", "lock")
        if why_locked is not None:
            self.why.say("blue", "lock", *why(why_locked))
        self.why.setVisible(why_locked is not None)
        self.banner = Banner("red", "circle-alert")
        self.banner.setVisible(False)
        box.addWidget(self.why)
        box.addWidget(self.banner)
        box.addSpacing(px(4))
        self._people = column()
        box.addLayout(self._people)
        box.addSpacing(px(6))
        box.addWidget(self.forms)
        across.addStretch(1)
        across.addWidget(made, 0, Qt.AlignmentFlag.AlignHCenter)
        across.addStretch(1)
        return area

    def read_front(self) -> None:
        """Read which unit it is and who may come in, again after a trouble."""
        self.banner.setVisible(False)
        trouble: VungXaError | None = None
        front: Front | None = None
        try:
            front = self._door.front()
        except VungXaError as error:
            trouble = error
        self._show_unit(front)
        self._show_people(choices(front, self._known) if trouble is None else ())
        if trouble is not None:
            self.trouble.tell(trouble.code, trouble.message)
            self._turn(self.trouble)
            return
        self.ask_password()
        self._heed_wait(self._door.standing()[1])

    def _show_unit(self, front: Front | None) -> None:
        unit = self._unit
        words = (unit.name, unit.address, unit.code, unit.treasury_name) if unit is not None else ("", "", "", "")
        if unit is None and front is not None:
            words = (front.unit_name, front.unit_address, front.unit_code, front.treasury_name)
        here = next((line for line in self._units if line.here), None)
        if not words[0] and here is not None:
            words = (here.name, "", here.code, "")
        self._fact = Fact("send", GREEN, "", "")
        switch = self.choose_unit if any(not line.here for line in self._units) else None
        shade = shade_of(here.colour if here is not None else "", words[2])
        made = brand(words, shade, self._fact, switch, self._version)
        self._outer.replaceWidget(self._brand, made)
        self._brand.deleteLater()
        self._brand = made
        show_sending(self._fact, self._sending())

    def _show_people(self, found: Sequence[Choice]) -> None:
        clear(self._people)
        self.list = ChoiceList(found, self._user)
        self._people.addWidget(self.list)
        self.list.chosen.connect(lambda _choice: self._chosen())

    def _chosen(self) -> None:
        if self.forms.currentWidget() in (self.by_password, self.by_token):
            self.ask_password()
        self._name_forms()

    def _name_forms(self) -> None:
        choice = self.list.choice
        name = choice.name if choice.user else ""
        self.by_password.ask(name, bool(choice.tokens))
        self.by_token.ask(name)
        self.anew.ask(name)

    def ask_password(self) -> None:
        """Ask for the password of whoever is chosen; of who has a token alone, for its PIN."""
        self._name_forms()
        self._turn(self.by_password if self.list.choice.password else self.by_token)

    def ask_token(self) -> None:
        """Ask for the PIN of the chosen one's token."""
        self._turn(self.by_token)

    def ask_code(self) -> None:
        """Ask for the recovery code."""
        self._turn(self.by_code)

    def _turn(self, form: Form) -> None:
        for number in range(self.forms.count()):
            other = self.forms.widget(number)
            if isinstance(other, Form):
                other.clear()
                other.setVisible(other is form)
        self.forms.setCurrentWidget(form)
        first = next(iter(form.fields()), form.go)
        first.setFocus()

    def try_unlock(self) -> None:
        """Hand the password over and wait without blocking."""
        if not self.password.text() or not self.go.isEnabled():
            return
        password, user = self.password.take(), self.list.choice.user
        self._try(self.by_password, lambda: self._door.by_password(password, user), self.accept)

    def try_code(self) -> None:
        """Hand the recovery code over; a new password is asked for next."""
        code = self.by_code.code()
        if code.strip("-") and self.by_code.go.isEnabled():
            self._try(self.by_code, lambda: self._door.by_recovery_code(code), lambda: self._turn(self.anew))

    def try_new(self) -> None:
        """Set the new password, for who is chosen."""
        if not self.anew.go.isEnabled():
            return
        new, again = self.anew.first.take(), self.anew.second.take()
        user = self.list.choice.user or ""
        if new != again:
            self._tell("red", "circle-alert", "Hai lần gõ không giống nhau.", "Gõ mật khẩu mới lại từ đầu.")
            self.anew.first.setFocus()
            return
        self._try(self.anew, lambda: self._door.new_password(user, new), self.accept)

    def try_token(self) -> None:
        """Hand the PIN over to the token."""
        if not self.by_token.pin.text() or not self.by_token.go.isEnabled():
            return
        pin, tokens = self.by_token.pin.take(), self.list.choice.tokens
        self._try(self.by_token, lambda: self._door.by_token(tokens, pin), self.accept)

    def _try(self, form: Form, work: Callable[[], None], done: Callable[[], object]) -> None:
        form.busy(True)
        self.list.setEnabled(False)

        def opened(_none: None) -> None:
            self._free(form)
            self.banner.setVisible(False)
            done()

        self._worker.submit(self, work, opened, lambda error: self._failed(form, error))

    def _free(self, form: Form) -> None:
        form.busy(False)
        self.list.setEnabled(True)

    def _failed(self, form: Form, error: VungXaError) -> None:
        self._free(form)
        left, seconds = self._door.standing()
        wrong = error.code == "wrong_password"
        refused = wrong or error.code in ("wrong_code", "code_mistyped", "too_many_tries") or "pin" in error.code
        tint, icon = ("red", "circle-alert") if refused else ("amber", "file-warning")
        head, _, rest = error.message.partition(". ")
        self._tell(tint, icon, head.rstrip(".") + ".", tries_left(left) if wrong else rest)
        if form is self.by_password:
            set_state(self.password, "state", "error" if wrong else "")
            self.password.setAccessibleDescription(self.banner.accessibleName())
        if form is self.by_code:
            self.by_code.mark(int(getattr(error, "group", 0)))
        else:
            next(iter(form.fields()), form.go).setFocus()
        self._heed_wait(seconds)

    def _tell(self, tint: str, icon: str, title: str, text: str) -> None:
        self.banner.say(tint, icon, title, text)
        self.banner.setVisible(True)
        announce(self.banner, self.banner.accessibleName())

    def _heed_wait(self, seconds: int) -> None:
        """Take no password for so long, as the store counts it; a restart does not shorten it."""
        self._until = time.monotonic() + seconds if seconds else NEVER
        if seconds:
            self._tell("red", "circle-alert", "Đã gõ sai mật khẩu nhiều lần.", OTHER_WAYS)
            set_state(self.password, "state", "")
            self._count_down()

    def _beat(self) -> None:
        show_sending(self._fact, self._sending())
        if self._until:
            self._count_down()

    def _count_down(self) -> None:
        left = -int(-(self._until - time.monotonic()) // 1)
        if left > 0:
            self.by_password.hold(f"Chờ {remaining(left)}")
            return
        self._until = NEVER
        self.banner.setVisible(False)
        self.by_password.busy(False)
        self.password.setFocus()

    def choose_unit(self) -> ChooseUnit:
        """Ask for another unit of this machine."""
        dialog = ChooseUnit([line for line in self._units if not line.here], self)
        dialog.accepted.connect(lambda: self._leave_for(dialog.folder))
        dialog.open()
        return dialog

    def _leave_for(self, folder: Path) -> None:
        self.other = folder
        self.reject()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Change the person with the arrows; Esc goes back to the password, then closes."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        if step and self.list.isEnabled():
            self.list.step(step)
        elif event.key() == Qt.Key.Key_Escape and self.forms.currentWidget() in (self.by_code, self.by_token):
            self.ask_password()
        else:
            super().keyPressEvent(event)

    def done(self, result: int) -> None:
        """Stop the thread before the dialog goes."""
        self._look.stop()
        self._worker.stop()
        super().done(result)

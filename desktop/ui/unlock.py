"""Unlocking: who you are and how you come in; a wrong password, a damaged file and a disk in trouble are told apart."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QWidget

from desktop.dossier.errors import VungXaError
from desktop.dossier.people import Person, Unit
from desktop.ui.background import Worker
from desktop.ui.choose_unit import ChooseUnit, UnitLine
from desktop.ui.door import Door, Front
from desktop.ui.kit.basic import row
from desktop.ui.restore_dialog import RestoreDialog, RestoreService
from desktop.ui.theme import fit, set_state
from desktop.ui.unlocking.brand import Way
from desktop.ui.unlocking.choice_list import ChoiceList
from desktop.ui.unlocking.choices import Choice, choices
from desktop.ui.unlocking.elsewhere import OTHER_UNIT, choosing, restoring
from desktop.ui.unlocking.forms import Form, NewPasswordForm, PasswordForm, RecoveryForm, TokenForm, TroubleForm
from desktop.ui.unlocking.panel import Panel
from desktop.ui.unlocking.side import Side
from desktop.ui.unlocking.words import OTHER_WAYS, RESTORE, Sending, WhyLocked, refused, remaining

LOOK_MS = 500
NEVER = 0.0


class UnlockDialog(QDialog):
    """Takes the first way in that opens `door`, on a background thread; accepted once one did.

    `people` and `unit` stand in for a front that tells of none; `person` is who was chosen of them, else None. `user`
    is whose line is marked to begin with. `units` are those of this machine; `other` is the one asked for instead of
    this, after which the dialog is rejected. `restore` makes a unit out of a backup, which is then that other one.
    `sending` is asked every half second.
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
        restore: RestoreService | None = None,
        version: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._door, self._unit, self._known = door, unit, tuple(people)
        self._user, self._units, self._service = user, tuple(units), restore
        self.other: Path | None = None
        self._until = NEVER
        self._worker = Worker("unlock")
        self.setWindowTitle("Vùng Xa, mở khóa")
        fit(self, 1366, 768)
        outer = row(self)
        self.panel = Panel(why_locked, self._build_forms())
        self.forms, self.banner = self.panel.forms, self.panel.banner
        self._side = Side(units, sending, self._ways(), version)
        outer.addWidget(self._side, 1)
        outer.addWidget(self.panel, 2)
        self._look = QTimer(self)
        self._look.setInterval(LOOK_MS)
        self._look.timeout.connect(self._beat)
        self.read_front()
        self._look.start()

    @property
    def person(self) -> Person | None:
        """Who of the people known beforehand was chosen."""
        return self.list.choice.person

    @property
    def list(self) -> ChoiceList:
        """Who may come in."""
        return self.panel.people

    def _ways(self) -> Sequence[Way]:
        others = [Way(OTHER_UNIT, "building-2", self.choose_unit)] if any(not u.here for u in self._units) else []
        return [*others, *([Way(RESTORE, "rotate-ccw", self.restore)] if self._service is not None else [])]

    def _build_forms(self) -> Sequence[Form]:
        self.by_password = PasswordForm(self.try_unlock, self.ask_token, self.ask_code)
        self.by_code = RecoveryForm(self.try_code, self.ask_password)
        self.anew = NewPasswordForm(self.try_new)
        self.by_token = TokenForm(self.try_token, self.ask_password)
        self.trouble = TroubleForm(self.read_front, self.reject, self.restore if self._service is not None else None)
        self.password, self.go = self.by_password.password, self.by_password.go
        return [self.by_password, self.by_code, self.anew, self.by_token, self.trouble]

    def read_front(self) -> None:
        """Read which unit it is and who may come in, again after a trouble."""
        self.banner.setVisible(False)
        trouble: VungXaError | None = None
        front: Front | None = None
        try:
            front = self._door.front()
        except VungXaError as error:
            trouble = error
        self._side.tell(self._unit, front)
        self._show_people(choices(front, self._known) if trouble is None else ())
        if trouble is not None:
            self.trouble.tell(trouble.code, trouble.message)
            self.panel.turn(self.trouble)
            return
        self.ask_password()
        self._heed_wait(self._door.standing()[1])

    def _show_people(self, found: Sequence[Choice]) -> None:
        people = ChoiceList(found, self._user)
        people.chosen.connect(lambda _choice: self._chosen())
        self.panel.offer(people)

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
        self.panel.turn(self.by_password if self.list.choice.password else self.by_token)

    def ask_token(self) -> None:
        """Ask for the PIN of the chosen one's token."""
        self.panel.turn(self.by_token)

    def ask_code(self) -> None:
        """Ask for the recovery code."""
        self.panel.turn(self.by_code)

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
            self._try(self.by_code, lambda: self._door.by_recovery_code(code), lambda: self.panel.turn(self.anew))

    def try_new(self) -> None:
        """Set the new password, for who is chosen."""
        if not self.anew.go.isEnabled():
            return
        new, again = self.anew.first.take(), self.anew.second.take()
        user = self.list.choice.user or ""
        if new != again:
            self.panel.tell("red", "circle-alert", "Hai lần gõ không giống nhau.", "Gõ mật khẩu mới lại từ đầu.")
            self.anew.first.setFocus()
            return
        self._try(self.anew, lambda: self._door.new_password(user, new), self.accept)

    def try_token(self) -> None:
        """Hand the PIN over to the token."""
        if not self.by_token.pin.text() or not self.by_token.go.isEnabled():
            return
        (pin, last), tokens = self.by_token.take(), self.list.choice.tokens
        self._try(self.by_token, lambda: self._door.by_token(tokens, pin, final_try=last), self.accept)

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
        self.panel.tell(*refused(error, left))
        if form is self.by_password:
            set_state(self.password, "state", "error" if error.code == "wrong_password" else "")
            self.password.setAccessibleDescription(self.banner.accessibleName())
        if form is self.by_token:
            self.by_token.refused(error)
        if form is self.by_code:
            self.by_code.mark(int(getattr(error, "group", 0)))
        else:
            next(iter(form.fields()), form.go).setFocus()
        self._heed_wait(seconds)

    def _heed_wait(self, seconds: int) -> None:
        """Take no password for so long, as the store counts it; a restart does not shorten it."""
        self._until = time.monotonic() + seconds if seconds else NEVER
        if seconds:
            self.panel.tell("red", "circle-alert", "Đã gõ sai mật khẩu nhiều lần.", OTHER_WAYS)
            set_state(self.password, "state", "")
            self._count_down()

    def _beat(self) -> None:
        self._side.beat()
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
        return choosing(self, [line for line in self._units if not line.here], self._leave_for)

    def restore(self) -> RestoreDialog:
        """Make a unit out of a backup, then ask for that one."""
        assert self._service is not None, "nothing to restore with"
        return restoring(self, self._service, self._leave_for)

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

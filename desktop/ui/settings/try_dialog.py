"""A test signature: signs a sentence nobody keeps, verifies it and says how it went."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QWidget

from desktop.dossier.doctor_views import DoctorStep, DoctorToken, StepState
from desktop.ui.background import Worker
from desktop.ui.kit.basic import announce, label
from desktop.ui.settings.ask_dialog import AskDialog
from desktop.ui.settings.services import DoctorService
from desktop.ui.settings.token_lines import until
from desktop.ui.signing.pin_field import PinField
from desktop.ui.signing.pin_foot import LAST_TRY
from desktop.ui.signing.pin_words import KEYBOARD, ON_PAD

MEANS = "Máy ký một câu thử bằng token này, kiểm tra rồi bỏ đi. Không hồ sơ nào được ký."


class TryDialog(AskDialog):
    """`tried` is emitted with the step it gave; the dialog stays so that the answer can be read."""

    tried = Signal(object)

    def __init__(self, worker: Worker, service: DoctorService, token: DoctorToken, parent: QWidget) -> None:
        super().__init__(worker, "Ký thử bằng token", ("Ký thử", "pen-line"), parent, (540, 340))
        self._service, self._token = service, token
        self._step: DoctorStep | None = None
        self.body.addWidget(label(MEANS, wrap=True))
        self.which = QComboBox()
        self.which.setAccessibleName("Chứng thư ký thử")
        for one in token.certificates:
            self.which.addItem(f"{one.owner}, {until(one.not_after)}", one.sha256)
        form = self.form()
        form.addRow(label("Chứng thư", "medium"), self.which)
        self.pin = PinField()
        if token.pin_pad:
            self.body.addWidget(label(f"Bấm «Ký thử». {ON_PAD}", wrap=True))
        else:
            form.addRow(label("Mã PIN", "medium"), self.pin)
            self.body.addWidget(label(KEYBOARD, "caption", wrap=True))
        self.pin.textChanged.connect(lambda _text: self._update())
        self.pin.noticed.connect(lambda words: self.tell(f"{words} {KEYBOARD}", "amber") if words else None)
        self.pin.returnPressed.connect(self.submit)
        self.last_try = QCheckBox(LAST_TRY)
        self.last_try.setVisible(token.pin_final_try)
        self.last_try.toggled.connect(lambda _on: self._update())
        self.body.addWidget(self.last_try)
        self.body.addStretch(1)
        self._update()

    def _update(self) -> None:
        typed = self._token.pin_pad or bool(self.pin.text())
        agreed = self.last_try.isHidden() or self.last_try.isChecked()
        self.go.setEnabled(typed and agreed and not self.running and not self._token.pin_locked)

    def busy(self, busy: bool) -> None:
        """Say what the token does meanwhile."""
        super().busy(busy)
        self.pin.setEnabled(not busy)
        if busy:
            self.problem.say("blue", "hourglass", "Đang ký thử. Giữ nguyên token trong máy.")
            self.problem.setVisible(True)
        self._update()

    def question(self) -> Callable[[], object] | None:
        """Sign with what was typed; the field is empty afterwards."""
        if not self.go.isEnabled():
            return None
        pin = None if self._token.pin_pad else self.pin.take()
        serial, which, final = self._token.serial, str(self.which.currentData() or ""), self.last_try.isChecked()

        def work() -> None:
            self._step = self._service.test_sign(serial, pin, which, final_try=final)

        return work

    def _done(self) -> None:
        self.busy(False)
        step = self._step
        if step is None:
            return
        self.tried.emit(step)
        good = step.state is StepState.OK
        if good:
            self.problem.say("green", "circle-check", "Ký thử được.", step.found)
            announce(self.problem, self.problem.accessibleName())
            self.leave.setText("Xong")
            self.leave.setAccessibleName("Xong")
            self.leave.setFocus()
            return
        self.tell(" ".join((step.found, *step.repair)))
        if step.code == "pin_final_try":
            self.last_try.setVisible(True)
        self.last_try.setChecked(False)
        self._update()
        self.pin.setFocus()

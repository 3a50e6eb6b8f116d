"""«Token & khám»: what is plugged in, whether it can sign, and what to do when it cannot."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QPushButton

from desktop.dossier.doctor_views import DoctorReport, DoctorStep, DoctorToken, DriverView
from desktop.dossier.duties import Act
from desktop.dossier.errors import VungXaError
from desktop.dossier.sign_views import TokenView
from desktop.ui.context import Context
from desktop.ui.kit.allowing import needs
from desktop.ui.kit.basic import button
from desktop.ui.settings.examination import Examination
from desktop.ui.settings.list_card import ListCard
from desktop.ui.settings.section import Section
from desktop.ui.settings.services import DoctorService
from desktop.ui.settings.token_lines import (
    DRIVERS,
    STATES,
    STEPS,
    TOKENS,
    WEIGHT,
    about,
    driver_line,
    key_of,
    pin_words,
    step_line,
    token_line,
    until,
)
from desktop.ui.settings.token_strip import TokenStrip
from desktop.ui.settings.try_dialog import TryDialog
from desktop.ui.signing.change_pin import ChangePin

FILES = "Trình điều khiển (*.so *.dll *.dylib);;Mọi tệp (*)"
NO_VIEW = "Không thấy token này nữa, hoặc trên token không có chứng thư ký. Cắm lại rồi khám lại."
RESTARTED = "Đã khởi động lại trình điều khiển. Rút token rồi cắm lại nếu máy vẫn chưa thấy."


class TokenSection(Section):
    """Examines when asked; everything that touches a token runs on the token thread."""

    key, title, icon = "tokens", "Token & khám", "key-round"

    def __init__(self, context: Context, service: DoctorService, fail: Callable[[str], object]) -> None:
        super().__init__(context, fail)
        self._service, self._worker = service, context.workers.token
        self.drivers_shown: Sequence[DriverView] = ()
        self.examination = Examination(self, self._worker, service)
        self.examination.stepped.connect(self._stepped)
        self.examination.finished.connect(self._finished)
        self.examination.failed.connect(self._broke)
        self.strip = TokenStrip(self.examination.cancel)
        no_step = "Chưa khám. Cắm token rồi bấm «Khám token»."
        nothing = "Chưa thấy token nào. Cắm token rồi bấm «Khám token»."
        no_driver = "Máy chưa có trình điều khiển token. Cài bộ cài của nơi cấp, hoặc bấm «Chọn tệp trình điều khiển»."
        self.steps = ListCard("Các bước khám", STEPS, no_step, "bước", self.chosen_in(0), drops=(1,))
        self.tokens = ListCard("Token đang cắm", TOKENS, nothing, "token", self.chosen_in(1), drops=(2, 1))
        self.drivers = ListCard("Trình điều khiển", DRIVERS, no_driver, "tệp", self.chosen_in(2))
        self.lay_out([self.steps, self.tokens, self.drivers], self.strip)
        self.tokens.table.on_open(self.try_token)
        self.support = button("Ghi tệp hỗ trợ…", "save", "", self.ask_support)
        self.support.setEnabled(False)
        self.go = button("Khám token", "search", "primary", self.examine)
        self.commands = [self.support, self.go]
        self.show_chosen("")

    def examine(self) -> None:
        """Begin an examination."""
        self.turn_to(self.steps)
        self.examination.start()
        self._update()
        self.strip.under_way(())

    def refresh(self) -> None:
        """Read the driver files again; tokens only when somebody asks for an examination."""
        self._worker.submit(self, self._service.drivers, self._show_drivers, self.failed, "drivers")

    def _show_drivers(self, drivers: Sequence[DriverView]) -> None:
        self.drivers_shown = drivers
        self.drivers.fill([driver_line(driver) for driver in drivers])
        self.count()

    def _stepped(self) -> None:
        steps = list(self.examination.steps.values())
        self.steps.fill([step_line(place, step) for place, step in enumerate(steps)])
        if self.examination.running and steps:
            self.steps.choose(key_of(steps[-1]))
            self.strip.under_way(steps)
        self.count()
        if self.list() is self.steps:
            self.show_chosen(self.steps.key)

    def _finished(self, report: DoctorReport) -> None:
        self.strip.ended(report)
        self._stepped()
        self.tokens.fill([token_line(token) for token in report.tokens])
        self.count()
        worst = sorted(report.steps, key=lambda step: WEIGHT.get(step.state, len(WEIGHT)))
        self.steps.choose(key_of(worst[0]) if worst else "")
        self._update()

    def _broke(self, error: VungXaError) -> None:
        self.strip.broke(error.message)
        self._update()

    def _update(self) -> None:
        running = self.examination.running
        self.go.setEnabled(not running)
        self.support.setEnabled(not running and self.examination.report is not None)

    def token(self) -> DoctorToken | None:
        """Give the token with the cursor."""
        report = self.examination.report
        return next((one for one in report.tokens if one.serial == self.tokens.key), None) if report else None

    def step(self) -> DoctorStep | None:
        """Give the step with the cursor."""
        return self.examination.steps.get(self.steps.key)

    def show_chosen(self, key: str) -> None:
        """Tell all about the chosen step, token or driver."""
        place = self.stack.currentIndex()
        if place == 0 and (step := self.step()) is not None:
            self._show_step(step)
        elif place == 1 and (token := self.token()) is not None:
            self._show_token(token)
        elif place == 2:
            self._show_driver(next((one for one in self.drivers_shown if one.path == key), None))
        else:
            self.pane.begin(self.list().name)
            self.pane.say(self.list().empty.words.text() if not key else "Chọn một dòng để xem.", "muted")
        self.pane.end()

    def _show_step(self, step: DoctorStep) -> None:
        self.pane.begin(step.title, STATES[step.state])
        self.pane.say(about(step), "caption")
        if step.found:
            self.pane.say(step.found)
        if step.repair:
            self.pane.head("Việc cần làm")
            for number, words in enumerate(step.repair, 1):
                self.pane.say(f"{number}. {words}")

    def _show_token(self, token: DoctorToken) -> None:
        self.pane.begin(token.label or token.serial, pin_words(token))
        made: list[QPushButton] = []
        if token.certificates and not token.pin_locked:
            made.append(button("Ký thử…", "pen-line", "", self.try_token))
        if not token.pin_locked:
            made.append(button("Đổi mã PIN…", "key-round", "", self.change_pin))
        self.pane.buttons(*made)
        if token.pin_locked:
            self.pane.say("Token đã khóa vì sai mã PIN nhiều lần. Mang token đến nơi cấp để mở khóa.")
        self.pane.facts(
            ("Số token", token.serial),
            ("Đầu đọc", token.reader),
            ("Trình điều khiển", Path(token.module).name),
        )
        for certificate in token.certificates:
            self.pane.head(certificate.owner)
            whose = "đã đăng ký ký ở đơn vị" if certificate.person_id else "chưa đăng ký cho ai ở đơn vị"
            self.pane.say(f"{certificate.issuer}, {until(certificate.not_after)}, {whose}.", "caption")

    def _show_driver(self, driver: DriverView | None) -> None:
        self.pane.begin(Path(driver.path).name if driver else "Trình điều khiển")
        if driver is not None:
            self.pane.facts(("Tệp", driver.path))
            if driver.problem:
                self.pane.say(driver.problem, "", "red")
        made = [button("Chọn tệp trình điều khiển…", "folder-open", "", self.ask_driver)]
        if driver is not None and driver.picked:
            made.append(button("Bỏ tệp này", "x", "", self.forget_driver))
        self.pane.buttons(*made, button("Khởi động lại trình điều khiển", "refresh-cw", "", self.restart))
        self.pane.say("Tệp tự chọn được hỏi trước mọi tệp khác. Chỉ chọn tệp do nơi cấp token đưa.", "caption")

    @needs(Act.SIGN)
    def try_token(self) -> None:
        """Ask for the PIN of the chosen token and sign what nobody keeps."""
        token = self.token()
        if token is not None and token.certificates and not token.pin_locked:
            dialog = TryDialog(self._worker, self._service, token, self.window())
            dialog.tried.connect(self.examination.add)
            dialog.open()

    @needs(Act.SIGN)
    def change_pin(self) -> None:
        """Ask for the old and the new PIN of the chosen token."""
        if (token := self.token()) is not None:
            tokens, serial = self.context.services.signing.tokens, token.serial
            self._worker.submit(self, tokens, lambda found: self._ask_pin(serial, found), self.failed)

    def _ask_pin(self, serial: str, found: Sequence[TokenView]) -> None:
        view = next((one for one in found if one.serial == serial), None)
        if view is None:
            self.fail(NO_VIEW)
            return
        dialog = ChangePin(view, self.context.services.signing.change_pin, self._worker, self.window())
        dialog.changed.connect(lambda: self.context.bus.said.emit("Đã đổi mã PIN.", None))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @needs(Act.SETTINGS)
    def ask_driver(self) -> None:
        """Ask for a driver's file."""
        name, _ = QFileDialog.getOpenFileName(self, "Chọn tệp trình điều khiển", "", FILES)
        if name:
            self.pick_driver(Path(name))

    def pick_driver(self, path: Path) -> None:
        """Use a driver file from now on, before all others."""
        said = f"Từ nay hỏi {path.name} trước. Bấm «Khám token» để thử."
        self._on_tokens(lambda: self._service.pick_driver(path), said)

    @needs(Act.SETTINGS)
    def forget_driver(self) -> None:
        """Use the picked file with the cursor no more."""
        path = self.drivers.key
        self._on_tokens(lambda: self._service.forget_driver(Path(path)), "Đã bỏ tệp tự chọn.")

    def restart(self) -> None:
        """End the drivers' processes."""
        self._on_tokens(self._service.restart, RESTARTED)

    @needs(Act.EXPORT)
    def ask_support(self) -> None:
        """Ask where to write the support file."""
        name, _ = QFileDialog.getSaveFileName(self, "Ghi tệp hỗ trợ", "vungxa-ho-tro.zip", "Tệp hỗ trợ (*.zip)")
        if name:
            self.write_support(Path(name))

    def write_support(self, path: Path) -> None:
        """Write the support file of the last examination."""
        if (report := self.examination.whole()) is not None:
            said = f"Đã ghi {path.name}. Tệp không có tên người, mã PIN hay số tiền."
            self._on_tokens(lambda: self._service.write_support(path, report), said)

    def _on_tokens(self, work: Callable[[], object], said: str) -> None:
        def done(_none: object) -> None:
            self.context.bus.said.emit(said, None)
            self.refresh()

        self._worker.submit(self, work, done, self.failed)

"""One examination of the tokens under way: steps arrive from the token thread, cancel goes there."""

from __future__ import annotations

from threading import Event

from PySide6.QtCore import QObject, Signal

from desktop.dossier.doctor_views import DoctorReport, DoctorStep, StepState
from desktop.dossier.errors import VungXaError
from desktop.ui.background import Worker
from desktop.ui.settings.services import DoctorService
from desktop.ui.settings.token_lines import key_of


class Examination(QObject):
    """`stepped` is emitted for each step as it begins and ends, `finished` with the report, `failed` with an error."""

    stepped = Signal()
    finished = Signal(object)
    failed = Signal(object)

    def __init__(self, parent: QObject, worker: Worker, service: DoctorService) -> None:
        super().__init__(parent)
        self._worker, self._service = worker, service
        self._stop = Event()
        self.running = False
        self.steps: dict[str, DoctorStep] = {}
        self.report: DoctorReport | None = None

    def start(self) -> None:
        """Begin anew, unless one is under way."""
        if self.running:
            return
        self.running, self.steps, self.report = True, {}, None
        stop = self._stop = Event()
        self._worker.submit(self, lambda: self._service.examine(self._tell, stop.is_set), self._finished, self._failed)

    def cancel(self) -> None:
        """End after the step under way."""
        self._stop.set()

    def add(self, step: DoctorStep) -> None:
        """Put a step beside the others, in the place of an earlier one of its name, e.g. a test signature."""
        self.steps[key_of(step)] = step
        self.stepped.emit()

    def whole(self) -> DoctorReport | None:
        """Give the report with what was added to it since."""
        if self.report is None:
            return None
        steps = tuple(step for step in self.steps.values() if step.state is not StepState.RUNNING)
        return DoctorReport(self.report.at, steps, self.report.tokens, self.report.cancelled)

    def _tell(self, step: DoctorStep) -> None:
        self._worker.post(self, lambda: self.add(step))

    def _finished(self, report: DoctorReport) -> None:
        self.running, self.report = False, report
        self.steps = {key_of(step): step for step in report.steps}
        self.finished.emit(report)

    def _failed(self, error: VungXaError) -> None:
        self.running = False
        self.failed.emit(error)

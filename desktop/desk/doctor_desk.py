"""The token doctor as the window uses it, with the driver files of this machine beside it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from desktop.desk.allowing import needs, reading
from desktop.desk.context import DeskContext
from desktop.desk.doctoring import Doctoring
from desktop.desk.token_modules import forget_module, known_modules, pick_module, picked_modules
from desktop.dossier.doctor_views import DoctorReport, DoctorStep, DriverView
from desktop.dossier.duties import Act


class DoctorDesk:
    """The window's DoctorService; on the token thread only. `restart` ends the drivers' processes that sign."""

    def __init__(self, context: DeskContext, doctoring: Doctoring, restart: Callable[[], None]) -> None:
        self._context, self._doctoring, self._restart = context, doctoring, restart

    @reading
    def examine(self, progress: Callable[[DoctorStep], None], cancelled: Callable[[], bool]) -> DoctorReport:
        """Makes every step, telling each. Raises StoreError."""
        return self._doctoring.examine(progress, cancelled)

    @needs(Act.SIGN)
    def test_sign(
        self, serial: str, pin: str | None, certificate_sha256: str = "", *, final_try: bool = False
    ) -> DoctorStep:
        """Signs and throws it away; what was wrong is in the step."""
        return self._doctoring.test_sign(serial, pin, certificate_sha256, final_try=final_try)

    @needs(Act.EXPORT)
    def write_support(self, path: Path, report: DoctorReport) -> None:
        """Writes the support file. Raises DeskError not_writable."""
        self._doctoring.write_support(path, report)

    @reading
    def drivers(self) -> list[DriverView]:
        """The driver files of this machine, the picked ones first."""
        store = self._context.store
        picked = set(picked_modules(store))
        return [DriverView(str(one.path), one.path in picked, one.problem) for one in known_modules(store)]

    @needs(Act.SETTINGS)
    def pick_driver(self, path: Path) -> None:
        """Uses a file before all others from now on. Raises ModuleError when this machine cannot load it."""
        pick_module(self._context.store, path)
        self._restart()

    @needs(Act.SETTINGS)
    def forget_driver(self, path: Path) -> None:
        """Uses a picked file no more."""
        forget_module(self._context.store, path)
        self._restart()

    @reading
    def restart(self) -> None:
        """Ends the drivers' processes; the next call starts others."""
        self._restart()

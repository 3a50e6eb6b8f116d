"""The unit switcher: the units of this machine, one added by its folder, one taken off the list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.dossier.duties import Act
from desktop.dossier.errors import VungXaError
from desktop.ui.choose_unit import ChooseUnit, UnitLine
from desktop.ui.kit.allowing import Allowing, needs
from desktop.ui.kit.basic import button
from desktop.ui.kit.signs import Banner


class KnownUnit(Protocol):
    """A unit of this machine; `colour` names the shade of its strip."""

    @property
    def folder(self) -> Path: ...  # noqa: D102 - see the class

    @property
    def code(self) -> str: ...  # noqa: D102

    @property
    def name(self) -> str: ...  # noqa: D102

    @property
    def colour(self) -> str: ...  # noqa: D102


class UnitsService(Protocol):
    """The units of this machine; quick."""

    @property
    def folder(self) -> Path:
        """Where the unit in view is."""
        ...

    def all(self) -> Sequence[KnownUnit]:
        """Give those that can be opened now."""
        ...

    def add(self, folder: Path) -> None:
        """Put the unit in a folder on the list. Raises VungXaError."""
        ...

    def forget(self, folder: Path) -> None:
        """Take one off the list; its data stays. Raises VungXaError."""
        ...

    def switch(self, folder: Path) -> None:
        """Lock this unit and ask who opens the other."""
        ...


def lines(service: UnitsService) -> list[UnitLine]:
    """Give the units as the window lists them."""
    return [UnitLine(one.folder, one.code, one.name, one.colour, one.folder == service.folder) for one in service.all()]


class SwitchUnit(ChooseUnit):
    """Accepted with the folder to go to; whoever opens the other unit proves there who they are."""

    def __init__(self, context: Allowing, service: UnitsService, parent: QWidget) -> None:
        super().__init__(lines(service), parent)
        self._context, self._service = context, service
        self.setWindowTitle("Vùng Xa, đổi đơn vị")
        self.problem = Banner("red", "circle-alert")
        self.problem.setVisible(False)
        self.box.insertWidget(1, self.problem)
        self.forget_button = button("Bỏ khỏi danh sách", "minus", "", self.forget)
        self.foot.insertWidget(0, button("Thêm từ thư mục…", "plus", "", self.ask_folder))
        self.foot.insertWidget(1, self.forget_button)
        self.list.currentRowChanged.connect(lambda _row: self._look())
        self.list.setCurrentRow(next((place for place, unit in enumerate(self.units) if not unit.here), 0))
        self._look()

    @needs(Act.UNITS)
    def ask_folder(self) -> None:
        """Ask which folder holds another unit."""
        name = QFileDialog.getExistingDirectory(self, "Thư mục dữ liệu của đơn vị")
        if name:
            self.add(Path(name))

    def add(self, folder: Path) -> None:
        """Put the unit in a folder on the list."""
        self._try(lambda: self._service.add(folder))

    @needs(Act.UNITS)
    def forget(self) -> None:
        """Take the chosen one off the list."""
        folder = self.folder
        self._try(lambda: self._service.forget(folder))

    def _try(self, work: Callable[[], None]) -> None:
        try:
            work()
        except VungXaError as error:
            self.problem.say("red", "circle-alert", error.message)
            self.problem.setVisible(True)
            return
        self.problem.setVisible(False)
        self.fill(lines(self._service))
        self._look()

    def _look(self) -> None:
        other = bool(self.units) and not self.units[self.place].here
        self.open_button.setEnabled(other)
        self.forget_button.setEnabled(other)

    def accept(self) -> None:
        """Go only to another unit."""
        if self.open_button.isEnabled():
            super().accept()

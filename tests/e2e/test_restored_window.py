"""A unit comes back from its backup through the windows: on a machine that knows none, and where its folder is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget

from desktop import app
from desktop.commands.windows import chosen_unit
from desktop.desk.backing_up import back_up_to
from desktop.desk.restoring_unit import RestoreAtDoor
from desktop.desk.units_here import UnitsHere
from desktop.opened import OpenUnit
from desktop.store.backup_place import prepare_place
from desktop.ui.program import application
from desktop.ui.restore_dialog import RestoreDialog
from desktop.ui.unlock import UnlockDialog
from desktop.ui.unlocking.first_screen import FirstScreen
from tests.e2e.test_window import Watcher
from tests.fixtures.softkeys import SoftPerson
from tests.unit.desk.kit import PASSWORD, Clock, Office

pytestmark = [
    pytest.mark.qt_log_ignore("This plugin does not support", extend=True),
    pytest.mark.usefixtures("handlers"),
]
FAR = "9999-12-31T23:59:59Z"


@pytest.fixture(scope="module")
def backup(tmp_path_factory: pytest.TempPathFactory, soft_people: list[SoftPerson]) -> Path:
    """What is left of a unit: its backup, with one package that was still to be sent."""
    place = tmp_path_factory.mktemp("usb")
    folder = tmp_path_factory.mktemp("lost") / "unit"
    office = Office.make(folder, [soft.person for soft in soft_people], Clock(), soft_people)
    with office.store:
        office.seal()
        return back_up_to(office.store, prepare_place(place, office.store.unit.get().code, folder), "day").path


@dataclass
class Newcomer(Watcher):
    """Answers each window as a person would who has the backup and the password; anything it meets twice is closed."""

    backup: Path
    folder: Path
    met: list[str] = field(default_factory=list)

    def _look(self) -> None:
        window = QApplication.activeModalWidget()
        if isinstance(window, RestoreDialog):
            self._restore(window)
        elif isinstance(window, FirstScreen):
            self._once("first", window, window.restore)
        elif isinstance(window, UnlockDialog) and window.forms.currentWidget() is window.trouble:
            self._once("trouble", window, window.restore)
        elif isinstance(window, UnlockDialog) and window.go.isEnabled():
            window.password.setText(PASSWORD)
            self._once("unlock", window, window.try_unlock)

    def _restore(self, dialog: RestoreDialog) -> None:
        if "restore" not in self.met:
            self.met.append("restore")
            dialog.path.setText(str(self.backup))
            dialog.folder.setText(str(self.folder))
            dialog.secret.setText(PASSWORD)
            dialog.submit()
        elif not dialog.work.running and dialog.leave.isEnabled():
            self.met.append(dialog.strip.accessibleName())
            dialog.leave.click()

    def _once(self, name: str, window: QWidget, act: Callable[[], object]) -> None:
        if name in self.met:
            window.close()
        else:
            self.met.append(name)
            act()


@pytest.fixture
def newcomer(backup: Path, tmp_path: Path) -> Iterator[Newcomer]:
    with Newcomer(backup, tmp_path / "again") as made:
        yield made


def opened(home: Path, here: UnitsHere) -> list[tuple[Path, list[str]]]:
    """Which unit the window of `home` came to, and how its packages stand."""
    seen: list[tuple[Path, list[str]]] = []

    def look(running: OpenUnit) -> None:
        seen.append((running.store.folder, [item.state for item in running.store.outbox.due(FAR)]))
        QTimer.singleShot(0, running.window.close)

    assert app.run(home, opened=look, units=here) == 0
    return seen


def test_a_machine_without_a_unit_restores_one_and_opens_it(newcomer: Newcomer, tmp_path: Path) -> None:
    here = UnitsHere(tmp_path / "machine")
    home = chosen_unit(here)
    assert home == tmp_path / "again"
    assert [unit.folder for unit in here.there()] == [home]
    assert opened(home, here) == [(home, ["doubtful"])]
    assert newcomer.met[:2] == ["first", "restore"]
    assert "1 gói đang gửi dở sẽ được hỏi Kho bạc trước" in newcomer.met[2]


def test_a_unit_whose_folder_is_gone_is_restored_from_the_screen_that_says_so(
    newcomer: Newcomer, tmp_path: Path
) -> None:
    here = UnitsHere(tmp_path / "machine")
    assert opened(tmp_path / "gone", here) == [(tmp_path / "again", ["doubtful"])]
    assert [name for name in newcomer.met if len(name) < 10] == ["trouble", "restore", "unlock"]
    assert [unit.folder for unit in here.there()] == [tmp_path / "again"]


def test_a_folder_with_a_unit_is_opened_and_one_without_is_told(tmp_path: Path, soft_people: list[SoftPerson]) -> None:
    here = UnitsHere(tmp_path / "machine")
    Office.make(tmp_path / "unit", [soft.person for soft in soft_people], Clock()).store.close()
    application()
    screen = FirstScreen(RestoreAtDoor(here), here.take)
    screen.take(tmp_path)
    assert (screen.folder, screen.banner.isHidden(), here.all()) == (None, False, ())
    screen.take(tmp_path / "unit")
    assert (screen.folder, screen.result()) == (tmp_path / "unit", FirstScreen.DialogCode.Accepted)
    assert [unit.folder for unit in here.there()] == [tmp_path / "unit"]

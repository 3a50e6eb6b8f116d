"""The data key is changed from the settings of a window that sends: who left gets in by nothing they took along."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer

from desktop import app
from desktop.demo.pki import DemoToken
from desktop.desk.context import at_desk
from desktop.desk.users_desk import UsersDesk
from desktop.dossier.duties import Duty
from desktop.dossier.errors import VungXaError
from desktop.dossier.users_views import UserEdit
from desktop.opened import OpenUnit
from desktop.store.envelope import second_copy
from desktop.store.keys import open_with_password
from desktop.store.store import KEYS, Store
from desktop.ui.settings.page import SettingsPage
from desktop.ui.settings.rotate_dialog import RotateDialog
from desktop.ui.settings.users_section import UsersSection
from desktop.ui.unlock import UnlockDialog
from tests.contract.store_kit import CHEAP
from tests.e2e.test_window import Typist, enrol, left_over
from tests.fixtures.gateway import GatewayProcess
from tests.unit.desk.kit import PASSWORD, Clock, Office

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
OWN, GONE = "của người quản trị", "của người đã nghỉ"


class Reader(Typist):
    """Keeps what the unlock screen says of why it stands there, too."""

    why: list[str]

    def _type(self, dialog: UnlockDialog) -> None:
        why = dialog.panel.why
        self.why = [*getattr(self, "why", []), why.accessibleName() if why.isVisible() else ""]
        super()._type(dialog)


@pytest.fixture
def folder(tmp_path: Path, demo_tokens: list[DemoToken], gateway: GatewayProcess) -> Iterator[Path]:
    """An enrolled unit with a draft; an administrator opens it, and one who was removed did."""
    office = Office.make(tmp_path / "unit", [token.person for token in demo_tokens], Clock())
    with office.store as store:
        enrol(office, gateway)
        office.draft()
        desk = UsersDesk(at_desk(store, ""), store.folder, store.key, CHEAP)
        desk.add(UserEdit("Lò Văn Páo", (Duty.ADMINISTRATOR,)), OWN)
        desk.add(UserEdit("Hờ A Dia", (Duty.PREPARER,)), GONE)
        desk.end_shared_password()
        (tmp_path / "taken").mkdir()
        shutil.copy(store.folder / KEYS, tmp_path / "taken" / KEYS)
        desk.remove("u2")
    yield office.store.folder
    assert left_over() == set()


def change_key(running: OpenUnit) -> QTimer:
    """In the window: settings, users, the reminder's button, and yes."""
    running.window.go("settings/users")
    page = running.window.page()
    assert isinstance(page, SettingsPage)
    section = page.section()
    assert isinstance(section, UsersSection)
    timer = QTimer(running.window)

    def look() -> None:
        asked = running.window.findChildren(RotateDialog)
        if asked and asked[-1].go.isEnabled():
            timer.stop()
            asked[-1].go.click()
        elif not asked and section.keys.rotation.isVisible():
            section.keys.ask_rotation()

    timer.timeout.connect(look)
    timer.start(20)
    return timer


def code_of(call: Callable[[], object]) -> str:
    with pytest.raises(VungXaError) as raised:
        call()
    return raised.value.code


@pytest.mark.usefixtures("handlers")
def test_who_was_removed_opens_nothing_any_more(folder: Path, tmp_path: Path) -> None:
    before, sent = open_with_password(folder / KEYS, OWN).key, list[bool]()

    def work(running: OpenUnit) -> None:
        sent.append(running.sync is not None)
        if len(sent) == 1:
            change_key(running)
        else:
            QTimer.singleShot(0, running.window.close)

    with Reader([OWN, OWN]) as reader:
        assert app.run(folder, opened=work) == 0
    assert sent == [True, True]
    assert reader.why[1].startswith("Đã đổi khóa dữ liệu")
    with Store.open(folder, OWN) as store:
        assert store.key != before
        assert store.check() == []
        assert "rotate" in [entry.action for entry in store.journal.entries()]
        assert not UsersDesk(at_desk(store, "u1"), folder, store.key, CHEAP).view().rotation_wanted
    assert {code_of(lambda word=word: Store.open(folder, word)) for word in (GONE, PASSWORD)} == {"wrong_password"}
    for copy in (folder / KEYS, second_copy(folder / KEYS)):
        shutil.copy(tmp_path / "taken" / KEYS, copy)
    assert code_of(lambda: Store.open(folder, GONE)) == "wrong_key"

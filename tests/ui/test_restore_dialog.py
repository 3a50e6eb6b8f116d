"""A unit out of a backup through the window: wrong secret, used folder, and whole."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.demo.unit import UNIT
from desktop.desk.backing_up import BackupDesk
from desktop.desk.restoring_unit import RestoreDesk
from desktop.opened import OpenUnit, open_unit
from desktop.store.store import Store
from desktop.ui.restore_dialog import RestoreDialog, restore_dialog
from tests.ui.memory import HANH, THANG, TUYEN
from tests.ui.test_real_unit import CHEAP, PASSWORD


@pytest.fixture
def unit(qtbot: QtBot, tmp_path: Path) -> Iterator[OpenUnit]:
    store = Store.create(tmp_path / "unit", PASSWORD, UNIT, [HANH, TUYEN, THANG], kdf=CHEAP)
    running = open_unit(store, HANH, send=False)
    running.window.context.services.desk.create("C2-02a/NS")
    yield running
    running.close()


@pytest.fixture
def dialog(unit: OpenUnit, tmp_path: Path) -> Iterator[RestoreDialog]:
    desk = BackupDesk(unit.context)
    (tmp_path / "usb").mkdir()
    desk.set_place(tmp_path / "usb")
    made = restore_dialog(unit.window, RestoreDesk(unit.context), Path(desk.run().path))
    made.folder.setText(str(tmp_path / "again"))
    made.secret.setText(PASSWORD)
    yield made
    made.reject()


def said(dialog: RestoreDialog, qtbot: QtBot, words: str) -> None:
    qtbot.waitUntil(lambda: words in dialog.strip.accessibleName(), timeout=20_000)


def test_a_backup_says_what_it_holds_and_becomes_a_unit(dialog: RestoreDialog, qtbot: QtBot, tmp_path: Path) -> None:
    assert "1 hồ sơ" in dialog.strip.accessibleName()
    dialog.submit()
    assert dialog.secret.text() == ""
    said(dialog, qtbot, "Đã khôi phục 1 hồ sơ")
    with Store.open(tmp_path / "again", PASSWORD) as store:
        assert store.unit.get() == UNIT


def test_a_wrong_password_is_said_and_nothing_is_made(dialog: RestoreDialog, qtbot: QtBot, tmp_path: Path) -> None:
    dialog.secret.setText("không phải mật khẩu này")
    dialog.submit()
    qtbot.waitUntil(lambda: dialog.strip.property("tint") == "red", timeout=20_000)
    assert not (tmp_path / "again").exists()
    assert dialog.go.isEnabled()


def test_a_folder_that_is_used_is_refused(dialog: RestoreDialog, qtbot: QtBot, tmp_path: Path) -> None:
    dialog.folder.setText(str(tmp_path / "unit"))
    dialog.submit()
    said(dialog, qtbot, "Thư mục này không trống")


def test_what_is_missing_is_asked_for(dialog: RestoreDialog) -> None:
    dialog.folder.clear()
    dialog.submit()
    assert "Còn thiếu" in dialog.strip.accessibleName()
    assert not dialog.work.running


def test_a_file_that_is_no_backup_is_said_at_once(dialog: RestoreDialog, tmp_path: Path) -> None:
    (tmp_path / "thu.vxbackup").write_bytes(b"PK")
    dialog.path.setText(str(tmp_path / "thu.vxbackup"))
    dialog.look()
    assert "bị hỏng hoặc thiếu" in dialog.strip.accessibleName()

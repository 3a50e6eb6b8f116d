"""Backups at the desk: a place, the day's backup, what is warned of, and whose a backup is."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from desktop.desk.backing_up import BackupDesk, back_up_before, open_store, warn_days
from desktop.desk.errors import DeskError
from desktop.dossier.dates import VIETNAM
from desktop.dossier.duties import Duty
from desktop.dossier.users import User
from desktop.store.backup_place import writing_at
from desktop.store.backups import list_backups
from desktop.store.database import Database
from desktop.store.errors import StoreError
from desktop.store.keys import MasterKey, unlock
from desktop.store.store import DATABASE, KEYS, Store
from tests.contract.backup_kit import flip, restored
from tests.contract.store_kit import CHEAP, PASSWORD, PEOPLE, UNIT
from tests.unit.desk.kit import Clock, Office


@pytest.fixture
def usb(tmp_path: Path) -> Path:
    (tmp_path / "usb").mkdir()
    return tmp_path / "usb"


@pytest.fixture
def desk(office: Office) -> BackupDesk:
    return BackupDesk(office.context())


def test_before_a_place_was_chosen(desk: BackupDesk) -> None:
    state = desk.state()
    assert (state.place, state.last_at, state.free) == ("", "", -1)
    assert "Chưa chọn nơi lưu" in state.warning
    assert desk.backups() == ()
    assert desk.run_if_due() is None
    with pytest.raises(StoreError) as none:
        desk.run()
    assert none.value.code == "backup_no_place"


def test_a_place_and_a_backup(desk: BackupDesk, usb: Path) -> None:
    desk.set_place(usb)
    assert "Chưa có bản sao lưu" in desk.state().warning
    made = desk.run()
    state = desk.state()
    assert (state.place, state.last_at, state.last_ok) == (str(usb), made.at, True)
    assert state.free > 0
    assert state.next_due > made.at
    assert "cùng ổ đĩa" in state.warning  # a folder of the same disk, in a test
    assert list(desk.backups()) == [made]
    assert desk.verify(Path(made.path)).missing == ()
    assert desk.verify(Path(made.path)).opened


def test_the_day_s_backup_is_made_once_and_when_something_changed(office: Office, desk: BackupDesk, usb: Path) -> None:
    desk.set_place(usb)
    first = desk.run_if_due()
    assert first is not None
    assert desk.run_if_due() is None
    assert desk.run_if_due(closing=True) is None
    office.draft()
    assert not desk.due(_moment(first.at))
    assert desk.due(_moment(first.at) + timedelta(days=15))


def test_the_window_closing_backs_up_what_changed_an_hour_after_the_last(
    office: Office, desk: BackupDesk, usb: Path
) -> None:
    desk.set_place(usb)
    made = desk.run()
    office.clock.at = _moment(made.at) + timedelta(hours=2)
    with office.store.transaction():  # not in the second of the unit's own creation
        office.store.backups.database.run("UPDATE backups SET at = ?", (office.context().now(),))
    assert desk.run_if_due(closing=True) is None
    with office.store.transaction():
        office.store.journal.append("hanh", "submit", None, "later")
        office.store.backups.database.run("UPDATE backups SET at = '2026-01-05T01:00:00Z'")
    assert desk.run_if_due(closing=True) is not None


def test_a_place_that_is_gone(desk: BackupDesk, usb: Path) -> None:
    desk.set_place(usb)
    desk.run()
    shutil.rmtree(usb)
    state = desk.state()
    assert state.free == -1
    assert "Không thấy nơi lưu" in state.warning
    assert desk.backups() == ()


def test_many_days_without_one_are_warned_of(office: Office, desk: BackupDesk, usb: Path) -> None:
    desk.set_place(usb)
    made = desk.run()
    with office.store.transaction():
        office.store.journal.append("hanh", "submit", None, "d1")
        office.store.backups.database.run("UPDATE backups SET at = '2026-01-05T01:00:00Z'")
    assert "Sao lưu ngay" in desk.state().warning
    assert (warn_days(office.store), made.problem) == (3, "")


def test_another_unit_s_and_a_damaged_backup(desk: BackupDesk, usb: Path, tmp_path: Path) -> None:
    other = UNIT.model_copy(update={"code": "7654321"})
    with Store.create(tmp_path / "other", PASSWORD, other, PEOPLE, kdf=CHEAP) as store:
        theirs = BackupDesk(Office(store, Clock()).context())
        theirs.set_place(usb)
        foreign = theirs.run()
    desk.set_place(usb)
    mine = desk.run()
    assert list(desk.backups()) == [mine]
    with pytest.raises(StoreError) as wrong:
        desk.verify(Path(foreign.path))
    flip(Path(mine.path), mine.size // 2)
    with pytest.raises(StoreError) as damaged:
        desk.verify(Path(mine.path))
    assert (wrong.value.code, damaged.value.code) == ("backup_other_unit", "backup_damaged")


def test_who_only_looks_makes_no_backup(office: Office, usb: Path) -> None:
    viewer = User(user_id="v", name="Người xem", duties=(Duty.VIEWER,))
    office.store.users.save(User(user_id="a", name="Lò Thị Hạnh", duties=(Duty.ADMINISTRATOR,)), "")
    office.store.users.save(viewer, "")
    desk = BackupDesk(replace(office.context(), account=viewer))
    for act in (desk.run, lambda: desk.set_place(usb)):
        with pytest.raises(DeskError) as refused:
            act()
        assert refused.value.code == "not_allowed"


def test_before_an_upgrade_a_stick_that_is_away_holds_nothing_up(office: Office, desk: BackupDesk, usb: Path) -> None:
    assert back_up_before(office.store, "upgrade") is None
    desk.set_place(usb)
    made = back_up_before(office.store, "upgrade")
    assert made is not None
    shutil.rmtree(usb)
    assert back_up_before(office.store, "rotation") is None


def _moment(at: str) -> datetime:
    return datetime.fromisoformat(at).astimezone(VIETNAM)


GOLDEN = Path(__file__).parents[2] / "data" / "golden"
OLD = sorted(path.name for path in GOLDEN.iterdir() if path.is_dir())


def older(step: str, folder: Path, place: Path) -> MasterKey:
    """A store as a program of its time left it, with a place for its backups chosen; give its key."""
    shutil.copytree(GOLDEN / step, folder)
    key = unlock(folder / KEYS, PASSWORD)
    with Database(folder / DATABASE, key) as database, database.transaction():
        code = json.loads(str(database.value("SELECT body FROM unit")))["code"]
        database.run("INSERT OR REPLACE INTO settings VALUES ('backup_place', ?)", (str(place),))
    (place / code).mkdir()
    return key


@pytest.mark.parametrize("step", OLD[::2])
def test_an_older_store_is_backed_up_as_it_is_before_it_is_upgraded(step: str, tmp_path: Path, usb: Path) -> None:
    key = older(step, tmp_path / "unit", usb)
    with open_store(tmp_path / "unit", key) as store:
        said = [row[0] for row in store.backups.database.rows("SELECT local_id FROM drafts ORDER BY id")]
    (backup,) = list_backups(usb)
    assert (backup.schema, backup.problem) == (int(step), "")
    restored(backup, tmp_path / "again")
    with Store.open(tmp_path / "again", PASSWORD) as store:
        assert [row[0] for row in store.backups.database.rows("SELECT local_id FROM drafts ORDER BY id")] == said
    with open_store(tmp_path / "unit", key):
        assert len(list_backups(usb)) == 1


def test_a_place_in_use_holds_no_upgrade_up_and_is_told_of(tmp_path: Path, usb: Path) -> None:
    key = older(OLD[0], tmp_path / "unit", usb)
    with writing_at(next(usb.iterdir())), open_store(tmp_path / "unit", key) as store:
        assert "Chưa sao lưu được" in str(store.backups.database.value("SELECT group_concat(text) FROM sync_log"))
    assert list_backups(usb) == []

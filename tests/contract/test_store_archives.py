"""Closed years leave the store whole, are found and read where they went, change no balance, and come back whole."""

import os
import shutil
import signal
from pathlib import Path

import pytest

from desktop.dossier.views import RowQuery
from desktop.store.archives import STEPS_TOLD
from desktop.store.errors import StoreError
from desktop.store.keys import unlock
from desktop.store.rotation import rotate
from desktop.store.salvage import salvage
from desktop.store.store import KEYS, Store
from tests.contract.archive_kit import SCAN, answers, booked, everything, fill, guards, of_year, shown
from tests.contract.backup_kit import back_up, restored, stick
from tests.contract.store_kit import PASSWORD, Ticking, decision, package_id, raw

FILE = "archive-2024.vx"


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("filled") / "unit"
    fill(folder)
    return folder


@pytest.fixture
def unit(filled: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(filled, tmp_path / "unit"))


def opened(folder: Path) -> Store:
    return Store.open(folder, PASSWORD, clock=Ticking())


def put_away(folder: Path) -> None:
    with opened(folder) as store:
        store.archives.put_away(2024, "hanh")


def assert_away(folder: Path) -> None:
    """The year is in its file, found, readable and whole, and the store is sound."""
    with opened(folder) as store:
        assert [(item.year, item.dossiers) for item in store.archives.years()] == [(2024, 2)]
        assert {hit.ref for hit in store.find.search("tien dien", kinds=("archive",))} == {"2024/old", "2024/older"}
        assert (store.check(), store.checks.full()) == ([], ())
        with store.closed_year(2024) as year:
            assert year.packages.get(package_id("old")).core == b"core of old"
            assert year.attachments.open_bytes(year.drafts.get("old").attachments[0].sha256) == SCAN


def test_the_list_no_longer_shows_them_and_search_leads_to_their_file(unit: Path) -> None:
    put_away(unit)
    assert_away(unit)
    with opened(unit) as store:
        assert {row.local_id for row in store.projection.rows(RowQuery())} == {"waiting", "new", "draft"}
        assert shown(store) == {"all": 3, "treasury": 1, "paid": 1, "draft": 1}
        assert [hit.ref for hit in store.find.search("hoa don", kinds=("archive", "attachment"))] == ["2024/old"]


def test_no_balance_and_no_answer_to_a_rule_changes(unit: Path) -> None:
    with opened(unit) as store:
        before = answers(store)
        store.archives.put_away(2024, "hanh")
        assert answers(store) == before
        store.archives.taken_out(2024, "hanh")
        assert answers(store) == before


def test_taken_out_it_is_as_it_was(unit: Path) -> None:
    before, guarded = everything(unit), guards(unit)
    put_away(unit)
    assert guards(unit) == guarded
    assert everything(unit) != before
    with opened(unit) as store:
        assert store.archives.taken_out(2024, "hanh") == 2
        assert not list(unit.glob("archive-*.vx*"))
    after = everything(unit)
    assert {name: rows for name, rows in after.items() if rows != before[name]} == {}
    assert guards(unit) == guarded


def test_rows_written_meanwhile_keep_their_numbers(unit: Path) -> None:
    with raw(unit) as database, database.transaction():
        found = database.value("SELECT package_id FROM packages WHERE local_id = 'old'")
        database.insert("evidence", package_id=found, step=1, level="LT", cms=b"cms", at="")
    before = everything(unit)["evidence"][0].split(", ", 1)[1]
    put_away(unit)
    with opened(unit) as store:
        with store.transaction():
            waiting = package_id("waiting")
            raw_rows = store.backups.database
            raw_rows.insert("evidence", package_id=waiting, step=1, level="LT", cms=b"x", at="")
        of_year(store, "later", 2026)
        store.archives.taken_out(2024, "hanh")
        assert (store.check(), store.checks.full()) == ([], ())
    after = everything(unit)
    assert before in [row.split(", ", 1)[1] for row in after["evidence"]]
    assert (len(after["evidence"]), len(after["receipts"])) == (2, 5)


def test_what_is_left_of_them_is_small(unit: Path) -> None:
    put_away(unit)
    with raw(unit) as database:
        assert database.value("SELECT count(*) FROM packages WHERE length(core) = 0") == 2
        assert database.value("SELECT count(DISTINCT submission_id) FROM submission_objects") == 2
        assert database.value("SELECT max(length(body)) FROM drafts WHERE deleted_at IS NOT NULL") < 100


def test_the_file_is_read_and_never_written(unit: Path) -> None:
    put_away(unit)
    before = (unit / FILE).read_bytes()
    with opened(unit) as store, store.closed_year(2024) as year:
        with pytest.raises(StoreError):
            year.settings.set("lock_minutes", "5")
        assert year.projection.row("old").local_id == "old"
        assert len(year.projection.history("old")) > 4
    assert (unit / FILE).read_bytes() == before


@pytest.mark.parametrize(
    ("year", "code"), [(2025, "archive_open_year"), (2026, "archive_open_year"), (2023, "archive_nothing")]
)
def test_what_is_not_closed_stays(unit: Path, year: int, code: str) -> None:
    before = everything(unit)
    with opened(unit) as store, pytest.raises(StoreError) as error:
        store.archives.put_away(year, "hanh")
    assert error.value.code == code
    assert everything(unit) == before


def test_a_year_is_put_away_once(unit: Path) -> None:
    put_away(unit)
    with opened(unit) as store, pytest.raises(StoreError) as error:
        store.archives.put_away(2024, "hanh")
    assert error.value.code == "archive_there"
    assert_away(unit)


def test_paid_and_not_booked_is_not_done(unit: Path) -> None:
    with opened(unit) as store:
        store.feed.apply_page([decision(7, package_id("waiting"), "paid")], 7)
        assert store.archives.closed() == {2024: 2}
        store.feed.apply_page([booked(8, "waiting", 2024)], 8)
        assert store.archives.closed() == {2024: 3}


@pytest.mark.parametrize("kept", [True, False])
def test_its_attachments_are_kept_from_the_sweep(unit: Path, kept: bool) -> None:
    put_away(unit)
    if not kept:
        with raw(unit) as database, database.transaction():
            database.run("DELETE FROM draft_files WHERE local_id = 'archive-2024'")
    with Store.open(unit, PASSWORD, clock=lambda: "2027-03-01T00:00:00Z"):
        assert len(list((unit / "attachments").iterdir())) == kept


def test_a_kill_before_the_file_of_a_year_taken_out_goes_is_cleared_away(unit: Path) -> None:
    put_away(unit)
    left = (unit / FILE).read_bytes()
    with opened(unit) as store:
        store.archives.taken_out(2024, "hanh")
    (unit / FILE).write_bytes(left)
    with opened(unit) as store:
        assert (store.archives.years(), (unit / FILE).exists()) == ((), False)
        assert store.packages.get(package_id("old")).core == b"core of old"


def test_a_hurt_file_says_so_and_is_not_taken_out(unit: Path) -> None:
    put_away(unit)
    content = bytearray((unit / FILE).read_bytes())
    content[9000] ^= 1
    (unit / FILE).write_bytes(content)
    with opened(unit) as store, pytest.raises(StoreError) as error:
        store.archives.taken_out(2024, "hanh")
    assert error.value.code == "archive_damaged"


def test_another_data_key_takes_it_along(unit: Path) -> None:
    put_away(unit)
    rotate(unit, unlock(unit / KEYS, PASSWORD))
    assert_away(unit)


def test_a_backup_takes_it_along(unit: Path, tmp_path: Path) -> None:
    put_away(unit)
    with opened(unit) as store:
        backup = back_up(store, stick(tmp_path, store))
    made = restored(backup, tmp_path / "again")
    assert made.missing == ()
    assert_away(tmp_path / "again")
    before = everything(unit)
    assert everything(tmp_path / "again")["submissions"] == before["submissions"]


def test_a_salvage_takes_it_along(unit: Path, tmp_path: Path) -> None:
    put_away(unit)
    report = salvage(unit, unlock(unit / KEYS, PASSWORD), tmp_path / "saved")
    assert report.asked == 0
    assert_away(tmp_path / "saved")
    with opened(tmp_path / "saved") as store:
        assert store.archives.taken_out(2024, "hanh") == 2


def killed(folder: Path, step: int) -> int:
    """Put the year away in a process of its own that ends by SIGKILL after so many steps; give what ended it."""

    def reached(done: int, _of: int) -> None:
        if done == step:
            os.kill(os.getpid(), signal.SIGKILL)

    child = os.fork()
    if not child:
        Store.open(folder, PASSWORD).archives.put_away(2024, "hanh", reached)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


@pytest.mark.skipif(os.name != "posix", reason="kill -9 is of POSIX")
@pytest.mark.parametrize("step", range(1, STEPS_TOLD + 1))
def test_killed_at_any_step_it_is_here_or_there(unit: Path, step: int) -> None:
    before, guarded = everything(unit), guards(unit)
    assert killed(unit, step) == -signal.SIGKILL
    with opened(unit) as store:
        away = bool(store.archives.years())
    assert away == (step > 2)
    if away:
        assert_away(unit)
    else:
        assert not list(unit.glob("archive-*.vx*"))
        assert everything(unit) == before
    assert guards(unit) == guarded

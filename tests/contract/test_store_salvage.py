"""What can be read of a damaged store comes out into a new one that opens, and nothing of it leaves unasked."""

import os
import random
import shutil
from pathlib import Path

import pytest

from desktop.store.database import Database
from desktop.store.errors import StoreError
from desktop.store.keys import unlock
from desktop.store.raw_pages import Pages
from desktop.store.raw_tables import RawTables
from desktop.store.salvage import SalvageReport, salvage
from desktop.store.store import ATTACHMENTS, DATABASE, KEYS
from tests.contract.damage_kit import MANY, filled, flip, opened, pages, told
from tests.contract.store_kit import PASSWORD, dossier, raw
from tests.contract.test_golden_stores import GOLDEN

SENT = MANY // 2
WHEN = "2030-01-01T00:00:00Z"


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return filled(tmp_path_factory.mktemp("sound") / "unit")


@pytest.fixture
def unit(sound: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(sound, tmp_path / "unit"))


def saved(unit: Path, name: str = "saved") -> SalvageReport:
    return salvage(unit, unlock(unit / KEYS, PASSWORD), unit.with_name(name))


def rows_of(folder: Path) -> dict[str, list[str]]:
    """Every row of every table as SQLCipher itself reads it."""
    with raw(folder) as database:
        names = database.rows("SELECT name FROM sqlite_master WHERE rootpage AND type = 'table'")
        return {
            str(name): sorted(str(sorted(dict(row).items())) for row in database.rows(f"SELECT * FROM {name}"))
            for (name,) in names
        }


def read_raw(folder: Path) -> dict[str, list[str]]:
    """The same by our own reader, page by page."""
    reader = Pages(folder / DATABASE, unlock(folder / KEYS, PASSWORD))
    tables = RawTables(reader)
    found: dict[str, list[str]] = {name: [] for name in tables.shapes}
    for name, row in tables.read(list(tables.shapes)):
        found[name].append(str(sorted(row.items())))
    reader.close()
    return {name: sorted(rows) for name, rows in found.items()}


def test_pages_are_read_as_sqlcipher_reads_them(unit: Path) -> None:
    assert read_raw(unit) == rows_of(unit)


def test_what_the_log_committed_counts(unit: Path) -> None:
    with opened(unit) as store:
        store.drafts.save(dossier("in-the-log"), "hanh")
        copy = Path(shutil.copytree(unit, unit.with_name("pulled")))  # as a power cut leaves it, log and all
    assert (copy / f"{DATABASE}-wal").stat().st_size > 0
    saved(copy)
    with opened(copy.with_name("saved")) as store:
        assert store.drafts.get("in-the-log").local_id == "in-the-log"


def test_of_a_sound_store_everything_comes_back(unit: Path) -> None:
    with opened(unit) as store:
        truth, balance = told(store), store.estimates.all()
    report = saved(unit)
    assert report.whole
    assert (report.dossiers, report.packages, report.attachments, report.asked) == (MANY, MANY, 1, SENT)
    with opened(report.folder) as store:
        found = told(store)
        assert {name for name, (state, _) in found.items() if state != "doubtful"} == {
            name for name, (state, _) in truth.items() if state == "accepted"
        }
        assert {name: amount for name, (_, amount) in found.items()} == {n: a for n, (_, a) in truth.items()}
        assert [(line.used, line.held) for line in store.estimates.all()] == [(b.used, b.held) for b in balance]
        assert store.checks.full() == ()


def test_nothing_salvaged_is_sent_unasked(unit: Path) -> None:
    report = saved(unit)
    with opened(report.folder) as store:
        assert store.outbox.due(WHEN) == []
        store.deliveries.resume()
        due = store.outbox.due(WHEN)
        assert (len(due), {one.state for one in due}) == (SENT, {"doubtful"})


@pytest.mark.parametrize("seed", range(2))
def test_random_pages_cost_what_lay_on_them(unit: Path, seed: int) -> None:
    dice = random.Random(seed)
    flip(unit, *dice.sample(range(pages(unit)), 5))
    report = saved(unit)
    assert report.lost
    with opened(report.folder) as store:
        assert len(told(store)) >= MANY - 1
        assert report.packages >= MANY - 5
        cores = [len(row["core"]) for row in store._database.rows("SELECT core FROM packages")]
        assert cores == [6_000] * report.packages
        assert {one.kind for one in store.checks.full() or ()} <= {"journal", "package", "attachment", "dossier"}
        store.drafts.save(dossier("afterwards"), "hanh")


@pytest.mark.parametrize("page", [0, 1])
def test_the_first_pages_can_be_told_from_the_others(unit: Path, page: int) -> None:
    flip(unit, page)
    report = saved(unit)
    assert (report.dossiers, report.packages) == (MANY, MANY)


def test_a_page_that_led_to_others_costs_nothing(unit: Path) -> None:
    """The root of the packages' table: its leaves are found by the row numbers they hold."""
    with raw(unit) as database:
        root = database.value("SELECT rootpage FROM sqlite_master WHERE name = 'packages'")
    flip(unit, root - 1)
    report = saved(unit)
    assert report.packages == MANY
    assert report.lost == {"packages": 1}


def test_a_cut_file_gives_what_is_left(unit: Path) -> None:
    size = pages(unit)
    with (unit / DATABASE).open("r+b") as stream:
        stream.truncate(size * 4096 * 2 // 3)
    report = saved(unit)
    assert MANY // 2 < report.packages < MANY
    with opened(report.folder) as store:
        assert len(told(store)) == report.dossiers


def test_damaged_attachments_are_left_behind_and_named(unit: Path) -> None:
    (path,) = (unit / ATTACHMENTS).iterdir()
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    report = saved(unit)
    assert (report.attachments, len(report.lost_attachments)) == (0, 1)
    with opened(report.folder) as store:
        assert [one.kind for one in store.checks.cheap()] == ["attachment"]


@pytest.mark.parametrize("version", sorted(path.name for path in GOLDEN.iterdir() if path.is_dir()))
def test_stores_of_older_programs_too(tmp_path: Path, version: str) -> None:
    old = Path(shutil.copytree(GOLDEN / version, tmp_path / "unit"))
    with Database(old / DATABASE, unlock(old / KEYS, PASSWORD)) as database:
        count = database.value("SELECT count(*) FROM drafts")
    report = saved(old)
    assert (report.whole, report.dossiers) == (True, count)
    with opened(report.folder) as store:
        assert store.checks.full() == ()


def test_into_nothing_that_is_there(unit: Path) -> None:
    target = unit.with_name("saved")
    target.mkdir()
    (target / "x").touch()
    with pytest.raises(StoreError) as error:
        saved(unit)
    assert error.value.code == "salvage_folder_used"


def test_nothing_readable_says_so_and_leaves_no_folder(unit: Path) -> None:
    (unit / DATABASE).write_bytes(os.urandom(40_960))
    with pytest.raises(StoreError) as error:
        saved(unit)
    assert error.value.code == "salvage_nothing"
    assert sorted(path.name for path in unit.parent.iterdir()) == ["unit"]


def test_not_while_a_window_has_it_open(unit: Path) -> None:
    with opened(unit), pytest.raises(StoreError) as error:
        saved(unit)
    assert error.value.code == "store_in_use"

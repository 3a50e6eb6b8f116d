"""The demo's own parts: nothing of an earlier run counts, nobody's folder is emptied, twelve dossiers in any year."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from desktop.commands.parts import command_for
from desktop.demo import drafts
from desktop.demo.physics import physical_limit
from desktop.demo.processes import PartError, Processes, wait_until
from desktop.demo.scan import scan_pdf
from desktop.demo.story import FOLDERS, NotOurFolder, empty
from desktop.demo.table import ROWS, table
from desktop.demo.unit import BUDGET_YEAR, PEOPLE, UNIT
from desktop.dossier.document import Level
from desktop.dossier.signers import signing_steps
from desktop.exchange.pages import page_count
from tests.fixtures.softkeys import SoftPerson
from tests.unit.desk.kit import Clock, Office


@pytest.fixture
def processes(tmp_path: Path) -> Iterator[Processes]:
    with Processes(tmp_path / "logs") as made:
        yield made


def test_an_earlier_run_leaves_nothing_behind(tmp_path: Path) -> None:
    empty(tmp_path / "out")
    old = [tmp_path / "out" / name for name in ("summary.json", "pdf/old.pdf", "packages/old.asice")]
    for path in old:
        path.write_text("old")
    empty(tmp_path / "out")
    assert not any(path.exists() for path in old)
    assert {path.name for path in (tmp_path / "out").iterdir() if path.is_dir()} == set(FOLDERS)


def test_somebody_s_folder_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "pdf").mkdir()
    (tmp_path / "pdf" / "thesis.pdf").write_text("mine")
    with pytest.raises(NotOurFolder, match="--out") as error:
        empty(tmp_path)
    assert error.value.code == "folder_in_use"
    assert (tmp_path / "pdf" / "thesis.pdf").read_text() == "mine"


@pytest.mark.parametrize("year", [2026, 2027, 2031])
def test_twelve_dossiers_without_errors_in_any_year_of_the_decree(tmp_path: Path, year: int) -> None:
    people = [person.model_copy(update={"certificate_sha256": "c" * 64}) for person in PEOPLE]
    office = Office.make(tmp_path / "unit", people, Clock(datetime(year, 3, 2, 3, tzinfo=UTC)))
    with office.store:
        made = drafts.make_all(office.desk, UNIT, office.context().today(), tmp_path, seed=1)
        dossiers = [office.desk.dossier(item.local_id) for item in made]
        problems = [problem for dossier in dossiers for problem in office.desk.check(dossier)]
    assert (len(made), [p for p in problems if p.level is Level.ERROR]) == (12, [])
    forms = [form for dossier in dossiers for form in dossier.documents]
    assert {form.form for form in forms} == {"C2-02a/NS", "C2-03/NS", "C4-02a/KB", "M20"}
    years = {form.fields["budget_year"] for form in forms if "budget_year" in form.fields}
    assert years | {row["budget_year"] for form in forms for row in form.tables["lines"] if "budget_year" in row} == {
        BUDGET_YEAR
    }
    assert sorted({len(signing_steps(dossier.documents)) for dossier in dossiers}) == [2, 3]
    assert [item.expect for item in made].count("paid") == 10
    assert max(a.size for dossier in dossiers for a in dossier.attachments) >= 600 * 1024


@pytest.mark.parametrize("size", [20_000, 600 * 1024])
def test_a_scan_is_a_pdf_of_the_wanted_size_that_does_not_shrink(size: int) -> None:
    scan = scan_pdf(size, 7)
    assert page_count(scan) == 1
    assert size * 0.95 < len(scan) < size * 1.1
    assert scan_pdf(size, 7) == scan != scan_pdf(size, 8)


def test_the_limit_counts_every_byte_once(tmp_path: Path, soft_people: list[SoftPerson]) -> None:
    office = Office.make(tmp_path / "unit", [soft.person for soft in soft_people], Clock(), soft_people)
    with office.store:
        scan = b"%PDF-1.4 " + b"x" * 60_000
        packages = [office.seal(scan=scan)[1]]
        alone = physical_limit(office.store, packages, "demo")
        again = physical_limit(office.store, packages * 2, "demo")
    assert 60_000 < alone.bytes_minimum < 75_000
    assert again.bytes_minimum - alone.bytes_minimum < 1_000
    assert alone.seconds == pytest.approx(alone.bytes_minimum * 8 / 256_000)


def test_a_part_that_does_not_start_is_told_with_its_last_words(processes: Processes, tmp_path: Path) -> None:
    with pytest.raises(PartError) as error:
        processes.start_ready("link", "link", ["--profile", "good"], tmp_path / "ready.json")
    assert error.value.code == "part_failed"
    assert "required: --target" in error.value.message


def test_a_command_that_fails_is_told(processes: Processes, tmp_path: Path) -> None:
    with pytest.raises(PartError, match="report"):
        processes.call("gateway", ["report", "--home", str(tmp_path / "none"), "--json"])


def test_nothing_outlives_its_context(tmp_path: Path) -> None:
    with Processes(tmp_path / "logs") as processes:
        arguments = ["--target", "127.0.0.1:9", "--profile", "good", "--seed", "1"]
        part, _ = processes.start_ready("link", "link", arguments, tmp_path / "link.json")
        killed = processes.start("link", "link", arguments)
        killed.kill()
        assert part.running
        assert not killed.running
    assert not part.running


def test_waiting_ends(tmp_path: Path) -> None:
    with pytest.raises(PartError, match="nichts"):
        wait_until(lambda: False, 0.1, "nichts")
    assert wait_until(lambda: True, 0.1, "") < 0.1
    assert command_for("link")[1:] == ["-m", "desktop.demo.linksim"]


def test_the_table_reads_as_people_write_numbers() -> None:
    values = dict.fromkeys((key for key, _, _ in ROWS), 3) | {"bytes_minimum": 1_000_000, "bytes_sent": 1_250_000}
    lines = table(values | {"seconds_limit": 2.0, "seconds_sending": 4.25})
    assert any(line.endswith("1.250.000 byte") for line in lines)
    assert lines[-1] == "So với giới hạn: 1,25 lần số byte, 2,12 lần thời gian."

"""Proofs that a folder of voucher files becomes drafts, each file with its own report, on the real store."""

import os
from pathlib import Path

import pytest

from desktop.dossier.import_views import ImportReport
from desktop.exchange.errors import ExchangeError
from tests.unit.desk.kit import Office
from tests.unit.exchange.dvc_cases import CASES, style_b
from tests.unit.exchange.vouchers import zipped


def file_of(folder: Path, name: str, number: str = "S01", **changes: object) -> Path:
    case = CASES[name]
    content = style_b(name, {**case.header, "soChungTu": number, **changes}, case.lines)
    path = folder / f"{name}{number}.zip"
    path.write_bytes(zipped((f"{name}{number}.xml", content)))
    return path


def outcomes(reports: list[ImportReport]) -> list[tuple[str, str]]:
    return [(report.path.name, report.outcome) for report in reports]


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    (tmp_path / "inbox").mkdir()
    return tmp_path / "inbox"


@pytest.mark.parametrize("name", CASES)
def test_every_kind_becomes_a_draft(office: Office, inbox: Path, name: str) -> None:
    report = office.desk.import_files([file_of(inbox, name)])[0]
    assert (report.outcome in ("ok", "warnings"), report.total) == (True, CASES[name].total)
    document = office.desk.dossier(report.local_id).documents[0]
    assert (document.form, document.fields["document_no"]) == (report.form, "S01")


def test_a_bad_file_does_not_stop_the_rest(office: Office, inbox: Path) -> None:
    file_of(inbox, "C202a")
    file_of(inbox, "C402A", tongSoTien=5.0)
    (inbox / "C402B.xml").write_text("<!DOCTYPE x><java/>")
    (inbox / "notes.txt").write_text("không phải chứng từ")
    reports = office.desk.import_files([inbox])
    assert outcomes(reports) == [
        ("C202aS01.zip", "ok"),
        ("C402AS01.zip", "warnings"),
        ("C402B.xml", "refused"),
        ("notes.txt", "refused"),
    ]
    assert [report.code for report in reports[2:]] == ["entities_forbidden", "unknown_kind"]
    assert office.desk.counts()["all"] == 2


def test_the_unit_of_the_file_is_compared(office: Office, inbox: Path) -> None:
    code = office.store.unit.get().code
    own = office.desk.import_files([file_of(inbox, "C202a", "1", dvqhnsMa=code)])[0]
    other = office.desk.import_files([file_of(inbox, "C202a", "2", dvqhnsMa="1111111")])[0]
    assert (own.outcome, own.differences) == ("ok", ())
    assert "Tệp ghi mã ĐVQHNS 1111111" in other.differences[0]


def test_the_same_voucher_is_not_imported_twice(office: Office, inbox: Path) -> None:
    first = office.desk.import_files([file_of(inbox, "C202a")])[0]
    again = office.desk.import_files([inbox])[0]
    assert (again.outcome, again.code, again.local_id) == ("duplicate", "duplicate", first.local_id)
    assert again.message == f"Đã có ở hồ sơ {first.dossier}, không nhập lần nữa."
    assert office.desk.counts()["all"] == 1


@pytest.mark.parametrize(
    ("name", "number", "changes"),
    [
        ("C202a", "S01", {"dvqhnsNamns": 2025}),
        ("C202a", "S012", {}),
        ("C202a", "S-01", {}),
        ("C202b", "S01", {}),
        ("C402A", "S01", {}),
    ],
)
def test_another_year_number_or_form_is_another_voucher(
    office: Office, inbox: Path, name: str, number: str, changes: dict[str, object]
) -> None:
    office.desk.import_files([file_of(inbox, "C202a")])
    other = office.desk.import_files([file_of(inbox, name, number, **changes)])[0]
    assert other.outcome != "duplicate"
    assert office.desk.counts()["all"] == 2


@pytest.mark.parametrize("number", ["12/UNC-2026", 'a"b', "Đ 7", "100%", "S_1*"])
def test_a_number_of_any_signs_is_known_again(office: Office, inbox: Path, number: str) -> None:
    path = file_of(inbox, "C202a")
    content = style_b("C202a", {**CASES["C202a"].header, "soChungTu": number}, CASES["C202a"].lines)
    path.write_bytes(zipped(("C202a.xml", content)))
    found = [office.desk.import_files([path])[0].outcome for _ in range(2)]
    assert found[1] == "duplicate"


def test_a_deleted_draft_may_be_imported_again(office: Office, inbox: Path) -> None:
    first = office.desk.import_files([file_of(inbox, "C202a")])[0]
    office.desk.delete(first.local_id)
    assert office.desk.import_files([inbox])[0].outcome != "duplicate"


def test_a_list_of_payments_is_no_draft(office: Office, inbox: Path) -> None:
    path = inbox / "M01S01.xml"
    path.write_bytes(style_b("M01", {"dvqhnsMa": "1"}, ({"noiDung": "Giấy", "soTien": 5.0},)))
    report = office.desk.import_files([path])[0]
    assert (report.outcome, report.code, report.total) == ("rows", "statement", 5)
    assert "Hãy chép các dòng vào chứng từ chi" in report.message
    assert office.desk.counts()["all"] == 0


def test_it_stops_between_two_files_and_keeps_what_is_done(office: Office, inbox: Path) -> None:
    for number in range(4):
        file_of(inbox, "C202a", f"S{number}")
    told: list[tuple[int, int]] = []
    reports = office.desk.import_files(
        [inbox], told=lambda done, count, _: told.append((done, count)), stopped=lambda: len(told) == 2
    )
    assert (len(reports), told) == (2, [(1, 4), (2, 4)])
    assert office.desk.counts()["all"] == 2


def test_a_folder_that_is_not_there_imports_nothing(office: Office, inbox: Path) -> None:
    with pytest.raises(ExchangeError, match="Không thấy none"):
        office.desk.import_files([file_of(inbox, "C202a"), inbox / "none"])
    assert office.desk.counts()["all"] == 0


def test_what_is_no_plain_file_is_not_waited_for(office: Office, inbox: Path) -> None:
    os.mkfifo(inbox / "pipe")
    assert outcomes(office.desk.import_files([inbox / "pipe"])) == [("pipe", "refused")]

"""Paper that leaves the desk: what is shown is what is signed, and a file is whole or not there."""

import csv
from pathlib import Path

import openpyxl
import pytest

from desktop.demo.scan import scan_pdf
from desktop.desk.errors import DeskError
from desktop.desk.output import write_whole
from desktop.dossier.views import RowQuery
from desktop.exchange.pages import page_count
from tests.fixtures.scans import scan
from tests.unit.desk.kit import LISTED, PHONE, SUPPLIES, Office


def test_a_preview_is_as_wide_as_asked(office: Office) -> None:
    (page,) = office.desk.preview(office.desk.dossier(office.draft()).documents[0], 300)
    assert page.width == 300
    assert len(page.rgba) == page.width * page.height * 4


def test_an_attached_pdf_and_a_picture_can_be_looked_at_and_a_word_file_cannot(office: Office) -> None:
    pdf = office.store.attachments.add(scan_pdf(20_000, 1), "quét.pdf")
    photo = office.store.attachments.add(scan(), "chụp.jpg")
    word = pdf.model_copy(update={"media_type": "application/x"})
    assert [len(office.desk.preview_attachment(one, 200)) for one in (pdf, photo, word)] == [1, 1, 0]


def test_the_forms_of_a_dossier_are_one_file(office: Office, tmp_path: Path) -> None:
    office.desk.write_pdf(office.draft(LISTED), tmp_path / "a.pdf")
    assert page_count((tmp_path / "a.pdf").read_bytes()) == 2
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["a.pdf"]


def test_a_file_name_has_number_and_title_in_plain_letters(office: Office) -> None:
    local_id = office.draft(PHONE)
    assert office.desk.file_stem(local_id) == "0001-cuoc-dien-thoai-internet-thang-10"
    draft = office.desk.dossier(local_id)
    office.desk.save(draft.model_copy(update={"title": "../../Đường / " + "x" * 200}))
    assert office.desk.file_stem(local_id) == "0001-duong-" + "x" * 54


@pytest.mark.parametrize("name", ["list.xlsx", "list.csv"])
def test_the_whole_list_is_written_not_a_screenful(office: Office, tmp_path: Path, name: str) -> None:
    with office.store.transaction():
        for _ in range(7):
            office.draft(SUPPLIES)
    office.desk.export_rows(tmp_path / name, RowQuery(limit=2))
    assert len(read(tmp_path / name)) == 8
    assert "15400000" in "".join(map(str, read(tmp_path / name)[1])).replace(".", "")


def read(path: Path) -> list[list[str]]:
    if path.suffix == ".csv":
        return list(csv.reader(path.read_text("utf-8-sig").splitlines()))
    return [list(row) for row in openpyxl.load_workbook(path).active.iter_rows(values_only=True)]


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    target = tmp_path / "a.pdf"
    write_whole(target, b"old")
    write_whole(target, b"new")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("a.pdf", b"new")]


@pytest.mark.parametrize("place", ["missing/a.pdf", "file/a.pdf", "folder", "folder/.."])
def test_a_place_that_cannot_be_written_is_said_and_left_alone(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").write_text("kept")
    (tmp_path / "folder").mkdir()
    with pytest.raises(DeskError, match=r"Chọn (thư mục|tên tệp) khác") as error:
        write_whole(tmp_path / place, b"data")
    assert error.value.code == "not_writable"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "folder"]

"""Proofs that a list of payees comes in as it stands, and that every doubtful cell is named by its row."""

import zipfile
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest

from desktop.dossier.document import Level
from desktop.exchange.errors import SpreadsheetError
from desktop.exchange.export import export_rows
from desktop.exchange.sheet_walk import SheetList
from desktop.exchange.spreadsheet import read_beneficiaries

HEADING = ["STT", "Họ và tên", "Số tài khoản", "Ngân hàng", "Số tiền"]
HANH = [1, "Lò Thị Hạnh", "0035082001234", "Agribank", 5_000_000]
TUYEN = [2, "Hà Văn Tuyên", "102010000123456", "VietinBank", 7_250_000]


def xlsx(folder: Path, rows: Sequence[Sequence[object]]) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(list(row))
    book.save(folder / "list.xlsx")
    return folder / "list.xlsx"


def csv(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "list.csv"
    path.write_bytes(text.encode(encoding))
    return path


def read(folder: Path, *rows: Sequence[object]) -> SheetList:
    return read_beneficiaries(xlsx(folder, rows))


def messages(found: SheetList) -> list[tuple[str, str]]:
    return [(problem.level.value, problem.message) for problem in found.problems]


def test_a_plain_list(tmp_path: Path) -> None:
    found = read(tmp_path, [*HEADING, "Nhóm"], [*HANH, "Công chức"], [*TUYEN, "IV. Đối tượng khác"])
    assert found.rows == [
        {
            "name": "Lò Thị Hạnh",
            "account": "0035082001234",
            "bank": "Agribank",
            "amount": 5_000_000,
            "group": "civil_servants",
        },
        {
            "name": "Hà Văn Tuyên",
            "account": "102010000123456",
            "bank": "VietinBank",
            "amount": 7_250_000,
            "group": "others",
        },
    ]
    assert (found.total, found.problems) == (12_250_000, [])


def test_the_official_layout_with_two_heading_rows(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        ["DANH SÁCH THANH TOÁN CHO ĐỐI TƯỢNG THỤ HƯỞNG"],
        [],
        ["STT", "Đối tượng thụ hưởng", "Tài khoản ngân hàng", None, "Số tiền"],
        [None, None, "Số tài khoản đối tượng thụ hưởng", "Tên ngân hàng", None],
        ["(1)", "(2)", "(3)", "(3)", "(4)"],
        ["Tổng số", None, None, None, 12_250_000],
        ["I.", "Công chức", None, None, 5_000_000],
        HANH,
        ["III. Lao động hợp đồng"],
        TUYEN,
        [],
        ["Tổng số tiền bằng chữ: Mười hai triệu hai trăm năm mươi nghìn đồng"],
        ["Người lập", None, "Kế toán trưởng"],
    )
    assert [row["group"] for row in found.rows] == ["civil_servants", "contract_workers"]
    assert (found.total, found.problems) == (12_250_000, [])


@pytest.mark.parametrize(
    "names",
    [
        ["STT", "HỌ VÀ TÊN", "SỐ TÀI KHOẢN", "TÊN NGÂN HÀNG", "SỐ TIỀN"],
        ["tt", "ho ten", "so tk", "ngan hang", "so tien (dong)"],
        ["Số TT", "Đối tượng thụ hưởng", "Số tài khoản ngân hàng", "Mở tại", "Thực lĩnh"],
        ["No", "Người nhận", "STK", "Nơi mở tài khoản", "Thành tiền"],
    ],
)
def test_headings_in_many_words(tmp_path: Path, names: list[str]) -> None:
    row = read(tmp_path, names, HANH).rows[0]
    assert (row["name"], row["account"], row["amount"]) == ("Lò Thị Hạnh", "0035082001234", 5_000_000)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_csv_keeps_leading_zeros(tmp_path: Path, separator: str, encoding: str) -> None:
    lines = [separator.join(HEADING), separator.join(["1", "Lò Thị Hạnh", "0035082001234", "Agribank", "5.000.000"])]
    assert read_beneficiaries(csv(tmp_path, "\r\n".join(lines), encoding)).rows[0]["account"] == "0035082001234"


@pytest.mark.parametrize(
    ("amount", "value"),
    [(5_000_000, 5_000_000), (5_000_000.0, 5_000_000), ("5.000.000", 5_000_000), ("5 000 000 đ", 5_000_000)],
)
def test_amounts_that_are_whole(tmp_path: Path, amount: object, value: int) -> None:
    assert read(tmp_path, HEADING, [*HANH[:4], amount]).rows[0]["amount"] == value


@pytest.mark.parametrize(
    ("column", "cell", "level", "words"),
    [
        (1, None, "error", "Dòng 2: thiếu họ tên"),
        (2, None, "error", "Dòng 2: thiếu số tài khoản"),
        (2, 35082001234, "warning", "Dòng 2: số tài khoản đang ở dạng số, có thể mất số 0"),
        (2, 1.2345678901234567e18, "error", "Dòng 2: số tài khoản bị Excel làm tròn"),
        (2, "3.50821E+12", "error", "Dòng 2: số tài khoản không dùng được"),
        (2, "<script>", "error", "Dòng 2: số tài khoản không dùng được"),
        (3, " ", "error", "Dòng 2: thiếu tên ngân hàng"),
        (4, None, "error", "Dòng 2: thiếu số tiền"),
        (4, 1.5, "error", "Dòng 2: số tiền không phải số đồng chẵn"),
        (4, "năm triệu", "error", "Dòng 2: số tiền không phải số đồng chẵn"),
        (4, True, "error", "Dòng 2: số tiền không phải số đồng chẵn"),
        (4, 0, "error", "Dòng 2: số tiền phải lớn hơn 0"),
        (4, -5, "error", "Dòng 2: số tiền phải lớn hơn 0"),
        (4, 1e300, "error", "Dòng 2: số tiền không phải số đồng chẵn"),
    ],
)
def test_a_cell_that_cannot_be_trusted(tmp_path: Path, column: int, cell: object, level: str, words: str) -> None:
    found = read(tmp_path, HEADING, [*HANH[:column], cell, *HANH[column + 1 :]])
    key = ["stt", "name", "account", "bank", "amount"][column]
    problem = next(problem for problem in found.problems if problem.where.column == key)
    assert (problem.level.value, problem.where.table, problem.where.row) == (level, "lines", 0)
    assert problem.message.startswith(words)
    assert (key in found.rows[0]) is (level == "warning")


def test_a_formula_counts_as_its_stored_value(tmp_path: Path) -> None:
    path = xlsx(tmp_path, [HEADING, [*HANH[:4], "=2500000*2"]])
    assert "thiếu số tiền" in read_beneficiaries(path).problems[0].message
    stored = _with_member(path, "xl/worksheets/sheet1.xml", b"<v></v>", b"<v>5000000</v>")
    assert read_beneficiaries(stored).rows[0]["amount"] == 5_000_000


def _with_member(path: Path, member: str, old: bytes, new: bytes) -> Path:
    changed = path.with_name("changed.xlsx")
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name == member:
                assert old in content or not old
                content = content.replace(old, new) if old else new
            target.writestr(name, content)
    return changed


def test_a_declared_total_that_does_not_agree(tmp_path: Path) -> None:
    found = read(tmp_path, [*HEADING, "Nhóm"], [*HANH, "viên chức"], ["Tổng cộng", None, None, None, 6_000_000])
    assert len(found.problems) == 1
    assert found.problems[0].message.startswith("Dòng 3: tổng ghi 6.000.000 đ, cộng các dòng được 5.000.000 đ")


def test_the_same_account_twice(tmp_path: Path) -> None:
    found = read(tmp_path, HEADING, HANH, [2, *HANH[1:]])
    assert ("warning", "Dòng 3: số tài khoản trùng với dòng 2. Hãy kiểm tra có ghi hai lần không.") in messages(found)


def test_people_without_a_group_are_counted(tmp_path: Path) -> None:
    found = read(tmp_path, HEADING, HANH, TUYEN)
    assert [problem.level for problem in found.problems] == [Level.HINT]
    assert "2 người chưa rõ nhóm" in found.problems[0].message
    assert "group" not in found.rows[0]


def test_a_payee_whose_name_looks_like_a_total_is_kept(tmp_path: Path) -> None:
    found = read(tmp_path, HEADING, [1, "Tổng Văn Khác", *HANH[2:]], [2, "Viên Chức Hợp", *TUYEN[2:]])
    assert [row["name"] for row in found.rows] == ["Tổng Văn Khác", "Viên Chức Hợp"]


def test_the_list_may_stand_on_the_second_sheet(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Ghi chú"])
    sheet = book.create_sheet("DS")
    sheet.append(HEADING)
    sheet.append(HANH)
    book.save(tmp_path / "two.xlsx")
    assert read_beneficiaries(tmp_path / "two.xlsx").total == 5_000_000


def code_of(path: Path) -> str:
    with pytest.raises(SpreadsheetError) as caught:
        read_beneficiaries(path)
    assert caught.value.message.endswith(".")
    return caught.value.code


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([["a", "b"], ["c", "d"]], "no_heading"),
        ([[]], "no_heading"),
        ([HEADING], "no_rows"),
        ([HEADING, ["Tổng số", None, None, None, 5]], "no_rows"),
        ([HEADING, *[HANH] * 5_001], "too_many_rows"),
    ],
)
def test_a_sheet_that_is_no_list(tmp_path: Path, rows: list[list[object]], code: str) -> None:
    assert code_of(xlsx(tmp_path, rows)) == code


def test_a_picture_is_no_list(tmp_path: Path) -> None:
    assert code_of(csv(tmp_path, "STT;Họ;\0", "utf-8")) == "not_text"


def test_a_zip_bomb_in_an_xlsx(tmp_path: Path) -> None:
    path = xlsx(tmp_path, [HEADING, HANH])
    assert code_of(_with_member(path, "xl/styles.xml", b"", b" " * 30_000_000)) == "zip_bomb"


LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "' + "ha" * 1_000 + '"><!ENTITY b "' + "&a;" * 1_000 + '">]><sst><si><t>&b;</t></si></sst>'
)
STRINGS = '<Override PartName="/xl/s.xml" ContentType="{}.sharedStrings+xml"/></Types>'.format(
    "application/vnd.openxmlformats-officedocument.spreadsheetml"
)


def test_entities_in_the_shared_strings(tmp_path: Path) -> None:
    path = _with_member(xlsx(tmp_path, [HEADING, HANH]), "[Content_Types].xml", b"</Types>", STRINGS.encode())
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/s.xml", LAUGHS)
    assert code_of(path) == "truncated"


@pytest.mark.parametrize("member", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "[Content_Types].xml"])
@pytest.mark.parametrize("content", [b"", b"<a", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', b"<a/>"])
def test_a_damaged_member(tmp_path: Path, member: str, content: bytes) -> None:
    path = xlsx(tmp_path, [HEADING, HANH])
    assert code_of(_with_member(path, member, b"", content or b" ")) in ("truncated", "no_heading")


def test_a_cut_xlsx(tmp_path: Path) -> None:
    path = xlsx(tmp_path, [HEADING, HANH])
    path.write_bytes(path.read_bytes()[:-200])
    assert code_of(path) == "truncated"


def test_sixty_people_that_this_program_wrote(tmp_path: Path) -> None:
    rows = [(n, f"Người {n}", f"00{n:010}", "Agribank", 1_000_000 + n, "Viên chức") for n in range(1, 61)]
    export_rows(tmp_path / "out.xlsx", [*HEADING, "Nhóm"], rows)
    found = read_beneficiaries(tmp_path / "out.xlsx")
    assert (len(found.rows), found.total, found.problems) == (60, sum(row[4] for row in rows), [])
    assert found.rows[0]["account"] == "000000000001"

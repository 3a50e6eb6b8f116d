"""Proofs that `vungxa inspect` and `check` say of any spreadsheet what it is, and one sentence of a hostile one."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from desktop.exchange.export import export_rows
from tests.e2e.test_cli_files import limited, names, run, saved
from tests.unit.exchange.books import TO_TCVN3, ods, ods_of_xml

DATA = Path(__file__).parents[1] / "data" / "sheets"
HEADS = ("STT", "Họ và tên", "Số TK", "Ngân hàng", "Thực lĩnh")
HANH = (1, "Lò Thị Hạnh", "0035082001234", "Agribank", 5_000_000)
TWICE = (2, "Hà Văn Tuyên", "0035082001234", "Agribank", 7_000_000)
CSV = "\n".join(";".join(map(str, row)) for row in (HEADS, HANH))


def test_an_old_excel_file_is_read_like_any_other() -> None:
    ran = run(DATA, "inspect", DATA / "unicode.xls", "--json")
    assert (ran.code, ran.answer["kind"], ran.answer["form"]) == (0, "beneficiaries", "M20")
    assert (ran.answer["count"], ran.answer["total"]) == (2, 12_250_000)
    assert ran.answer["columns"]["name"] == "Họ và tên"


def test_old_letters_are_told_with_a_line_to_judge_by(tmp_path: Path) -> None:
    path = saved(tmp_path, CSV.translate(TO_TCVN3).encode("latin-1"), "a.csv")
    encoding = run(tmp_path, "inspect", path, "--json").answer["encoding"]
    assert (encoding["letters"], encoding["certain"]) == ("tcvn3", False)
    assert encoding["line"].startswith("STT | Họ và tên")
    assert {other["letters"] for other in encoding["others"]} == {"vni", "cp1258"}
    words = run(tmp_path, "inspect", path).out
    assert "Bảng mã đoán là TCVN3" in words
    assert "--letters vni" in words
    assert run(tmp_path, "inspect", path, "--letters", "morse", "--json").error == "unknown_choice"


def test_a_sheet_is_read_as_what_a_person_says(tmp_path: Path) -> None:
    path = ods(tmp_path / "a.ods", [["Nguồn", "Khoản", "Dự toán giao"], ["13", "341", 5_000_000]])
    ran = run(tmp_path, "inspect", path, "--as", "estimate", "--json")
    assert ran.answer["rows"] == [{"source": "13", "sector": "341", "amount": 5_000_000}]
    assert run(tmp_path, "inspect", path, "--as", "nothing", "--json").error == "unknown_choice"
    assert run(tmp_path, "inspect", path, "--as", "lines", "--form", "C2-02a/NS", "--json").error == "not_mapped"


def test_a_list_that_is_none_of_payees_says_what_is_missing(tmp_path: Path) -> None:
    path = saved(tmp_path, "Nguồn;Khoản;Dự toán giao\n13;341;5000000".encode(), "a.csv")
    assert run(tmp_path, "inspect", path, "--json").answer["kind"] == "estimate"
    assert run(tmp_path, "check", path, "--json").error == "no_heading"


def test_a_list_is_checked(tmp_path: Path) -> None:
    export_rows(tmp_path / "a.xlsx", HEADS, [HANH, TWICE])
    ran = run(tmp_path, "check", "a.xlsx", "--json")
    assert (ran.code, ran.answer["ok"], ran.answer["total"]) == (0, True, 12_000_000)
    (problem,) = [item for item in ran.answer["problems"] if item["level"] == "warning"]
    assert "trùng với dòng 2, ghi cho hai người" in problem["message"]
    assert problem["where"] == {"table": "lines", "row": 1, "column": "account"}


def test_a_wrong_cell_is_an_error(tmp_path: Path) -> None:
    export_rows(tmp_path / "a.csv", HEADS, [(1, "Lò Thị Hạnh", "0035O82001234", "Agribank", "năm triệu")])
    ran = run(tmp_path, "check", "a.csv")
    assert ran.code == 1
    assert "Dòng 2: số tiền không phải số đồng chẵn" in ran.out
    assert "ký tự thứ 5 của số tài khoản là chữ O" in ran.out


ROW = '<table:table-row{}><table:table-cell{} office:value-type="float" office:value="5"/></table:table-row>'
MANY = ROW.format(' table:number-rows-repeated="1048576"', ' table:number-columns-repeated="16384"')


def million_rows(path: Path) -> Path:
    """An .xlsx of a million rows, as small as such a file can be."""
    export_rows(path, HEADS, [HANH])
    with zipfile.ZipFile(path) as source:
        members = {name: source.read(name) for name in source.namelist()}
    row = b'<row><c t="n"><v>1</v></c></row>'
    sheet = members["xl/worksheets/sheet1.xml"].replace(b"</sheetData>", row * 200_000 + b"</sheetData>")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in members.items():
            target.writestr(name, sheet if name == "xl/worksheets/sheet1.xml" else content)
    return path


@pytest.mark.parametrize("command", ["inspect", "check"])
def test_hostile_sheets_cost_one_sentence(tmp_path: Path, command: str) -> None:
    bomb = ods_of_xml(tmp_path / "bomb.ods", MANY)
    rows = million_rows(tmp_path / "rows.xlsx")
    locked = saved(tmp_path, b"\xd0\xcf\x11\xe0" + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "locked.xlsx")
    broken = saved(tmp_path, (DATA / "unicode.xls").read_bytes()[:3000], "broken.xls")
    codes = [run(tmp_path, command, path, "--json", preexec_fn=limited).error for path in (bomb, rows, locked, broken)]
    assert codes[0] in ("truncated", "too_large", "too_many_rows")
    assert codes[1] in ("zip_bomb", "too_many_rows")
    assert codes[2:] == ["encrypted", "truncated"]
    assert names(tmp_path) == ["bomb.ods", "broken.xls", "locked.xlsx", "rows.xlsx"]

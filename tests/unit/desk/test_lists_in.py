"""The estimate and code lists come in from spreadsheets whole or not at all, and the check uses them at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.desk.catalogues import CodeLists
from desktop.desk.errors import DeskError
from desktop.desk.estimates import import_estimate
from desktop.dossier.document import Level
from desktop.dossier.errors import VungXaError
from tests.unit.desk.kit import Office

CODES = (
    "Mã;Tên;Mã cấp trên;Có hiệu lực từ;Hết hiệu lực\n6550;Vật tư văn phòng;;;\n6571;Mã mới;6550;01/01/2026;31/12/2026\n"
)
ESTIMATE = "Nguồn;Mã ngành;Dự toán giao\n13;341;500.000.000\n13;341;20.000.000\n12;341;70.000.000\n"


def written(folder: Path, text: str, name: str = "ds.csv") -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def test_imported_codes_are_used_by_check_and_look_up(office: Office, tmp_path: Path) -> None:
    lists = CodeLists(office.context())
    made = lists.import_file(written(tmp_path, CODES), "econ", label="TT 130")
    assert (made.version, made.size, made.used, made.label, made.file_name) == (1, 2, False, "TT 130", "ds.csv")
    assert office.desk.lookup("econ", "6571") == []
    lists.use("econ", 1)
    assert [found.code for found in office.desk.lookup("econ", "6571")] == ["6571"]
    local_id = office.draft()
    unknown = [p for p in office.desk.check(office.desk.dossier(local_id)) if "chưa có trong danh mục" in p.message]
    assert [problem.level for problem in unknown] == [Level.WARNING]


def test_going_back_ends_at_the_packaged_list(office: Office, tmp_path: Path) -> None:
    lists = CodeLists(office.context())
    for _ in range(2):
        lists.use("econ", lists.import_file(written(tmp_path, CODES), "econ").version)
    assert [lists.go_back("econ").version for _ in range(3)] == [1, 0, 0]
    assert [item.version for item in lists.versions() if item.kind == "econ" and item.used] == [0]


def test_every_kind_has_its_packaged_version(office: Office) -> None:
    sizes = {item.kind: item.size for item in CodeLists(office.context()).versions()}
    assert (sizes["econ"], sizes["commune"], sizes["budget_level"]) == (637, 3321, 4)


@pytest.mark.parametrize(
    ("kind", "text", "code", "says"),
    [
        ("màu", CODES, "unknown_catalogue", "econ"),
        ("chapter", CODES, "bad_list", "Dòng 2: mã 6550 không gồm 3 chữ số. Còn 1 chỗ khác cũng sai."),
        ("econ", CODES + "6571;Lại;6550;;\n", "bad_list", "Dòng 4: mã 6571 đã có ở dòng 3"),
        ("econ", CODES + "6572;Sai ngày;6550;32/01/2026;\n", "bad_list", "Dòng 4"),
        ("econ", "a;b\n1;2\n", "no_heading", "tiêu đề"),
    ],
)
def test_a_list_with_a_fault_is_refused_whole(
    office: Office, tmp_path: Path, kind: str, text: str, code: str, says: str
) -> None:
    with pytest.raises(VungXaError) as error:
        CodeLists(office.context()).import_file(written(tmp_path, text), kind)
    assert error.value.code == code
    assert says in error.value.message
    assert office.store.catalogues.versions() == ()


def test_estimate_rows_of_one_line_are_added_up(office: Office, tmp_path: Path) -> None:
    account = office.store.unit.get().estimate_account
    done = import_estimate(office.store, written(tmp_path, ESTIMATE), year=2031)
    assert (len(done.lines), done.rows, done.total) == (2, 3, 590_000_000)
    assert office.store.ledger().remaining(2031, account, "13", "341") == 520_000_000
    assert office.store.ledger().remaining(2031, account, "12", "341") == 70_000_000


def test_estimate_takes_year_and_account_from_the_file(office: Office, tmp_path: Path) -> None:
    text = "Năm;Tài khoản;Nguồn;Mã ngành;Dự toán giao\n2032;9527.3.1;13;341;5.000\n"
    import_estimate(office.store, written(tmp_path, text), year=2031, account="khác")
    assert office.store.ledger().remaining(2032, "9527.3.1", "13", "341") == 5_000


def test_estimate_with_a_bad_amount_changes_nothing(office: Office, tmp_path: Path) -> None:
    with pytest.raises(DeskError) as error:
        import_estimate(office.store, written(tmp_path, ESTIMATE + "14;341;mười\n"), year=2031)
    assert error.value.code == "bad_list"
    assert not [line for line in office.store.estimates.all() if line.budget_year == 2031]


def test_only_the_deposit_account_has_lines_without_a_sector(office: Office, tmp_path: Path) -> None:
    deposit = office.store.unit.get().deposit_account
    path = written(tmp_path, "Tài khoản;Nguồn;Mã ngành;Dự toán giao\n" + f"{deposit};41;;9.000\n")
    import_estimate(office.store, path, year=2031)
    assert office.store.ledger().balance_of(deposit) == 9_000
    with pytest.raises(DeskError) as error:
        import_estimate(office.store, written(tmp_path, ESTIMATE + "14;;7.000\n"), year=2031)
    assert "chưa có mã ngành" in error.value.message

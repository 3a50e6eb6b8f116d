"""Proofs that a list is imported as a person confirmed it, remembered by its source, and its payees held to account."""

from pathlib import Path

import pytest

from desktop.desk.errors import DeskError
from desktop.dossier.document import Dossier, Row
from desktop.dossier.list_views import ListSums, list_sums
from desktop.exchange.errors import SpreadsheetError
from desktop.exchange.export import export_rows
from desktop.exchange.sheet_rows import read_book
from tests.unit.desk.kit import Office

HEADS = ("STT", "Họ và tên", "Số TK", "Ngân hàng", "Thực lĩnh")
HANH = (1, "Lò Thị Hạnh", "3508205018021", "Agribank", 5_000_000)
TUYEN = (2, "Hà Văn Tuyên", "3508205018038", "Agribank", -7)
TCVN3 = "Hä vµ tªn;Sè tµi kho¶n;Ng©n hµng;Thùc lÜnh\nNguyÔn V¨n §øc;3508205018021;Agribank;5.000\n"


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    export_rows(tmp_path / "list.xlsx", HEADS, [HANH, TUYEN])
    return tmp_path / "list.xlsx"


def test_a_proposal_maps_the_columns_by_their_heading(office: Office, sheet: Path) -> None:
    found = office.desk.propose_list(sheet, "M20")
    assert found.columns == {1: "name", 2: "account", 3: "bank", 4: "amount"}
    assert (found.ready, found.remembered, found.headings) == (True, False, HEADS)
    assert found.sample[0] == ("1", "Lò Thị Hạnh", "3508205018021", "Agribank", "5000000")


def test_a_cell_that_cannot_be_read_stays_as_written(office: Office, sheet: Path) -> None:
    proposal = office.desk.propose_list(sheet, "M20")
    taken = office.desk.take_list(proposal, proposal.columns)
    assert [row["amount"] for row in taken.rows] == [5_000_000, "-7"]
    assert [p.where.row for p in taken.problems if p.where.column == "amount"] == [1]


def test_a_mapping_is_remembered_for_its_source(office: Office, tmp_path: Path) -> None:
    export_rows(tmp_path / "a.csv", ("A", "B", "C", "D"), [HANH[1:]])
    proposal = office.desk.propose_list(tmp_path / "a.csv", "M20")
    assert (proposal.ready, proposal.missing()) == (False, ["Số tài khoản", "Số tiền", "Họ tên"])
    office.desk.take_list(proposal, {0: "name", 1: "account", 2: "bank", 3: "amount"})
    export_rows(tmp_path / "next.csv", ("a", "b", "c", "d"), [TUYEN[1:]])
    again = office.desk.propose_list(tmp_path / "next.csv", "M20")
    assert (again.ready, again.remembered, again.columns[3]) == (True, True, "amount")
    assert not office.desk.propose_list(tmp_path / "next.csv", "C2-02a/NS").remembered


def test_old_letters_are_asked_for_once(office: Office, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(TCVN3.encode("latin-1"))
    asked = office.desk.propose_list(tmp_path / "a.csv", "M20")
    assert (asked.certain, asked.letters.key, asked.letters.line[:9]) == (False, "tcvn3", "Họ và tên")
    taken = office.desk.take_list(asked, asked.columns)
    assert taken.rows[0]["name"] == "Nguyễn Văn Đức"
    assert office.desk.propose_list(tmp_path / "a.csv", "M20").certain


def test_a_person_picks_other_letters(office: Office, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(TCVN3.encode("latin-1"))
    assert office.desk.propose_list(tmp_path / "a.csv", "M20", "vni").letters.key == "vni"


def test_a_list_without_its_columns_is_not_taken(office: Office, sheet: Path) -> None:
    with pytest.raises(SpreadsheetError, match="Chưa chọn cột cho Số tài khoản"):
        office.desk.take_list(office.desk.propose_list(sheet, "M20"), {1: "name", 4: "amount"})


def listed(office: Office, *rows: Row) -> Dossier:
    document = office.desk.blank_document("M20").model_copy(update={"tables": {"lines": list(rows)}})
    return Dossier(local_id="x", number="1", title="", documents=(document,))


def person(name: str, account: str) -> Row:
    return {"name": name, "account": account, "bank": "Agribank", "amount": 1}


def test_how_payees_stand_and_who_acknowledged_them(office: Office) -> None:
    user = office.desk.user()
    dossier = listed(office, person("Lò Thị Hạnh", "3508205018021"), person("Vi Văn C", "3508205018055"))
    assert [mark.standing for mark in office.desk.payee_marks(dossier, 0)] == ["new", "new"]
    office.desk.acknowledge_payee("3508 2050 18021", "Lò Thị Hạnh", user.name.upper())
    first, second = office.desk.payee_marks(dossier, 0)
    assert (first.standing, first.by, second.standing) == ("known", user.name, "new")
    bare = listed(office, person("LO THI HANH", "3508205018021"))
    assert [mark.paid_name for mark in office.desk.payee_marks(bare, 0)] == ["Lò Thị Hạnh"]
    assert first.paid_name == ""
    changed = listed(office, person("Hà Văn Tuyên", "3508205018021"), person("Lò Thị Hạnh", "3508205018099"))
    assert [mark.column for mark in office.desk.payee_marks(changed, 0)] == ["name", "account"]
    assert {p.rule for p in office.desk.check(changed)} >= {"payee-changed"}


def test_a_change_is_open_until_somebody_stands_for_it(office: Office) -> None:
    office.desk.acknowledge_payee("3508205018021", "Lò Thị Hạnh", office.desk.user().name)
    changed = listed(office, person("Hà Văn Tuyên", "3508205018021"))
    with pytest.raises(DeskError, match="Gõ lại tên này") as caught:
        office.desk.acknowledge_payee("3508205018021", "Hà Văn Tuyên", "ai đó")
    assert caught.value.code == "not_your_name"
    assert "payee-changed" in {p.rule for p in office.desk.check(changed)}
    office.desk.acknowledge_payee("3508205018021", "Hà Văn Tuyên", office.desk.user().name)
    assert "payee-changed" not in {p.rule for p in office.desk.check(changed)}
    entry = office.store.journal.entries(1)[0]
    assert (entry.actor, entry.action) == (office.desk.user().person_id, "acknowledge_payee")
    assert "3508205018021" not in entry.detail


def test_a_row_without_a_name_cannot_be_acknowledged(office: Office) -> None:
    with pytest.raises(DeskError, match="chưa đủ họ tên"):
        office.desk.acknowledge_payee("3508205018021", " ", office.desk.user().name)


def test_an_estimate_is_loaded_for_this_year_and_the_units_account(office: Office, tmp_path: Path) -> None:
    export_rows(tmp_path / "dt.xlsx", ("Mã nguồn", "Khoản", "Dự toán giao"), [("13", "341", 1_250_000_000)])
    assert office.desk.import_estimate(tmp_path / "dt.xlsx") == 1
    account = office.desk.unit().estimate_account
    given = {(line.budget_year, line.account, line.source, line.sector): line.given for line in office.desk.estimates()}
    assert given[2026, account, "13", "341"] == 1_250_000_000


def test_an_estimate_with_a_wrong_cell_changes_nothing(office: Office, tmp_path: Path) -> None:
    before = office.desk.estimates()
    export_rows(tmp_path / "dt.xlsx", ("Mã nguồn", "Khoản", "Dự toán giao"), [("13", "341", 5), ("12", "341", "x")])
    with pytest.raises(DeskError, match="Dòng 3"):
        office.desk.import_estimate(tmp_path / "dt.xlsx")
    assert office.desk.estimates() == before


def test_a_list_is_written_out_and_comes_back(office: Office, tmp_path: Path) -> None:
    row = person("Lò Thị Hạnh", "0035082050180") | {"group": "others"}
    document = listed(office, row).documents[0]
    office.desk.export_list(tmp_path / "out.xlsx", document)
    proposal = office.desk.propose_list(tmp_path / "out.xlsx", "M20")
    assert office.desk.take_list(proposal, proposal.columns).rows == [row]
    assert read_book(tmp_path / "out.xlsx").sheets[0][1][0] == 1


@pytest.mark.parametrize(
    ("amounts", "total", "difference", "hint"),
    [
        ([5, 5], 10, 0, ""),
        ([5, None, 2], 10, 3, "Đúng bằng ô còn trống ở dòng 2."),
        ([5, 5, 3], 10, -3, "Đúng bằng số tiền ở dòng 3."),
        ([5, 4], 10, 1, ""),
    ],
)
def test_a_list_is_held_against_its_voucher(
    office: Office, amounts: list[int | None], total: int, difference: int, hint: str
) -> None:
    voucher = office.desk.blank_document("C2-02a/NS").model_copy(update={"tables": {"lines": [{"amount": total}]}})
    people = listed(office, *({"amount": amount} for amount in amounts)).documents[0]
    sums = list_sums((voucher, people), 1)
    assert (sums.voucher, sums.difference, sums.hint) == (total, difference, hint)


def test_what_a_voucher_remits_is_no_payees(office: Office) -> None:
    line = {"amount": 10, "remit_amount": 3, "payee_amount": 7}
    voucher = office.desk.blank_document("C2-02b/NS").model_copy(update={"tables": {"lines": [line]}})
    sums = list_sums((voucher, listed(office, {"amount": 7}).documents[0]), 1)
    assert (sums.voucher, sums.difference, sums.binding) == (7, 0, False)


def test_a_list_without_a_voucher_agrees_with_nothing(office: Office) -> None:
    assert list_sums(listed(office, {"amount": 5}).documents, 0) == ListSums(None, "", 5, 1)

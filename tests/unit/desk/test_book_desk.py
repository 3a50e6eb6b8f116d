"""The book at the desk: entries, lines, months, deposits, movements, advances, contracts, the workbook of all."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest

from desktop.demo.unit import UNIT
from desktop.desk.book_desk import BookDesk
from desktop.desk.errors import DeskError
from desktop.dossier.book import EstimateEntry
from desktop.dossier.document import Document
from desktop.store.errors import StoreError
from tests.unit.desk.test_reconciling_books import desk_of
from tests.unit.desk.treasury_kit import Pair
from tests.unit.gateway.books_kit import with_rows

MAY, JUNE = datetime(2026, 5, 4, 3, tzinfo=UTC), datetime(2026, 6, 4, 3, tzinfo=UTC)


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Pair]:
    made = Pair.make(tmp_path)
    yield made
    made.close()


@pytest.fixture
def desk(pair: Pair) -> BookDesk:
    return desk_of(pair)


def entry(amount: int, kind: str = "added", **values: object) -> EstimateEntry:
    known = {"budget_year": 2026, "account": UNIT.estimate_account, "source": "13", "sector": "341"}
    return EstimateEntry.model_validate({**known, "kind": kind, "amount": amount, **values})


def spend(number: str, amount: int, kind: str = "actual", econ: str = "6501", **fields: str | int) -> Document:
    row = {"content": "Tiền điện", "econ": econ, "source": "13", "sector": "341", "amount": amount}
    made = with_rows("M13", row, document_no=number, account=UNIT.estimate_account, program_code="00000", **fields)
    return made.model_copy(update={"choices": made.choices | {"spending_kind": kind}})


def order(number: str, amount: int) -> Document:
    row = {"content": "Chi", "econ": "6551", "source": "13", "budget_year": 2026, "amount": amount}
    return with_rows("M17", row, document_no=number, account=UNIT.deposit_account)


def told(desk: BookDesk) -> list[tuple[str, str, int, int, int, int]]:
    return [(line.level, line.source + line.sector, *line[6:10]) for line in desk.lines(2026)]


def test_lines_are_sources_sectors_and_a_total(pair: Pair, desk: BookDesk) -> None:
    pair.rule(pair.submit("a", spend("1", 200_000_000)), MAY)
    pair.submit("b", spend("2", 50_000_000))
    assert told(desk) == [
        ("source", "12", 400_000_000, 0, 0, 400_000_000),
        ("sector", "12341", 400_000_000, 0, 0, 400_000_000),
        ("source", "13", 900_000_000, 200_000_000, 50_000_000, 650_000_000),
        ("sector", "13341", 900_000_000, 200_000_000, 50_000_000, 650_000_000),
        ("total", "", 1_300_000_000, 200_000_000, 50_000_000, 1_050_000_000),
    ]
    assert [line.as_of for line in desk.lines(2026)][2:] == ["2026-05-04T03:00:00Z"] * 3
    assert (desk.years(), desk.lines(2025)) == ([2026], ())


def test_an_item_given_apart_is_told_apart(pair: Pair, desk: BookDesk) -> None:
    desk.add_entry(entry(30_000, econ="6551"))
    pair.rule(pair.submit("a", spend("1", 10_000, econ="6551")), MAY)
    pair.submit("b", spend("2", 19_900, econ="6551"))
    (item,) = [line for line in desk.lines(2026) if line.level == "item"]
    assert (item.econ, item.given, item.used, item.held, item.left) == ("6551", 30_000, 10_000, 19_900, 100)
    assert item.warning == "Chỉ còn 100 đ"


def test_months_carry_what_is_held_in_the_month_that_runs(pair: Pair, desk: BookDesk) -> None:
    pair.rule(pair.submit("a", spend("1", 70)), MAY)
    pair.submit("b", spend("2", 5))
    months = desk.months(2026)
    assert (months[4].confirmed, sum(item.confirmed for item in months)) == (70, 70)
    assert [item.month for item in months if item.held] == [12]
    assert desk.even_share(2026) == 1_300_000_000 // 12


def test_deposit_account_runs_on_from_what_it_had(pair: Pair, desk: BookDesk) -> None:
    pair.rule(pair.submit("a", order("1", 100)), MAY)
    pair.rule(pair.submit("b", order("2", 30)), JUNE)
    pair.submit("c", order("3", 7))
    (line,) = desk.deposits(2026)
    assert (line.account, line.balance, line.held, line.usable) == (UNIT.deposit_account, 299_999_870, 7, 299_999_863)
    moves = desk.movements(UNIT.deposit_account, 2026)
    assert [(m.local_id, m.amount, m.balance, m.state) for m in moves] == [
        ("b", -30, 299_999_870, "match"),
        ("a", -100, 299_999_900, "match"),
    ]
    assert [m.local_id for m in desk.movements(UNIT.deposit_account, 2026, "ho so a")] == ["a"]


def test_advances_and_contracts_tell_how_old_they_are(pair: Pair, desk: BookDesk) -> None:
    named = {"contract_no": "12/HĐ", "contract_party": "Cty An", "contract_total": 900, "contract_date": "2026-01-05"}
    pair.rule(pair.submit("a", spend("T1", 300, "advance", made_date="2026-05-02", **named)), MAY)
    (advance,) = desk.advances()
    assert (advance.number, advance.total, advance.open, advance.since_days) == ("T1", 300, 300, 213)
    (contract,) = desk.contracts("cty an")
    assert (contract.party, contract.total, contract.paid, contract.advanced, contract.open) == (
        "Cty An", 900, 300, 300, 600,
    )  # fmt: skip
    assert desk.contracts("13/HĐ") == []


def test_an_entry_is_undone_by_its_counter_entry_once(desk: BookDesk) -> None:
    number = desk.add_entry(entry(500, document_no="12/QĐ"))
    counter = desk.undo_entry(number)
    newest = desk.entries(2026)[:2]
    assert [(row.entry.amount, row.undoes, row.undone) for row in newest] == [(-500, number, False), (500, None, True)]
    assert desk.lines(2026)[2].given == 900_000_000
    for again, code in ((number, "entry_undone"), (counter, "entry_counter"), (999, "entry_unknown")):
        with pytest.raises(StoreError) as error:
            desk.undo_entry(again)
        assert error.value.code == code


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        (entry(0), "bad_entry"),
        (entry(-5), "bad_entry"),
        (entry(5, "treasury"), "bad_entry"),
        (entry(5, sector=""), "bad_entry"),
        (entry(5, source=""), "bad_entry"),
        (entry(-(10**12), "adjusted"), "estimate_below_zero"),
    ],
)
def test_an_entry_that_cannot_stand_is_refused(desk: BookDesk, bad: EstimateEntry, code: str) -> None:
    with pytest.raises((DeskError, StoreError)) as error:
        desk.add_entry(bad)
    assert error.value.code == code  # type: ignore[attr-defined]
    assert len(desk.entries(2026)) == 3


def test_the_treasurys_grant_is_an_entry_that_nobody_undoes(pair: Pair, desk: BookDesk) -> None:
    row = {"content": "Lương", "sector": "341", "source": "13", "amount": 700}
    grant = with_rows("M22", row, document_no="9", account=UNIT.estimate_account, budget_year=2026)
    assert pair.rule(pair.submit("g", grant), MAY) == "paid"
    newest = desk.entries(2026)[0]
    assert (newest.entry.kind, newest.entry.amount, newest.entry.document_date) == ("treasury", 700, "2026-05-04")
    with pytest.raises(StoreError) as error:
        desk.undo_entry(newest.entry_id)
    assert error.value.code == "entry_of_treasury"


SHEET = (
    ("Loại giao", "Mã nguồn NSNN", "Mã ngành kinh tế", "Mã NDKT", "Mã CTMT, dự án", "Số tiền", "Số quyết định"),
    ("Bổ sung", "13", "341", "6551", "", 500, "12/QĐ-UBND"),
    ("Điều chỉnh giảm", "12", "341", "", "0010", -200, "13/QĐ-UBND"),
    ("", "14", "341", "", "", 90, ""),
)


def sheet(path: Path, *rows: tuple[object, ...]) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def test_a_spreadsheet_is_proposed_and_then_taken(desk: BookDesk, tmp_path: Path) -> None:
    proposal = desk.propose_entries(sheet(tmp_path / "dt.xlsx", *SHEET))
    assert [(item.kind, item.econ, item.program, item.amount) for item in proposal.entries] == [
        ("added", "6551", "", 500), ("adjusted", "", "0010", -200), ("initial", "", "", 90),
    ]  # fmt: skip
    assert (proposal.total, proposal.after - proposal.before, proposal.problems) == (390, 390, ())
    assert len(desk.entries(2026)) == 3
    assert desk.take_entries(proposal) == 3
    assert [line.given for line in desk.lines(2026) if line.level == "source"] == [399_999_800, 900_000_500, 90]
    assert desk.propose_entries(tmp_path / "dt.xlsx").known == 2


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (("Thưởng", "13", "341", "", "", 5, ""), "loại giao chưa rõ"),
        (("Bổ sung", "13", "", "", "", 5, ""), "chưa có mã ngành"),
        (("Bổ sung", "13", "341", "", "", -5, ""), "mới được âm"),
        (("Điều chỉnh", "13", "341", "", "", -(10**10), ""), "số âm"),
    ],
)
def test_a_spreadsheet_with_a_fault_takes_nothing(
    desk: BookDesk, tmp_path: Path, row: tuple[object, ...], said: str
) -> None:
    proposal = desk.propose_entries(sheet(tmp_path / "dt.xlsx", SHEET[0], SHEET[1], row))
    assert said in proposal.problems[0]
    with pytest.raises(DeskError, match="chưa có gì được ghi"):
        desk.take_entries(proposal)
    assert len(desk.entries(2026)) == 3


COLUMNS = {1: "source", 2: "sector", 4: "amount"}
OTHER = (
    ("UBND XÃ MƯỜNG LÝ", "", "", "", ""),
    ("TT", "N", "L.K", "Nội dung", "QĐ 12"),
    (1, "13", "341", "Lương, phụ cấp", "1.500.000"),
    (2, "12", "341", "Nghiệp vụ", "năm trăm"),
    (3, "", "", "", ""),
    (4, "14", "", "Mua sắm", 7),
)


def test_columns_that_nobody_knows_are_a_persons_to_say(desk: BookDesk, tmp_path: Path) -> None:
    path = sheet(tmp_path / "qd.xlsx", *OTHER)
    asked = desk.propose_columns(path)
    assert asked.missing() == ["Mã nguồn NSNN", "Mã ngành kinh tế", "Dự toán giao"]
    assert asked.sample[0] == ("1", "13", "341", "Lương, phụ cấp", "1.500.000")
    proposal = desk.propose_entries(path, columns=COLUMNS)
    assert [item.amount for item in proposal.entries] == [1_500_000]
    assert [fault.partition(":")[0] for fault in proposal.problems] == ["Dòng 4", "Dòng 6"]
    assert ("Dự toán giao", "QĐ 12") in proposal.columns
    desk.remember_columns(path, "", COLUMNS)
    assert desk.propose_entries(path) == proposal


@pytest.mark.parametrize("columns", [{1: "source", 2: "source"}, {1: "tiền"}, {9: "source"}, {1: "stt"}])
def test_columns_that_mean_nothing_are_refused(desk: BookDesk, tmp_path: Path, columns: dict[int, str]) -> None:
    with pytest.raises(DeskError) as error:
        desk.propose_entries(sheet(tmp_path / "qd.xlsx", *OTHER), columns=columns)
    assert error.value.code == "bad_columns"


def test_stopping_writes_nothing(desk: BookDesk, tmp_path: Path) -> None:
    proposal = desk.propose_entries(sheet(tmp_path / "dt.xlsx", *SHEET))
    seen: list[tuple[int, int]] = []
    with pytest.raises(DeskError) as error:
        desk.take_entries(proposal, told=lambda *at: seen.append(at), stopped=lambda: len(seen) == 2)
    assert (error.value.code, seen, len(desk.entries(2026))) == ("stopped", [(1, 3), (2, 3)], 3)


def test_nothing_is_lowered_below_what_is_used_and_held(pair: Pair, desk: BookDesk, tmp_path: Path) -> None:
    more = desk.add_entry(entry(100_000_000))
    pair.rule(pair.submit("a", spend("1", 800_000_000)), MAY)
    pair.submit("b", spend("2", 150_000_000))
    row = ("Điều chỉnh", "13", "341", "", "", -60_000_000, "")
    proposal = desk.propose_entries(sheet(tmp_path / "dt.xlsx", SHEET[0], row))
    assert "chỉ còn 940.000.000 đ, đã dùng và đang chờ 950.000.000 đ" in proposal.problems[0]
    for refused in (lambda: desk.add_entry(entry(-50_000_001, "adjusted")), lambda: desk.undo_entry(more)):
        with pytest.raises(DeskError) as error:
            refused()
        assert error.value.code == "estimate_below_used"
    desk.add_entry(entry(-50_000_000, "adjusted"))
    assert desk.lines(2026)[3].left == 0


def test_what_is_given_takes_the_place_of_what_was_provisional(desk: BookDesk, tmp_path: Path) -> None:
    line = {"source": "15", "budget_year": 2027}
    for kind, amount in (("carried", 40), ("provisional", 100), ("provisional", 20)):
        desk.add_entry(entry(amount, kind, **line))
    row = (2027, "", "15", "341", 900)
    path = sheet(tmp_path / "dt.xlsx", ("Năm", "Loại giao", "Nguồn", "Khoản", "Số tiền"), row)
    proposal = desk.propose_entries(path)
    assert (proposal.entries[0].kind, proposal.provisional) == ("initial", 120)
    assert (proposal.before, proposal.after) == (160, 940)
    desk.take_entries(proposal)
    assert [(one.level, one.given) for one in desk.lines(2027)] == [("source", 940), ("sector", 940), ("total", 940)]
    assert desk.propose_entries(path).entries[0].kind == "added"


def test_the_workbook_has_every_table(pair: Pair, desk: BookDesk, tmp_path: Path) -> None:
    pair.rule(pair.submit("a", order("1", 100)), MAY)
    desk.export(tmp_path / "so.xlsx", 2026)
    book = openpyxl.load_workbook(tmp_path / "so.xlsx")
    assert book.sheetnames == [
        "Dự toán 2026", "Theo tháng", "Bút toán dự toán", "Tiền gửi", "Biến động", "Tạm ứng", "Hợp đồng",
    ]  # fmt: skip
    assert [cell.value for cell in book["Biến động"][2]][3:6] == [-100, 299_999_900, "Khớp"]
    shown = [tuple(cell or "" for cell in row) for row in book["Dự toán 2026"].iter_rows(2, values_only=True)]
    assert [row[1:10] for row in shown] == [tuple(cell or "" for cell in line[1:10]) for line in desk.lines(2026)]
    months = [row[1:] for row in book["Theo tháng"].iter_rows(2, values_only=True)]
    assert months == [(item.confirmed, item.held) for item in desk.months(2026)]
    assert [row[2] for row in book["Tiền gửi"].iter_rows(2, values_only=True)] == [299_999_900]

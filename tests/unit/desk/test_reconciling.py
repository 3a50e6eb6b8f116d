"""A mismatch at the desk: which figures differ, what may explain each, and by when to reconcile again."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from desktop.demo.unit import UNIT
from desktop.desk.errors import DeskError
from desktop.dossier.document import Dossier, Row
from tests.contract.store_kit import event, package_id
from tests.unit.desk.test_book_desk import JUNE, MAY, entry, spend
from tests.unit.desk.test_reconciling_books import desk_of
from tests.unit.desk.treasury_kit import Pair
from tests.unit.gateway.books_kit import with_rows

OCTOBER = datetime(2026, 10, 5, 3, tzinfo=UTC)


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Pair]:
    made = Pair.make(tmp_path)
    made.rule(made.submit("a", spend("1", 700)), MAY)
    yield made
    made.close()


def begun(pair: Pair, period: int = 2, at: datetime = OCTOBER, **cells: int) -> Dossier:
    """A draft of Mẫu 26 and 28 filled from the book, with cells of the first line of Mẫu 26 written otherwise."""
    made = pair.store.drafts.get(desk_of(pair, at).begin_reconciliation("M26", 2026, period))
    rows: list[Row] = [dict(row) for row in made.documents[0].tables["lines"]]
    line = next(row for row in rows if row["source"] == "13")
    line.update(cells)
    first = made.documents[0].model_copy(update={"tables": {"lines": rows}})
    changed = made.model_copy(update={"documents": (first, *made.documents[1:])})
    pair.store.drafts.save(changed, "hanh")
    return changed


def sentences(pair: Pair, made: Dossier, column: str) -> list[str]:
    found = desk_of(pair).compare(made.local_id)
    return [cause.sentence for item in found if item.key == column for cause in item.causes]


def test_a_table_as_the_book_has_it_is_confirmed(pair: Pair) -> None:
    made = begun(pair)
    assert made.title == "Đối chiếu dự toán quý II/2026"
    assert pair.rule(pair.send(made), OCTOBER) == "paid"
    state = desk_of(pair, OCTOBER).reconciliation(2026)
    assert (state.kind, state.period, state.matched, state.lines) == ("due", "Quý III/2026", 0, 0)
    assert state.before == "Quý II/2026 đã khớp hết, 05/10."
    assert desk_of(pair).compare(made.local_id) == ()


def test_a_figure_written_otherwise_is_told_with_its_cause(pair: Pair) -> None:
    made = begun(pair, used_to_date=70)
    assert pair.rule(pair.send(made), OCTOBER) == "mismatch"
    first = desk_of(pair).compare(made.local_id)[0]
    assert (first.line, first.ours, first.theirs, first.difference) == ("13 / 341", 70, 700, 630)
    assert first.causes[0].sentence.startswith("Sổ ở đây cũng là 700 đ")
    assert any("chữ số 0" in cause.sentence for cause in first.causes)


@pytest.mark.parametrize(("day", "kind"), [(5, "differs"), (6, "differs"), (7, "overdue")])
def test_the_working_day_after_a_mismatch_runs(pair: Pair, day: int, kind: str) -> None:
    made = begun(pair, used_to_date=70)
    pair.rule(pair.send(made), OCTOBER)
    state = desk_of(pair, OCTOBER.replace(day=day)).reconciliation(2026)
    assert (state.kind, state.deadline, state.local_id) == (kind, "2026-10-06", made.local_id)
    assert (state.matched, state.lines) == (2, 3)
    assert state.sentence.startswith("13 / 341, số dư đến kỳ báo cáo: Kho bạc ghi 700 đ, bảng của đơn vị 70 đ.")


def test_a_corrected_table_answers_the_mismatch(pair: Pair) -> None:
    pair.rule(pair.send(begun(pair, used_to_date=70)), OCTOBER)
    pair.rule(pair.send(begun(pair)), OCTOBER)
    assert desk_of(pair, OCTOBER).reconciliation(2026).kind == "due"


def test_a_dossier_on_its_way_is_named(pair: Pair) -> None:
    pair.submit("w", spend("9", 55))
    made = begun(pair, used_to_date=755, used_period=755)
    pair.rule(pair.send(made), OCTOBER)
    assert "Hồ sơ w (55 đ) vẫn đang trên đường, sổ ở đây chưa tính." in sentences(pair, made, "used_to_date")


def test_what_was_decided_after_the_period_is_named(pair: Pair) -> None:
    pair.rule(pair.submit("l", spend("9", 44)), OCTOBER)
    made = begun(pair, used_to_date=744)
    pair.rule(pair.send(made), OCTOBER)
    assert "Hồ sơ l được giải quyết ngày 05/10/2026, sau kỳ đối chiếu." in sentences(pair, made, "used_to_date")


def test_a_dossier_left_out_is_named(pair: Pair) -> None:
    pair.rule(pair.submit("o", spend("9", 33)), JUNE)
    made = begun(pair, used_period=700)
    pair.rule(pair.send(made), OCTOBER)
    assert any("Đúng bằng hồ sơ o ngày 04/06/2026" in said for said in sentences(pair, made, "used_period"))


def test_an_adjustment_that_the_treasury_does_not_have_is_named(pair: Pair) -> None:
    desk_of(pair).add_entry(entry(1_234, document_date="2026-02-03"))
    made = begun(pair)
    pair.rule(pair.send(made), OCTOBER)
    assert sentences(pair, made, "usable")[0] == "Bút toán «Bổ sung» 1.234 đ ngày 03/02/2026 nằm trong sổ ở đây."


def test_money_that_nobody_here_asked_for_is_named(pair: Pair) -> None:
    stranger = spend("77", 888)
    made = Dossier(local_id="else", number="else", title="", documents=(stranger,))
    pair.rule(made, MAY)
    table = begun(pair, used_to_date=700, used_period=700)
    pair.rule(pair.send(table), OCTOBER)
    assert any(
        said.startswith("Kho bạc ghi 888 đ ngày 04/05/2026 mà") for said in sentences(pair, table, "used_to_date")
    )


def test_an_amount_under_another_code_is_named(pair: Pair) -> None:
    made = begun(pair, used_period=500, used_to_date=500)
    rows = [dict(row) for row in made.documents[0].tables["lines"]]
    next(row for row in rows if row["source"] == "12").update(used_period=200, used_to_date=200)
    first = made.documents[0].model_copy(update={"tables": {"lines": rows}})
    pair.store.drafts.save(made.model_copy(update={"documents": (first, *made.documents[1:])}), "hanh")
    pair.rule(pair.send(pair.store.drafts.get(made.local_id)), OCTOBER)
    found = sentences(pair, made, "used_to_date")
    for line in ("12 / 341", "13 / 341"):
        assert any(said.startswith(f"Dòng {line} lệch ngược đúng số này.") for said in found)


def test_a_dossier_of_another_year_is_named(pair: Pair) -> None:
    name = package_id(pair.submit("y", spend("8", 66, budget_year=2025)).local_id)
    line = {"budget_year": 2025, "account": UNIT.estimate_account, "source": "13", "sector": "341"}
    seq = pair.store.feed.cursor + 1
    pair.store.feed.apply_page([event(seq, "balance", name, delta=-66, remaining=0, **line)], seq)
    made = begun(pair, used_to_date=766)
    pair.rule(pair.send(made), OCTOBER)
    assert "Đúng bằng hồ sơ y ghi niên độ 2025. Xem lại năm của chứng từ." in sentences(pair, made, "used_to_date")


@pytest.mark.parametrize(
    ("told", "deadline"),
    [((10, 5), "2026-10-06"), ((10, 9), "2026-10-12"), ((10, 10), "2026-10-13"), ((9, 1), "2026-09-04"),
     ((4, 29), "2026-05-04")],
)  # fmt: skip
def test_the_working_day_leaves_out_weekends_and_holidays(pair: Pair, told: tuple[int, int], deadline: str) -> None:
    at = datetime(2026, *told, 3, tzinfo=UTC)
    pair.rule(pair.send(begun(pair, period=1, at=at, used_to_date=70)), at)
    assert desk_of(pair, at).reconciliation(2026).deadline == deadline


def test_what_was_accepted_lower_is_named(pair: Pair) -> None:
    row: Row = {"econ_advanced": "6501", "econ_requested": "6501", "source": "13", "sector": "341"}
    pair.rule(pair.submit("t", spend("T", 900, "advance")), MAY)
    settled = with_rows("M10", {**row, "advance_balance": 900, "requested_amount": 900}, account=UNIT.estimate_account)
    pair.wish("M10", 600)
    assert pair.rule(pair.submit("s", settled), MAY) == "paid"
    made = begun(pair)
    rows = [dict(line) for line in made.documents[1].tables["lines"]]
    rows[0].update(actual_period=1_600, actual_balance=1_600)
    second = made.documents[1].model_copy(update={"tables": {"lines": rows}})
    pair.store.drafts.save(made.model_copy(update={"documents": (made.documents[0], second)}), "hanh")
    changed = pair.store.drafts.get(made.local_id)
    assert pair.rule(pair.send(changed), OCTOBER) == "mismatch"
    assert "Kho bạc chấp nhận hồ sơ s thấp hơn đề nghị 300 đ." in sentences(pair, changed, "actual_balance")


@pytest.mark.parametrize(
    ("form", "year", "period", "code"),
    [
        ("M27", 2026, 1, "no_payment_orders"),
        ("M29", 2026, 1, "no_payment_orders"),
        ("M13", 2026, 1, "no_such_table"),
        ("M26", 2026, 5, "no_such_period"),
        ("M32", 2026, 13, "no_such_period"),
        ("M30", 99, 0, "no_such_period"),
    ],
)
def test_a_table_that_cannot_be_made_is_refused(pair: Pair, form: str, year: int, period: int, code: str) -> None:
    with pytest.raises(DeskError) as error:
        desk_of(pair).begin_reconciliation(form, year, period)
    assert error.value.code == code


def test_an_empty_year_has_no_reconciliation(pair: Pair) -> None:
    assert desk_of(pair).reconciliation(2024).kind == "none"

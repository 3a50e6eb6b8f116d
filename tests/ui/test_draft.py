"""The dossier in the editor: undo, saving, and what a form's lines and grid do with values."""

from collections.abc import Sequence

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QToolButton
from pytestqt.qtbot import QtBot

from desktop.dossier.document import Dossier, Level, Problem, Where
from desktop.dossier.pack import form_of
from desktop.dossier.views import EstimateView
from desktop.ui.editor.arrange import header_lines
from desktop.ui.editor.draft import STEPS, Draft
from desktop.ui.editor.estimate_bar import EstimateBar
from desktop.ui.editor.fields import ChoiceInput, LineInput, make_input, worst
from desktop.ui.editor.grid_model import GridModel
from desktop.ui.editor.line_view import LineView
from desktop.ui.editor.problem_list import MOST, ProblemList, grounds, split_message
from desktop.ui.editor.tabs import LONGEST, LONGEST_OF_MANY, Tabs
from desktop.ui.kit.cells import CELL
from tests.ui.memory import Memory
from tests.ui.sample import VOUCHER

M13 = form_of("C2-02a/NS")


def problem(text: str = "Ghi số tiền.", level: Level = Level.ERROR, **where: object) -> Problem:
    return Problem(rule="R-1", level=level, where=Where(**where), message=text)  # type: ignore[arg-type]


@pytest.fixture
def draft(memory: Memory) -> Draft:
    return Draft(memory.desk, "d0442")


@pytest.fixture
def lines(draft: Draft) -> GridModel:
    return GridModel(draft, 0, M13.line_tables[0])


@pytest.fixture
def people(draft: Draft) -> GridModel:
    return GridModel(draft, 1, form_of("M20").line_tables[0])


def test_each_change_is_one_step_and_fifty_can_be_undone(draft: Draft) -> None:
    for number in range(STEPS + 5):
        draft.set_title(f"Tên {number}")
    assert draft.history.count() == STEPS
    while draft.history.canUndo():
        draft.history.undo()
    assert draft.dossier.title == "Tên 4"


def test_the_same_value_again_is_no_change(draft: Draft) -> None:
    draft.set_title(draft.dossier.title)
    draft.set_field(0, "chapter", "800")
    assert draft.history.count() == 0


@pytest.mark.parametrize("empty", [None, ""])
def test_an_emptied_field_is_left_out(draft: Draft, empty: str | None) -> None:
    draft.set_field(0, "chapter", empty)
    assert "chapter" not in draft.document(0).fields
    draft.history.undo()
    assert draft.document(0).fields["chapter"] == "800"


def test_what_did_not_change_is_not_saved(draft: Draft, memory: Memory) -> None:
    draft.flush()
    assert memory.desk.saves == 0
    draft.set_urgent(True)
    draft.flush()
    draft.flush()
    assert memory.desk.saves == 1


def test_what_was_typed_when_the_power_went_is_one_step(draft: Draft, memory: Memory) -> None:
    draft.set_title("Một")
    draft.flush()
    draft.hold(lambda: draft.set_title("Một hai"))
    draft.flush()
    again = Draft(memory.desk, "d0442")
    assert again.dossier.title == "Một hai"
    again.undo()
    assert again.dossier.title == "Một"


def test_a_save_that_failed_is_said_and_tried_again(draft: Draft, memory: Memory) -> None:
    said: list[str] = []
    draft.failed.connect(said.append)
    memory.desk.full = True
    draft.set_title("Tên mới")
    draft.flush()
    assert said == ["Đĩa đầy nên chưa lưu được."]
    memory.desk.full = False
    draft.flush()
    assert memory.desk.dossiers["d0442"].title == "Tên mới"


def test_a_form_is_dropped_and_comes_back(draft: Draft) -> None:
    draft.drop_document(0)
    assert [document.form for document in draft.dossier.documents] == ["M20"]
    draft.history.undo()
    assert [document.form for document in draft.dossier.documents] == ["C2-02a/NS", "M20"]


def test_a_submitted_dossier_takes_no_change(memory: Memory) -> None:
    draft = Draft(memory.desk, "d0424")
    draft.set_field(0, "chapter", "018")
    draft.set_rows(0, "lines", [])
    assert not draft.editable
    assert draft.dossier == memory.desk.dossiers["d0424"]
    assert GridModel(draft, 0, M13.line_tables[0]).spare == 0


def test_only_lines_can_be_edited_not_numbers_and_total(lines: GridModel) -> None:
    editable = Qt.ItemFlag.ItemIsEditable
    assert lines.flags(lines.index(0, 1)) & editable
    assert lines.flags(lines.index(3, 1)) & editable
    assert not lines.flags(lines.index(0, 0)) & editable
    assert not lines.flags(lines.index(4, 1)) & editable
    assert not lines.setData(lines.index(4, 1), "x")


def test_nothing_typed_into_the_empty_row_makes_no_line(lines: GridModel) -> None:
    assert not lines.setData(lines.index_of(3, "content"), "  ")
    assert len(lines.rows) == 3


def test_an_emptied_cell_is_left_out_of_its_line(lines: GridModel) -> None:
    lines.setData(lines.index_of(0, "invoice_no"), "")
    assert "invoice_no" not in lines.rows[0]
    assert lines.index_of(0, "invoice_no").data() == ""


def test_what_cannot_be_read_stays_as_typed(lines: GridModel) -> None:
    lines.setData(lines.index_of(0, "amount"), "mười nghìn")
    assert lines.rows[0]["amount"] == "mười nghìn"
    assert lines.index_of(0, "amount").data(Qt.ItemDataRole.EditRole) == "mười nghìn"


def test_a_date_in_a_cell_is_short_and_whole_while_it_is_edited(lines: GridModel) -> None:
    index = lines.index_of(0, "invoice_date")
    assert index.data() == "18/11/26"
    assert index.data(Qt.ItemDataRole.EditRole) == "18/11/2026"


def test_lines_are_inserted_above_and_removed(lines: GridModel) -> None:
    lines.insert(1)
    assert lines.rows[1] == {"sector": "341", "source": "13"}
    lines.remove(1)
    lines.remove(99)
    assert [row["invoice_no"] for row in lines.rows] == ["00001287", "00001288", "00001289"]


def test_what_is_pasted_past_the_right_edge_is_left_out(lines: GridModel) -> None:
    last = lines.columnCount() - 1
    lines.put_block(0, last, [["1.000", "ngoài bảng"], ["2.000"]])
    assert [row["amount"] for row in lines.rows] == [1_000, 2_000, 4_000_000]
    assert all("ngoài bảng" not in row.values() for row in lines.rows)


@pytest.mark.parametrize(("typed", "held"), [("others", "others"), ("không có nhóm này", "không có nhóm này")])
def test_a_group_is_given_by_its_name_or_its_key(people: GridModel, typed: str, held: str) -> None:
    people.setData(people.index_of(0, "group"), typed)
    assert people.rows[0]["group"] == held
    label = people.table.row_groups[0].label
    people.setData(people.index_of(1, "group"), label)
    assert people.index_of(1, "group").data() == label
    assert people.rows[1]["group"] == people.table.row_groups[0].key


def test_the_number_of_rows_follows_the_draft(lines: GridModel, draft: Draft) -> None:
    for count in (5, 2, 3):
        draft.set_rows(0, "lines", [{"content": str(i)} for i in range(count)])
        lines.sync(())
        assert lines.rowCount() == count + 2


@pytest.mark.parametrize(
    ("levels", "state"),
    [
        ((), ""),
        ((Level.HINT,), ""),
        ((Level.HINT, Level.WARNING), "warning"),
        ((Level.WARNING, Level.ERROR), "error"),
    ],
)
def test_a_place_is_coloured_by_its_worst_problem(lines: GridModel, levels: Sequence[Level], state: str) -> None:
    found = [problem(level=level, document=0, table="lines", row=0, column="econ") for level in levels]
    assert worst(found) == state
    lines.sync(found)
    assert lines.index_of(0, "econ").data(CELL).problem == state
    assert lines.index_of(1, "econ").data(CELL).problem == ""


@pytest.mark.parametrize(
    ("level", "text", "parts"),
    [
        (Level.ERROR, "Dòng 2, ngày hóa đơn: sau ngày lập.", ("Dòng 2, ngày hóa đơn:", "sau ngày lập.")),
        (Level.WARNING, "Dòng 2: xem lại.", ("Nên kiểm tra: Dòng 2:", "xem lại.")),
        (Level.WARNING, "Xem lại tên.", ("Nên kiểm tra:", "Xem lại tên.")),
        (Level.ERROR, "Thiếu hợp đồng.", ("", "Thiếu hợp đồng.")),
        (Level.ERROR, f"{'Rất dài ' * 9}: x", ("", f"{'Rất dài ' * 9}: x")),
    ],
)
def test_a_problem_is_split_into_its_place_and_the_rest(level: Level, text: str, parts: tuple[str, str]) -> None:
    assert split_message(problem(text, level)) == parts


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("M13-2", "Căn cứ: Mẫu 13 chú thích 2 (quy tắc M13-2)"),
        ("R-037", "Căn cứ: NĐ 347/2025/NĐ-CP Điều 6.3.a (quy tắc R-037)"),
        ("required", "Căn cứ: NĐ 347/2025/NĐ-CP Điều 2.9"),
        ("form", ""),
    ],
)
def test_a_problem_says_the_article_it_rests_on(qtbot: QtBot, rule: str, said: str) -> None:
    shown, found = ProblemList(), problem().model_copy(update={"rule": rule})
    qtbot.addWidget(shown)
    shown.show_problems([found])
    assert grounds(found) == said
    assert shown.findChildren(QLabel)[-1].toolTip() == said
    assert shown.findChild(QToolButton).accessibleDescription() == said


def test_at_most_four_problems_are_listed_and_the_rest_counted(qtbot: QtBot) -> None:
    shown, picked = ProblemList(), []
    qtbot.addWidget(shown)
    shown.picked.connect(picked.append)
    found = [problem(f"Dòng {i}: sai.") for i in range(MOST + 3)]
    shown.show_problems(found)
    texts = [label.text() for label in shown.findChildren(QLabel)]
    assert "Còn 3 chỗ nữa. Nhấn F8 để đi từng chỗ." in texts
    shown.findChildren(QToolButton)[1].click()
    assert picked == [found[1]]
    shown.show_problems(())
    assert shown.isHidden()


@pytest.mark.parametrize(("copies", "most"), [(1, LONGEST), (2, LONGEST), (3, LONGEST_OF_MANY)])
def test_tabs_have_room_for_longer_names_when_they_are_few(qtbot: QtBot, copies: int, most: int) -> None:
    tabs, form = Tabs(), form_of("M20")
    qtbot.addWidget(tabs)
    dossier = Dossier(local_id="x", number="1", title="", documents=(VOUCHER,) * copies)
    tabs.show_dossier(dossier, [form] * copies)
    assert most - 3 <= len(tabs.tabText(0)) <= most
    assert tabs.tabToolTip(0) == "Danh sách thanh toán cho đối tượng thụ hưởng"
    assert [tabs.tabText(copies + i) for i in range(2)] == ["Đính kèm", "Diễn biến"]


def test_a_tab_says_its_number_of_errors(qtbot: QtBot) -> None:
    tabs = Tabs()
    qtbot.addWidget(tabs)
    tabs.show_dossier(Dossier(local_id="x", number="1", title="", documents=(VOUCHER,)), [M13])
    tabs.show_problems([problem(document=0), problem(document=0), problem(level=Level.WARNING, document=0)])
    badge = tabs.tabButton(0, Tabs.ButtonPosition.RightSide)
    assert badge.accessibleName() == "2 lỗi"
    tabs.show_problems([])
    assert tabs.tabButton(0, Tabs.ButtonPosition.RightSide) is None


def test_what_is_being_typed_is_not_overwritten(qtbot: QtBot, editor: object) -> None:
    field = editor.views[0].inputs["document_no"]  # type: ignore[attr-defined]
    field.setFocus()
    qtbot.keyClicks(field, "99")
    field.set_value("0001")
    assert "99" in field.text()
    field.setModified(False)
    field.set_value("0001")
    assert field.text() == "0001"


def test_a_closed_list_shows_only_its_own_values(qtbot: QtBot) -> None:
    given: list[tuple[str, object]] = []
    field = M13.fields_by_key["contract_kind"]
    made = make_input(field, 0, lambda key, value: given.append((key, value)), lambda _field: None)
    qtbot.addWidget(made)
    assert isinstance(made, ChoiceInput)
    made.set_value("không có")
    assert made.currentIndex() == 0
    made.setCurrentIndex(1)
    made.activated.emit(1)
    assert given == [("contract_kind", field.options[0].value)]


def test_a_line_says_its_first_problem_and_unfolds_for_it(qtbot: QtBot, draft: Draft) -> None:
    line = next(line for line in header_lines(M13) if line.fold == "Nghiệm thu")
    inputs = [LineInput(slot.field, lambda *_: None, lambda _: None) for slot in line.slots]
    view = LineView(line, inputs)
    qtbot.addWidget(view)
    view.sync(draft.document(0), ())
    assert view.isHidden()
    found = problem("Ghi số biên bản.", Level.WARNING, document=0, field="acceptance_no")
    view.sync(draft.document(0), [found.model_copy(update={"rule": "M13-2"})])
    assert not view.isHidden()
    assert view._message.text() == "Nên kiểm tra: Ghi số biên bản."
    assert view._message.toolTip() == "Căn cứ: Mẫu 13 chú thích 2 (quy tắc M13-2)"
    assert view._message.property("tint") == "amber"


@pytest.mark.parametrize(
    ("estimate", "amount", "first", "badge"),
    [
        (None, 0, "Hồ sơ này không rút thêm tiền.", None),
        (None, 5, "Hồ sơ này 5 đ.", None),
        (EstimateView(9, 2, 0, 7, source="13", sector="341"), 7, "Nguồn 13, khoản 341: còn 7 đ", "Đủ dự toán"),
        (EstimateView(9, 2, 0, 7, source="13", sector="341"), 8, "Nguồn 13, khoản 341: còn 7 đ", "Vượt dự toán"),
    ],
)
def test_the_strip_under_the_form(
    qtbot: QtBot, estimate: EstimateView | None, amount: int, first: str, badge: str | None
) -> None:
    bar = EstimateBar()
    qtbot.addWidget(bar)
    bar.show_estimate(estimate, amount)
    assert bar._left.text() == first
    assert (None if bar._badge.isHidden() else bar._badge.accessibleName()) == badge
    assert bool(bar._this.text()) == bool(amount)

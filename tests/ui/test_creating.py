"""«Lập hồ sơ»: from plain words to an open draft, by mouse and by keys; what it lacks; what differs from last month."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMenu
from pytestqt.qtbot import QtBot

from desktop.dossier.document import Dossier
from desktop.dossier.pack import form_of
from desktop.dossier.procedures import State
from desktop.dossier.purposes import Plan, purposes
from desktop.ui.creating.components import ComponentsPanel
from desktop.ui.creating.copy_dialog import CopyDialog
from desktop.ui.creating.dialog import PurposeDialog
from desktop.ui.creating.differences import DifferencesDialog
from desktop.ui.editor.page import EditorPage
from desktop.ui.shell import MainWindow
from tests.ui.creating_states import altered
from tests.ui.stage import Stage, staged, until


@pytest.fixture
def stage(qtbot: QtBot) -> Iterator[Stage]:
    made = staged()
    qtbot.addWidget(made.window)
    made.window.show()
    yield made
    made.window.close()


@pytest.fixture
def dialog(stage: Stage) -> PurposeDialog:
    made = PurposeDialog(stage.window)
    made.show()
    return made


@pytest.fixture
def decided(dialog: PurposeDialog) -> list[Plan]:
    """What the dialog tells when it closes."""
    told: list[Plan] = []
    dialog.decided.connect(told.append)
    return told


def forms(window: MainWindow) -> list[str]:
    page = window.page()
    assert isinstance(page, EditorPage)
    return [document.form for document in page.draft.dossier.documents]


def when_asked(act: Callable[[QDialog], object]) -> None:
    """Let something be done to the dialog that is about to be waited for."""

    def run() -> None:
        opened = QApplication.activeModalWidget()
        assert isinstance(opened, QDialog)
        act(opened)

    QTimer.singleShot(0, run)


D = TypeVar("D", bound=QDialog)


def asked(stage: Stage, kind: type[D]) -> D:
    """Give the dialog that has just opened."""
    found = stage.window.findChildren(kind)
    assert len(found) == 1
    return found[0]


def test_ctrl_n_asks_and_opens_the_draft(stage: Stage) -> None:
    stage.window.new_dossier()
    dialog = asked(stage, PurposeDialog)
    dialog.purposes.choose("salary")
    dialog.finish()
    assert forms(stage.window) == ["C2-02a/NS", "M20"]


def test_leaving_the_question_makes_nothing(stage: Stage) -> None:
    before = len(stage.memory.desk.dossiers)
    stage.window.new_dossier()
    asked(stage, PurposeDialog).reject()
    assert len(stage.memory.desk.dossiers) == before


@pytest.mark.parametrize("key", [item.key for item in purposes().purposes])
def test_every_purpose_can_be_chosen_and_becomes_a_draft(
    stage: Stage, dialog: PurposeDialog, decided: list[Plan], key: str
) -> None:
    dialog.purposes.choose(key)
    assert dialog.title.text() == purposes().by_key[key].title
    dialog.finish()
    stage.window.dossiers().draft_for(decided[0])
    assert forms(stage.window) == [form_of(start.form).ref for start in decided[0].starts]


def test_words_without_marks_then_enter_twice(dialog: PurposeDialog, decided: list[Plan]) -> None:
    QTest.keyClicks(dialog.purposes.search, "hoan ung")
    QTest.keyClick(dialog.purposes.search, Qt.Key.Key_Return)
    assert dialog.purposes.current() == "settle_advance"
    QTest.keyClick(dialog.purposes.list, Qt.Key.Key_Return)
    assert [item.case for item in decided] == ["P3-a5"]


def test_words_that_fit_nothing_leave_nothing_to_make(dialog: PurposeDialog, decided: list[Plan]) -> None:
    dialog.purposes.show_found("không có việc này")
    assert (dialog.purposes.nothing.isVisible(), dialog.go.isEnabled()) == (True, False)
    dialog.finish()
    assert decided == []
    dialog.purposes.show_found("")
    assert dialog.go.isEnabled()


def test_an_answer_puts_other_questions(dialog: PurposeDialog) -> None:
    dialog.purposes.choose("settle_advance")
    assert list(dialog.questions.groups) == ["branch", "account", "payees"]
    dialog.questions.groups["branch"].buttons()[1].click()
    assert list(dialog.questions.groups) == ["branch"]
    assert dialog.questions.answers == {"branch": "less"}


def test_headings_cannot_be_chosen(dialog: PurposeDialog) -> None:
    QTest.keyClick(dialog.purposes.list, Qt.Key.Key_Home)
    assert dialog.purposes.current() == purposes().purposes[0].key


def test_last_month_is_one_step_away(stage: Stage) -> None:
    stage.window.new_dossier()
    asked(stage, PurposeDialog)._leave_for_last()
    assert asked(stage, CopyDialog).isVisible()


def test_a_dossier_is_made_from_last_months(stage: Stage) -> None:
    stage.window.dossiers().choose("d0440")
    stage.window.dossiers().from_last_month()
    asked(stage, CopyDialog).finish()
    page = stage.window.page()
    assert isinstance(page, EditorPage)
    assert page.draft.dossier.copied_from == "d0440"


def test_the_choices_of_a_copy(stage: Stage) -> None:
    made = CopyDialog(stage.memory.desk, stage.window, "d0439")
    assert (made.local_id, made.options) == ("d0439", ("carry", "move", 1))
    made.clear_amounts.setChecked(True)
    made.clear_dates.setChecked(True)
    made.month.setCurrentIndex(3)
    assert made.options == ("clear", "clear", 3)
    made.search.setText("không có")
    made._find("không có")
    assert (made.local_id, made.go.isEnabled()) == ("", False)


def differing(stage: Stage) -> EditorPage:
    new, old = altered()
    stage.memory.desk.dossiers |= {"old": old, "new": new.model_copy(update={"local_id": "new", "copied_from": "old"})}
    return stage.editor("new")


def test_differences_are_seen_before_signing(stage: Stage) -> None:
    page = differing(stage)
    when_asked(lambda opened: opened.reject())
    page.submit()
    assert stage.memory.desk.submitted == []
    when_asked(lambda opened: opened.accept())
    page.submit()
    assert [local_id for local_id, _ in stage.memory.desk.submitted] == ["new"]


def test_what_weighs_is_bold_and_first(stage: Stage) -> None:
    new, old = altered()
    stage.memory.desk.dossiers["old"] = old
    found = stage.memory.desk.differences(new.model_copy(update={"copied_from": "old"}))
    table = DifferencesDialog(stage.window, found).table
    weights = [table.model().index(place, 0).data(Qt.ItemDataRole.FontRole).bold() for place in range(len(found))]
    assert weights == sorted(weights, reverse=True)
    assert (weights[0], weights[-1]) == (True, False)


def panel(stage: Stage, purpose: str = "salary", **answers: str) -> tuple[EditorPage, ComponentsPanel]:
    local_id = stage.memory.desk.create_for(purpose, answers)
    page = stage.editor(local_id, len(stage.memory.desk.dossiers[local_id].documents))
    return page, page._files.components


def state(stage: Stage, page: EditorPage) -> dict[str, State]:
    return {item.ref: item.state for item in stage.memory.desk.components(page.draft.dossier)}


def test_a_tick_says_that_the_treasury_has_it(stage: Stage) -> None:
    page, shown = panel(stage, year="first")
    shown.boxes["van_ban_phe_duyet_du_toan"].click()
    assert page.draft.dossier.on_file == ("van_ban_phe_duyet_du_toan",)
    assert state(stage, page)["att:van_ban_phe_duyet_du_toan"] is State.ON_FILE
    shown.boxes["van_ban_phe_duyet_du_toan"].click()
    assert page.draft.dossier.on_file == ()


def test_a_file_is_attached_as_the_component_it_is(stage: Stage, tmp_path: Path) -> None:
    page, _ = panel(stage, year="first")
    scan = tmp_path / "du-toan.pdf"
    scan.write_bytes(b"%PDF-1.7")
    page._files.add(scan, "van_ban_phe_duyet_du_toan")
    until(lambda: bool(page.draft.dossier.attachments))
    assert state(stage, page)["att:van_ban_phe_duyet_du_toan"] is State.PRESENT


def test_answers_can_be_given_again(stage: Stage) -> None:
    page, _ = panel(stage, "settle_advance", branch="less")
    page._files.ask_purpose()
    dialog = asked(stage, PurposeDialog)
    dialog.questions.answer("branch", "more")
    dialog.finish()
    assert page.draft.dossier.answers["branch"] == "more"
    assert page.draft.dossier.case == "P3-a5"


def test_an_old_draft_is_asked_what_it_is_for(stage: Stage) -> None:
    desk = stage.memory.desk
    desk.dossiers["old"] = Dossier(
        local_id="old", number="1", title="Cũ", documents=(desk.blank_document("C2-02a/NS"),)
    )
    page = stage.editor("old", 1)
    assert page._files.components.answer.text() == "Chọn việc cần làm"
    page._files.ask_purpose()
    dialog = asked(stage, PurposeDialog)
    dialog.purposes.choose("advance_cash")
    dialog.finish()
    assert (page.draft.dossier.case, page._files.components.answer.text()) == ("P3-a4", "Sửa câu trả lời")


def test_the_list_follows_its_voucher_while_it_is_typed(stage: Stage) -> None:
    page, _ = panel(stage)
    page.draft.set_field(0, "document_no", "RDT0100")
    assert page.draft.document(1).fields["parent_voucher_no"] == "RDT0100"
    page.draft.undo()
    assert "parent_voucher_no" not in page.draft.document(1).fields


def test_forms_of_the_case_are_offered_first(stage: Stage, qtbot: QtBot) -> None:
    page, _ = panel(stage)
    page.add_document()
    menu = page.findChild(QMenu)
    assert menu is not None
    offered = [action.text() for action in menu.actions()]
    assert "(Mẫu 13)" in offered[0]
    assert offered[-3] == "Mẫu khác"
    assert not any("(Mẫu 24)" in words for words in offered)
    menu.actions()[0].trigger()
    assert [document.form for document in page.draft.dossier.documents] == ["C2-02a/NS", "M20", "C2-02a/NS"]
    qtbot.waitUntil(lambda: page.tabs.currentIndex() == 2)
    menu.close()

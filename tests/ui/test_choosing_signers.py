"""Whoever submits a dossier says who signs where more than one may, and nothing is asked where nobody may choose."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialogButtonBox

from desktop.dossier.people_views import PersonChoice, StepChoice
from desktop.ui.editor.page import EditorPage
from desktop.ui.editor.signers import SignersDialog, has_choice
from tests.ui.memory import Memory
from tests.ui.test_editor import mend

ACCOUNTANT = PersonChoice("p2", "Hà Văn Tuyên", "Đã đăng ký")
HEAD = PersonChoice("p3", "Vi Đình Thắng", "Đã đăng ký")
DEPUTY = PersonChoice("p4", "Thao Thị Sua", "TUQ. Vi Đình Thắng, đến 31/12/2026", delegate=True)
SECOND = StepChoice(1, "Kế toán trưởng", (ACCOUNTANT,))


def head(*people: PersonChoice) -> StepChoice:
    return StepChoice(2, "Thủ trưởng đơn vị", people)


@pytest.mark.parametrize(("people", "asks"), [((HEAD,), False), ((HEAD, DEPUTY), True), ((DEPUTY,), True), ((), False)])
def test_it_is_asked_only_when_there_is_a_choice(people: tuple[PersonChoice, ...], asks: bool) -> None:
    assert has_choice([SECOND, head(*people)]) is asks


def in_dialog(act: Callable[[SignersDialog], None]) -> None:
    """Do this once the dialog is open."""

    def now() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, SignersDialog)
        act(box)

    QTimer.singleShot(0, now)


def press(box: SignersDialog, words: str) -> None:
    buttons = box.findChild(QDialogButtonBox).buttons()
    next(button for button in buttons if button.text() == words).click()


@pytest.mark.parametrize(("words", "goes"), [("Quay lại sửa", False), ("Trình ký", True)])
def test_the_delegate_is_chosen(editor: EditorPage, memory: Memory, words: str, goes: bool) -> None:
    def choose(box: SignersDialog) -> None:
        assert [field.currentData() for field in box.fields.values()] == ["p2", "p3"]
        assert box.fields[2].itemText(1) == "Thao Thị Sua (TUQ. Vi Đình Thắng, đến 31/12/2026)"
        box.fields[2].setCurrentIndex(1)
        press(box, words)

    memory.desk.choices = [SECOND, head(HEAD, DEPUTY)]
    mend(editor)
    editor.draft.set_field(0, "payee_name", "Công ty khác")
    in_dialog(choose)
    editor.submit()
    assert memory.desk.signers == ({1: "p2", 2: "p4"} if goes else {})
    assert bool(memory.desk.submitted) is goes

"""Making a scan smaller in the window: both are shown, taking it is one step, the original comes back."""

import pytest
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from desktop.dossier.document import Attachment
from desktop.ui.editor.page import EditorPage
from desktop.ui.editor.scan_dialog import ScanDialog
from tests.ui.memory import Memory
from tests.ui.memory_scans import attachment


@pytest.fixture
def sealed(memory: Memory, editor: EditorPage) -> Attachment:
    file = memory.scans.sealed()
    editor.tabs.setCurrentIndex(2)
    editor.draft.add_attachment(file)
    return file


def named(editor: EditorPage, name: str) -> QAbstractButton:
    found = [one for one in editor._files.findChildren(QAbstractButton) if one.accessibleName() == name]
    assert len(found) == 1, [one.accessibleName() for one in editor._files.findChildren(QAbstractButton)]
    return found[0]


def opened(editor: EditorPage, file: Attachment, qtbot: QtBot) -> ScanDialog:
    named(editor, f"Thu nhỏ bản quét {file.name}").click()
    buttons = editor._files.scans
    assert buttons is not None
    qtbot.waitUntil(lambda: buttons.dialog is not None, timeout=10_000)
    assert buttons.dialog is not None
    return buttons.dialog


def test_a_smaller_scan_takes_its_place_and_gives_it_back(
    memory: Memory, editor: EditorPage, sealed: Attachment, qtbot: QtBot
) -> None:
    place = editor.draft.dossier.attachments.index(sealed)
    opened(editor, sealed, qtbot).go.click()
    qtbot.waitUntil(lambda: sealed not in editor.draft.dossier.attachments)
    small = editor.draft.dossier.attachments[place]
    assert small.size < sealed.size / 2
    named(editor, f"Dùng bản gốc của {small.name}").click()
    assert editor.draft.dossier.attachments[place] == sealed
    editor.draft.undo()
    assert editor.draft.dossier.attachments[place] == small


def test_both_are_told_apart_in_size_and_time(editor: EditorPage, sealed: Attachment, qtbot: QtBot) -> None:
    dialog = opened(editor, sealed, qtbot)
    qtbot.waitUntil(lambda: bool(dialog.before._sheets.pages) and bool(dialog.after._sheets.pages), timeout=10_000)
    words = [card._words for card in (dialog.before, dialog.after)]
    assert all("gửi mất" in text for text in words)
    assert words[0] != words[1]
    dialog.reject()
    assert sealed in editor.draft.dossier.attachments


def test_what_cannot_be_made_smaller_is_said(memory: Memory, editor: EditorPage, qtbot: QtBot) -> None:
    small = memory.scans.take(memory.scans.propose(memory.scans.sealed()))
    memory.scans.originals.clear()
    editor.tabs.setCurrentIndex(2)
    editor.draft.add_attachment(small)
    with qtbot.waitSignal(editor._context.bus.failed, timeout=10_000) as said:
        named(editor, f"Thu nhỏ bản quét {small.name}").click()
    assert "đã nhỏ" in said.args[0]


def test_a_word_file_offers_nothing(editor: EditorPage) -> None:
    editor.tabs.setCurrentIndex(2)
    file = attachment(b"PK", "Tờ trình.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
    editor.draft.add_attachment(file)
    assert not [
        one
        for one in editor._files.findChildren(QAbstractButton)
        if "Tờ trình" in one.accessibleName() and "quét" in one.accessibleName()
    ]

"""What Qt itself says in dialogs of files is Vietnamese; what it says elsewhere stays."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from desktop.ui.qt_words import QtWords


@pytest.fixture
def words(qapp: QApplication) -> Iterator[QtWords]:
    made = QtWords(qapp)
    qapp.installTranslator(made)
    yield made
    qapp.removeTranslator(made)


@pytest.mark.usefixtures("words")
@pytest.mark.parametrize("mode", list(QFileDialog.AcceptMode))
def test_a_dialog_of_files_says_no_english_word(qtbot: QtBot, mode: QFileDialog.AcceptMode) -> None:
    dialog = QFileDialog(None, "Lưu bản in")
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setAcceptMode(mode)
    qtbot.addWidget(dialog)
    said = [part.text() for kind in (QLabel, QPushButton) for part in dialog.findChildren(kind)]
    assert len(said) >= 5
    assert [text for text in said if not text or text.isascii()] == []


@pytest.mark.usefixtures("words")
def test_other_words_stay() -> None:
    assert QCoreApplication.translate("Any", "A word nobody translated") == "A word nobody translated"

"""Opening a form for editing until it is painted, and typing into a long list, against bare widgets of Qt."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from functools import partial

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QModelIndex
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QFormLayout, QLineEdit, QStackedWidget, QTableView, QWidget

from desktop.dossier.document import Document, Dossier
from desktop.dossier.pack import load_pack
from desktop.ui.editor.page import EditorPage
from desktop.ui.theme import apply_theme
from tests.bench.dossier import long_document
from tests.bench.measure import Line
from tests.bench.people import beneficiaries
from tests.bench.workbench import Workbench
from tests.fixtures.forms_filled import filled
from tests.ui.stage import Stage, staged

SIZE = (1366, 768)
SEVERAL = ("M13", "M20", "M08", "M10")
LONG = 1_000


def lines(bench: Workbench) -> Iterator[Line]:
    """Every form by its slowest and its most used, a dossier of four, and a list of 1,000 lines."""
    app = QApplication.instance() or QApplication(["bench"])
    assert isinstance(app, QApplication)
    apply_theme(app)
    stage, bare = staged(), QStackedWidget()
    for window in (stage.window, bare):
        window.resize(*SIZE)
        window.show()
    settle()
    yield from _opening(bench, stage, bare)
    yield from _typing(bench, stage, bare)
    for window in (stage.window, bare):
        window.close()


def _opening(bench: Workbench, stage: Stage, bare: QStackedWidget) -> Iterator[Line]:
    editable = [form.id for form in load_pack().forms if form.client_editable]
    taken = {form: bench.pace.seconds(_opener(stage, filled(form)), int)[0] for form in editable}
    slowest = max(taken, key=lambda form: taken[form])
    for what, documents in (
        ("Mẫu 13 opened and painted", [filled("M13")]),
        (f"the slowest form of {len(editable)} ({slowest}) opened and painted", [filled(slowest)]),
        ("a dossier of four forms opened and painted", [filled(form) for form in SEVERAL]),
        (f"a Mẫu 20 of {LONG:,} lines opened and painted", [beneficiaries(LONG)]),
    ):
        open_it = _opener(stage, *documents)
        open_it()
        page = stage.window.page()
        assert isinstance(page, EditorPage)
        count = len(page.views[0].inputs)
        yield bench.pace.compare(
            what, open_it, f"a page of {count} labels and QLineEdits", partial(_plain, bare, count)
        )


def _typing(bench: Workbench, stage: Stage, bare: QStackedWidget) -> Iterator[Line]:
    for what, document, column in (
        (f"a cell typed in a Mẫu 14 of {LONG:,} lines, to the paint", long_document(filled("M14"), LONG), "content"),
        (f"a cell typed in a Mẫu 20 of {LONG:,} lines, to the paint", beneficiaries(LONG), "name"),
    ):
        _opener(stage, document)()
        page = stage.window.page()
        assert isinstance(page, EditorPage)
        table = page.views[0].grids["lines"]
        table.go_to(LONG // 2, column)
        index = table.grid.index_of(LONG // 2, column)
        model, cell = _plain_table(bare, table.grid.columnCount())
        against = "QStandardItemModel of the same size, setData and paint"
        yield bench.pace.compare(what, _typer(table.grid, index), against, _typer(model, cell))


def _opener(stage: Stage, *documents: Document) -> Callable[[], None]:
    dossier = Dossier(local_id="bench", number="1", title="Đo", documents=documents)

    def open_it() -> None:
        stage.memory.desk.dossiers["bench"] = dossier
        stage.window.open_dossier("bench")
        settle()

    return open_it


def _plain(stack: QStackedWidget, count: int) -> None:
    page = QWidget()
    box = QFormLayout(page)
    for place in range(count):
        box.addRow(f"Ô {place}", QLineEdit("9523.4.1098765"))
    _show(stack, page)


def _plain_table(stack: QStackedWidget, columns: int) -> tuple[QStandardItemModel, QModelIndex]:
    model = QStandardItemModel()
    for _ in range(LONG):
        model.appendRow([QStandardItem("Nguyễn Văn An") for _ in range(columns)])
    view = QTableView()
    model.setParent(view)
    view.setModel(model)
    _show(stack, view)
    index = model.index(LONG // 2, 1)
    view.scrollTo(index)
    return model, index


def _show(stack: QStackedWidget, page: QWidget) -> None:
    old = stack.currentWidget()
    stack.addWidget(page)
    stack.setCurrentWidget(page)
    if old is not None:
        stack.removeWidget(old)
        old.deleteLater()
    settle()


def _typer(model: object, index: QModelIndex) -> Callable[[], None]:
    turn = iter(range(10**9))

    def type_it() -> None:
        model.setData(index, f"Lò Thị {next(turn)}")  # type: ignore[attr-defined]
        settle()

    return type_it


def settle() -> None:
    """Paint what is due and drop what was left."""
    QApplication.processEvents()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.processEvents()

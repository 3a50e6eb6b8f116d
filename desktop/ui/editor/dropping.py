"""Takes a form out of the dossier: from the menu of «+» or a right click on its tab, asked unless it is blank."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QMenu, QMessageBox

from desktop.ui.context import Context
from desktop.ui.editor.arrange import short_title
from desktop.ui.editor.draft import Draft
from desktop.ui.editor.tabs import Tabs

DROP = "Bỏ chứng từ này"


class Dropping(QObject):
    """Offers to drop the form of a tab; the last form of a dossier stays."""

    def __init__(self, context: Context, draft: Draft, tabs: Tabs) -> None:
        super().__init__(tabs)
        self._context, self._draft, self._tabs = context, draft, tabs
        tabs.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        tabs.customContextMenuRequested.connect(self._popup)

    def offer(self, menu: QMenu, place: int) -> None:
        """Add the entry for a tab's form to a menu; greyed where there is nothing to drop."""
        documents = self._draft.dossier.documents
        known = 0 <= place < len(documents)
        words = f"{DROP}: {short_title(self._draft.form(place))}" if known else DROP
        action = menu.addAction(words, lambda: self.ask(place))
        action.setEnabled(known and len(documents) > 1 and self._draft.editable)

    def ask(self, place: int) -> None:
        """Drop a form; one with anything written in it only after a question."""
        if self._blank(place):
            self._drop(place)
            return
        box = QMessageBox(self._tabs.window())
        box.setWindowTitle(DROP)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(f"Bỏ «{short_title(self._draft.form(place))}» khỏi hồ sơ?")
        box.setInformativeText("Mọi điều đã ghi trên chứng từ này sẽ bỏ theo. Ctrl+Z lấy lại được.")
        go = box.addButton("Bỏ chứng từ", QMessageBox.ButtonRole.AcceptRole)
        box.setDefaultButton(box.addButton("Giữ lại", QMessageBox.ButtonRole.RejectRole))
        before = self._draft.dossier.documents
        box.finished.connect(
            lambda: self._drop(place) if box.clickedButton() is go and self._draft.dossier.documents == before else None
        )
        box.finished.connect(box.deleteLater)
        box.open()

    def _popup(self, at: QPoint) -> None:
        place = self._tabs.tabAt(at)
        if 0 <= place < len(self._draft.dossier.documents):
            menu = QMenu(self._tabs)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            self.offer(menu, place)
            menu.popup(self._tabs.mapToGlobal(at))

    def _blank(self, place: int) -> bool:
        """Whether nobody wrote anything: it is as it came, or holds nothing at all."""
        document = self._draft.document(place)
        fresh = self._context.services.desk.blank_document(document.form)
        return (document.fields, document.choices, document.tables) == (fresh.fields, fresh.choices, fresh.tables)

    def _drop(self, place: int) -> None:
        name = short_title(self._draft.form(place))
        self._draft.drop_document(place)
        self._context.bus.said.emit(f"Đã bỏ «{name}» khỏi hồ sơ.", self._draft.undo)

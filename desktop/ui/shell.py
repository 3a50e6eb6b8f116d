"""The main window: places at the left, one page in view, the status line below; it only puts parts together."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget

from desktop.dossier.duties import Act
from desktop.dossier.errors import VungXaError
from desktop.dossier.views import DeliveryView, ListFilter
from desktop.ui.background import Workers
from desktop.ui.balances.page import BalancesPage
from desktop.ui.context import Context
from desktop.ui.delivery.page import DeliveryPage
from desktop.ui.dossiers.page import DossiersPage
from desktop.ui.editor.page import EditorPage
from desktop.ui.kit.allowing import DECLARED, act_of, needs
from desktop.ui.kit.basic import row
from desktop.ui.kit.page import WIDE_FROM, Page
from desktop.ui.locking import LOCK_KEYS, LockKeys, at_work, stop_work
from desktop.ui.nav import NavBar, Place
from desktop.ui.papers.page import PapersPage
from desktop.ui.polling import Polling
from desktop.ui.services import Services
from desktop.ui.settings.page import SettingsPage
from desktop.ui.signing.page import SigningPage
from desktop.ui.statusbar import StatusLine
from desktop.ui.switch_unit import SwitchUnit, UnitsService, lines
from desktop.ui.theme import fit, px
from desktop.ui.toast import Toast

PLACES = (
    Place("dossiers", "Hồ sơ", "files"),
    Place("signing", "Ký số", "pen-line"),
    Place("delivery", "Gửi kho bạc", "send"),
    Place("balances", "Số dư & dự toán", "wallet"),
    Place("papers", "Giấy từ Kho bạc", "receipt-text"),
    Place("settings", "Danh mục & cài đặt", "settings"),
)


class MainWindow(QMainWindow):
    """Built with the services of one unlocked unit. `close()` saves, stops the window's threads and ends it."""

    def __init__(self, services: Services) -> None:
        super().__init__()
        self.setWindowTitle(f"Vùng Xa, {services.desk.unit().name}")
        self.setMinimumSize(1000, 540)
        fit(self, 1366, 768)
        self.context = self._context = Context(services, Workers.start())
        self._editor: EditorPage | None = None
        self.pages: dict[str, Page] = {"dossiers": DossiersPage(self.context)}
        self._later: dict[str, Callable[[], Page]] = {
            "signing": partial(SigningPage, self.context),
            "delivery": partial(DeliveryPage, self.context),
            "papers": partial(PapersPage, self.context),
        }
        if services.book is not None:
            self._later["balances"] = partial(BalancesPage, self.context, services.book)
        if services.settings is not None:
            self._later["settings"] = partial(SettingsPage, self.context, services.settings)
        self.context.places.update(self.pages, self._later)
        places = [place for place in PLACES if self.context.has_place(place.name)]
        self.nav = self._nav(places)
        self.stack = QStackedWidget()
        middle = QWidget()
        box = row(middle)
        box.addWidget(self.nav)
        box.addWidget(self.stack, 1)
        self.setCentralWidget(middle)
        self.stack.addWidget(self.pages["dossiers"])
        self.status = StatusLine()
        self.setStatusBar(self.status)
        self.toast = Toast(self)
        self._connect()
        self.go("dossiers")
        self._clock = Polling(self.context, self, self._show_queue, self._show_moved)
        self._clock.start()

    def _nav(self, places: list[Place]) -> NavBar:
        services = self.context.services
        known = lines(services.units) if services.units is not None else []
        here = next((line.colour for line in known if line.here), "")
        switch = self.switch_unit if services.units is not None else None
        user = (services.desk.user().name, services.desk.office())
        return NavBar(services.desk.unit(), user, places, self.lock, switch, here)

    def switch_unit(self) -> None:
        """Ask for another unit of this machine; this one is locked first."""
        units = self.context.services.units
        if units is not None:
            dialog = SwitchUnit(self.context, units, self)
            dialog.accepted.connect(lambda: self._leave_for(units, dialog.folder))
            dialog.finished.connect(dialog.deleteLater)
            dialog.open()

    def _leave_for(self, units: UnitsService, folder: Path) -> None:
        if self._kept():
            units.switch(folder)

    def _connect(self) -> None:
        bus = self.context.bus
        self.nav.went.connect(self.go)
        bus.changed.connect(self.refresh)
        bus.saved.connect(self.status.show_saved)
        bus.unsaved.connect(self.status.show_unsaved)
        bus.opened.connect(self.open_dossier)
        bus.closed.connect(self.close_dossier)
        bus.went.connect(self.go)
        bus.said.connect(self.toast.say)
        bus.failed.connect(lambda words: self.page().fail(words))
        for place, entry in enumerate(PLACES):
            if self.context.has_place(entry.name):
                self._key(f"Ctrl+{place + 2}", partial(self.go, entry.name))
        self._key("Ctrl+N", self.new_dossier)
        self._key(LOCK_KEYS, self.lock)
        LockKeys(self, self.lock)
        self._key("Ctrl+T", self.toggle_sending)
        self._key("F5", self.test_link)

    def _key(self, keys: str, run: Callable[[], object]) -> None:
        made = QShortcut(QKeySequence(keys), self)
        made.setContext(Qt.ShortcutContext.WindowShortcut)
        made.setProperty(DECLARED, act_of(run))
        made.activated.connect(lambda *_args: run())

    def _delivery_page(self) -> DeliveryPage:
        page = self._place("delivery")
        assert isinstance(page, DeliveryPage)
        return page

    def _place(self, name: str) -> Page:
        """Give the page of a place, made when somebody first wants it: the window opens the sooner."""
        if name in self._later:
            self.pages[name] = self._later.pop(name)()
            self.stack.addWidget(self.pages[name])
        return self.pages[name]

    def dossiers(self) -> DossiersPage:
        """Give the list of dossiers."""
        page = self.pages["dossiers"]
        assert isinstance(page, DossiersPage)
        return page

    def page(self) -> Page:
        """Give the page in view."""
        page = self.stack.currentWidget()
        assert isinstance(page, Page)
        return page

    def go(self, name: str) -> None:
        """Go to a place, or to a part of one («settings/tokens»); an open editor is saved and left."""
        place, _, part = name.partition("/")
        if not self._drop_editor():
            return
        self.nav.show_place(place)
        page = self._place(place)
        self._show(page)
        if part:
            page.show_part(part)

    def _show(self, page: Page) -> None:
        self.stack.setCurrentWidget(page)
        self._fit()
        self.context.attempt(page.refresh)
        page.start()

    def open_dossier(self, local_id: str) -> None:
        """Open a dossier in the editor."""
        try:
            editor = EditorPage(self.context, local_id)
        except VungXaError as error:
            self.page().fail(error.message)
            return
        if not self._drop_editor():
            return
        self._editor = editor
        self.stack.addWidget(editor)
        self.nav.show_place("dossiers")
        self._show(editor)

    def close_dossier(self) -> None:
        """Leave the editor for the list, with the cursor on the dossier that was open."""
        local_id = self._editor.draft.local_id if self._editor else ""
        self.go("dossiers")
        if self._editor is None:
            self.dossiers().choose(local_id)

    def _drop_editor(self) -> bool:
        """Leave the open editor; False when it stays, since what was typed could not be saved."""
        if self._editor is not None:
            if not self._editor.may_leave():
                return False
            self.toast.forget()
            self.stack.removeWidget(self._editor)
            self._editor.deleteLater()
            self._editor = None
        return True

    @needs(Act.DRAFT)
    def new_dossier(self) -> None:
        """Go to the list and ask which form."""
        self.go("dossiers")
        self.dossiers().new_dossier()

    @needs(Act.SEND)
    def toggle_sending(self) -> None:
        """Pause all sending, or go on, from any place."""
        self._delivery_page().toggle_pause()

    def test_link(self) -> None:
        """Try the link now, from any place."""
        self._delivery_page().test_link()

    def lock(self) -> None:
        """Save what is open and hide everything; what cannot be saved is told once, and given up the second time."""
        if self._kept():
            self.context.services.lock()

    def _kept(self) -> bool:
        return self._editor is None or self._editor.may_leave()

    def where(self) -> str:
        """Say where the window stands, for `come_back`: a place, a part of one, or the dossier that is open."""
        if self._editor is not None:
            return f"dossier/{self._editor.draft.local_id}"
        name = next(name for name, page in self.pages.items() if page is self.page())
        row = self.dossiers().current()
        part = row.local_id if name == "dossiers" and row is not None else self.page().part()
        return f"{name}/{part}" if part else name

    def come_back(self, where: str) -> None:
        """Stand again where `where` said; what is no longer there leaves the window at the list."""
        place, _, part = where.partition("/")
        if place == "dossier":
            self.open_dossier(part)
        elif place == "dossiers":
            self.dossiers().choose(part)
        elif self.context.has_place(place):
            self.go(where)

    def busy(self) -> bool:
        """Tell whether nobody need touch anything: a batch or long work runs, or the disk takes no words for now."""
        return at_work(self) or (self._editor is not None and self._editor.draft.failing)

    def refresh(self) -> None:
        """Read again what is in view, and the badges; what cannot be read is said."""
        if self.context.attempt(self.page().refresh):
            self.context.attempt(self._badges)

    def poll(self) -> None:
        """Read now what is read once a second."""
        self._clock.poll()

    def _show_queue(self, view: DeliveryView) -> None:
        self.status.show_link(view)
        if self.page() is self.pages.get("delivery"):
            self._delivery_page().show_view(view)
        self.dossiers().detail.tick(view.time)

    def _show_moved(self, first: bool) -> None:
        """Read badges and lists again: a status moved."""
        self._badges()
        if not first and self.page() is self.pages["dossiers"]:
            self.page().refresh()

    def _badges(self) -> None:
        counts = self.context.services.desk.counts()
        needing = counts.get(ListFilter.FIX, 0) + counts.get(ListFilter.RETURNED, 0)
        self.nav.set_count("dossiers", needing)
        self.nav.set_count("signing", counts.get(ListFilter.SIGN, 0))
        self.nav.set_count("delivery", counts.get(ListFilter.READY, 0))

    def _fit(self) -> None:
        self.nav.set_wide(not self.page().narrow_nav and self.width() >= px(WIDE_FROM))
        self.status.show_hints(self.page().hints[: None if self.width() >= px(WIDE_FROM) else 2])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold the places on a narrow window."""
        super().resizeEvent(event)
        self._fit()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Save, then stop clock and threads in order."""
        if not self._drop_editor() and event.spontaneous():
            event.ignore()
            return
        self._clock.stop()
        stop_work(self)
        for page in self.pages.values():
            page.end()
        self.context.workers.stop()
        super().closeEvent(event)

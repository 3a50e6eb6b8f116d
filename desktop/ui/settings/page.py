"""The place «Danh mục & cài đặt»: its sections behind a rail, one search, one export."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget

from desktop.dossier.duties import Act
from desktop.dossier.fold import fold
from desktop.ui.context import Context
from desktop.ui.dossiers.search import SearchField
from desktop.ui.kit.allowing import Guard, needs
from desktop.ui.kit.basic import button, column, keycap, label, row
from desktop.ui.kit.page import Page
from desktop.ui.settings.keeping import keeping_sections
from desktop.ui.settings.people_section import PeopleSection
from desktop.ui.settings.rail import SectionRail
from desktop.ui.settings.section import Section
from desktop.ui.settings.services import SettingsServices
from desktop.ui.settings.token_section import TokenSection
from desktop.ui.settings.trust_section import TrustSection
from desktop.ui.settings.users_section import UsersSection
from desktop.ui.texts import tr
from desktop.ui.theme import px


class SettingsPage(Page):
    """`show_part` brings a section into view by its key: people, tokens or trust."""

    hints = (("↑ ↓", "chọn"), ("Ctrl+F", "tìm"), ("Ctrl+E", "xuất Excel"), ("F6", "chi tiết"))

    def __init__(self, context: Context, services: SettingsServices) -> None:
        super().__init__(tr("Danh mục & cài đặt"))
        self._context, self._services = context, services
        self.search = SearchField("Tìm trong danh sách. Gõ không dấu cũng được", self._narrow)
        self.search.setAccessibleName("Tìm trong danh mục")
        self.head.addSpacing(px(16))
        self.head.addWidget(self.search, 10)
        self.head.addWidget(keycap("Ctrl+F"))
        self.head.addStretch(1)
        self.head.addWidget(button("Xuất danh sách", "download", "", self.ask_export, "Ctrl+E"))
        self.people = PeopleSection(context, services.people, self.fail)
        self.tokens = TokenSection(context, services.doctor, self.fail)
        self.trust = TrustSection(context, services.trust, self.fail)
        self.sections: tuple[Section, ...] = (self.people, self.tokens, self.trust)
        self.sections += keeping_sections(context, services, self.fail)
        if services.users is not None and services.locking is not None:
            users = UsersSection(
                context,
                services.users,
                services.locking,
                services.people,
                self.fail,
                services.token_ways,
                services.rotate,
            )
            self.sections = (users, *self.sections)
        self.stack, self.rail = QStackedWidget(), SectionRail(self.sections, self.show_part)
        self.chips = self.rail.buttons
        self._title, commands = label("", "h2"), row(gap=6)
        commands.addWidget(self._title)
        commands.addStretch(1)
        for section in self.sections:
            self._add(section, commands)
        beside = column(gap=8)
        beside.addLayout(commands)
        beside.addWidget(self.stack, 1)
        main = row(gap=10)
        main.addWidget(self.rail)
        main.addLayout(beside, 1)
        self.body.addLayout(main, 1)
        self.keys("Ctrl+F", self.search.focus)
        self.keys("Ctrl+E", self.ask_export)
        self.keys("F6", self._toggle_pane)
        self.show_part(self.sections[0].key)

    def _add(self, section: Section, commands: QHBoxLayout) -> None:
        if section.act is not Act.READ:
            Guard(self.chips[section.key], section.act, self._context)
        for command in section.commands:
            commands.addWidget(command)
        self.stack.addWidget(section)

    def section(self) -> Section:
        """Give the section in view."""
        return self.sections[self.stack.currentIndex()]

    def part(self) -> str:
        """Name the section in view."""
        return self.section().key

    def show_part(self, name: str) -> None:
        """Bring a section into view, as the search has it; one that this window has not changes nothing."""
        place = next((place for place, section in enumerate(self.sections) if section.key == name), None)
        if place is None or not self._context.permits(self.sections[place].act):
            return
        self.stack.setCurrentIndex(place)
        self.rail.show_chosen(name)
        self._title.setText(self.section().title)
        for section in self.sections:
            for command in section.commands:
                command.setVisible(section is self.section())
        self.section().narrow(self.search.text())
        if self.isVisible():
            self.refresh()

    def refresh(self) -> None:
        """Read the section in view again."""
        self.section().refresh()

    def start(self) -> None:
        """Begin in the list."""
        self.section().start()

    def end(self) -> None:
        """Let no examination hold the window up."""
        self.tokens.examination.cancel()
        for section in self.sections:
            section.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold the rail where there is little room."""
        super().resizeEvent(event)
        self.rail.fit(self.width())

    def _narrow(self, text: str) -> None:
        self.section().narrow(text)

    def _toggle_pane(self) -> None:
        pane = self.section().pane
        pane.setVisible(pane.isHidden())

    @needs(Act.EXPORT)
    def ask_export(self) -> None:
        """Ask where to write the list in view."""
        start = fold(self.section().list().name).replace(" ", "-") + ".xlsx"
        name, _ = QFileDialog.getSaveFileName(self, "Xuất danh sách", start, self.section().export_kinds)
        if name and not self.section().export_itself(Path(name)):
            self.export_to(Path(name))

    def export_to(self, path: Path) -> None:
        """Write the list in view as it is narrowed and sorted."""
        model, export = self.section().list().model, self._services.export
        heads, lines = model.heads, model.table()
        self._context.workers.paper.submit(
            self,
            lambda: export(path, heads, lines),
            lambda _none: self._context.bus.said.emit(f"Đã xuất danh sách ra {path.name}.", None),
            lambda error: self.fail(error.message),
        )

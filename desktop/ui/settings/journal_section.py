"""«Nhật ký»: who did what and when, whether anything was changed since, and the way out to a file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from desktop.dossier.dates import local_time
from desktop.dossier.duties import Act
from desktop.dossier.errors import VungXaError
from desktop.dossier.journal_views import JournalReport, JournalRow
from desktop.ui.context import Context
from desktop.ui.kit.basic import button
from desktop.ui.settings.journal_dialog import JournalExportDialog
from desktop.ui.settings.journal_lines import FINDINGS, KINDS, finding_line, level, number, report_strip, sealed_words
from desktop.ui.settings.journal_list import PAGE, JournalList
from desktop.ui.settings.keeping_services import JournalService
from desktop.ui.settings.list_card import ListCard
from desktop.ui.settings.work_section import WorkSection

SOUND = "Lần kiểm tra này không thấy điều gì. Bấm «Kiểm tra nhật ký» để xem lại."
MEANS = (
    "Mỗi dòng nối với dòng trước bằng dấu kiểm tra, nên sửa hay bỏ một dòng là lộ. "
    "Máy niêm phong nhật ký khi sao lưu và đồng bộ; Kho bạc ký xác nhận."
)


class JournalSection(WorkSection):
    """Pages are read in the background; the first look at the section examines the whole once."""

    key, title, icon = "journal", "Nhật ký", "history"
    act = Act.JOURNAL
    reading = "Chưa kiểm tra nhật ký."
    export_kinds = "Excel (*.xlsx);;CSV (*.csv);;PDF để ký trên giấy (*.pdf)"

    def __init__(self, context: Context, service: JournalService, fail: Callable[[str], object]) -> None:
        super().__init__(context, fail)
        self._service, self._turn, self._online = service, 0, False
        self.report: JournalReport | None = None
        self.entries = JournalList(self.chosen_in(0), self._read)
        self.findings = ListCard("Kết quả kiểm tra", FINDINGS, SOUND, "điều", self.chosen_in(1))
        self.lay_out([self.entries, self.findings], self.strip)
        self.commands = [
            button("Hỏi cả Kho bạc", "landmark", "", lambda: self.examine(online=True)),
            button("Kiểm tra nhật ký", "shield-check", "primary", self.examine),
        ]
        self.show_chosen("")

    def refresh(self) -> None:
        """Read the first page again, and examine the whole when nobody did yet."""
        offer = self.entries.choice.offer
        self.context.workers.paper.submit(self, self._service.choices, offer, self.failed, "journal-choices")
        if self.entries.at_top():
            self.entries.again()
        if self.report is None:
            self.examine()

    def count(self) -> None:
        """Write on its tab how many things were found; entries are not counted, only read."""
        found = self.findings.model.rowCount()
        self.tabs.setTabText(1, f"{self.findings.name}  {found}")

    def examine(self, *, online: bool = False) -> None:
        """Examine the whole journal."""
        service = self._service
        if self.begin(lambda _tell, _stopped: service.verify(online=online)):
            self._online = online
            self.strip.tell("blue", "hourglass", "Đang kiểm tra nhật ký…", "Có thể tiếp tục đọc trong lúc chờ.")

    def export_itself(self, path: Path) -> bool:
        """Ask for days and write entries of the journal itself, not only those that were read."""
        if self.list() is not self.entries:
            return False
        dialog = JournalExportDialog(self.context.workers.paper, self._service, path, self.window())
        dialog.did.connect(lambda: self.context.bus.said.emit(f"Đã xuất nhật ký ra {path.name}.", None))
        dialog.open()
        return True

    def show_chosen(self, key: str) -> None:
        """Tell about the chosen entry or finding."""
        row = self.entries.row()
        if self.stack.currentIndex() == 1 and self.report is not None and key:
            finding = self.report.findings[int(key)]
            self.pane.begin(KINDS[finding.kind], level(finding))
            self.pane.say(finding.sentence)
            self.pane.facts(("Từ dòng", number(finding.seq)))
        elif self.stack.currentIndex() == 0 and row is not None:
            self._show_row(row)
        else:
            self.pane.begin("Nhật ký")
        if self.report is not None:
            self.pane.head("Niêm phong")
            self.pane.say(sealed_words(self.report))
        self.pane.say(MEANS, "muted")
        self.pane.end()

    def _show_row(self, row: JournalRow) -> None:
        self.pane.begin(row.what)
        self.pane.facts(
            ("Ai", row.who), ("Lúc", local_time(row.at)), ("Dòng số", number(row.seq)),
            ("Hồ sơ", row.number), ("Chi tiết", row.detail),
        )  # fmt: skip

    def _read(self, before: int) -> None:
        """Ask for a page; what arrives after the order or the words changed is thrown away."""
        self._turn += 0 if before else 1
        turn, model, service = self._turn, self.entries.model, self._service
        text, by, descending = model.text, model.by, model.descending
        who, kind = self.entries.choice.who, self.entries.choice.kind

        def done(rows: Sequence[JournalRow]) -> None:
            if turn == self._turn:
                self.entries.take(rows, first=not before)

        def failed(error: VungXaError) -> None:
            self.entries.gave_up()
            self.failed(error)

        self.context.workers.paper.submit(
            self, lambda: service.entries(text, by, descending, before, PAGE, who, kind), done, failed, "journal"
        )

    def ended(self, report: JournalReport) -> None:
        """Say what the examination found."""
        self.report = report
        self.findings.fill([finding_line(place, one) for place, one in enumerate(report.findings)])
        self.count()
        self.strip.tell(*report_strip(report, online=self._online), aloud=True)

"""The tab of a list of payees (Mẫu 20): import at the top, the grid, and at its side what must agree and what is wrong.

It is unlike the other forms in that its lines are many, come from elsewhere, and send money to people by name.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QRect
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.dossier.document import Level, Problem, Value
from desktop.dossier.forms import Form
from desktop.dossier.list_views import ListProposal, ListSums, ListTaken, list_sums
from desktop.dossier.pack import form_of
from desktop.dossier.payee_repairs import Repair, machine_repairs, repairs
from desktop.ui.beneficiaries.acknowledge import ask_name
from desktop.ui.beneficiaries.bar import ListBar
from desktop.ui.beneficiaries.chips import RowChips
from desktop.ui.beneficiaries.foot import ListFoot
from desktop.ui.beneficiaries.grid import PayeeGrid
from desktop.ui.beneficiaries.head import HeadView, summary
from desktop.ui.beneficiaries.importing import ListImport
from desktop.ui.beneficiaries.model import PayeeModel
from desktop.ui.beneficiaries.repairing import Repairing
from desktop.ui.beneficiaries.side import SidePane
from desktop.ui.beneficiaries.sums import agreement
from desktop.ui.context import Context
from desktop.ui.dossiers.search import SearchField
from desktop.ui.editor.arrange import short_title
from desktop.ui.editor.codes import CodeFinder
from desktop.ui.editor.draft import Draft
from desktop.ui.editor.fields import Input
from desktop.ui.editor.grid_model import Spot
from desktop.ui.editor.lookup import Chosen
from desktop.ui.editor.ticks import Ticks
from desktop.ui.kit.basic import column, row, rule
from desktop.ui.kit.signs import Badge
from desktop.ui.theme import px

NARROW = 820
"""Design pixels below which captions give way to buttons."""


class PayeeView(QWidget):
    """Edits one list of payees of the draft; the page talks to it as to any view, places `side` and `foot`."""

    def __init__(
        self, context: Context, draft: Draft, place: int, form: Form, codes: CodeFinder, failed: Callable[[str], None]
    ) -> None:
        super().__init__()
        self.draft, self.place, self.form = draft, place, form
        self._context, self._desk, self._codes = context, context.services.desk, codes
        self._marked: tuple[tuple[Value, Value], ...] | None = None
        self._imported: tuple[ListProposal, ListTaken] | None = None
        self.imports = ListImport(self, context, failed)
        self._failed = failed
        self.model = PayeeModel(draft, place, form.line_tables[0])
        self.grid = PayeeGrid(f"Các dòng, {form.list_title}", self.model, self._look_up)
        self.grids = {form.line_tables[0].key: self.grid}
        self.head = HeadView(draft, place, form, codes)
        self.inputs: dict[str, Input] = self.head.inputs
        self.ticks: dict[str, Ticks] = self.head.ticks
        self.bar = ListBar(form, draft.editable)
        self.chips = RowChips()
        self.search = SearchField("Tìm họ tên, số tài khoản, ngân hàng", lambda _text: self._filter())
        self.side, self.foot = SidePane(), ListFoot()
        self.side.acknowledge.setVisible(draft.editable)
        self._machine: tuple[Repair, ...] = ()
        self._repairing = Repairing(context, draft, lambda: self.model.rows)
        self.badge = Badge()
        self.badge.setVisible(False)
        self._lay_out()
        self._connect()
        self.setAccessibleName(form.list_title)
        self.sync(())

    def _lay_out(self) -> None:
        box = column(self, (14, 10, 14, 10), 6)
        box.addWidget(self.bar)
        self.head.setVisible(False)
        box.addWidget(self.head)
        box.addWidget(rule())
        line = row(gap=10)
        self.search.setMaximumWidth(px(260))
        self.search.setAccessibleName("Tìm trong danh sách")
        line.addWidget(self.chips)
        line.addStretch(1)
        line.addWidget(self.badge)
        line.addWidget(self.search, 1)
        box.addLayout(line)
        box.addWidget(self.grid, 1)

    def _connect(self) -> None:
        self.bar.choose.clicked.connect(self.ask_file)
        self.bar.paste.clicked.connect(self.paste)
        self.bar.export.clicked.connect(self.ask_export)
        self.bar.remap.clicked.connect(self.remap)
        self.bar.unfold.clicked.connect(lambda *_args: self.head.setVisible(self.head.isHidden()))
        self.chips.chosen.connect(lambda _value: self._filter())
        self.side.picked.connect(self.go_to)
        self.side.mend.connect(self.mend)
        self.foot.all.clicked.connect(self.mend_all)
        self.side.acknowledge.clicked.connect(self.ask_name)
        self.grid.selectionModel().currentChanged.connect(lambda *_args: self._moved())

    def sync(self, problems: Sequence[Problem]) -> None:
        """Show the draft's lines and problems again."""
        documents = self.draft.dossier.documents
        if self.place >= len(documents):
            return
        mine = [p for p in problems if p.where.document == self.place]
        mine += self._still_doubtful()
        self.model.sync(mine)
        self._mark()
        self.head.sync([p for p in problems if p.where.table is None])
        if any(self.head.concerns(p) for p in mine) and self.draft.editable:
            self.head.setVisible(True)
        self.bar.show_summary(summary(documents[self.place], self.form))
        rows = self.model.rows
        counts = {which: len(self.model.rows_of(which)) for which in ("error", "twice", "new", "changed")}
        self.chips.show_counts({"": len(rows), **counts})
        sums = list_sums(documents, self.place)
        self.side.show_list(sums, len(rows), counts["changed"])
        self._offer(mine, sums)
        self.badge.show_state(*agreement(sums))
        self._filter()
        self._moved()

    def _offer(self, problems: Sequence[Problem], sums: ListSums) -> None:
        """Show each problem with the button that helps; a list that cannot be changed has none."""
        document, marks = self.draft.document(self.place), self.model.marks
        offered: Sequence[Repair | None] = [None] * len(problems)
        if self.draft.editable:
            offered = repairs(document, problems, marks, sums.missing)
        self._machine = machine_repairs(self.model.rows, marks) if self.draft.editable else ()
        self.side.show_problems(problems, offered)
        voucher = short_title(form_of(sums.voucher_form)) if sums.voucher_form else ""
        errors = sum(problem.level is Level.ERROR for problem in problems)
        self.foot.show_state(voucher[:1].lower() + voucher[1:], sums, errors, self._machine)

    def _still_doubtful(self) -> list[Problem]:
        """Give what the import said about cells nobody changed since: only it saw how they stood in the file."""
        if self._imported is None:
            return []
        rows, taken = self.model.rows, self._imported[1]
        same = [row < len(taken.rows) and rows[row] == taken.rows[row] for row in range(len(rows))]
        at = [(p, p.where.row) for p in taken.problems if p.rule in ("list-account", "list-amount")]
        kept = [p for p, row in at if row is None or (row < len(same) and same[row] and "dạng số" in p.message)]
        return [p.model_copy(update={"where": p.where.model_copy(update={"document": self.place})}) for p in kept]

    def _mark(self) -> None:
        """Ask how the payees stand to the past when a name or account changed."""
        now = tuple((line.get("name"), line.get("account")) for line in self.model.rows)
        if now != self._marked:
            self._marked = now
            self.model.set_marks(self._desk.payee_marks(self.draft.dossier, self.place))

    def _filter(self) -> None:
        which, text = self.chips.value, self.search.text().strip()
        shown = None
        if which:
            shown = self.model.rows_of(which)
        if text:
            found = self.model.matching(text)
            shown = found if shown is None else shown & found
        self.grid.show_rows(shown)

    def _look_up(self, anchor: QWidget, area: QRect, spot: Spot, chosen: Chosen) -> None:
        self._codes.find(anchor, area, spot.column.catalogue or "group", f"dòng {spot.row + 1}", chosen)

    def ask_file(self) -> None:
        """Ask for a spreadsheet and take its rows."""
        self.imports.ask(self.form.ref, self._put)

    def take(self, path: Path) -> None:
        """Take the rows of a spreadsheet."""
        self.imports.start(path, self.form.ref, self._put)

    def remap(self) -> None:
        """Look at the mapping of the last import again."""
        if self._imported is not None:
            self.imports.confirm(self._imported[0], self._put)

    def _put(self, proposal: ListProposal, taken: ListTaken) -> None:
        """Put the rows in place of the list's; Ctrl+Z brings the old ones back."""
        self._imported = (proposal, taken)
        self.chips.choose("")
        self.draft.set_rows(self.place, self.model.table.key, taken.rows)
        self.draft.check()
        words = f"Đã nhập {len(taken.rows)} dòng, {taken.columns} cột từ {proposal.path.name}."
        self.bar.show_import(words, remembered=proposal.remembered)
        self._context.bus.said.emit(words, self.draft.undo)

    def paste(self) -> None:
        """Write what a spreadsheet put on the clipboard from the cursor on, from the first cell when there is none."""
        if not self.grid.currentIndex().isValid():
            self.grid.setCurrentIndex(self.model.index(0, 1))
        self.grid.setFocus()
        self.grid.paste()

    def ask_export(self) -> None:
        """Ask where to write the list."""
        name, _ = QFileDialog.getSaveFileName(self, "Xuất danh sách", "danh-sach.xlsx", "Bảng tính (*.xlsx *.csv)")
        if name:
            self.export(Path(name))

    def export(self, path: Path) -> None:
        """Write the list to a spreadsheet."""
        document = self.draft.document(self.place)
        done = lambda _none: self._context.bus.said.emit(f"Đã xuất danh sách ra {path.name}.", None)  # noqa: E731
        work = self._context.workers.paper
        work.submit(self, lambda: self._desk.export_list(path, document), done, lambda e: self._failed(e.message))

    def _changed_row(self) -> int | None:
        """Give the row whose change is to be acknowledged: the one with the cursor, else the first."""
        changed = self.model.rows_of("changed")
        here = self.grid.currentIndex().row()
        return here if here in changed else min(changed, default=None)

    def _show_change(self) -> None:
        at = self._changed_row()
        if at is not None:
            self.side.show_change(f"Dòng {at + 1}, {self.model.rows[at].get('name')}", self.model.mark(at).words)

    def _moved(self) -> None:
        """Follow the cursor: the finding about its cell, the change of its row."""
        spot = self.model.spot(self.grid.currentIndex())
        if spot is not None:
            self.side.found.point_at(spot.row, spot.column.key)
        self._show_change()

    def ask_name(self) -> None:
        """Let the person at the desk stand by name for the payee with the cursor."""
        at = self._changed_row()
        if at is None:
            return
        line = self.model.rows[at]
        payee = (str(line.get("name") or ""), str(line.get("account") or ""), str(line.get("bank") or ""))
        ask_name(self, self._desk, payee, self.model.mark(at).words, self._acknowledged)

    def _acknowledged(self) -> None:
        self._marked = None
        self.draft.check()

    def go_to(self, problem: Problem) -> None:
        """Put the cursor where a problem is."""
        if self.head.concerns(problem):
            self.head.setVisible(True)
            self.head.go_to(problem)
            return
        row = problem.where.row or 0
        if self.grid.isRowHidden(row):
            self.search.clear()
            self.chips.choose("")
        self.grid.go_to(row, problem.where.column or "")

    def mend(self, problem: Problem, repair: Repair) -> None:
        """Do what the button of a problem says."""
        self.go_to(problem)
        if repair.how in ("write", "fill"):
            self._repairing.write(self.place, self.model.table.key, [repair])
        elif repair.how == "together":
            self.chips.choose("")
            self.search.setText(repair.find)
            self._filter()
        elif repair.how == "choose":
            self.grid.scrollTo(self.grid.currentIndex())
            self.grid.look_up()
        elif repair.how == "stand":
            self.ask_name()

    def mend_all(self) -> None:
        """Write every repair a machine can make out, amounts apart, as one step that can be taken back."""
        self._repairing.write(self.place, self.model.table.key, self._machine)

    def begin(self) -> None:
        """Begin in the first empty blank above the list, else in the list."""
        filled = self.draft.document(self.place).fields
        blank = [made for key, made in self.inputs.items() if key not in filled]
        if blank:
            self.head.setVisible(True)
            blank[0].setFocus()
        else:
            self.grid.setFocus()

    def show_side(self, shown: bool) -> None:
        """Show or hide what stands at the side; without it a badge says whether the sums agree."""
        self.side.setVisible(shown)
        self.badge.setVisible(not shown)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out captions where there is little room."""
        super().resizeEvent(event)
        self.bar.set_narrow(event.size().width() < px(NARROW))

"""One form on screen: title line, ticks, header fields, lines, words, beneficiary; the same code for every form."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QScrollArea, QWidget

from desktop.dossier.compute import compute
from desktop.dossier.document import Problem
from desktop.dossier.form_parts import Block, Choice, Table, Words
from desktop.dossier.forms import Form
from desktop.dossier.views import Found
from desktop.ui.editor.arrange import (
    Line,
    arrange,
    choice_lines,
    head_fields,
    header_lines,
    short_label,
    short_title,
    tidy,
)
from desktop.ui.editor.codes import GROUP, PICTURE, CodeFinder
from desktop.ui.editor.draft import Draft
from desktop.ui.editor.fields import Commit, ImageInput, Input, LineInput, describe, make_input, worst
from desktop.ui.editor.grid_model import GridModel, Spot
from desktop.ui.editor.grid_view import MOST_ROWS, GridTable
from desktop.ui.editor.line_view import LABEL_WIDTH, LineView, boxed
from desktop.ui.editor.lookup import Chosen
from desktop.ui.editor.problem_list import ProblemList
from desktop.ui.editor.ticks import Ticks
from desktop.ui.editor.values import PICTURES, to_value
from desktop.ui.kit.basic import ElidedLabel, button, column, label, row, rule
from desktop.ui.theme import px
from desktop.ui.wording import dong

OTHER_END = {"code": "name", "name": "code"}
"""How the keys of a code and of its name end: one is looked up, both are written."""

AskRows = Callable[[int, str], None]
"""Asks for a spreadsheet with the lines of a table: which document, which table."""

AROUND = 42
"""Design pixels beside a grid: the card's padding, the frame and the scroll bar."""


WIDEST, SCROLLED = 900, 720
"""A grid wider than the first scrolls inside its card, which then keeps the second, so that the paper has its place."""


class FormView(QScrollArea):
    """Edits one document of the draft."""

    def __init__(self, draft: Draft, place: int, form: Form, codes: CodeFinder, ask_rows: AskRows) -> None:
        super().__init__()
        self.draft, self.place, self.form, self._codes, self._ask_rows = draft, place, form, codes, ask_rows
        self.inputs: dict[str, Input] = {}
        self.ticks: dict[str, Ticks] = {}
        self.grids: dict[str, GridTable] = {}
        self._lines: list[LineView] = []
        self._words: dict[str, QLabel] = {}
        self._lists: dict[str, ProblemList] = {}
        self._folded: dict[str, QWidget] = {}
        self._rare = QWidget()
        inside = QWidget()
        inside.setObjectName("scrolled")
        self._box = column(inside, (14, 10, 14, 12), 6)
        self._build()
        self._box.addStretch(1)
        self.setWidget(inside)
        self.setWidgetResizable(True)
        widest = max((grid.grid.least_width() for grid in self.grids.values()), default=0)
        self.setMinimumWidth(px((widest if widest <= WIDEST else SCROLLED) + AROUND))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(form.list_title)
        self.sync(())

    def _build(self) -> None:
        self._box.addLayout(self._title())
        self._box.addWidget(rule())
        self._list("document")
        for place, choices in enumerate(choice_lines(self.form)):
            self._box.addLayout(self._choices(choices, "" if place else "Hình thức"))
        self._header()
        for place, table in enumerate(self.form.line_tables):
            self._table(table)
            self._below([item for item in self.form.amounts_in_words if _spells(item, table)], imports=place == 0)
        spelt = {item.key for item in self.form.amounts_in_words if item.sources}
        self._below([item for item in self.form.amounts_in_words if item.key not in spelt])
        for block in self.form.blocks:
            self._box.addWidget(rule())
            self._box.addWidget(label(_heading(block, self.form), "section"))
            self._add_lines(arrange(list(block.fields)))

    def _table(self, table: Table) -> None:
        """Put a table below its heading and the fields that stand above it on paper."""
        name = (table.heading or "").strip("- :") or f"Các dòng, {self.form.list_title}"
        grid = GridTable(name, GridModel(self.draft, self.place, table), self._grid_find, self._codes.offers)
        self.grids[table.key] = grid
        if table.heading:
            self._box.addWidget(label(tidy(table.heading), "section", wrap=True))
        self._add_lines(arrange([self.form.fields_by_key[key] for key in table.header_fields]))
        self._box.addWidget(grid)
        self._list(table.key)

    def _below(self, spelt: Sequence[Words], *, imports: bool = False) -> None:
        """Put amounts in words under the table they spell, and beside the first what takes lines from a spreadsheet."""
        lines = [self._worded(item.key, item.label) for item in spelt]
        if imports and self.draft.editable and not self.form.attached_to:
            lines = lines or [row()]
            lines[0].addWidget(self._import_button("link"), 0, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        for line in lines:
            self._box.addLayout(line)

    def _title(self) -> QHBoxLayout:
        line = row(gap=8)
        line.addWidget(ElidedLabel(short_title(self.form), "h2"), 1)
        symbol = f", {self.form.symbol}" if self.form.symbol else ""
        line.addWidget(label(f"Mẫu số {self.form.number}{symbol}", "caption"))
        if self.form.attached_to and self.draft.editable:
            line.addWidget(self._import_button("small"))
        for field in head_fields(self.form):
            made = self._input(field.key, 62 if field.type == "year" else 102)
            line.addWidget(label(short_label(field), "muted"))
            line.addWidget(made)
        return line

    def _worded(self, key: str, hint: str) -> QHBoxLayout:
        words = self._words[key] = label("", "medium", wrap=True)
        return boxed("Bằng chữ", words, hint)

    def _import_button(self, kind: str) -> QPushButton:
        ask = partial(self._ask_rows, self.place, self.form.line_tables[0].key)
        return button("Nhập từ Excel", "table", kind, ask)

    def _choices(self, choices: Sequence[Choice], name: str) -> QHBoxLayout:
        line = row(gap=8)
        before = label(name, "muted")
        before.setFixedWidth(px(LABEL_WIDTH))
        line.addWidget(before)
        for place, choice in enumerate(choices):
            if place:
                line.addWidget(rule(upright=True))
            made = Ticks(choice, lambda key, value: self.draft.set_choice(self.place, key, value))
            self.ticks[choice.key] = made
            line.addWidget(made)
        line.addStretch(1)
        return line

    def _header(self) -> None:
        lines = header_lines(self.form)
        self._add_lines(lines)
        folds = list(dict.fromkeys(line.fold for line in lines if line.fold))
        if not folds:
            return
        bar = row(self._rare, gap=2)
        name = label("Thêm khi có", "muted")
        name.setFixedWidth(px(LABEL_WIDTH))
        bar.addWidget(name)
        for fold in folds:
            made = button(fold, "plus", "link", partial(self.unfold, fold))
            self._folded[fold] = made
            bar.addWidget(made)
        bar.addStretch(1)
        self._box.addWidget(self._rare)

    def _add_lines(self, lines: Sequence[Line]) -> None:
        for line in lines:
            made = LineView(line, [self._input(slot.field.key, slot.width) for slot in line.slots])
            self._lines.append(made)
            self._box.addWidget(made)

    def _list(self, key: str) -> None:
        made = self._lists[key] = ProblemList()
        made.picked.connect(self.go_to)
        self._box.addWidget(made)

    def _input(self, key: str, width: int) -> Input:
        field = self.form.fields_by_key[key]
        commit: Commit = partial(self.draft.set_field, self.place)
        made = make_input(field, width, commit, self._field_find)
        if isinstance(made, LineInput):
            made.offers = self._codes.offers(field.catalogue)
            made.textEdited.connect(lambda text: self.draft.hold(lambda: commit(key, to_value(text, field.type))))
            made.editingFinished.connect(lambda: self.draft.hold(None))
        self.inputs[key] = made
        return made

    def _field_find(self, field: LineInput) -> None:
        def taken(hit: Found) -> None:
            for twin in self._twins(field):
                twin.take(hit)

        self._codes.find(field, field.rect(), field.field.catalogue or "", short_label(field.field), taken)

    def _twins(self, field: LineInput) -> list[LineInput]:
        """Give a blank, and the one beside it for the name of its code or the code of its name."""
        stem, _, end = field.field.key.rpartition("_")
        other = self.inputs.get(f"{stem}_{OTHER_END.get(end, '')}")
        if isinstance(other, LineInput) and other.field.catalogue == field.field.catalogue:
            return [field, other]
        return [field]

    def _grid_find(self, anchor: QWidget, area: QRect, spot: Spot, chosen: Chosen) -> None:
        other = PICTURE if spot.column.type in PICTURES else GROUP
        self._codes.find(anchor, area, spot.column.catalogue or other, f"dòng {spot.row + 1}", chosen)

    def unfold(self, fold: str) -> None:
        """Show an optional group and go to its first field."""
        shown = [line for line in self._lines if line.line.fold == fold]
        for line in shown:
            line.unfolded = True
        self.sync(self.draft.problems)
        if shown:
            shown[0].inputs[0].setFocus()

    def sync(self, problems: Sequence[Problem]) -> None:
        """Show the draft's values and problems again."""
        if self.place >= len(self.draft.dossier.documents):
            return
        document, mine = self.draft.document(self.place), [p for p in problems if p.where.document == self.place]
        for key, made in self.inputs.items():
            if isinstance(made, ImageInput):
                made.offer(self.draft.dossier.attachments)
            made.set_value(document.fields.get(key))
            made.setReadOnly(not self.draft.editable)
            describe(made, made.field, [p for p in mine if p.where.field == key])
        for key, ticks in self.ticks.items():
            found = [p for p in mine if p.where.field == key]
            ticks.set_value(document.choices.get(key))
            ticks.set_frozen(not self.draft.editable)
            ticks.show_problem(worst(found), "\n".join(p.message for p in found))
        self._sync_lines(mine)
        computed = compute(document, self.form)
        for item in self.form.amounts_in_words:
            long = any(len(document.tables.get(source.split(".")[0], [])) >= MOST_ROWS for source in item.sources)
            figures = f"{dong(computed.spelt[item.key])}: " if long else ""
            self._words[item.key].setText(figures + computed.words[item.key])
        self._sync_tables(mine)

    def _sync_lines(self, mine: Sequence[Problem]) -> None:
        document = self.draft.document(self.place)
        for line in self._lines:
            found = [p for p in mine if p.where.field in {slot.field.key for slot in line.line.slots}]
            line.sync(document, found)
        closed = {fold for fold in self._folded if not any(x.opened for x in self._lines if x.line.fold == fold)}
        for fold, link in self._folded.items():
            link.setVisible(fold in closed)
        self._rare.setVisible(bool(closed) and self.draft.editable)

    def _sync_tables(self, mine: Sequence[Problem]) -> None:
        for key, grid in self.grids.items():
            grid.grid.sync(mine)
            self._lists[key].show_problems([p for p in mine if p.where.table == key])
        shown = set(self.inputs)
        own = [p for p in mine if p.where.table not in self.grids and p.where.field not in shown]
        self._lists["document"].show_problems(own)

    def go_to(self, problem: Problem) -> None:
        """Put the cursor where a problem is."""
        where = problem.where
        if where.table in self.grids:
            self.grids[where.table or ""].go_to(where.row or 0, where.column or "")
        elif where.field in self.inputs:
            for line in self._lines:
                line.reveal(where.field or "")
            self.inputs[where.field or ""].setFocus()
            self.ensureWidgetVisible(self.inputs[where.field or ""])
        elif where.field in self.ticks:
            next(iter(self.ticks[where.field or ""].boxes.values())).setFocus()
        else:
            self.verticalScrollBar().setValue(0)


def _spells(item: Words, table: Table) -> bool:
    return bool(item.sources) and item.sources[0].split(".")[0] == table.key


def _heading(block: Block, form: Form) -> str:
    unnamed = "Nộp ngân sách nhà nước" if block is form.remittance_block else "Đơn vị, cá nhân nhận tiền"
    return (block.heading or unnamed).rstrip(":")

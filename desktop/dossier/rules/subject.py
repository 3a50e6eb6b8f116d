"""A document under examination, with its form at hand, so that rules read like sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from desktop.dossier.circumstances import facts_of
from desktop.dossier.compute import Computed, amount_of, compute
from desktop.dossier.document import Document, Dossier, Row, Value
from desktop.dossier.form_parts import Condition, Table
from desktop.dossier.forms import Form
from desktop.dossier.pack import form_of
from desktop.dossier.procedures import Facts
from desktop.dossier.rules.context import CheckContext

_SPOKEN = dict.fromkeys(("M13", "M14", "M15", "M16"), "Giấy rút dự toán")
_WHOSE = "Phần dành cho"
"""Begins headings that say who writes a column; they say nothing of what it is."""
_DATE_DOTS = re.compile(r"(ngày)[\s.…]+tháng[\s.…]+năm[\s.…]*")


def is_empty(value: object) -> bool:
    """Tell whether a value counts as not given: None or only white space."""
    return value is None or (isinstance(value, str) and not value.strip())


@dataclass(frozen=True)
class Subject:
    """One document, its form and what surrounds it."""

    document: Document
    form: Form
    context: CheckContext

    @cached_property
    def computed(self) -> Computed:
        """Totals and words, worked out once."""
        return compute(self.document, self.form)

    @property
    def total(self) -> int:
        """The amount of the document in VND."""
        return amount_of(self.document, self.form, self.computed)

    @cached_property
    def siblings(self) -> tuple[Subject, ...]:
        """The other documents of the dossier; () when none are known."""
        return tuple(Subject(other, form_of(other.form), self.context) for other in self.context.siblings or ())

    def value(self, key: str) -> Value:
        """Return a field or choice; None when it is not given."""
        value = self.document.fields.get(key)
        if value is None:
            value = self.document.choices.get(key)
        return None if is_empty(value) else value

    def text(self, key: str) -> str:
        """Return a field or choice as text without outer spaces, "" when it is not given or no text."""
        value = self.value(key)
        return value.strip() if isinstance(value, str) else ""

    def number(self, key: str) -> int | None:
        """Return a whole-number field, None when it is not given or no number."""
        value = self.value(key)
        return value if isinstance(value, int) and not isinstance(value, bool) else None

    def filled(self, *keys: str) -> list[str]:
        """Return those of the keys that are given."""
        return [key for key in keys if self.value(key) is not None]

    def empty(self, *keys: str) -> list[str]:
        """Return those of the keys that are not given."""
        return [key for key in keys if self.value(key) is None]

    def rows(self, table: Table | None = None) -> Iterator[tuple[int, Row]]:
        """Yield the lines of a table (the form's first) that hold anything, with their positions from 0."""
        return iter(self._lines[(table or self.form.line_tables[0]).key])

    @cached_property
    def _lines(self) -> dict[str, list[tuple[int, Row]]]:
        """Every table's lines that hold anything, found once for all rules."""
        tables = self.document.tables
        return {
            table.key: [(index, row) for index, row in enumerate(tables.get(table.key, [])) if not blank_row(row)]
            for table in self.form.line_tables
        }

    def name(self, key: str) -> str:
        """Name a blank the way people see it: «Số chứng từ»."""
        field = self.form.fields_by_key.get(key)
        choice = self.form.choices_by_key.get(key)
        label = field.label if field else choice.label if choice else key
        plain = _DATE_DOTS.sub(r"\1 ", label).replace(" □", "").removeprefix("Hoặc ").strip(" :")
        return f"«{plain[0].upper()}{plain[1:]}»"

    def cell(self, row: int, column: str, table: Table | None = None) -> str:
        """Name a cell the way people see it: Dòng 3, cột «Mã nội dung kinh tế»."""
        found = (table or self.form.line_tables[0]).columns_by_key[column]
        group = "" if (found.group or "").startswith(_WHOSE) else found.group
        return f"Dòng {row + 1}, cột «{f'{group}: {_inside(found.label)}' if group else found.label}»"

    @property
    def title(self) -> str:
        """The form's name in a sentence: «Giấy rút dự toán ngân sách nhà nước»."""
        return self.form.list_title.split(" (")[0]

    @property
    def short_title(self) -> str:
        """The form's name as the accountants say it."""
        return _SPOKEN.get(self.form.id, self.title)


@dataclass(frozen=True)
class Whole:
    """A dossier under examination; `subjects` keep the positions of its documents."""

    dossier: Dossier
    subjects: tuple[Subject, ...]
    context: CheckContext

    @cached_property
    def facts(self) -> Facts:
        """What is known of the dossier, the unit's book included."""
        return facts_of(self.dossier, self.context.unit, self.context.ledger)

    @cached_property
    def facts_told(self) -> Facts:
        """What people and papers say of the dossier, without the unit's book."""
        return facts_of(self.dossier, self.context.unit)


def _inside(label: str) -> str:
    """Write a label inside a sentence: «Đã tạm ứng» begins small, «VND» does not."""
    return label[0].lower() + label[1:] if label[1:2].islower() or label[1:2] == " " else label


def blank_row(row: Row) -> bool:
    """Tell whether a line holds nothing but its group and its running number."""
    return all(is_empty(value) for key, value in row.items() if key not in ("group", "stt"))


def text_of(row: Row, column: str) -> str:
    """Return a cell as text without outer spaces, "" when it is not given or no text."""
    value = row.get(column)
    return value.strip() if isinstance(value, str) else ""


def number_of(row: Row, column: str) -> int | None:
    """Return a whole-number cell, None when it is not given or no number."""
    value = row.get(column)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def holds(condition: Condition, subject: Subject, row: Row | None = None) -> bool:
    """Tell whether a form's condition is met; inside a table `filled` and `absent` name columns of the row."""
    values = row.get if row is not None else subject.value
    if condition.filled and is_empty(values(condition.filled)):
        return False
    if condition.absent and not is_empty(values(condition.absent)):
        return False
    if condition.choice and subject.text(condition.choice) != condition.value:
        return False
    if condition.positive and subject.computed.totals.get(condition.positive, 0) <= 0:
        return False
    return not any(subject.value(key) in values for key, values in condition.unless.items())

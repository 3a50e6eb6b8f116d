"""Reconciliation with the Treasury: tables filled from the book, how they stand, what differs and why it may."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from desktop.desk.allowing import needs, reading
from desktop.desk.context import DeskContext
from desktop.desk.creating import Creating
from desktop.desk.errors import DeskError
from desktop.desk.reconciling_suspects import suspects
from desktop.dossier.book import Difference
from desktop.dossier.compute import fill, money
from desktop.dossier.dates import VIETNAM
from desktop.dossier.document import Document, Dossier, Row, Value
from desktop.dossier.duties import Act
from desktop.dossier.figures import Cell
from desktop.dossier.form_parts import Column
from desktop.dossier.forms import Form
from desktop.dossier.pack import form_of, under
from desktop.dossier.reconciling import (
    QUARTERS,
    TABLES,
    Given,
    Period,
    YearBook,
    month,
    posted_day,
    quarter,
    rows_of,
    whole,
)
from desktop.dossier.reconciling_causes import Figures, Suspect, causes, line_codes, on_another_line

_BEGIN: Mapping[str, tuple[str, dict[str, str]]] = {
    "M26": ("quarter", {"method": "withdrawal"}),
    "M28": ("quarter", {"method": "withdrawal"}),
    "M30": ("carry_over", {"carry": "deposit"}),
    "M31": ("carry_over", {"carry": "estimate"}),
    "M32": ("balance", {"month": "last"}),
}
"""The purpose that begins the dossier of each form, with its answers (docs/purposes.md)."""
_LINE: Mapping[str, tuple[str, ...]] = {
    "M26": ("source", "sector"),
    "M28": ("source", "sector", "econ"),
    "M30": ("fund_kind",),
    "M31": ("fund_kind", "sector"),
    "M32": ("account_no",),
}
"""The codes by which the Treasury sets its figures against a table: it books no programme apart."""


class _Table(NamedTuple):
    """One table of a submitted dossier, and the Treasury's figures for it by row."""

    place: int
    document: Document
    form: Form
    told: Mapping[int, Mapping[str, str | int]]

    @property
    def rows(self) -> list[Row]:
        return self.document.tables.get(TABLES[self.form.id], [])

    @property
    def columns(self) -> Mapping[str, Column]:
        return self.form.tables_by_key[TABLES[self.form.id]].columns_by_key

    def line(self, row: Mapping[str, Value]) -> tuple[str, ...]:
        return tuple(str(row.get(key) or "") for key in _LINE[self.form.id])

    def summed(self, rows: Sequence[Row], line: tuple[str, ...], column: str) -> int:
        return sum(money(row.get(column)) for row in rows if self.line(row) == line)


class Reconciling:
    """Begins and compares tables of reconciliation."""

    def __init__(self, context: DeskContext) -> None:
        self._context = context

    @needs(Act.MONEY)
    def begin_reconciliation(self, form: str, year: int, period: int = 0) -> str:
        """Makes a draft whose tables are filled from the book as of the period's end, and gives its local_id.

        Raises DeskError no_payment_orders, no_such_table, no_such_period, not_allowed.
        """
        wanted = _period(form, year, period)
        purpose, answers = _BEGIN[form]
        book = self.year_book(year)
        creating = Creating(self._context)
        draft = creating.create_dossier(purpose, answers)
        with under(draft.pack):
            documents = tuple(_filled(document, book, wanted, period) for document in draft.documents)
        title = _title(form, year, period)
        creating.save(draft.model_copy(update={"title": title, "documents": documents}))
        return draft.local_id

    @reading
    def compare(self, local_id: str) -> Sequence[Difference]:
        """What the Treasury has otherwise, figure by figure with likely causes; () when it wrote no figures."""
        cells = self._context.store.notices.figures(local_id)
        if not cells:
            return ()
        dossier = self._context.store.drafts.get(local_id)
        with under(dossier.pack):
            return tuple(self._differences(dossier, cells))

    @reading
    def year_book(self, year: int) -> YearBook:
        """The book of a budget year as the tables are filled from it."""
        store = self._context.store
        given = tuple(
            Given(
                e.account, e.source, e.sector, e.program, e.kind, e.amount, _given_on(e.kind, e.document_date, at, year)
            )
            for _, e, at, *_ in store.estimates.entries(year)
        )
        moved, spent = tuple(store.book.moves(year)), tuple(store.book.spent(year))
        return YearBook(year, given, moved, spent, store.unit.get().name)

    def _differences(self, dossier: Dossier, cells: Sequence[Cell]) -> Iterator[Difference]:
        for table in _tables(dossier, cells):
            period = period_of(table.document, table.form.id)
            if period is None:
                continue
            book = self.year_book(period.last.year)
            raw = list(_raw(table, _rows_now(table, book, period)))
            amounts = frozenset(abs(item.figures.theirs - item.figures.ours) for item in raw)
            found = suspects(self._context.store, book, period, amounts)
            for item in raw:
                elsewhere = on_another_line(item.figures, [other.figures for other in raw])
                yield _difference(table, item, (*elsewhere, *found))


class _Raw(NamedTuple):
    """A figure that differs, before anybody asks why."""

    row: int
    line: str
    figures: Figures


def _raw(table: _Table, now: Sequence[Row]) -> Iterator[_Raw]:
    for row, told in sorted(table.told.items()):
        mine: Mapping[str, Value] = table.rows[row] if 0 <= row < len(table.rows) else {}
        named = {**mine, **{key: value for key, value in told.items() if key in _LINE[table.form.id]}}
        line, codes = table.line(named), line_codes(named)
        for key, value in told.items():
            ours = table.summed(table.rows, line, key)
            if isinstance(value, int) and key in table.columns and ours != value:
                figures = Figures(key, codes, ours, value, table.summed(now, line, key))
                yield _Raw(row, " / ".join(part for part in line if part), figures)


def _difference(table: _Table, raw: _Raw, found: Sequence[Suspect]) -> Difference:
    figures = raw.figures
    label = table.columns[figures.column].label
    why = causes(figures, found)
    more = figures.theirs - figures.ours
    return Difference(raw.line, label, figures.ours, figures.theirs, more, why, table.place, raw.row, figures.column)


def _tables(dossier: Dossier, cells: Sequence[Cell]) -> Iterator[_Table]:
    for index, document in enumerate(dossier.documents):
        form = form_of(document.form)
        if form.id not in TABLES:
            continue
        told: dict[int, dict[str, str | int]] = {}
        for cell in cells:
            if cell.document == index and cell.table == TABLES[form.id]:
                told.setdefault(cell.row, {})[cell.key] = cell.value
        yield _Table(index, fill(document, form), form, told)


def _rows_now(table: _Table, book: YearBook, period: Period) -> list[Row]:
    """The rows that the book would give today, formula cells worked out."""
    key = TABLES[table.form.id]
    made = table.document.model_copy(update={"tables": {key: rows_of(table.form.id, book, period)}})
    return fill(made, table.form).tables[key]


def _filled(document: Document, book: YearBook, period: Period, number: int) -> Document:
    form = form_of(document.form)
    year = period.last.year
    known: dict[str, Value] = {"year": year, "month": number, "from_year": year, "to_year": year + 1}
    known["quarter"] = QUARTERS[number - 1] if 0 < number <= len(QUARTERS) else ""
    fields = {key: value for key, value in known.items() if key in form.fields_by_key}
    tables = {TABLES[form.id]: rows_of(form.id, book, period)}
    return fill(document.model_copy(update={"fields": document.fields | fields, "tables": tables}), form)


def period_of(document: Document, form: str) -> Period | None:
    """The days that a table says it is about; None while it names none."""
    fields = document.fields
    year = money(fields.get("from_year")) if form in ("M30", "M31") else money(fields.get("year"))
    number = money(fields.get("month"))
    if form in ("M26", "M28"):
        said = str(fields.get("quarter") or "").strip().upper()
        number = QUARTERS.index(said) + 1 if said in QUARTERS else 0
    try:
        return _period(form, year, number)
    except DeskError:
        return None


def _period(form: str, year: int, number: int) -> Period:
    if form in ("M27", "M29"):
        raise DeskError(
            "no_payment_orders",
            "Sổ của đơn vị không có lệnh chi tiền nên không lập được Mẫu 27, 29 từ sổ. "
            "Cơ quan tài chính tạo hồ sơ đối chiếu rồi tự ghi số.",
        )
    if form not in TABLES:
        raise DeskError("no_such_table", "Bảng đối chiếu là Mẫu 26, 28, 30, 31 hoặc 32. Chọn lại mẫu.")
    most, of = _PERIODS.get(form, (0, None))
    if not 2000 <= year <= 2100 or (of and not 1 <= number <= most):
        raise DeskError(
            "no_such_period", "Kỳ đối chiếu chưa đúng. Ghi năm bốn chữ số, quý 1 đến 4 hoặc tháng 1 đến 12."
        )
    return of(year, number) if of else whole(year)


_PERIODS: Mapping[str, tuple[int, Callable[[int, int], Period]]] = {
    "M26": (4, quarter),
    "M28": (4, quarter),
    "M32": (12, month),
}


def _title(form: str, year: int, period: int) -> str:
    if form == "M32":
        return f"Xác nhận số dư tiền gửi tháng {period}/{year}"
    if form in ("M26", "M28"):
        return f"Đối chiếu dự toán quý {QUARTERS[period - 1]}/{year}"
    return f"Chuyển nguồn năm {year} sang năm {year + 1}"


def _given_on(kind: str, document_date: str, at: str, year: int) -> dt.date:
    """The day from which an entry counts: its document's; without one the year's first, or the day it was entered."""
    if document_date:
        return posted_day(dt.date.fromisoformat(document_date), year)
    if kind in ("initial", "carried"):
        return dt.date(year, 1, 1)
    return posted_day(dt.datetime.fromisoformat(at).astimezone(VIETNAM).date(), year)

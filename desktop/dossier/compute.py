"""Work out every total, formula cell and amount in words of a form, so that nobody types what can be added up."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from desktop.dossier.document import Document, Row, Value
from desktop.dossier.form_parts import Column, Formula, Table, Words
from desktop.dossier.forms import Form
from desktop.dossier.money import hundredths, is_foreign
from desktop.dossier.pack import form_of
from desktop.dossier.words import amount_in_words, currency_in_words

DEFAULT_GROUP = "others"
"""Where a row of Mẫu 20 without a group is counted until the preparer gives it one."""
_ZERO = Decimal(0)


@dataclass(frozen=True)
class Computed:
    """Totals by "<table>.<column>", subtotals by the same key and row group, words by their key on the form.

    `spelt` holds the amounts the words say. Amounts are VND, or hundredths where they are of foreign currency.
    """

    totals: dict[str, int] = field(default_factory=dict)
    subtotals: dict[str, dict[str, int]] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)
    spelt: dict[str, int] = field(default_factory=dict)


def compute(document: Document, form: Form | None = None) -> Computed:
    """Add up the lines of a document; cells that are no number count as 0, since the check names them one by one.

    Raises UnknownForm when no form is given and the document's is not in the pack.
    """
    form = form or form_of(document.form)
    totals: dict[str, int] = {}
    subtotals: dict[str, dict[str, int]] = {}
    wanted = _wanted(form)
    for table in form.line_tables:
        rows = document.tables.get(table.key, [])
        for column in table.columns:
            key = f"{table.key}.{column.key}"
            if column.key not in table.sums and key not in wanted:
                continue
            totals[key] = sum(cell_amount(row.get(column.key), column) for row in rows)
            if table.row_groups:
                subtotals[key] = _by_group(table, rows, column)
    spelt = {item.key: _spelt(item, document, totals, form) for item in form.amounts_in_words}
    words = {item.key: _in_words(item, document, spelt[item.key]) for item in form.amounts_in_words}
    return Computed(totals, subtotals, words, spelt)


def _wanted(form: Form) -> set[str]:
    wanted = {source for item in form.amounts_in_words for source in item.sources}
    return wanted | ({form.amount} if form.amount_column and form.amount else set())


def voucher_total(document: Document) -> int:
    """Return what a document moves or asks for in VND, 0 when it moves nothing; raises UnknownForm."""
    form = form_of(document.form)
    return amount_of(document, form)


def amount_of(document: Document, form: Form, computed: Computed | None = None) -> int:
    """Return the amount of a document of a known form in VND; see voucher_total."""
    if form.amount is None:
        return 0
    if form.amount_column is None:
        return money(document.fields.get(form.amount))
    return (computed or compute(document, form)).totals[form.amount]


def money(value: object) -> int:
    """Return an int cell, 0 for anything else; True and False are no amounts."""
    return value if isinstance(value, int) and not isinstance(value, bool) else 0


def cell_amount(value: Value, column: Column) -> int:
    """Return a cell as a number to add up: VND, or hundredths of a foreign currency; 0 for what is no number."""
    return foreign(value) if column.type == "money_fc" else money(value)


def foreign(value: Value) -> int:
    """Return "1234.50" as 123450 hundredths; 0 for what is no amount of foreign currency."""
    return hundredths(value) if isinstance(value, str) and is_foreign(value) else 0


def decimal_of(value: Value) -> Decimal:
    """Return a rate, quantity or amount as an exact number; 0 for anything else."""
    if isinstance(value, bool):
        return _ZERO
    if isinstance(value, int):
        return Decimal(value)
    text = value.strip() if isinstance(value, str) else ""
    plain = text.removeprefix("-").replace(".", "", 1)
    return Decimal(text) if plain.isascii() and plain.isdigit() and len(plain) <= 40 else _ZERO


def group_of(row: Row, table: Table) -> str:
    """Return the row's group, the default one when it has none that the table knows."""
    group = row.get("group")
    known = [item.key for item in table.row_groups]
    if isinstance(group, str) and group in known:
        return group
    return DEFAULT_GROUP if DEFAULT_GROUP in known else known[0]


def fill(document: Document, form: Form | None = None) -> Document:
    """Return the document with every formula cell written; raises UnknownForm when its form is not in the pack."""
    form = form or form_of(document.form)
    tables = dict(document.tables)
    for table in form.line_tables:
        formulas = [column for column in table.columns if column.formula]
        if formulas and table.key in tables:
            tables[table.key] = [_filled(row, formulas, table) for row in tables[table.key]]
    return document.model_copy(update={"tables": tables}) if tables != document.tables else document


def formula_value(row: Row, column: Column, table: Table) -> Value:
    """Return what a formula cell must hold, written as its type; None while nothing it reads is given."""
    formula = column.formula
    if formula is None or all(row.get(key) in (None, "") for key in inputs_of(formula, table)):
        return None
    result = _result(row, formula, table)
    if column.type == "money_fc":
        return f"{result.quantize(Decimal('0.01'), ROUND_HALF_UP):f}"
    if column.type == "decimal":
        return f"{result.normalize():f}"
    return int(result.to_integral_value(ROUND_HALF_UP))


def inputs_of(formula: Formula, table: Table) -> set[str]:
    """The cells people type that a formula rests on, through other formulas."""
    columns = [table.columns_by_key[key] for key in formula.keys]
    inner = [inputs_of(column.formula, table) for column in columns if column.formula]
    return {column.key for column in columns if not column.formula}.union(*inner)


def _result(row: Row, formula: Formula, table: Table) -> Decimal:
    columns = table.columns_by_key

    def number(key: str) -> Decimal:
        inner = columns[key]
        return decimal_of(formula_value(row, inner, table) if inner.formula else row.get(key))

    if formula.times:
        first, second = formula.times
        return number(first) * number(second)
    return sum(map(number, formula.plus), _ZERO) - sum(map(number, formula.minus), _ZERO)


def _filled(row: Row, formulas: list[Column], table: Table) -> Row:
    values = {column.key: formula_value(row, column, table) for column in formulas}
    kept = {key: value for key, value in row.items() if key not in values}
    return kept | {key: value for key, value in values.items() if value is not None}


def _by_group(table: Table, rows: list[Row], column: Column) -> dict[str, int]:
    sums = {item.key: 0 for item in table.row_groups}
    for row in rows:
        sums[group_of(row, table)] += cell_amount(row.get(column.key), column)
    return sums


def _spelt(item: Words, document: Document, totals: dict[str, int], form: Form) -> int:
    if item.field is None:
        return sum(totals[source] for source in item.sources)
    field_spelt = form.fields_by_key.get(item.field)
    value = document.fields.get(item.field)
    return foreign(value) if field_spelt is not None and field_spelt.type == "money_fc" else money(value)


def _in_words(item: Words, document: Document, amount: int) -> str:
    return amount_in_words(amount) if item.currency is None else currency_in_words(amount, _currency(item, document))


def _currency(item: Words, document: Document) -> str:
    """Read the currency code where the form has it: a blank, a box, or the first line that names one."""
    table, dot, column = (item.currency or "").partition(".")
    if dot:
        named = (row.get(column) for row in document.tables.get(table, []))
        return next((code for code in named if isinstance(code, str) and code), "")
    value = document.fields.get(table) or document.choices.get(table)
    return value if isinstance(value, str) else ""

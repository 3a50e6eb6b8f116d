"""Cells that follow from others of their row: what stands in them must be what the form's own formula gives."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.dossier.compute import decimal_of, formula_value, inputs_of
from desktop.dossier.document import Level, Row, Value
from desktop.dossier.form_parts import Column, Formula, Table
from desktop.dossier.money import format_decimal, format_foreign, format_vnd, hundredths, is_decimal, is_foreign
from desktop.dossier.rules.registry import DocumentCheck, Finding, document_rule
from desktop.dossier.rules.shape import wrong_value
from desktop.dossier.rules.subject import Subject, is_empty

_NAMED_AT_MOST = 4
_NOTHING: dict[str, Value] = {"money_fc": "0.00", "decimal": "0"}


def formula_cells(*keys: str) -> DocumentCheck:
    """Return a check that these columns hold what their formula gives; without keys, every formula column does."""

    def check(subject: Subject) -> Iterator[Finding]:
        for table in subject.form.line_tables:
            columns = [item for item in table.columns if item.formula and (not keys or item.key in keys)]
            for index, row in subject.rows(table) if columns else ():
                for column in columns:
                    wanted = _wanted(row, column, table)
                    if wanted is not None:
                        message = f"{subject.cell(index, column.key, table)} phải là {wanted}. Sửa cho khớp."
                        yield Finding(message, table=table.key, row=index, column=column.key)

    check.__doc__ = "A computed cell that differs from what its formula gives."
    return check


def _wanted(row: Row, column: Column, table: Table) -> str | None:
    """Say what the cell must hold and why; None when it does, or when what it rests on is no number at all."""
    formula, stored = column.formula, row.get(column.key)
    if formula is None or any(_broken(row, key, table) for key in inputs_of(formula, table)):
        return None
    value = formula_value(row, column, table)
    if is_empty(stored) if value is None else _same(value, stored):
        return None
    value = _NOTHING.get(column.type, 0) if value is None else value
    return None if _same(value, stored) else f"{_shown(value)} ({_spelt(formula, table)})"


def _same(value: Value, stored: Value) -> bool:
    """Tell whether both say the same number: "12.50" is "12.5"."""
    return not is_empty(stored) and decimal_of(value) == decimal_of(stored)


def _broken(row: Row, key: str, table: Table) -> bool:
    value = row.get(key)
    return not is_empty(value) and bool(wrong_value(table.columns_by_key[key].type, value, line=True))


def _shown(value: Value) -> str:
    """Write a computed amount for people; one too large for any form is shown as it is."""
    if isinstance(value, int):
        return format_vnd(value)
    text = str(value)
    if is_foreign(text):
        return format_foreign(hundredths(text))
    return format_decimal(text) if is_decimal(text) else text


def _spelt(formula: Formula, table: Table) -> str:
    def name(key: str) -> str:
        column = table.columns_by_key[key]
        return f"cột {column.col_no}" if column.col_no else f"«{column.label}»"

    if len(formula.plus) > _NAMED_AT_MOST:
        return f"cộng {len(formula.plus)} cột chi tiết"
    if formula.times:
        return " × ".join(map(name, formula.times))
    return " − ".join([" + ".join(map(name, formula.plus)), *map(name, formula.minus)])


document_rule(Level.ERROR, "Mẫu 14 cột (9)", "M14-6", covers=("R-059",))(formula_cells("amount"))
document_rule(Level.ERROR, "Mẫu 18 cột (8)", "M18-6", covers=("R-060",))(formula_cells("amount"))
document_rule(Level.ERROR, "Mẫu 05.a/TT cột (7)", "I05A-1", covers=("R-174",))(formula_cells("amount"))
document_rule(Level.ERROR, "Mẫu 23 phần ghi thu, ghi chi", "M23-4", covers=("R-112",))(
    formula_cells("total_fc", "total_vnd")
)
document_rule(Level.ERROR, "Mẫu 26 cột (5)", "M26-1", covers=("R-142",))(formula_cells("usable"))
document_rule(Level.ERROR, "Mẫu 26 cột (9)", "M26-2", covers=("R-142",))(formula_cells("remaining"))
document_rule(Level.ERROR, "Mẫu 27 cột (5)", "M27-1", covers=("R-143",))(formula_cells("usable"))
document_rule(Level.ERROR, "Mẫu 27 cột (8)", "M27-2", covers=("R-143",))(formula_cells("remaining"))
document_rule(Level.ERROR, "Mẫu 28, 29 cột (5)", "M28-1", "M29-1", covers=("R-144",))(formula_cells("total_period"))
document_rule(Level.ERROR, "Mẫu 28, 29 cột (6)", "M28-2", "M29-2", covers=("R-144",))(formula_cells("total_balance"))
document_rule(Level.ERROR, "Mẫu 31 cột (5)", "M31-1", covers=("R-145",))(formula_cells("estimate_total"))
document_rule(Level.ERROR, "Mẫu 31 cột (12)", "M31-2", covers=("R-145",))(formula_cells("carry_estimate"))
document_rule(Level.ERROR, "Mẫu 32", "M32-1", covers=("R-146",))(formula_cells("closing"))
document_rule(Level.WARNING, "Mẫu 03.a/TT cột (7), (9) đến (12)", "I03A-1")(formula_cells())

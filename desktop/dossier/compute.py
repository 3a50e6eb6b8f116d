"""Work out every total and amount in words of a form, so that nobody types what can be added up."""

from __future__ import annotations

from dataclasses import dataclass, field

from desktop.dossier.document import Document, Row
from desktop.dossier.forms import Form, Table
from desktop.dossier.pack import form_of
from desktop.dossier.words import amount_in_words

DEFAULT_GROUP = "others"
"""Where a row of Mẫu 20 without a group is counted until the preparer gives it one."""


@dataclass(frozen=True)
class Computed:
    """Totals by "<table>.<column>", subtotals by the same key and row group (VND), words by their key on the form."""

    totals: dict[str, int] = field(default_factory=dict)
    subtotals: dict[str, dict[str, int]] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)


def compute(document: Document, form: Form | None = None) -> Computed:
    """Add up the lines of a document; cells that are no int count as 0, since the check names them one by one.

    Raises UnknownForm when no form is given and the document's is not in the pack.
    """
    form = form or form_of(document.form)
    totals: dict[str, int] = {}
    subtotals: dict[str, dict[str, int]] = {}
    for table in form.line_tables:
        rows = document.tables.get(table.key, [])
        for column in table.total_row.columns:
            totals[f"{table.key}.{column}"] = sum(money(row.get(column)) for row in rows)
            if table.row_groups:
                subtotals[f"{table.key}.{column}"] = _by_group(table, rows, column)
    words = {item.key: amount_in_words(totals.get(item.source, 0)) for item in form.amounts_in_words}
    return Computed(totals, subtotals, words)


def voucher_total(document: Document) -> int:
    """Return the amount of a document in VND: the total its amount in words spells; raises UnknownForm."""
    form = form_of(document.form)
    return compute(document, form).totals[form.total_column]


def money(value: object) -> int:
    """Return an int cell, 0 for anything else; True and False are no amounts."""
    return value if isinstance(value, int) and not isinstance(value, bool) else 0


def group_of(row: Row, table: Table) -> str:
    """Return the row's group, the default one when it has none that the table knows."""
    group = row.get("group")
    known = {item.key for item in table.row_groups}
    return group if isinstance(group, str) and group in known else DEFAULT_GROUP


def _by_group(table: Table, rows: list[Row], column: str) -> dict[str, int]:
    sums = {item.key: 0 for item in table.row_groups}
    for row in rows:
        sums[group_of(row, table)] += money(row.get(column))
    return sums

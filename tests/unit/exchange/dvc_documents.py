"""Documents of every form that has a voucher file: any filling a person could leave behind, for the round trip."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from desktop.dossier.compute import fill
from desktop.dossier.document import Document, Value
from desktop.dossier.form_parts import Column, Field
from desktop.dossier.forms import Form
from desktop.dossier.pack import form_of

LETTERS = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Co"))
TEXT = st.text(LETTERS, max_size=40) | st.sampled_from(
    ["------", "  ", "…", "a < b & c", "]]>", "Dòng một\r\nDòng hai\r", "3713.4.1098765", "2361", "\ufeffx", "0"]
)
CODE = st.text("0123456789", max_size=20)
VALUES: dict[str, st.SearchStrategy[Value]] = {
    "text": TEXT,
    "longtext": TEXT,
    "code": CODE,
    "choice": TEXT,
    "date": st.dates(date(1975, 1, 1), date(2099, 12, 31)).map(date.isoformat),
    "year": st.integers(1975, 2099),
    "integer": st.integers(1975, 2099),
    "money": st.integers(0, 10**14),
    "money_fc": st.integers(0, 10**15 - 1).map(lambda cents: f"{cents // 100}.{cents % 100:02d}"),
    "decimal": st.just("1.5"),
    "image": st.just("a" * 64),
}


def documents(form_id: str) -> st.SearchStrategy[Document]:
    """Any document of a form, formula cells written, blanks missing here and there."""
    form = form_of(form_id)
    table = form.tables_by_key["lines"]
    row = _blanks(tuple(table.columns))
    if table.row_groups:
        groups = st.sampled_from([group.key for group in table.row_groups])
        row = st.tuples(row, groups | st.none()).map(lambda pair: pair[0] | ({"group": pair[1]} if pair[1] else {}))
    return st.builds(
        lambda fields, choices, rows: fill(
            Document(form=form.ref, fields=fields, choices=choices, tables={"lines": rows}), form
        ),
        _blanks(tuple(form.fields_by_key.values())),
        _ticks(form),
        st.lists(row, max_size=4),
    )


def _blanks(blanks: tuple[Field | Column, ...]) -> st.SearchStrategy[dict[str, Value]]:
    return st.fixed_dictionaries({}, optional={blank.key: VALUES[blank.type] for blank in blanks})


def _ticks(form: Form) -> st.SearchStrategy[dict[str, str]]:
    ticks = {choice.key: st.sampled_from([*choice.labels]) for choice in form.choices}
    return st.fixed_dictionaries({}, optional=ticks)

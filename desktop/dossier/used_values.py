"""What was written before in blanks whose code list nobody gave us: the unit's own past is the list to look up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice

from desktop.dossier.document import Document, Value
from desktop.dossier.fold import fold
from desktop.dossier.form_parts import Column, Field
from desktop.dossier.forms import Form
from desktop.dossier.pack import form_of, load_pack
from desktop.dossier.views import Found

LEARNT = frozenset(
    {
        "agency_electronic_id", "budget_unit", "collecting_authority", "country", "donor", "fee_or_penalty",
        "natural_account", "project", "reserve",
    }
)  # fmt: skip
"""Lists that forms name and that come with no program: the Treasury, the customs or each donor keeps its own."""

HABITS = LEARNT | {"unit_account", "treasury", "bank_or_treasury"}
"""Lists beside which the unit's past helps: its own accounts, and offices that the packaged lists lack."""

Pair = tuple[str, str]
"""A code and its name, "" for the one that is not written."""


@cache
def forms_with(catalogue: str) -> frozenset[str]:
    """Give the references of the forms with a blank, header field or column, of a code list."""
    return frozenset(form.ref for form in load_pack().forms if any(_blanks(form, catalogue)))


def used(catalogue: str, documents: Iterable[Document]) -> list[Found]:
    """Give what the documents hold in the blanks of a code list, most used first; `note` says how often."""
    counted = Counter(pair for document in documents for pair in _pairs(document, catalogue))
    named = {code for code, name in counted if code and name}
    kept = [(pair, times) for pair, times in counted.most_common() if pair[1] or pair[0] not in named]
    return [Found(code, name, f"{times} lần") for (code, name), times in kept]


def matching(found: Iterable[Found], text: str, most: int) -> list[Found]:
    """Keep the first hits whose code or name holds every word typed, diacritics or not."""
    words = fold(text).split()
    return list(islice((hit for hit in found if all(word in fold(f"{hit.code} {hit.name}") for word in words)), most))


def _blanks(form: Form, catalogue: str) -> Iterator[Field | Column]:
    yield from (field for field in form.fields_by_key.values() if field.catalogue == catalogue)
    for table in form.line_tables:
        yield from (column for column in table.columns if column.catalogue == catalogue)


def _pairs(document: Document, catalogue: str) -> Iterator[Pair]:
    form = form_of(document.form)
    yield from _in(document.fields, (f for f in form.fields_by_key.values() if f.catalogue == catalogue))
    for table in form.line_tables:
        columns = [column for column in table.columns if column.catalogue == catalogue]
        for row in document.tables.get(table.key, []) if columns else []:
            yield from _in(row, columns)


def _in(values: dict[str, Value], blanks: Iterable[Field | Column]) -> Iterator[Pair]:
    """Give each code with the name written beside it (fee_code, fee_name), and each name that stands alone."""
    told = set()
    for blank in sorted(blanks, key=lambda item: item.type != "code"):
        text = str(values.get(blank.key) or "").strip()
        if not text or blank.key in told:
            continue
        beside = blank.key.removesuffix("_code") + "_name"
        told.add(beside)
        yield (text, str(values.get(beside) or "").strip()) if blank.type == "code" else ("", text)

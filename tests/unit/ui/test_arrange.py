"""Any form fits on screen: every field of it once, in paper order, in lines that are not too wide."""

import pytest

from desktop.dossier.forms import Form
from desktop.dossier.pack import load_pack
from desktop.ui.editor.arrange import (
    HEAD_KEYS,
    LINE,
    TEXT_LEAST,
    arrange,
    choice_lines,
    head_fields,
    header_lines,
    short_label,
)
from desktop.ui.editor.columns import MOST_LINES, head_of, shown_columns, width_of

FORMS = pytest.mark.parametrize("form", load_pack().forms, ids=lambda form: form.id)


@FORMS
def test_every_field_the_unit_fills_stands_once_in_paper_order(form: Form) -> None:
    shown = [slot.field.key for line in header_lines(form) for slot in line.slots]
    apart = {*HEAD_KEYS, *(key for table in form.line_tables for key in table.header_fields)}
    assert shown == [f.key for f in form.header_fields if f.filled_by == "unit" and f.key not in apart]
    assert [f.key for f in head_fields(form)] == [k for k in HEAD_KEYS if k in {f.key for f in form.header_fields}]


@FORMS
def test_no_line_is_wider_than_the_card(form: Form) -> None:
    blocks = [line for block in form.blocks for line in arrange(list(block.fields))]
    for line in [*header_lines(form), *blocks]:
        labels = sum(len(slot.label) * 7 + 14 for slot in line.slots[1:])
        assert sum(slot.width or TEXT_LEAST for slot in line.slots) + labels <= LINE


@FORMS
def test_what_must_be_filled_is_never_folded(form: Form) -> None:
    for line in header_lines(form):
        assert not (line.fold and any(slot.field.required == "yes" for slot in line.slots))


@FORMS
def test_every_choice_stands_once(form: Form) -> None:
    assert [choice for line in choice_lines(form) for choice in line] == list(form.choices)


@FORMS
def test_labels_are_short_and_without_dots(form: Form) -> None:
    labels = [short_label(field) for field in form.fields_by_key.values()]
    assert all(0 < len(words) <= 26 and "…" not in words and ".." not in words for words in labels)


@FORMS
def test_heads_fit_their_columns_and_tell_columns_apart(form: Form) -> None:
    for table in form.line_tables:
        heads = [head_of(column, width_of(column)) for column in shown_columns(table)]
        assert all(head and head.count("\n") < MOST_LINES for head in heads)
        assert not any(line.strip() == "…" for head in heads for line in head.split("\n"))

"""Proofs that the catalogue of filled forms is whole: others test checks, paper and files with it."""

import pytest

from desktop.dossier.document import Document
from desktop.dossier.form_parts import Column, Field
from desktop.dossier.pack import form_of, load_pack
from tests.fixtures.forms_filled import FORM_IDS, filled


def empty(values: dict[str, object], parts: list[Field] | list[Column]) -> list[str]:
    """Keys of what the unit must fill and did not."""
    wanted = [part.key for part in parts if part.required == "yes" and part.filled_by == "unit"]
    return [key for key in wanted if values.get(key) in (None, "")]


def test_every_form_is_filled_once() -> None:
    assert sorted(FORM_IDS) == sorted(form.id for form in load_pack().forms)


@pytest.mark.parametrize("form_id", FORM_IDS)
def test_it_knows_only_keys_of_its_form(form_id: str) -> None:
    document, form = filled(form_id), form_of(form_id)
    assert document.form == form.ref
    assert document.fields.keys() <= form.fields_by_key.keys()
    assert document.choices.keys() <= form.choices_by_key.keys()
    assert document.tables.keys() == form.tables_by_key.keys()
    for key, rows in document.tables.items():
        assert {name for row in rows for name in row} <= form.tables_by_key[key].columns_by_key.keys() | {"group"}


@pytest.mark.parametrize("form_id", FORM_IDS)
def test_nothing_that_is_always_required_is_empty(form_id: str) -> None:
    document, form = filled(form_id), form_of(form_id)
    assert empty(document.fields, list(form.fields_by_key.values())) == []
    assert [
        choice.key for choice in form.choices if choice.required == "yes" and not ticked(document, choice.key)
    ] == []
    for table in form.line_tables:
        assert [
            empty(row, list(table.columns)) for row in document.tables[table.key] if empty(row, list(table.columns))
        ] == []


def ticked(document: Document, choice: str) -> tuple[str, ...]:
    """The boxes ticked that the form really has."""
    own = form_of(document.form).choices_by_key[choice]
    return tuple(value for value in own.ticked(document.choices.get(choice)) if value in own.labels)

"""What a layout places must be on the form; the program's own forms prove that nothing else is refused."""

from __future__ import annotations

import pytest

from desktop.dossier.forms import Form
from desktop.dossier.layout_trial import unknown_places
from desktop.dossier.pack import form_of, load_pack


@pytest.mark.parametrize("form", load_pack().forms, ids=lambda form: form.id)
def test_the_programs_own_layouts_hold(form: Form) -> None:
    assert list(unknown_places(form)) == []


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("[nothing]", "nothing"),
        ("[nothing=words]", "nothing"),
        ("{nothing:30}", "nothing"),
        ("@center {nothing}", "nothing"),
        ("<address>", "address"),
        ("@table nothing", "nothing"),
        ("@table", "@table"),
        ("@words lines", "lines"),
        ("@block lines", "lines"),
        ("@beside nothing", "nothing"),
        ("@parties nobody", "nobody"),
        ("@boxes address", "address"),
        ("@images nothing", "nothing"),
        ("@treasury twice", "twice"),
        ("@blank address", "@blank"),
        ("@nonsense", "@nonsense"),
    ],
)
def test_what_is_not_on_the_form_is_named(line: str, told: str) -> None:
    form = form_of("M13")
    layout = form.layout.model_copy(update={"body": (*form.layout.body, line)})
    assert list(unknown_places(form.model_copy(update={"layout": layout}))) == [told]


def test_a_form_without_a_treasurys_part_places_none() -> None:
    form = form_of("M13").model_copy(update={"treasury_block": None})
    assert "payee" in list(unknown_places(form)), "beside the Treasury's part stands nothing without one"

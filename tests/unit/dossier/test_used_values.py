"""What the unit wrote before is the list for blanks that no list was given for."""

import pytest

from desktop.dossier.document import Document
from desktop.dossier.pack import load_pack
from desktop.dossier.used_values import LEARNT, forms_with, matching, used
from desktop.dossier.views import Found


def fee(code: str, name: str = "") -> Document:
    return Document(form="M03", fields={"fee_code": code, "fee_name": name})


def test_what_is_used_most_comes_first_with_its_name() -> None:
    found = used("fee_or_penalty", [fee("2109", "Phí hộ tịch"), fee("2316", "Phí chợ"), fee("2316", "Phí chợ")])
    assert found == [Found("2316", "Phí chợ", "2 lần"), Found("2109", "Phí hộ tịch", "1 lần")]


def test_a_code_once_named_is_not_listed_bare() -> None:
    assert used("fee_or_penalty", [fee("2316"), fee("2316"), fee("2316", "Phí chợ")]) == [
        Found("2316", "Phí chợ", "1 lần")
    ]


def test_cells_count_too_and_empty_ones_do_not() -> None:
    rows = [{"country": "Lào"}, {"country": " "}, {}, {"country": "Lào"}]
    assert used("country", [Document(form="M21", tables={"lines": rows})]) == [Found("", "Lào", "2 lần")]


@pytest.mark.parametrize("catalogue", sorted(LEARNT))
def test_each_of_these_lists_stands_on_some_form(catalogue: str) -> None:
    assert forms_with(catalogue)


def test_every_list_a_form_names_is_known_to_somebody() -> None:
    from desktop.dossier.catalogues import NAMES
    from desktop.dossier.used_values import HABITS

    named = {f.catalogue for form in load_pack().forms for f in form.fields_by_key.values() if f.filled_by == "unit"}
    named |= {c.catalogue for form in load_pack().forms for t in form.line_tables for c in t.columns}
    assert named - {None} <= {*NAMES, *HABITS, "currency"}


@pytest.mark.parametrize(("text", "codes"), [("lao", ["LAK"]), ("kip", ["LAK"]), ("", ["LAK", "USD"]), ("x", [])])
def test_hits_hold_every_word(text: str, codes: list[str]) -> None:
    found = [Found("LAK", "kíp Lào"), Found("USD", "đô la Mỹ")]
    assert [hit.code for hit in matching(found, text, 9)] == codes
    assert len(matching(found, text, 1)) <= 1

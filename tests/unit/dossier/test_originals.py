"""Proofs of how many originals go with a dossier on paper: each number as the procedure's own list has it."""

import re

import pytest

from desktop.dossier.originals import originals
from desktop.dossier.pack import load_pack
from desktop.dossier.procedures import procedures
from tests.fixtures.forms_filled import filled

LISTED = [
    (procedure.id, item.of, item.paper) for procedure in procedures().procedures for item in procedure.copies.paper
]


def numbers(words: str) -> set[str]:
    """The forms a list names: "Mẫu 26-29, 32" or "04.a/TT, 04.b/TT"."""
    if found := re.findall(r"\d\d\.\w/TT", words):
        return set(found)
    if not words.startswith("Mẫu "):
        return set()
    spans = re.findall(r"(\d\d)(?:-(\d\d))?", words)
    return {f"{number:02}" for first, last in spans for number in range(int(first), int(last or first) + 1)}


@pytest.mark.parametrize(("procedure", "of", "paper"), LISTED)
def test_the_pack_asks_for_as_many_as_the_procedure(procedure: str, of: str, paper: str) -> None:
    forms = [form for form in load_pack().forms if form.number in numbers(of)]
    least = int(re.findall(r"\d\d", paper)[0])
    assert [form.id for form in forms if form.originals.count != least] == []
    assert [form.id for form in forms if bool(form.originals.more) != ("khấu trừ" in paper or "thêm" in paper)] == []


@pytest.mark.parametrize(
    ("form", "payee_bank", "count"),
    [
        ("M13", "Agribank", 2),
        ("M13", "PHÒNG GIAO DỊCH SỐ 14, Kho bạc Nhà nước khu vực XI ", 3),
        ("M14", "Agribank", 3),
        ("M14", "Phòng Giao dịch số 14, Kho bạc Nhà nước khu vực XI", 3),
        ("I05A", "Agribank", 3),
        ("I05A", "Phòng Giao dịch số 14, Kho bạc Nhà nước khu vực XI", 4),
        ("M20", None, 3),
        ("M01", None, 1),
        ("I03A", None, 1),
    ],
)
def test_originals_of_a_document(form: str, payee_bank: str | None, count: int) -> None:
    document = filled(form)
    fields = {**document.fields, "payee_bank": payee_bank}
    assert originals(document.model_copy(update={"fields": fields})) == count


def test_an_empty_document_needs_the_least() -> None:
    document = filled("M14").model_copy(update={"fields": {}, "tables": {}})
    assert originals(document) == 2

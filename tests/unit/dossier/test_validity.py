"""A document is judged by the days of its own pack, whatever packs came later."""

from __future__ import annotations

import pytest

from desktop.dossier.document import Document, Dossier, Problem
from desktop.dossier.pack import VERSION, Shelf
from desktop.dossier.rules.check import check_dossier
from tests.fixtures.packs import NEXT, SEAT, newer
from tests.unit.dossier.samples import WITHDRAWAL, change


@pytest.fixture
def shelf(shelf: Shelf) -> Shelf:
    shelf.put(newer(since="2027-01-01", until="2027-12-31"))
    return shelf


def problems(document: Document, pack: str, rule: str = "R-013") -> list[Problem]:
    dossier = Dossier(local_id="d", number="1", title="Chi", pack=pack, documents=(document,))
    return [problem for problem in check_dossier(dossier) if problem.rule == rule]


@pytest.mark.parametrize(
    ("pack", "day", "year", "said"),
    [
        (VERSION, "2026-11-23", 2026, []),
        (VERSION, "2027-06-01", 2027, []),
        (NEXT, "2027-06-01", 2027, []),
        (NEXT, "2026-12-31", 2027, ["trước ngày mẫu này được dùng (01/01/2027)"]),
        (NEXT, "2028-01-01", 2027, ["sau ngày cuối mẫu này được dùng (31/12/2027)"]),
        (NEXT, "2027-06-01", 2025, ["dùng từ năm ngân sách 2027"]),
        (NEXT, "2027-06-01", 2028, ["dùng đến năm ngân sách 2027"]),
    ],
)
def test_days_and_years_are_those_of_the_documents_pack(
    shelf: Shelf, pack: str, day: str, year: int, said: list[str]
) -> None:
    found = problems(change(WITHDRAWAL, {"made_date": day, "budget_year": year}), pack)
    assert len(found) == len(said)
    assert all(words in problem.message for problem, words in zip(found, said, strict=True))


def test_the_year_before_a_pack_is_asked_about(shelf: Shelf) -> None:
    (found,) = problems(change(WITHDRAWAL, {"made_date": "2027-01-15", "budget_year": 2026}), NEXT, "R-014")
    assert "Năm ngân sách 2026" in found.message


def test_a_blank_of_a_later_pack_is_asked_for_only_there(shelf: Shelf) -> None:
    contact = {**SEAT, "key": "contact", "label": "Người liên hệ", "filled_by": "unit"}
    shelf.put(newer("1000-2028", "2028-01-01", M13={"contact": contact}))
    missing = [problems(WITHDRAWAL, pack, "required") for pack in (VERSION, "1000-2028")]
    assert [[problem.where.field for problem in found] for found in missing] == [[], ["contact"]]


def test_a_dossier_of_an_unknown_pack_is_one_error() -> None:
    (found,) = problems(WITHDRAWAL, "1-1999", "form")
    assert "«1-1999»" in found.message

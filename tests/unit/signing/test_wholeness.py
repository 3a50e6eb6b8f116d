"""What is shown comes from the document's data: totals and words that say something else are found."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from desktop.demo.unit import UNIT
from desktop.dossier.canonical import canonical
from desktop.signing.asice import DataObject, Package
from desktop.signing.trust import Trust
from desktop.signing.verify import verify
from tests.fixtures.dossiers import dossier, form
from tests.fixtures.softkeys import SoftPerson, objects_of, sign_objects
from tests.unit.signing.kit import codes

Change = Callable[[dict[str, Any]], object]


def _changed(item: DataObject, change: Change) -> DataObject:
    value = json.loads(item.content)
    change(value)
    return replace(item, content=canonical(value))


def _signed(people: list[SoftPerson], document: Change, descriptor: Change = lambda _: None) -> Package:
    """A dossier signed over a document and a dossier.json that were changed before."""
    first, second, *rest = objects_of(dossier(form()), UNIT, people, {})
    second = _changed(second, document)
    digest = hashlib.sha256(second.content).hexdigest()
    first = _changed(_changed(first, lambda d: d["documents"][0].update(sha256=digest)), descriptor)
    return sign_objects([first, second, *rest], people[1:])


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda _: None, set()),
        (lambda d: d["computed"]["totals"].update({"lines.amount": 1}), {"computed_differs"}),
        (lambda d: d["computed"]["words"].update(total_words="Một đồng"), {"computed_differs"}),
        (lambda d: d["computed"].update(words={}), {"computed_differs"}),
        (lambda d: d["document"]["tables"]["lines"][0].update(amount=7), {"computed_differs"}),
        (lambda d: d.update(more=1), set()),
    ],
    ids=["honest", "total", "words", "no words", "a line", "of another shape"],
)
def test_figures_that_are_not_of_the_data_are_found_though_all_have_signed(
    soft_people: list[SoftPerson], demo_trust: Trust, change: Change, expected: set[str]
) -> None:
    package = _signed(soft_people, change)
    assert codes(verify(package, demo_trust)) == expected
    assert verify(package, demo_trust, figures=False).ok


def test_a_dossier_of_a_pack_we_do_not_know_is_left_to_its_reader(
    soft_people: list[SoftPerson], demo_trust: Trust
) -> None:
    package = _signed(
        soft_people, lambda d: d["computed"]["totals"].update({"lines.amount": 1}), lambda d: d.update(pack="11-2020")
    )
    assert codes(verify(package, demo_trust)) == set()

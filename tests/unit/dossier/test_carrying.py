"""A file that says under which form pack it was made is checked as today's draft, and told what changed."""

from __future__ import annotations

from typing import Any

import pytest

from desktop.dossier.pack import VERSION, PackError, Shelf
from desktop.dossier.rules.carrying import check_in_force
from desktop.dossier.rules.report import check_json
from tests.fixtures.packs import moved_seat, newer
from tests.unit.dossier.samples import LIST, WITH_LIST, WITHDRAWAL

GOOD = WITHDRAWAL.model_dump(mode="json")
DAY = "2027-02-01"


@pytest.fixture
def shelf(shelf: Shelf) -> Shelf:
    shelf.put(moved_seat())
    return shelf


def told(answer: dict[str, Any], rule: str = "pack") -> list[tuple[object, str]]:
    return [(item["where"].get("document"), item["message"]) for item in answer["problems"] if item["rule"] == rule]


def test_a_file_of_an_older_pack_is_carried_over_and_told(shelf: Shelf) -> None:
    answer = check_in_force({**GOOD, "pack": VERSION}, DAY)
    assert answer["pack"] == "999-2027"
    assert told(answer) == [(None, "Rút dự toán: ô «Địa chỉ» nay là «Trụ sở».")]
    assert told(answer, "unknown") == []


def test_several_documents_say_which_one_changed(shelf: Shelf) -> None:
    both = {"documents": [LIST.model_dump(mode="json"), GOOD], "pack": VERSION}
    assert [place for place, _ in told(check_in_force(both, DAY))] == [1]


def test_before_the_day_nothing_moves(shelf: Shelf) -> None:
    answer = check_in_force({**GOOD, "pack": VERSION}, "2026-12-31")
    assert answer == check_json(GOOD)


def test_a_file_without_a_pack_is_taken_as_one_of_today(shelf: Shelf) -> None:
    assert told(check_in_force(GOOD, DAY), "unknown")
    several = {"documents": [WITH_LIST.model_dump(mode="json"), LIST.model_dump(mode="json")]}
    assert told(check_in_force(several, DAY), "unknown")


def test_what_was_wrong_already_stays_said(shelf: Shelf) -> None:
    wrong = {**GOOD, "pack": VERSION, "fields": {**GOOD["fields"], "budget_year": "nhiều"}}
    answer = check_in_force(wrong, DAY)
    assert (answer["ok"], len(told(answer, "type"))) == (False, 1)


def test_a_form_nobody_knows_is_said_by_the_pack_it_names(shelf: Shelf) -> None:
    answer = check_in_force({"form": "M99", "pack": VERSION}, DAY)
    assert (answer["ok"], len(told(answer, "form"))) == (False, 1)


def test_a_form_that_is_gone_is_said(shelf: Shelf) -> None:
    shelf.clear()
    shelf.put(newer(without="M13"))
    answer = check_in_force({**GOOD, "pack": VERSION}, DAY)
    assert (answer["ok"], "không còn mẫu" in told(answer)[0][1]) == (False, True)


def test_a_pack_this_machine_lacks_is_refused() -> None:
    with pytest.raises(PackError) as caught:
        check_in_force({**GOOD, "pack": "1-1999"}, DAY)
    assert caught.value.code == "unknown_pack"

"""A draft under a newer pack keeps what it can and says what it could not."""

from __future__ import annotations

from typing import Any

import pytest

from desktop.dossier.document import Document, Dossier
from desktop.dossier.forms import Pack
from desktop.dossier.migrate import migrate
from desktop.dossier.pack import VERSION, PackError, Shelf, load_pack
from tests.unit.dossier.samples import ORDER, WITHDRAWAL

OLD = load_pack(VERSION)


def newer(*, renames: dict[str, dict[str, str]] | None = None, without: str = "", **changed: dict[str, Any]) -> Pack:
    """A pack of 2027: `changed` gives by form id what replaces its blanks by key (None: the blank is gone)."""
    data = OLD.model_dump(mode="json")
    data |= {"version": "999-2027", "valid_from": "2027-01-01", "renames": renames or {}}
    data["forms"] = [form for form in data["forms"] if form["id"] != without]
    for form in data["forms"]:
        for key, change in changed.get(form["id"], {}).items():
            blanks = form["header_fields"]
            place = next((i for i, blank in enumerate(blanks) if blank["key"] == key), len(blanks))
            blanks[place : place + 1] = [] if change is None else [{**dict(blanks[min(place, 1)]), **change}]
    return Pack.model_validate(data)


def draft(*documents: Document) -> Dossier:
    return Dossier(local_id="d1", number="1", title="Chi tháng 12", documents=documents)


def test_the_same_forms_change_nothing_but_the_version() -> None:
    moved = migrate(draft(WITHDRAWAL, ORDER), OLD, newer())
    assert moved.changes == ()
    assert moved.dossier.documents == (WITHDRAWAL, ORDER)
    assert (draft().pack, moved.dossier.pack) == (VERSION, "999-2027")


def test_a_blank_that_is_gone_is_taken_out_and_named() -> None:
    moved = migrate(draft(WITHDRAWAL), OLD, newer(M13={"address": None}))
    assert "address" not in moved.dossier.documents[0].fields
    (change,) = moved.changes
    assert (change.kind, change.document, change.key) == ("removed", 0, "address")
    assert "«Địa chỉ»" in change.message


def test_a_blank_with_another_key_keeps_its_value() -> None:
    blank = {"key": "seat", "label": "Trụ sở", "type": "text", "required": "yes"}
    new = newer(renames={"M13": {"address": "seat"}}, M13={"address": blank})
    moved = migrate(draft(WITHDRAWAL), OLD, new)
    assert moved.dossier.documents[0].fields["seat"] == WITHDRAWAL.fields["address"]
    assert [(change.kind, change.key) for change in moved.changes] == [("renamed", "address")]


def test_a_new_blank_that_must_be_filled_is_announced_and_left_empty() -> None:
    blank = {"key": "contact", "label": "Người liên hệ", "type": "text", "required": "yes", "filled_by": "unit"}
    moved = migrate(draft(WITHDRAWAL), OLD, newer(M13={"contact": blank}))
    assert [(change.kind, change.key) for change in moved.changes] == [("required", "contact")]
    assert "contact" not in moved.dossier.documents[0].fields


def test_a_blank_of_another_type_is_to_be_looked_at() -> None:
    blank = {"key": "address", "label": "Địa chỉ", "type": "date"}
    moved = migrate(draft(WITHDRAWAL), OLD, newer(M13={"address": blank}))
    assert [change.kind for change in moved.changes] == ["retyped"]


def test_a_form_that_is_gone_stays_and_is_named() -> None:
    moved = migrate(draft(ORDER, WITHDRAWAL), OLD, newer(without="M17"))
    assert moved.dossier.documents == (ORDER, WITHDRAWAL)
    assert [(change.kind, change.document) for change in moved.changes] == [("form_gone", 0)]


@pytest.mark.parametrize(
    ("day", "version"), [("2026-06-01", VERSION), ("2027-01-01", "999-2027"), ("2020-01-01", VERSION)]
)
def test_the_shelf_gives_the_newest_pack_in_force(day: str, version: str) -> None:
    shelf = Shelf()
    shelf.put(newer())
    assert shelf.in_force(day).version == version


def test_the_shelf_serves_what_it_was_told_to_use() -> None:
    shelf = Shelf()
    shelf.put(newer())
    assert shelf.get().version == VERSION
    shelf.use("999-2027")
    assert (shelf.get().version, shelf.get(VERSION).version) == ("999-2027", VERSION)
    assert shelf.versions() == (VERSION, "999-2027")


def test_the_shelf_names_a_pack_it_lacks() -> None:
    with pytest.raises(PackError) as caught:
        Shelf().use("1-1999")
    assert caught.value.code == "unknown_pack"

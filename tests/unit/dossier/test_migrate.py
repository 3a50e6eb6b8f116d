"""A draft under a newer pack keeps what it can and says what it could not."""

from __future__ import annotations

import pytest

from desktop.dossier.document import Document, Dossier
from desktop.dossier.migrate import WHOLE, carry_over, migrate
from desktop.dossier.pack import SHELF, VERSION, PackError, Shelf, form_of, load_pack, under
from tests.fixtures.packs import NEXT, SEAT, moved_seat, newer
from tests.unit.dossier.samples import ORDER, WITHDRAWAL

OLD = load_pack(VERSION)


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
    moved = migrate(draft(WITHDRAWAL), OLD, moved_seat())
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


def test_a_pack_put_aside_serves_no_new_draft_but_stays_readable() -> None:
    shelf = Shelf()
    shelf.put(newer())
    shelf.put_aside({NEXT})
    assert shelf.in_force("2027-06-01").version == VERSION
    assert shelf.get(NEXT).version == NEXT


def test_a_pack_out_of_force_serves_no_new_draft() -> None:
    shelf = Shelf()
    shelf.put(newer(since="2026-06-01", until="2026-06-30"))
    assert [shelf.in_force(f"2026-{day}").version for day in ("06-30", "07-01")] == [NEXT, VERSION]


@pytest.fixture
def later_packs(shelf: Shelf) -> Shelf:
    """Two packs that came later; the second knows only what the first calls its blanks."""
    shelf.put(moved_seat())
    office = {**SEAT, "key": "office", "label": "Nơi đóng"}
    shelf.put(newer("1000-2028", "2028-01-01", renames={"M13": {"seat": "office"}}, M13={"address": office}))
    return shelf


def test_a_draft_moves_through_every_pack_between(later_packs: Shelf) -> None:
    moved = carry_over(draft(WITHDRAWAL), "1000-2028")
    assert moved.dossier.documents[0].fields["office"] == WITHDRAWAL.fields["address"]
    assert [change.kind for change in moved.changes] == ["renamed", "renamed"]


def test_a_draft_goes_back_to_an_earlier_pack_with_everything(later_packs: Shelf) -> None:
    there = carry_over(draft(WITHDRAWAL), "1000-2028").dossier
    assert carry_over(there, VERSION).dossier == draft(WITHDRAWAL)


def test_a_case_that_is_gone_is_named(shelf: Shelf) -> None:
    shelf.put(newer())
    moved = carry_over(draft(ORDER).model_copy(update={"case": "P3-old"}), NEXT)
    assert [(change.kind, change.document, change.key) for change in moved.changes] == [("case_gone", WHOLE, "P3-old")]


def test_under_a_pack_its_forms_count_and_only_there(later_packs: Shelf) -> None:
    with under(NEXT) as pack:
        assert (pack, form_of("M13")) == (SHELF.get(NEXT), SHELF.get(NEXT).form("M13"))
        with under(VERSION):
            assert load_pack().version == VERSION
        assert load_pack().version == NEXT
    assert load_pack().version == VERSION


def test_nothing_is_read_under_an_unknown_pack() -> None:
    with pytest.raises(PackError, match="chưa có bộ mẫu"), under("1-1999"):
        pytest.fail("read under a pack that is not there")

"""A new form pack: new drafts use it, open drafts move to it, what was submitted keeps its own for ever."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from desktop.desk.errors import DeskError
from desktop.desk.pack_news import PackNews
from desktop.desk.papers import Papers
from desktop.dossier.pack import SHELF, VERSION, PackError, Shelf
from desktop.exchange.pages import page_count
from desktop.exchange.printing import print_document
from desktop.signing.device import DeviceKey
from desktop.store.packs import PackFolder
from desktop.store.units import DeviceConfig
from tests.fixtures.packs import NEXT, moved_seat, newer, signed
from tests.unit.desk.kit import LISTED, PHONE, SUPPLIES, Office

SINCE = "2026-06-01"


@pytest.fixture
def old_draft(office: Office, shelf: Shelf) -> str:
    """A draft without errors, made the day before a pack came that calls its address «Trụ sở»."""
    local_id = office.draft(SUPPLIES)
    shelf.put(moved_seat(since=SINCE))
    return local_id


def test_a_new_draft_uses_the_pack_in_force(office: Office, shelf: Shelf) -> None:
    shelf.put(moved_seat(since=SINCE))
    made = office.desk.dossier(office.desk.create("M13"))
    assert made.pack == NEXT
    assert office.desk.dossier(office.desk.create_for("salary")).pack == NEXT
    assert "address" not in made.documents[0].fields


def test_an_open_draft_moves_and_says_what_changed(office: Office, old_draft: str) -> None:
    old = office.desk.dossier(old_draft)
    moved = office.desk.moved(old)
    assert moved is not None
    assert [change.kind for change in moved.changes] == ["renamed"]
    assert moved.dossier.documents[0].fields["seat"] == old.documents[0].fields["address"]
    assert office.desk.moved(moved.dossier) is None


def test_a_draft_is_not_submitted_under_a_pack_nobody_saw_it_in(office: Office, old_draft: str) -> None:
    with pytest.raises(DeskError, match="Mở lại hồ sơ") as caught:
        office.desk.submit(old_draft, office.warnings(old_draft))
    assert caught.value.code == "pack_changed"
    moved = office.desk.moved(office.desk.dossier(old_draft))
    assert moved is not None
    office.desk.save(moved.dossier)
    office.desk.submit(old_draft, office.warnings(old_draft))
    objects = {item.name: item.content for item in office.store.submissions.get(old_draft).objects}
    assert json.loads(objects["dossier.json"])["pack"] == NEXT
    assert "seat" in json.loads(objects["documents/01-M13.json"])["document"]["fields"]


def test_a_draft_with_a_form_that_is_gone_stays_whole_and_says_so(office: Office, shelf: Shelf) -> None:
    local_id = office.draft(LISTED)
    shelf.put(newer(since=SINCE, without="M20"))
    old = office.desk.dossier(local_id)
    moved = office.desk.moved(old)
    assert moved is not None
    assert (moved.dossier, [change.kind for change in moved.changes]) == (old, ["form_gone"])
    with pytest.raises(DeskError, match="không còn mẫu «M20»"):
        office.desk.submit(local_id, office.warnings(local_id))


def test_what_was_submitted_keeps_its_pack_for_ever(office: Office, shelf: Shelf, tmp_path: Path) -> None:
    local_id = office.submit(SUPPLIES)
    dossier = office.desk.dossier(local_id)
    before, detail = print_document(dossier.documents[0]), office.desk.detail(local_id)
    shelf.put(newer(since=SINCE, M13={"address": None}))
    shelf.use(NEXT)
    assert office.desk.detail(local_id) == detail
    Papers(office.context()).write_pdf(local_id, tmp_path / "a.pdf")
    assert page_count((tmp_path / "a.pdf").read_bytes()) == page_count(before)
    objects = {item.name: item.content for item in office.store.submissions.get(local_id).objects}
    assert json.loads(objects["documents/01-M13.json"])["pdf_sha256"] == hashlib.sha256(before).hexdigest()
    office.sign(local_id)
    assert office.package(local_id)


def test_a_preview_is_drawn_with_the_dossiers_own_forms(office: Office, shelf: Shelf) -> None:
    document = office.desk.dossier(office.draft(SUPPLIES)).documents[0]
    shelf.put(newer(since=SINCE, M13={"address": None}))
    old, new = (office.desk.preview(document, 300, pack) for pack in (VERSION, None))
    assert old[0].rgba != new[0].rgba


def test_a_copy_moves_when_it_is_opened(office: Office, old_draft: str) -> None:
    copy = office.desk.dossier(office.desk.copy(old_draft))
    assert copy.pack == VERSION
    assert office.desk.moved(copy) is not None


def test_this_months_dossier_is_compared_in_its_own_pack(office: Office, old_draft: str) -> None:
    made = office.desk.dossier(office.desk.copy_month(old_draft))
    moved = office.desk.moved(made)
    assert moved is not None
    told = {item.place for item in office.desk.differences(moved.dossier)}
    assert not [place for place in told if "Trụ sở" in place or "Địa chỉ" in place]


def test_the_list_shows_a_dossier_whose_pack_this_machine_lacks(office: Office, shelf: Shelf) -> None:
    shelf.put(newer(since=SINCE))
    local_id = office.draft(PHONE)
    SHELF.clear()
    assert office.desk.detail(local_id).documents[0].title == f"Mẫu {office.desk.dossier(local_id).documents[0].form}"
    with pytest.raises(PackError) as caught:
        office.desk.moved(office.desk.dossier(local_id))
    assert caught.value.code == "unknown_pack"


class Announced:
    """An open unit whose machine has a folder of packs."""

    def __init__(self, office: Office) -> None:
        self.office, self.key, self.folder = office, DeviceKey.generate(), PackFolder()
        config = DeviceConfig(
            url="", tls_pin="", device_id="d", device_key=b"", statement_keys={self.key.key_id: self.key.public_b64}
        )
        office.store.device.set(config)

    def bring(self, version: str, key: DeviceKey) -> Path:
        content = signed(moved_seat(version, SINCE), key)
        return self.folder.add(hashlib.sha256(content).hexdigest(), content)


def test_a_window_hears_of_packs_once(office: Office, shelf: Shelf) -> None:
    unit = Announced(office)
    bad = unit.bring("998-2026", DeviceKey.generate())
    news = PackNews(office.context())
    (said,) = news()
    assert (said[1], news()) == (True, [])
    good = unit.bring(NEXT, unit.key)
    ((words, is_bad),) = news()
    assert (words.startswith("Có bộ mẫu mới. Bộ mẫu 999-2027"), is_bad, news()) == (True, False, [])
    assert (shelf.get().version, office.context().pack()) == (NEXT, NEXT)
    for path in (bad, good):
        path.unlink()

"""A draft of an older form pack in the window: it moves when it is opened, says what changed, and can go back."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.dossier.pack import VERSION, Shelf
from desktop.opened import OpenUnit, open_unit
from desktop.signing.device import DeviceKey
from desktop.store.packs import PackFolder
from desktop.ui.editor.page import EditorPage
from desktop.ui.signing.paper_dialog import PaperDialog
from tests.fixtures.packs import NEXT, moved_seat, newer, signed
from tests.fixtures.softkeys import SoftPerson
from tests.unit.desk.kit import SUPPLIES, Clock, Office

SINCE = "2026-06-01"


@pytest.fixture
def office(tmp_path: Path, soft_people: list[SoftPerson]) -> Office:
    return Office.make(tmp_path / "unit", [soft.person for soft in soft_people], Clock(), soft_people)


@pytest.fixture
def unit(qtbot: QtBot, office: Office, shelf: Shelf) -> Iterator[OpenUnit]:
    opened = open_unit(office.store, office.people[0].person, send=False)
    with qtbot.waitActive(opened.window):
        opened.window.show()
        opened.window.activateWindow()
    yield opened
    opened.close()


def opened(unit: OpenUnit, local_id: str) -> EditorPage:
    unit.window.open_dossier(local_id)
    page = unit.window.page()
    assert isinstance(page, EditorPage)
    return page


def test_a_draft_moves_when_it_is_opened_and_says_what_changed(unit: OpenUnit, office: Office, shelf: Shelf) -> None:
    local_id = office.draft(SUPPLIES)
    shelf.put(moved_seat(since=SINCE))
    page = opened(unit, local_id)
    assert page.moved.isVisibleTo(page)
    assert "đã chuyển sang bộ mẫu 999-2027" in page.moved.accessibleName()
    assert "ô «Địa chỉ» nay là «Trụ sở»" in page.moved.accessibleName()
    assert "seat" in page.views[0].form.fields_by_key
    page.draft.flush()
    assert office.store.drafts.get(local_id).pack == NEXT


def test_the_step_can_be_taken_back_with_everything(unit: OpenUnit, office: Office, shelf: Shelf) -> None:
    local_id = office.draft(SUPPLIES)
    before = office.desk.dossier(local_id)
    shelf.put(newer(since=SINCE, M13={"address": None}))
    page = opened(unit, local_id)
    assert "address" not in page.draft.document(0).fields
    page.draft.undo()
    assert page.draft.dossier == before
    assert "address" in page.views[0].form.fields_by_key
    page.draft.redo()
    assert page.draft.dossier.pack == NEXT


def test_a_draft_with_a_form_that_is_gone_is_shown_as_it_was(unit: OpenUnit, office: Office, shelf: Shelf) -> None:
    local_id = office.draft(SUPPLIES)
    shelf.put(newer(since=SINCE, without="M13"))
    page = opened(unit, local_id)
    assert (page.draft.dossier.pack, page.views[0].form.id) == (VERSION, "M13")
    assert "vì có mẫu đã bỏ" in page.moved.accessibleName()
    assert "Lập chứng từ này theo mẫu thay thế" in page.moved.accessibleName()


def test_a_draft_of_the_pack_in_force_says_nothing(unit: OpenUnit, office: Office) -> None:
    page = opened(unit, office.draft(SUPPLIES))
    assert not page.moved.isVisibleTo(page)
    assert not page.draft.history.canUndo()


def test_what_is_submitted_is_shown_in_its_own_forms(
    unit: OpenUnit, office: Office, shelf: Shelf, qtbot: QtBot
) -> None:
    local_id = office.submit(SUPPLIES)
    shelf.put(moved_seat(since=SINCE))
    page = opened(unit, local_id)
    assert (page.views[0].form, page.moved.isVisibleTo(page)) == (shelf.get(VERSION).form("M13"), False)
    (item,) = unit.window.context.services.signing.items(office.people[1].person.person_id)
    dialog = PaperDialog(unit.window.context, item, unit.window)
    qtbot.addWidget(dialog)
    qtbot.waitUntil(lambda: dialog.tabs.count() == 1)
    assert not dialog.problem.isVisibleTo(dialog)


def test_a_pack_that_comes_while_the_window_is_open_is_told(office: Office, shelf: Shelf) -> None:
    key, folder = DeviceKey.generate(), PackFolder()
    folder.pin({key.key_id: key.public_b64})
    unit = open_unit(office.store, office.people[0].person, send=False)
    for content in (signed(moved_seat(since=SINCE), key), b"damaged"):
        folder.add(hashlib.sha256(content).hexdigest(), content)
    unit.window.poll()
    assert "Có bộ mẫu mới. Bộ mẫu 999-2027" in unit.window.toast._words.text()
    assert "lưu trong máy không dùng được" in unit.window.page().problem.accessibleName()
    unit.close()
    shutil.rmtree(folder.folder)

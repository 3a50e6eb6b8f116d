"""Old backups go and leave what others need: one a day, a week, a month, and never the newest that is sound."""

from __future__ import annotations

import hashlib
import json
import sys
import zipfile
from pathlib import Path

import pytest

from desktop.dossier.backup_days import Thinning
from desktop.store.backup_file import LIST_MEMBER, MANIFEST
from desktop.store.backups import list_backups, thin
from desktop.store.errors import StoreError
from desktop.store.keys import open_with_password
from desktop.store.restoring import compare, verify
from desktop.store.store import Store
from tests.contract import store_kit
from tests.contract.backup_kit import SCAN, attached, back_up, stick
from tests.contract.store_kit import CHEAP, NOW, PASSWORD, UNIT, seal

STRAY = f"{'0' * 64}.{'0' * 14}"
"""What a backup that went may have left."""


@pytest.fixture
def place(tmp_path: Path, store: Store) -> Path:
    return stick(tmp_path, store)


def opened(path: Path) -> object:
    return open_with_password(path, PASSWORD)


def test_thinning_never_takes_what_another_needs(store: Store, place: Path) -> None:
    attached(store, "d1")
    first = back_up(store, place)
    attached(store, "d2", SCAN + b"second")
    second = back_up(store, place)
    assert thin(place, Thinning(days=1, weeks=0, months=0)) == [first.path]
    assert thin(place, Thinning(days=1, weeks=0, months=0)) == []
    assert verify(second.path, place, opened).missing == ()


def test_what_no_backup_needs_any_more_goes(store: Store, place: Path) -> None:
    attached(store, "d1")
    made = back_up(store, place)
    stray = place / UNIT.code / "attachments" / STRAY
    stray.write_bytes(b"of a backup that went")
    assert thin(place) == [stray]
    assert verify(made.path, place, opened).missing == ()


def test_while_one_cannot_be_read_no_attachment_goes(store: Store, place: Path) -> None:
    back_up(store, place)
    (place / UNIT.code / "unit-of-later.vxb").write_bytes(b"?")
    stray = place / UNIT.code / "attachments" / STRAY
    stray.write_bytes(b"perhaps of that one")
    assert thin(place) == []
    assert stray.exists()


def test_a_forged_list_is_told_and_holds_up_nothing(store: Store, place: Path) -> None:
    made = back_up(store, place)
    for listing in (b"../../x 5\n", b"no size\n", b"a -5\n", b"a " + b"9" * 5000, "é 5\n".encode()):
        relisted(made.path, listing)
        with pytest.raises(StoreError) as caught:
            compare(made.path)
        assert caught.value.code == "backup_damaged", listing
        assert thin(place) == []


def relisted(path: Path, listing: bytes) -> None:
    """Write a backup anew with another list of attachments, whose digest is as it says."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    digest = {"size": len(listing), "sha256": hashlib.sha256(listing).hexdigest()}
    parts[MANIFEST] = json.dumps({**json.loads(parts[MANIFEST]), "listing": digest}).encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in (parts | {LIST_MEMBER: listing}).items():
            archive.writestr(zipfile.ZipInfo(name), content)


def test_nothing_of_others_is_deleted_where_a_backup_lies(store: Store, place: Path) -> None:
    """A copied backup in a folder of downloads makes that folder no place of backups."""
    folder = place / UNIT.code
    back_up(store, place)
    theirs = [folder / "letter.tmp", folder / "attachments" / "photo.jpg"]
    for path in theirs:
        path.write_bytes(b"somebody's own")
    thin(place)
    assert all(path.exists() for path in theirs)


@pytest.mark.skipif(sys.platform == "win32", reason="links are made by administrators only")
def test_a_link_at_the_place_leads_no_deletion_to_the_data(store: Store, place: Path, tmp_path: Path) -> None:
    attached(store, "d1")
    back_up(store, place)
    there = place / UNIT.code / "attachments"
    (precious := tmp_path / "home").mkdir()
    (precious / STRAY).write_bytes(b"not a backup's")
    there.rename(tmp_path / "away")
    there.symlink_to(precious)
    assert thin(place) == []
    assert (precious / STRAY).exists()


def test_two_stores_of_one_unit_are_thinned_apart(store: Store, place: Path, tmp_path: Path) -> None:
    first = back_up(store, place)
    with store_kit.make(tmp_path / "other machine") as other:
        second = back_up(other, place)
    assert thin(place, Thinning(days=1, weeks=1, months=1)) == []
    assert {first.path, second.path} == {backup.path for backup in list_backups(place)}


def test_two_of_one_second_stand_in_their_order(place: Path, tmp_path: Path) -> None:
    with Store.create(tmp_path / "still", PASSWORD, UNIT, (), kdf=CHEAP, clock=lambda: NOW) as still:
        made = [back_up(still, place).path for _ in range(2)]
    assert [backup.path for backup in list_backups(place)] == made[::-1]


def test_the_newest_sound_one_outlives_newer_ones_of_a_cut_journal(store: Store, place: Path) -> None:
    seal(store)
    sound = back_up(store, place)
    database = store.backups.database
    with store.transaction():
        database.run("UPDATE journal_head SET hash = ?", ("0" * 64,))
    suspect = back_up(store, place)
    assert suspect.suspect
    thin(place, Thinning(days=1, weeks=0, months=0))
    assert {backup.path for backup in list_backups(place)} == {sound.path, suspect.path}

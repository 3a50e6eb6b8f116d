"""Old backups go and leave what others need: one a day, a week, a month, and never the newest that is sound."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.dossier.backup_days import Thinning
from desktop.store.backups import list_backups, thin
from desktop.store.keys import open_with_password
from desktop.store.restoring import verify
from desktop.store.store import Store
from tests.contract import store_kit
from tests.contract.backup_kit import SCAN, attached, back_up, stick
from tests.contract.store_kit import PASSWORD, UNIT, seal


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
    stray = place / UNIT.code / "attachments" / "stray.00"
    stray.write_bytes(b"of a backup that went")
    assert thin(place) == [stray]
    assert verify(made.path, place, opened).missing == ()


def test_while_one_cannot_be_read_no_attachment_goes(store: Store, place: Path) -> None:
    back_up(store, place)
    (place / UNIT.code / "unit-of-later.vxb").write_bytes(b"?")
    stray = place / UNIT.code / "attachments" / "stray.00"
    stray.write_bytes(b"perhaps of that one")
    assert thin(place) == []
    assert stray.exists()


def test_two_stores_of_one_unit_are_thinned_apart(store: Store, place: Path, tmp_path: Path) -> None:
    first = back_up(store, place)
    with store_kit.make(tmp_path / "other machine") as other:
        second = back_up(other, place)
    assert thin(place, Thinning(days=1, weeks=1, months=1)) == []
    assert {first.path, second.path} == {backup.path for backup in list_backups(place)}


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

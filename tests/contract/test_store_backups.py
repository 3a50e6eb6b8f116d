"""Backups made while the unit works, kept as few as sensible, and said to be what they are when something hurt them."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
import zipfile
from pathlib import Path

import pytest

from desktop.dossier.backup_views import BackupStage
from desktop.store.backup_file import MANIFEST, open_backup
from desktop.store.backup_place import prepare_place
from desktop.store.backups import list_backups, read_backup, write_backup
from desktop.store.errors import StoreError
from desktop.store.keys import open_with_password
from desktop.store.restoring import compare, verify
from desktop.store.store import Store
from tests.contract.backup_kit import SCAN, attached, back_up, flip, restored, stick, unfinished, when
from tests.contract.store_kit import PASSWORD, UNIT, dossier, seal


@pytest.fixture
def place(tmp_path: Path, store: Store) -> Path:
    return stick(tmp_path, store)


STAGES: tuple[BackupStage, ...] = ("database", "attachments", "write", "open", "place")


def opened(path: Path) -> object:
    return open_with_password(path, PASSWORD)


def test_a_backup_says_what_it_holds(store: Store, place: Path) -> None:
    attached(store, "d1")
    made = back_up(store, place)
    assert (made.unit_code, made.unit_name, made.dossiers, made.attachments) == (UNIT.code, UNIT.name, 1, 1)
    assert (made.last_number, made.lost, made.suspect) == ("0443", 0, False)
    assert read_backup(made.path) == made
    assert list_backups(place) == list_backups(place / UNIT.code) == [made]
    assert store.backups.last().file == made.path.name  # type: ignore[union-attr]
    assert store.journal.entries(1)[0].action == "backup"
    assert not unfinished(place.parent)


def test_an_attachment_is_copied_once(store: Store, place: Path) -> None:
    attached(store, "d1")
    back_up(store, place)
    (only,) = (place / UNIT.code / "attachments").iterdir()
    before = only.stat().st_ino
    attached(store, "d2")
    second = back_up(store, place)
    assert only.stat().st_ino == before
    assert (second.dossiers, second.attachments) == (2, 1)


def test_an_attachment_hurt_in_length_at_the_place_is_copied_again(store: Store, place: Path) -> None:
    attached(store, "d1")
    back_up(store, place)
    (only,) = (place / UNIT.code / "attachments").iterdir()
    only.write_bytes(b"half")
    made = back_up(store, place)
    assert verify(made.path, place, opened).missing == ()


def test_nothing_readable_leaves_the_machine(store: Store, place: Path) -> None:
    attached(store, "d1", SCAN + "Điện lực Mường Lát".encode())
    back_up(store, place)
    everything = b"".join(path.read_bytes() for path in place.rglob("*") if path.is_file())
    assert UNIT.name.encode() in everything
    assert not any(word.encode() in everything for word in ("Mường Lát", "%PDF", "Tiền điện", PASSWORD, "Hạnh"))


def test_another_thread_commits_all_the_while(store: Store, place: Path) -> None:
    seal(store, "first")
    stop = threading.Event()
    saved: list[int] = []

    def work() -> None:
        with store.reopen() as own:
            while not stop.is_set():
                own.drafts.save(dossier(f"t{len(saved)}"), "hanh")
                saved.append(1)

    worker = threading.Thread(target=work)
    worker.start()
    try:
        made = back_up(store, place)
        more = len(saved)
        while worker.is_alive() and len(saved) <= more:
            stop.wait(0.001)
        assert len(saved) > more  # it was not locked out
    finally:
        stop.set()
        worker.join()
    assert 1 <= made.dossiers <= len(saved) + 1
    assert verify(made.path, place, opened).missing == ()


def test_another_process_commits_all_the_while(store: Store, place: Path) -> None:
    words = [sys.executable, "-m", "tests.contract.crash_writer", str(store.folder), "p"]
    with subprocess.Popen(words, stdout=subprocess.PIPE) as writer:
        assert writer.stdout is not None
        writer.stdout.readline()
        made = [back_up(store, place) for _ in range(2)]
        writer.kill()
    for backup in made:
        assert verify(backup.path, place, opened).missing == ()
    assert made[0].dossiers >= 1


def test_what_the_units_own_disk_lost_is_told_and_stops_no_backup(store: Store, place: Path) -> None:
    attached(store, "d1")
    good = attached(store, "d2", SCAN + b"other")
    bad = store.folder / "attachments" / store.attachments.lend(good.sha256).file
    flip(bad, 100)
    made = back_up(store, place)
    assert (made.attachments, made.lost) == (1, 1)
    with open_backup(made.path) as backup:
        assert backup.manifest.missing == (good.sha256,)


def test_the_keys_beside_a_damaged_first_copy_are_taken(store: Store, place: Path, tmp_path: Path) -> None:
    seal(store)
    (store.folder / "keys.json").write_bytes(b"{")
    assert restored(back_up(store, place), tmp_path / "new").asked == 1


# The place


def test_a_place_that_is_not_there(store: Store, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="Cắm lại USB") as gone:
        back_up(store, tmp_path / "none")
    assert gone.value.code == "backup_place_gone"


def test_the_empty_folder_of_a_pulled_stick_is_not_written_to(store: Store, place: Path) -> None:
    shutil.rmtree(place)
    place.mkdir()
    with pytest.raises(StoreError) as gone:
        back_up(store, place)
    assert gone.value.code == "backup_place_gone"
    assert not any(place.iterdir())


def test_a_stick_pulled_in_the_middle(store: Store, place: Path) -> None:
    attached(store, "d1")
    for stage in STAGES:
        with pytest.raises(StoreError) as gone:
            back_up(store, place, when(stage, lambda: place.rename(place.with_name("away"))))
        assert gone.value.code == "backup_place_gone", stage
        place.with_name("away").rename(place)
        assert list_backups(place) == []
    assert back_up(store, place).problem == ""
    assert not unfinished(place.parent)


def test_called_off_it_leaves_nothing(store: Store, place: Path) -> None:
    for number, stage in enumerate(STAGES):
        attached(store, f"d{number}", SCAN + stage.encode())
        asked: list[bool] = []
        with pytest.raises(StoreError) as stopped:
            write_backup(store, place, "asked", when(stage, lambda: asked.append(True)), lambda: bool(asked))  # noqa: B023
        assert stopped.value.code == "backup_cancelled", stage
        assert list_backups(place) == []
        assert not unfinished(place.parent)
    assert store.backups.last() is None


def test_one_at_a_time(store: Store, place: Path) -> None:
    codes: list[str] = []

    def try_too() -> None:
        with store.reopen() as other, pytest.raises(StoreError) as busy:
            back_up(other, place)
        codes.append(busy.value.code)

    back_up(store, place, when("write", try_too))
    assert codes == ["backup_busy"]


def test_a_place_within_the_unit_is_refused(store: Store) -> None:
    for inside in (store.folder, store.folder / "attachments"):
        with pytest.raises(StoreError) as refused:
            prepare_place(inside, UNIT.code, store.folder)
        assert refused.value.code == "backup_place_inside"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root mounts a small disk")
def test_a_full_and_a_read_only_stick(store: Store, tmp_path: Path) -> None:
    place = tmp_path / "small"
    place.mkdir()
    words = ["mount", "-t", "tmpfs", "-o", "size=900k", "tmpfs", place]
    if subprocess.run(words, capture_output=True, check=False).returncode:
        pytest.skip("this machine mounts nothing")
    try:
        prepare_place(place, UNIT.code, store.folder)
        attached(store, "d1")
        attached(store, "d2", SCAN + b"2")
        with pytest.raises(StoreError) as full:
            back_up(store, place)
        subprocess.run(["mount", "-o", "remount,ro", place], check=True)
        with pytest.raises(StoreError) as closed:
            back_up(store, place)
    finally:
        subprocess.run(["umount", place], check=True)
    assert (full.value.code, closed.value.code) == ("backup_no_room", "backup_read_only")


# Damage


def test_every_kind_of_damage_is_told(store: Store, place: Path) -> None:
    attached(store, "d1")
    made = back_up(store, place)
    whole = made.path.read_bytes()
    with zipfile.ZipFile(made.path) as archive:
        inside = [info.header_offset + 60 for info in archive.infolist()]
    for spot in (*inside, 0, len(whole) // 2, len(whole) - 22):
        flip(made.path, spot)
        with pytest.raises(StoreError) as damaged:
            compare(made.path)
        assert damaged.value.code == "backup_damaged", spot
        made.path.write_bytes(whole)
    for length in (0, 10, 1000, len(whole) // 2, len(whole) - 1):
        made.path.write_bytes(whole[:length])
        assert list_backups(place)[0].problem, length


def test_no_zip_a_folder_and_a_forged_directory(store: Store, place: Path, tmp_path: Path) -> None:
    odd = tmp_path / "odd.vxb"
    with zipfile.ZipFile(odd, "w") as archive:
        for number in range(2000):
            archive.writestr(f"n{number}", b"")
    odd_ones = [odd, tmp_path]
    if sys.platform != "win32":
        os.mkfifo(tmp_path / "pipe.vxb")
        odd_ones.append(tmp_path / "pipe.vxb")
    for path in odd_ones:
        with pytest.raises(StoreError) as damaged:
            read_backup(path)
        assert damaged.value.code == "backup_damaged"


def test_a_newer_programs_backup_is_called_so(store: Store, place: Path) -> None:
    made = back_up(store, place)
    for change in ({"schema": 99}, {"format": 2}, {"format": 9, "at": 1}):
        saying(made.path, change)
        with pytest.raises(StoreError) as newer:
            read_backup(made.path)
        assert newer.value.code == "backup_newer"


def saying(path: Path, change: dict[str, int]) -> None:
    """Write a backup anew whose own words differ."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[MANIFEST] = json.dumps({**json.loads(parts[MANIFEST]), **change}).encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def test_an_attachment_that_rotted_is_found_by_opening(store: Store, place: Path) -> None:
    kept = attached(store, "d1")
    made = back_up(store, place)
    (only,) = (place / UNIT.code / "attachments").iterdir()
    flip(only, 70_000)
    assert verify(made.path, place, opened).missing == (kept.sha256,)
    only.unlink()
    assert compare(made.path) == (only.name,)
    assert not unfinished(place)


@pytest.mark.skipif(sys.platform == "win32", reason="pipes with a name in a folder are of POSIX")
def test_a_pipe_in_the_place_of_an_attachment_is_missing_and_not_waited_for(store: Store, place: Path) -> None:
    kept = attached(store, "d1")
    made = back_up(store, place)
    (lying,) = (place / UNIT.code / "attachments").iterdir()
    lying.unlink()
    os.mkfifo(lying)
    assert verify(made.path, place, opened).missing == (kept.sha256,)
    assert restored(made, place / "again").missing == ("0443 · d1.pdf",)

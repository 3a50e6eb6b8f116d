"""Creating and opening: every way it can fail has a code of its own, and nothing is lost on the way."""

import os
import shutil
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from desktop import __version__
from desktop.dossier.errors import VungXaError
from desktop.store.database import Database
from desktop.store.envelope import second_copy
from desktop.store.errors import DamagedEnvelope, StoreError, WrongPassword
from desktop.store.store import ATTACHMENTS, DATABASE, KEYS, Store
from tests.contract.store_kit import PASSWORD, PEOPLE, UNIT, dossier, make, raw


def code_of(error: pytest.ExceptionInfo[VungXaError]) -> str:
    return error.value.code


def damage(path: Path, at: int = 4096 + 500) -> None:
    content = bytearray(path.read_bytes())
    content[at] ^= 0xFF
    path.write_bytes(content)


def test_opens_with_the_password_and_finds_all(folder: Path) -> None:
    with make(folder) as made:
        made.drafts.save(dossier(), "hanh")
    with Store.open(folder, PASSWORD) as opened:
        assert opened.unit.get() == UNIT
        assert opened.unit.people() == PEOPLE
        assert opened.drafts.get("d1") == dossier()
        assert opened.check() == []


def test_wrong_password_is_not_damage(folder: Path) -> None:
    make(folder).close()
    with pytest.raises(WrongPassword) as error:
        Store.open(folder, PASSWORD + "x")
    assert code_of(error) == "wrong_password"
    Store.open(folder, PASSWORD).close()


def test_envelope_damage_is_not_a_wrong_password(folder: Path) -> None:
    make(folder).close()
    for path in (folder / KEYS, second_copy(folder / KEYS)):
        path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(DamagedEnvelope):
        Store.open(folder, PASSWORD)


def test_one_whole_envelope_is_enough_and_mends_the_other(folder: Path) -> None:
    make(folder).close()
    whole = (folder / KEYS).read_bytes()
    (folder / KEYS).write_bytes(b"{}")
    Store.open(folder, PASSWORD).close()
    assert (folder / KEYS).read_bytes() == whole


def test_damaged_pages_are_named_as_damage(folder: Path) -> None:
    make(folder).close()
    damage(folder / DATABASE, at=200)
    with pytest.raises(StoreError) as error:
        Store.open(folder, PASSWORD)
    assert code_of(error) == "store_damaged"


def test_check_finds_a_flipped_bit_deep_in_the_file(folder: Path) -> None:
    make(folder).close()
    with raw(folder) as database:
        page = database.value("SELECT rootpage FROM sqlite_master WHERE name = 'feed_events'")
    damage(folder / DATABASE, at=(page - 1) * 4096 + 100)
    with Store.open(folder, PASSWORD) as opened:
        assert opened.check()


def test_emptied_file_is_damage_not_a_new_store(folder: Path) -> None:
    make(folder).close()
    (folder / DATABASE).write_bytes(b"")
    with pytest.raises(StoreError) as error:
        Store.open(folder, PASSWORD)
    assert code_of(error) == "store_damaged"


def test_connection_of_another_thread_is_a_defect_not_a_message(store: Store) -> None:
    with ThreadPoolExecutor(1) as pool:
        failure = pool.submit(store.unit.get).exception()
    assert failure is not None
    assert not isinstance(failure, VungXaError)


def test_file_of_another_store_is_named_as_such(folder: Path, tmp_path: Path) -> None:
    make(folder).close()
    make(tmp_path / "other").close()
    (tmp_path / "other" / DATABASE).replace(folder / DATABASE)
    with pytest.raises(StoreError) as error:
        Store.open(folder, PASSWORD)
    assert code_of(error) == "wrong_key"


def test_newer_file_is_refused_and_left_alone(folder: Path) -> None:
    make(folder).close()
    with raw(folder) as database, database.transaction():
        database.run("PRAGMA user_version = 99")
    with pytest.raises(StoreError) as error:
        Store.open(folder, PASSWORD)
    assert code_of(error) == "store_newer"
    assert "(bước 99)" in error.value.message
    assert f"bản đang mở là {__version__}" in error.value.message
    with raw(folder) as database:
        assert database.value("PRAGMA user_version") == 99


@pytest.mark.parametrize("missing", [(KEYS, KEYS + ".1"), (DATABASE,)])
def test_missing_files_are_said_not_recreated(folder: Path, missing: tuple[str, ...]) -> None:
    make(folder).close()
    for name in missing:
        (folder / name).unlink()
    with pytest.raises(StoreError) as error:
        Store.open(folder, PASSWORD)
    assert code_of(error) == "no_store"
    assert not (folder / missing[0]).exists()


def test_existing_store_is_never_overwritten(folder: Path) -> None:
    make(folder).close()
    with pytest.raises(StoreError) as error:
        make(folder)
    assert code_of(error) == "store_exists"
    Store.open(folder, PASSWORD).close()


def test_creation_cut_short_can_be_done_again(folder: Path) -> None:
    make(folder).close()
    for path in (folder / KEYS, second_copy(folder / KEYS)):
        path.unlink()
    with make(folder) as again:
        assert again.unit.get() == UNIT


def test_short_password_leaves_no_files(folder: Path) -> None:
    with pytest.raises(StoreError) as error:
        Store.create(folder, "1234567", UNIT, PEOPLE)
    assert code_of(error) == "password_short"
    assert not folder.exists()


def test_folder_that_is_a_file_is_said_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreError):
        make(tmp_path / "file" / "unit")


def test_disk_full_keeps_what_was_saved(folder: Path) -> None:
    make(folder).close()
    with raw(folder) as database:
        database.rows(f"PRAGMA max_page_count = {database.value('PRAGMA page_count')}")
        with pytest.raises(StoreError) as error:
            fill(database)
        assert code_of(error) == "disk_full"
        assert database.value("SELECT count(*) FROM settings WHERE name != 'written_by'") == 0


def fill(database: Database) -> None:
    with database.transaction():
        for number in range(200):
            database.insert("settings", name=f"n{number}", value="x" * 4000)


def test_a_connection_that_may_only_read_is_taken_anew(folder: Path) -> None:
    """SQLite falls back to reading only on a disk that refuses for a moment, and never forgets it by itself."""
    make(folder).close()
    with raw(folder) as database:
        database.rows("PRAGMA query_only = ON")
        with database.transaction():
            database.run("INSERT INTO settings VALUES ('a', 'b')")
        assert database.value("SELECT value FROM settings WHERE name = 'a'") == "b"


def test_a_second_connection_sees_what_the_first_committed(store: Store) -> None:
    with store.reopen() as second:
        store.drafts.save(dossier(), "hanh")
        assert second.drafts.get("d1") == dossier()


def test_a_failed_transaction_leaves_nothing(store: Store) -> None:
    with pytest.raises(ZeroDivisionError):
        save_and_fail(store)
    assert store.drafts.list() == []


def save_and_fail(store: Store) -> None:
    with store.transaction():
        store.drafts.save(dossier(), "hanh")
        raise ZeroDivisionError


def test_only_one_may_send_and_the_lock_frees_itself(store: Store) -> None:
    with store.reopen() as second:
        with store.lock_for_sync(), pytest.raises(StoreError) as error, second.lock_for_sync():
            pass
        assert code_of(error) == "already_sending"
        with second.lock_for_sync():
            pass


@pytest.mark.skipif(os.name != "posix", reason="modes are of POSIX")
def test_the_folder_is_for_its_user_only(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        make(tmp_path / "unit").close()
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "unit").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "unit" / ATTACHMENTS).stat().st_mode) == 0o700


def test_nothing_readable_lies_in_the_folder(folder: Path) -> None:
    planted = "DauHieuRoRang"
    with make(folder) as opened:
        opened.drafts.save(dossier(title=planted), "hanh")
        opened.settings.set("note", planted)
        opened.attachments.add(b"%PDF-1.7 " + planted.encode() * 9000, planted + ".pdf")
        everything = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    assert planted.encode() not in everything
    assert b"CREATE TABLE" not in everything
    assert list((folder / ATTACHMENTS).iterdir())


ON_A_SMALL_DISK = ["unshare", "--user", "--map-root-user", "--mount"]
FILL = """
import sys, pathlib
from desktop.store.errors import StoreError
from desktop.store.store import Store
from tests.contract.store_kit import PASSWORD, make
disk = pathlib.Path(sys.argv[1])
make(disk / "unit").close()
try:
    with (disk / "rest").open("wb", buffering=0) as rest:
        while rest.write(bytes(4096)):
            pass
except OSError:
    pass
try:
    Store.open(disk / "unit", PASSWORD)
except StoreError as error:
    print(error.code)
(disk / "rest").unlink()
print(len(Store.open(disk / "unit", PASSWORD).unit.people()))
"""


def can_mount() -> bool:
    asked = [*ON_A_SMALL_DISK, "true"]
    return bool(shutil.which("unshare")) and not subprocess.run(asked, check=False, capture_output=True).returncode


@pytest.mark.skipif(not can_mount(), reason="a disk of its own cannot be mounted here")
def test_a_full_disk_is_called_full_and_nothing_is_lost(tmp_path: Path) -> None:
    mount = 'mount -t tmpfs -o size=3m tmpfs "$1" && exec "$2" -c "$3" "$1"'
    command = [*ON_A_SMALL_DISK, "sh", "-c", mount, "sh", str(tmp_path), sys.executable, FILL]
    done = subprocess.run(command, check=False, capture_output=True, timeout=60)
    assert done.stdout.split() == [b"disk_full", str(len(PEOPLE)).encode()], done.stderr

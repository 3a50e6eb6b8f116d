"""Changing the data key: everybody keeps their way in, the old key opens nothing, a kill anywhere loses nothing."""

import hashlib
import os
import signal
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from desktop.store import rotation
from desktop.store.database import Database
from desktop.store.envelope import read_envelope, write_envelope
from desktop.store.errors import StoreError, WrongPassword
from desktop.store.keys import (
    MasterKey,
    disable,
    drop,
    enable,
    give_password,
    open_with_password,
    open_with_recovery_code,
    recovery_code,
    unlock,
)
from desktop.store.rotation_plan import PLAN, QUEUE_FILE
from desktop.store.store import ATTACHMENTS, DATABASE, KEYS, Store
from tests.contract import send_kit
from tests.contract.send_kit import hand_out, locked_queue
from tests.contract.store_kit import CHEAP, NOW, PASSWORD, deliver, dossier, make, receipt, seal

SCAN = b"%PDF-1.7 " + b"hoa don " * 9000
OTHER = "Mật khẩu của Tuyên"


@pytest.fixture
def unit(folder: Path) -> Path:
    """A store with a draft, a delivered package and an attachment, that two may open."""
    with make(folder) as store:
        store.drafts.save(dossier("draft"), "hanh")
        deliver(store, seal(store, "sent"))
        store.attachments.add(SCAN, "hoa-don.pdf")
    give_password(folder / KEYS, unlock(folder / KEYS, PASSWORD), "tuyen", "Hà Văn Tuyên", "", OTHER, kdf=CHEAP)
    return folder


def digest_of(store: Store) -> str:
    return store.attachments.add(SCAN, "hoa-don.pdf").sha256


def assert_whole(folder: Path, password: str = PASSWORD) -> MasterKey:
    """Everything is there and sound, with whichever key the envelope leads to; nothing is left over."""
    key = unlock(folder / KEYS, password)
    with Store.open_with(folder, key) as store:
        assert store.check() == []
        assert store.drafts.get("draft") == dossier("draft")
        assert store.attachments.open_bytes(digest_of(store)) == SCAN
    assert len(list((folder / ATTACHMENTS).iterdir())) == 1
    assert not list(folder.glob("*.next*"))
    assert not (folder / PLAN).exists()
    return key


def test_everybody_keeps_their_way_in(unit: Path) -> None:
    old = unlock(unit / KEYS, PASSWORD)
    code = recovery_code(unit / KEYS, old)
    fresh = rotation.rotate(unit, old, actor="hanh")
    assert fresh != old
    assert assert_whole(unit) == assert_whole(unit, OTHER) == fresh
    assert open_with_recovery_code(unit / KEYS, code).key == fresh


def test_the_old_key_opens_nothing(unit: Path) -> None:
    old = unlock(unit / KEYS, PASSWORD)
    rotation.rotate(unit, old)
    with pytest.raises(StoreError) as error:
        Database(unit / DATABASE, old)
    assert error.value.code == "wrong_key"


def test_no_queue_stays_that_the_old_key_opens(unit: Path) -> None:
    old = unlock(unit / KEYS, PASSWORD)
    with Store.open_with(unit, old) as store:
        seal(store, "waiting")
        hand_out(store)
    (unit / QUEUE_FILE).rename(unit / f"left-0a-{QUEUE_FILE}")
    rotation.rotate(unit, old)
    assert not list(unit.glob(f"*{QUEUE_FILE}*"))


def test_it_is_in_the_journal_and_the_envelope_counts_it(unit: Path) -> None:
    fresh = rotation.rotate(unit, unlock(unit / KEYS, PASSWORD), actor="hanh")
    with Store.open_with(unit, fresh) as store:
        assert [(e.actor, e.action) for e in store.journal.entries(1)] == [("hanh", "rotate")]
    assert read_envelope(unit / KEYS).epoch == 1


def test_who_was_dropped_has_no_way_to_the_new_key(unit: Path) -> None:
    key = unlock(unit / KEYS, PASSWORD)
    before = (unit / KEYS).read_bytes()
    drop(unit / KEYS, key, "tuyen")
    rotation.rotate(unit, key)
    with pytest.raises(WrongPassword):
        unlock(unit / KEYS, OTHER)
    (unit / KEYS).write_bytes(before)  # a copy of the envelope kept from the time before
    with pytest.raises(StoreError) as error:
        Store.open(unit, OTHER)
    assert error.value.code == "wrong_key"


def test_a_disabled_user_comes_back_after_it_with_the_password_they_had(unit: Path) -> None:
    key = unlock(unit / KEYS, PASSWORD)
    disable(unit / KEYS, key, "tuyen")
    fresh = rotation.rotate(unit, key)
    with pytest.raises(StoreError) as error:
        open_with_password(unit / KEYS, OTHER)
    assert error.value.code == "user_disabled"
    enable(unit / KEYS, fresh, "tuyen")
    assert open_with_password(unit / KEYS, OTHER) == (fresh, "tuyen")


def test_nobody_may_have_it_open(unit: Path) -> None:
    key = unlock(unit / KEYS, PASSWORD)
    with Store.open_with(unit, key), pytest.raises(StoreError) as error:
        rotation.rotate(unit, key)
    assert error.value.code == "store_in_use"
    assert assert_whole(unit) == key


def test_stopped_half_way_it_leaves_the_old_key(unit: Path) -> None:
    key, asked = unlock(unit / KEYS, PASSWORD), iter([False, False, True, True, True])
    with pytest.raises(StoreError) as error:
        rotation.rotate(unit, key, cancelled=lambda: next(asked, True))
    assert error.value.code == "rotation_cancelled"
    assert assert_whole(unit) == key


def test_a_substituted_key_pair_gets_no_key(unit: Path) -> None:
    key = unlock(unit / KEYS, PASSWORD)
    sound = read_envelope(unit / KEYS)
    thief = X25519PrivateKey.generate().public_key().public_bytes_raw().hex()
    write_envelope(
        unit / KEYS,
        sound.model_copy(update={"slots": (sound.slots[0], sound.slots[1].model_copy(update={"public": thief}))}),
    )
    for attempt in (lambda: rotation.rotate(unit, key), lambda: unlock(unit / KEYS, PASSWORD)):
        with pytest.raises(StoreError) as error:
            attempt()
        assert error.value.code == "keys_changed"


def test_closed_years_come_along(unit: Path) -> None:
    key, year = unlock(unit / KEYS, PASSWORD), unit / "archive-2024.vx"
    with Database(year, key) as archive, archive.transaction():
        archive.run("CREATE TABLE kept (what TEXT)")
        archive.insert("kept", what="năm 2024")
    with Database(unit / DATABASE, key) as database, database.transaction():
        database.insert("archives", year=2024, file=year.name, dossiers=1, size=1, sha256="", at="", actor="hanh")
    fresh = rotation.rotate(unit, key)
    with Database(year, fresh) as archive:
        assert archive.value("SELECT what FROM kept") == "năm 2024"
    with Database(unit / DATABASE, fresh) as database:
        told = database.one("SELECT sha256, size FROM archives")
    assert tuple(told) == (hashlib.sha256(year.read_bytes()).hexdigest(), year.stat().st_size)


def killed_at(folder: Path, step: int) -> int:
    """Rotate in a process of its own that ends by SIGKILL once it has done so many steps; give what ended it."""

    def reached(done: int, _of: int) -> None:
        if done == step:
            os.kill(os.getpid(), signal.SIGKILL)

    child = os.fork()
    if not child:
        rotation.rotate(folder, unlock(folder / KEYS, PASSWORD), progress=reached)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


@pytest.mark.skipif(os.name != "posix", reason="kill -9 is of POSIX")
@pytest.mark.parametrize("step", range(1, rotation.STEPS + 1))
def test_killed_at_any_step_the_next_unlock_ends_it(unit: Path, step: int) -> None:
    old = unlock(unit / KEYS, PASSWORD)
    assert killed_at(unit, step) == -signal.SIGKILL
    again = assert_whole(unit, OTHER)
    assert (again == old) == (step == 1)  # what the plan says is done; it is written in the second step
    assert assert_whole(unit) == again


@pytest.mark.skipif(os.name != "posix", reason="kill -9 is of POSIX")
def test_what_cannot_be_carried_on_today_waits(unit: Path) -> None:
    old = unlock(unit / KEYS, PASSWORD)
    killed_at(unit, 3)
    with Store.open_with(unit, old):
        assert unlock(unit / KEYS, PASSWORD) == old
    assert rotation.pending(unit)
    assert assert_whole(unit) != old


@pytest.mark.skipif(os.name != "posix", reason="kill -9 is of POSIX")
def test_it_is_not_carried_on_before_a_locked_program_s_queue_came_back(unit: Path) -> None:
    old = unlock(unit / KEYS, PASSWORD)
    with Store.open_with(unit, old) as store:
        package = seal(store, "waiting")
        with locked_queue(store) as queue:
            queue.mark_delivered(package, *receipt(package), NOW)
    killed_at(unit, 3)
    with Store.open_with(unit, unlock(unit / KEYS, PASSWORD)) as store:
        send_kit.unlock(store)
        assert store.packages.receipt(package)
    assert assert_whole(unit) != old

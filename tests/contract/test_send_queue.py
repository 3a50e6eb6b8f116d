"""The queue of a locked store: what its key opens and what not, and how its marks come back, once, after any crash."""

from __future__ import annotations

import hashlib
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.signing.device import DeviceKey
from desktop.store.database import Database
from desktop.store.errors import FactError, StoreError
from desktop.store.handed import Handed
from desktop.store.handed import hand_out as handed_out
from desktop.store.open_lock import alone
from desktop.store.queue_filling import QUEUE
from desktop.store.queue_merging import UNPROVED
from desktop.store.send_key import SendKey
from desktop.store.send_queue import SendQueue
from desktop.store.store import DATABASE, Store
from tests.contract.send_kit import enrol, hand_out, locked_queue, unlock
from tests.contract.store_kit import NOW, PASSWORD, deliver, event, package_id, receipt, seal, signed

FAR = "9999-12-31T23:59:59Z"
SOON = "2026-11-23T07:10:00Z"
ROUNDS = 3
SCAN = b"%PDF-1.7 " + b"scan" * 40_000


def states(store: Store) -> dict[str, str]:
    return {item.package_id: item.state for item in store.outbox.due(FAR)}


def marks(store: Store) -> list[tuple[object, ...]]:
    """All facts of delivery, as they lie in the file."""
    tables = ("attempts", "receipts", "part_progress", "sync_log", "journal")
    return [tuple(row) for table in tables for row in store._database.rows(f"SELECT * FROM {table}")]


# What the key opens


def test_the_send_key_opens_no_store(store: Store) -> None:
    seal(store)
    key = hand_out(store)
    with pytest.raises(StoreError) as caught:
        Database(store.folder / DATABASE, key)
    assert caught.value.code == "wrong_key"


def test_the_send_key_reads_the_parts_of_its_packages_and_no_other(store: Store) -> None:
    other = store.attachments.add(SCAN, "a.pdf").sha256
    inside = b"{" + b"x" * 20_000
    seal(store, part=inside)
    with locked_queue(store) as queue:
        assert queue.part(hashlib.sha256(inside).hexdigest(), 10, 5) == inside[10:15]
        with pytest.raises(StoreError) as caught:
            queue.part(other, 0, 10)
        assert [row["key"] for row in queue._file.rows("SELECT key FROM lent_parts")] == [None]
    assert caught.value.code == "not_found"


def test_an_attachment_that_travels_is_read_with_its_own_key(store: Store) -> None:
    sha256 = store.attachments.add(SCAN, "a.pdf").sha256
    seal(store, part=SCAN)
    with locked_queue(store) as queue:
        assert queue.part(sha256, 70_000, 9_000) == SCAN[70_000:79_000]


def test_each_locking_has_a_key_of_its_own(store: Store) -> None:
    seal(store)
    first = hand_out(store)
    unlock(store)
    hand_out(store)
    with pytest.raises(StoreError) as caught, SendQueue.open(store.folder, first):
        pass
    assert caught.value.code == "wrong_key"


@pytest.mark.parametrize("text", ["", "ab:cd", f"{'0' * 32}:zz", f"{'0' * 32}:{'0' * 62}"])
def test_a_key_that_cannot_be_read_is_told(text: str) -> None:
    with pytest.raises(StoreError) as caught:
        SendKey.read(text)
    assert caught.value.code == "send_key_unreadable"


def test_a_key_shows_nothing_of_itself(store: Store) -> None:
    seal(store)
    key = hand_out(store)
    assert key.raw.hex() not in repr(key)


# What goes out


def test_only_what_is_still_to_be_sent_goes_out(store: Store) -> None:
    waiting, sent, held = seal(store, "a"), seal(store, "b"), seal(store, "c")
    seal(store, "d")
    deliver(store, sent)
    store.deliveries.pause_item(held)
    store.packages.cancel("d", "hanh", "")
    with locked_queue(store) as queue:
        assert [item.package_id for item in queue.due(FAR)] == [waiting]
        assert queue._file.value("SELECT count(*) FROM packages") == 1


@pytest.mark.parametrize("paused", [True, False])
def test_nothing_goes_out_when_nothing_is_to_be_sent(store: Store, *, paused: bool) -> None:
    if paused:
        seal(store)
        store.deliveries.pause()
    assert store.hand_out() is None
    assert not (store.folder / QUEUE).exists()


def test_what_a_locked_program_holds_cannot_be_cancelled(store: Store) -> None:
    seal(store)
    hand_out(store)
    with pytest.raises(FactError) as caught:
        store.packages.cancel("d1", "hanh", "")
    assert caught.value.code == "sending_locked"
    assert store.deliveries.unsettled() == 1
    unlock(store)
    assert store.deliveries.unsettled() == 0
    store.packages.cancel("d1", "hanh", "")


def test_only_one_sends(store: Store) -> None:
    seal(store)
    with locked_queue(store), pytest.raises(StoreError) as caught:
        unlock(store)
    assert caught.value.code == "already_sending"


def test_the_unit_s_key_is_not_changed_while_a_locked_program_sends(store: Store) -> None:
    seal(store)
    with locked_queue(store):
        store.close()
        with pytest.raises(StoreError) as caught, alone(store.folder):
            pass
    assert caught.value.code == "store_in_use"


# How it comes back


def test_marks_and_receipts_come_back(store: Store) -> None:
    names = ("sending", "refused", "delivered", "later", "working")
    ids = {name: seal(store, name, part=b"{" + name.encode() * 9_000) for name in names}
    part = hashlib.sha256(b"{" + b"working" * 9_000).hexdigest()
    proof = receipt(ids["delivered"], part=b"{" + b"delivered" * 9_000)
    with locked_queue(store) as queue:
        queue.mark_sending(list(ids.values()), NOW)
        queue.mark_refused(ids["refused"], "rule_failed", "sai", NOW)
        queue.mark_delivered(ids["delivered"], *proof, NOW)
        queue.mark_later(ids["later"], SOON, "bận")
        queue.mark_working(ids["working"], [part], NOW)
        queue.mark_progress(ids["working"], part, 4_000)
        queue.log("good", "Đã gửi một gói.", None, NOW)
    unlock(store)
    assert states(store) == {ids["sending"]: "doubtful", ids["later"]: "queued", ids["working"]: "parts"}
    assert store.packages.receipt(ids["delivered"]) == proof[0]
    assert [item.next_at for item in store.outbox.due(FAR) if item.package_id == ids["later"]] == [SOON]
    assert [(item.size, item.attempts) for item in store.outbox.due(FAR) if item.state == "parts"] == [(59_001, 0)]
    assert store.deliveries.log()[0].text == "Đã gửi một gói."
    store.journal.verify()


def test_marks_of_a_package_come_back_though_others_went_further(store: Store) -> None:
    deliver(store, seal(store, "before"))
    package = seal(store)
    with locked_queue(store) as queue:
        queue.mark_sending([package], NOW)
    unlock(store)
    assert states(store) == {package: "doubtful"}


def test_what_a_queue_says_of_the_feed_is_not_believed(store: Store) -> None:
    """Whoever has its key could make the store skip every decision to come."""
    package = seal(store)
    with locked_queue(store) as queue:
        queue.apply_feed([event(7, "pack", package, version="2027.1")], 2**60, NOW)
    unlock(store)
    assert (store.feed.cursor, store.announced_packs()) == (0, [])


FORGED = {
    "another key": lambda package: (signed(receipt(package)[1].decode(), DeviceKey.generate()), receipt(package)[1]),
    "another package": lambda package: (receipt(package_id("other"))[0], receipt(package)[1]),
    "another text": lambda package: (receipt(package)[0], receipt(package, "9999")[1]),
    "no statement": lambda package: ("{}", receipt(package)[1]),
}


@pytest.mark.parametrize("how", FORGED)
def test_a_receipt_that_the_treasury_did_not_sign_leaves_its_package_to_be_asked_about(store: Store, how: str) -> None:
    package = seal(store)
    with locked_queue(store) as queue:
        queue.mark_delivered(package, *FORGED[how](package), NOW)
    unlock(store)
    assert (states(store), store.packages.receipt(package)) == ({package: "doubtful"}, None)
    assert store.deliveries.log()[0].text == UNPROVED


def test_a_receipt_for_other_bytes_than_ours_is_not_believed(store: Store) -> None:
    package = seal(store, part=b"{" + b"x" * 20_000)
    with locked_queue(store) as queue:
        queue.mark_delivered(package, *receipt(package), NOW)
    unlock(store)
    assert states(store) == {package: "doubtful"}


@pytest.mark.parametrize(("kind", "state"), [("delivered", "delivered"), ("later", "delivered"), ("odd", "refused")])
def test_a_mark_that_ends_a_package_without_proof_is_not_believed(store: Store, kind: str, state: str) -> None:
    package = seal(store)
    with locked_queue(store) as queue, queue._file.transaction():
        queue._file.run("PRAGMA ignore_check_constraints = ON")
        queue._file.insert("attempts", package_id=package, kind=kind, state=state, at=NOW)
    unlock(store)
    assert states(store) == {package: "doubtful"}


@pytest.mark.parametrize(
    ("table", "made"),
    [
        ("sync_log", "SELECT 1 AS id, 'odd' AS kind, NULL AS text, NULL AS package_id, NULL AS at"),
        ("sync_log", "SELECT 1 AS id"),
        ("part_progress", "SELECT NULL AS sha256, package_id, -1 AS offset, 0 AS after_event FROM packages"),
        ("receipts", "SELECT package_id, 7 AS statement, 999999999999 AS payload FROM packages"),
    ],
)
def test_a_queue_written_by_somebody_else_keeps_nobody_out(store: Store, table: str, made: str) -> None:
    package = seal(store)
    with locked_queue(store) as queue:
        queue.mark_delivered(package, *receipt(package), NOW)
        queue._file.without_foreign_keys()
        with queue._file.transaction():
            queue._file.run(f"DROP TABLE {table}")
            queue._file.run(f"CREATE TABLE {table} AS {made}")
    unlock(store)
    assert states(store) == {package: "doubtful"}


def test_a_mark_on_a_package_that_was_not_handed_out_is_left_alone(store: Store) -> None:
    held, package = seal(store, "held"), seal(store)
    store.deliveries.pause_item(held)
    with locked_queue(store) as queue:
        queue._file.without_foreign_keys()
        with queue._file.transaction():
            queue._file.insert("attempts", package_id=held, kind="refused", state="refused", at=NOW)
    store.deliveries.resume_item(held)
    unlock(store)
    assert states(store) == {held: "queued", package: "queued"}


def test_marks_are_taken_once_even_when_the_queue_could_not_be_removed(store: Store) -> None:
    package = seal(store)
    with locked_queue(store) as queue:
        queue.mark_sending([package], NOW)
    shutil.copy(store.folder / QUEUE, store.folder / "kept")
    unlock(store)
    before = marks(store)
    shutil.copy(store.folder / "kept", store.folder / QUEUE)
    unlock(store)
    assert marks(store) == before
    assert not (store.folder / QUEUE).exists()


@pytest.mark.parametrize("how", ["gone", "spoiled", "another"])
def test_a_queue_that_cannot_be_read_leaves_its_packages_to_be_asked_about(store: Store, how: str) -> None:
    package = seal(store)
    hand_out(store)
    path = store.folder / QUEUE
    if how == "gone":
        path.unlink()
    else:
        content = path.read_bytes()
        path.write_bytes(content[:20] + b"x" * 9_000 if how == "spoiled" else b"y" * 9_000)
    unlock(store)
    assert states(store) == {package: "doubtful"}
    assert len(list(store.folder.glob("left-*"))) == (how != "gone")


@pytest.mark.parametrize("gone", [True, False])
def test_a_package_that_the_store_lost_meanwhile_holds_up_no_other(store: Store, *, gone: bool) -> None:
    """A salvage may have lost it; the record of what went out still names it."""
    package = seal(store)
    key = hand_out(store)
    handed_out(store._database, Handed(key.queue_id, (package_id("lost"), package)))
    if gone:
        (store.folder / QUEUE).unlink()
    unlock(store)
    assert states(store) == {package: "doubtful" if gone else "queued"}


def test_a_queue_that_nobody_got_the_key_of_is_dropped(store: Store) -> None:
    """A crash between the file and the record of it."""
    package = seal(store)
    hand_out(store)
    with store.transaction():
        store._database.run("DELETE FROM settings WHERE name = 'queue_handed'")
    (store.folder / f"{QUEUE}.abc.tmp").write_bytes(b"half")
    unlock(store)
    assert states(store) == {package: "queued"}
    assert not list(store.folder.glob(f"{QUEUE}*"))


def run_and_kill(folder: Path, mark: str, lines: int) -> list[tuple[str, str]]:
    """Let a writer run until it acknowledged so many steps, kill it, and return all it had acknowledged."""
    command = [sys.executable, "-m", "tests.contract.queue_writer", str(folder), mark]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        told = [writer.stdout.readline() for _ in range(lines)]
        writer.kill()
        told += writer.stdout.readlines()
    return [(what, name) for what, _, name in (line.strip().partition(" ") for line in told if line.endswith("\n"))]


@pytest.mark.slow
def test_killed_at_any_point_no_mark_is_lost(folder: Path, store: Store) -> None:
    enrol(store)
    store.close()
    dice, told = random.Random(5), list[tuple[str, str]]()
    for number in range(ROUNDS):
        told += run_and_kill(folder, f"r{number}", dice.randrange(3, 40))
        with Store.open(folder, PASSWORD) as again:
            unlock(again)
            assert again.check() == []
            due = {item.package_id for item in again.outbox.due(FAR) if item.state == "queued"}
            lost = [name for what, name in told if what in ("sending", "delivered") and name in due]
            lost += [name for what, name in told if what == "delivered" and not again.packages.receipt(name)]
            assert lost == []
            assert not list(folder.glob(f"{QUEUE}*"))
    assert {what for what, _ in told} == {"merged", "sealed", "locked", "sending", "delivered"}

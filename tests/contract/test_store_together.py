"""Several threads and programs on one store at once."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from desktop.dossier.document import Attachment
from desktop.store.errors import StoreError
from desktop.store.store import Store
from tests.contract.store_kit import NOW, dossier, make, package_id, receipt, seal, sign, submit

HOLDER = """
import sys
from pathlib import Path
from desktop.store.lock import only_one
with only_one(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def work(store: Store, mark: str, count: int = 15) -> None:
    with store.reopen() as own:
        for number in range(count):
            own.drafts.save(dossier(f"{mark}{number}"), "hanh")
            own.journal.append(mark, "note", None, str(number))
            own.drafts.next_number()


def test_threads_write_side_by_side(store: Store) -> None:
    with ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(work, store, mark) for mark in "abcd"]:
            done.result()
    store.journal.verify()
    assert store.projection.counts()["all"] == 60
    assert store.drafts.next_number() == "0061"


def test_a_reader_sees_no_half_of_a_transaction(store: Store) -> None:
    with store.reopen() as reader:
        with store.transaction():
            seal(store)
            assert reader.projection.counts()["all"] == 0
            assert reader.outbox.due(NOW) == []
        assert [item.package_id for item in reader.outbox.due(NOW)] == [package_id("d1")]


def test_two_threads_seal_one_dossier_once(store: Store) -> None:
    submit(store)
    sign(store)
    with ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(seal_in_thread, store) for _ in range(4)]:
            done.result()
    assert len(store.outbox.due(NOW)) == 1
    assert sum(entry.action == "seal" for entry in store.journal.entries()) == 1


def seal_in_thread(store: Store) -> None:
    with store.reopen() as own:
        own.packages.seal("d1", package_id("d1"), b"core", [])


def test_two_threads_deliver_one_receipt(store: Store) -> None:
    package = seal(store)
    with ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(deliver_in_thread, store, package, str(number)) for number in range(4)]:
            done.result()
    assert sum(entry.action == "receipt" for entry in store.journal.entries()) == 1
    assert store.outbox.due(NOW) == []


def deliver_in_thread(store: Store, package: str, number: str) -> None:
    with store.reopen() as own:
        own.outbox.mark_delivered(package, *receipt(package, number), NOW)


def test_same_file_attached_at_once_stays_readable(store: Store) -> None:
    content = b"%PDF-1.7 " + bytes(200_000)
    with ThreadPoolExecutor(4) as pool:
        kept = [done.result() for done in [pool.submit(attach_in_thread, store, content) for _ in range(8)]]
    assert store.attachments.open_bytes(kept[0].sha256) == content
    assert store.attachments.sweep() == []


def attach_in_thread(store: Store, content: bytes) -> Attachment:
    with store.reopen() as own:
        return own.attachments.add(content, "quét.pdf")


def test_a_killed_sender_leaves_no_lock(folder: Path) -> None:
    with make(folder) as store:
        command = [sys.executable, "-c", HOLDER, str(folder / "sync.lock")]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
            assert holder.stdout is not None
            assert holder.stdout.readline() == b"held\n"
            with pytest.raises(StoreError), store.lock_for_sync():
                pass
            holder.kill()
        with store.lock_for_sync():
            pass

"""Locks, sends and unlocks a store without end and prints a line after each step, until somebody kills it."""

from __future__ import annotations

import itertools
import sys
from pathlib import Path

from desktop.desk.queue_receipts import ReceiptProof
from desktop.store.store import Store
from tests.contract.crash_writer import say
from tests.contract.send_kit import locked_queue
from tests.contract.store_kit import NOW, PASSWORD, receipt, seal


def write(store: Store, mark: str) -> None:
    for number in itertools.count():
        with store.lock_for_sync(ReceiptProof(store)):
            say("merged", mark)
            package = seal(store, f"{mark}-{number}")
            say("sealed", package)
        with locked_queue(store) as queue:
            say("locked", package)
            for item in queue.due(NOW):
                queue.mark_sending([item.package_id], NOW)
                say("sending", item.package_id)
                if number % 2:
                    queue.mark_delivered(item.package_id, *receipt(item.package_id), NOW)
                    say("delivered", item.package_id)


if __name__ == "__main__":
    write(Store.open(Path(sys.argv[1]), PASSWORD), sys.argv[2])

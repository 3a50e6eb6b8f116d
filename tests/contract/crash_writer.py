"""Writes to a store without end and prints a line after each commit, until somebody kills it."""

import itertools
import sys
from pathlib import Path

from desktop.store.store import Store
from tests.contract.store_kit import PASSWORD, deliver, dossier, seal


def write(store: Store, mark: str) -> None:
    for number in itertools.count():
        name = f"{mark}-{number}"
        store.drafts.save(dossier(name), "hanh")
        say("draft", name)
        say("attachment", store.attachments.add(b"%PDF-1.7 " + name.encode() * 9_000, "a.pdf").sha256)
        package = seal(store, name)
        say("sealed", package)
        if number % 2:
            deliver(store, package)
            say("delivered", package)


def say(what: str, name: str) -> None:
    sys.stdout.write(f"{what} {name}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    write(Store.open(Path(sys.argv[1]), PASSWORD), sys.argv[2])

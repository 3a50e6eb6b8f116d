"""Stores to damage at will: a few hundred dossiers with what they carry, made once a test module."""

import os
from pathlib import Path

from desktop.store.store import DATABASE, Store
from tests.contract.store_kit import LINE, PASSWORD, Ticking, deliver, make, seal

PAGE = 4096
MANY = 120


def filled(folder: Path) -> Path:
    """Make a store of which every second package was delivered."""
    with make(folder) as store:
        store.estimates.load([LINE])
        store.attachments.add(b"%PDF-1.7 " + os.urandom(150_000), "a.pdf")
        with store.transaction():
            for number in range(MANY):
                package = seal(store, f"d{number:03}", core=os.urandom(6_000), big=1_000)
                if number % 2:
                    deliver(store, package)
    return folder


def flip(folder: Path, *pages: int) -> None:
    """Change one byte in each of these pages of the database, counted from 0."""
    with (folder / DATABASE).open("r+b") as stream:
        for page in pages:
            stream.seek(page * PAGE + 1_000)
            byte = stream.read(1)
            stream.seek(page * PAGE + 1_000)
            stream.write(bytes([byte[0] ^ 1]))


def pages(folder: Path) -> int:
    return (folder / DATABASE).stat().st_size // PAGE


def told(store: Store) -> dict[str, tuple[str, int]]:
    """What the list says of each dossier: its state and amount."""
    rows = store._database.rows("SELECT local_id, state, amount FROM dossier_states")
    return {row["local_id"]: (row["state"], row["amount"]) for row in rows}


def opened(folder: Path) -> Store:
    """Open it on the day it was made: what nobody refers to is deleted a day later."""
    return Store.open(folder, PASSWORD, clock=Ticking())

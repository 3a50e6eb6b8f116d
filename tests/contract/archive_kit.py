"""A store with a closed year in it, and what must be the same before and after it was put away."""

from __future__ import annotations

import hashlib
from pathlib import Path

from desktop.dossier.document import Attachment, Dossier
from desktop.store.archive_rows import COPIED, MOVED
from desktop.store.store import Store
from tests.contract.store_kit import (
    UNIT,
    decision,
    deliver,
    event,
    make,
    objects,
    package_id,
    raw,
    sign,
    steps,
    voucher,
)

SCAN = b"%PDF-1.7 " + b"hoa don " * 900
PART_BYTES = 5000


def of_year(store: Store, name: str, year: int, files: tuple[Attachment, ...] = ()) -> str:
    """Bring a dossier of a year to its receipt, with a part that travelled apart; return its package id."""
    document = voucher().model_copy(update={"fields": {**voucher().fields, "budget_year": year}})
    made = Dossier(local_id=name, number=f"0{year}", title="Tiền điện", documents=(document,), attachments=files)
    store.drafts.save(made, "hanh")
    frozen = objects(name, PART_BYTES)
    store.submissions.freeze(name, frozen, steps("tuyen", "thang"), "hanh")
    sign(store, name)
    part = frozen[1].content
    sealed = b"core of " + name.encode()
    store.packages.seal(name, package_id(name), sealed, [(hashlib.sha256(part).hexdigest(), len(part))])
    deliver(store, package_id(name))
    return package_id(name)


def booked(seq: int, name: str, year: int) -> tuple[int, bytes, str]:
    """The balance change of a dossier's only line."""
    line = {"budget_year": year, "account": UNIT.estimate_account, "source": "13", "sector": "341"}
    return event(seq, "balance", package_id(name), delta=-15_400_000, remaining=0, **line)


def fill(folder: Path) -> None:
    """Two dossiers of 2024 that are done, one that is not, one of this year, and a draft."""
    with make(folder) as store:
        scan = store.attachments.add(SCAN, "hóa đơn.pdf")
        of_year(store, "old", 2024, (scan,))
        of_year(store, "older", 2024)
        of_year(store, "waiting", 2024)
        of_year(store, "new", 2026)
        store.drafts.save(Dossier(local_id="draft", number="9", title="Nháp"), "hanh")
        names = (("old", 2024), ("older", 2024), ("new", 2026))
        said = [decision(seq, package_id(name), "paid") for seq, (name, _) in enumerate(names, 1)]
        said += [booked(seq, name, year) for seq, (name, year) in enumerate(names, 4)]
        store.feed.apply_page(said, 6)


def answers(store: Store) -> list[object]:
    """What the book and the rules say of every year, of whom the unit paid, and of what is open."""
    ledger, account, said = store.ledger(), UNIT.estimate_account, []
    for year in (2024, 2026):
        said += [ledger.remaining(year, account, "13", "341"), ledger.first_of_year(year, account)]
        said += [ledger.spent(year, account, "6501", "800", "341", "13"), store.book.months(year)]
        said += [store.book.moves(year), store.book.waiting(year), store.book.spent(year), store.book.lowered(year)]
        said += [store.book.on_account(year, account), store.book.unbooked(year, account)]
    said += [ledger.open_advances(), ledger.balance_of(account), ledger.payee_named("Điện lực Mường Lát")]
    return [*said, store.book.years(), store.book.advances(), store.book.contracts(), store.projection.reconciled()]


def everything(folder: Path) -> dict[str, list[str]]:
    """Every row of every table that a year takes along or that search is made of, with each of its values."""
    with raw(folder) as database:
        found = {
            name: database.rows(f"SELECT * FROM {name}")
            for name in {*MOVED, *COPIED, "open_submissions"} - {"settings"}
        }
        found["found"] = database.rows("SELECT kind, ref, title, note, amount FROM findable")
        found["words"] = database.rows("SELECT rowid FROM search WHERE search MATCH 'dien'")
    return {name: sorted(repr(tuple(row)) for row in rows) for name, rows in found.items()}


def guards(folder: Path) -> list[str]:
    """The texts of all triggers."""
    with raw(folder) as database:
        return [row[0] for row in database.rows("SELECT sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name")]


def shown(store: Store) -> dict[str, int]:
    """The number on each chip of the list that has one."""
    return {chip: many for chip, many in store.projection.counts().items() if many}

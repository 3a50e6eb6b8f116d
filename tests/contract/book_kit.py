"""Short ways to put dossiers of any forms into a store and to let the Treasury decide on them."""

from __future__ import annotations

from desktop.dossier.document import Document, Dossier, Row, Value
from desktop.store.store import Store
from tests.contract.store_kit import NOW, UNIT, event, objects, package_id, steps

ACCOUNT = UNIT.estimate_account
DEPOSIT = UNIT.deposit_account


def document(
    form: str, *rows: Row, table: str = "lines", choices: dict[str, str] | None = None, **fields: Value
) -> Document:
    """Make a document of the estimate account in 2026, with these rows."""
    known: dict[str, Value] = {"budget_year": 2026, "account": ACCOUNT, "made_date": "2026-03-02"}
    return Document(form=form, fields={**known, **fields}, choices=choices or {}, tables={table: list(rows)})


def line(amount: int = 0, **values: Value) -> Row:
    return {"content": "Mua giấy", "econ": "6551", "source": "13", "sector": "341", "amount": amount, **values}


def advance(number: str, amount: int, **values: Value) -> Document:
    return document("M13", line(amount, **values), choices={"spending_kind": "advance"}, document_no=number)


def settlement(amount: int, advanced: int, *, econ: str = "6551", requested: str = "6551") -> Document:
    codes = {
        "econ_advanced": econ,
        "econ_requested": requested,
        "advance_balance": advanced,
        "requested_amount": amount,
    }
    return document("M10", {"source": "13", "sector": "341", **codes})


def submit(store: Store, name: str, *documents: Document, replaces: str | None = None) -> str:
    """Send a dossier; the Treasury has not spoken yet."""
    made = Dossier(local_id=name, number="1", title="", documents=documents, replaces=replaces)
    store.drafts.save(made, "hanh")
    store.submissions.freeze(name, objects(name), steps("tuyen"), "hanh")
    store.submissions.add_signature(name, 1, b"m", b"c", "tuyen", NOW)
    store.packages.seal(name, package_id(name), b"core", [])
    return package_id(name)


def decide(store: Store, name: str, what: str = "paid", at: str = NOW, amount: int = 0) -> None:
    seq = store.feed.cursor + 1
    said = event(seq, "decision", package_id(name), at=at, decision=what, official_code="G1", reason="", amount=amount)
    store.feed.apply_page([said], seq, at)


def pay(store: Store, name: str, *documents: Document, at: str = NOW) -> None:
    """Send a dossier and let the Treasury pay it at an instant."""
    submit(store, name, *documents)
    decide(store, name, at=at)

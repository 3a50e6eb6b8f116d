"""Who is paid for the first time or otherwise than before, and what changed since this payee or list was paid last."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from desktop.desk.signed_paper import content_of
from desktop.dossier.acknowledgements import PayeeStand, PayeeTold
from desktop.dossier.dates import format_date
from desktop.dossier.document import Dossier
from desktop.dossier.pack import under
from desktop.dossier.payee_changes import amount_change, payee_changes
from desktop.dossier.payees import Payee, PayeeBook, change_of, standing
from desktop.dossier.payouts import Payout, by_key, payouts
from desktop.dossier.sign_views import PayeeNews
from desktop.store.paid_before import Key
from desktop.store.store import Store
from desktop.store.summary import summarise


class Compared(NamedTuple):
    """A dossier beside the one that paid the same payees last: its sum then, its name, and what differs."""

    amount_before: int | None
    compared_with: str
    changes: tuple[str, ...]


class Before(NamedTuple):
    """A dossier paid before: its number, its sum, and whom it paid."""

    number: str
    amount: int
    paid: tuple[Payout, ...]


NOTHING_BEFORE = Compared(None, "", ())


def paid_by(dossier: Dossier) -> tuple[Payout, ...]:
    """Everyone a dossier pays by transfer, once each. Raises PackError."""
    with under(dossier.pack):
        return tuple(by_key(payouts(dossier)).values())


def news_of(paid: Iterable[Payout], book: PayeeBook) -> Mapping[Key, PayeeNews]:
    """Those the book does not know as they are paid now, by account and name."""
    return dict(_news(paid, book))


def news_for_guest(
    paid: Sequence[Payout], book: PayeeBook, told: Sequence[PayeeTold], machine: str
) -> Mapping[Key, PayeeNews]:
    """The news of a dossier of another machine: what this machine's own book makes of it, and what that one says.

    Nobody has signed what the other says, so it may add a payee to look at and never take one away.
    """
    own, said = news_of(paid, book), {one.key: one for one in told}
    return {
        payout.key: _with_told(payout, own.get(payout.key), said.get(payout.key), machine)
        for payout in paid
        if payout.key in own or payout.key in said
    }


def _with_told(payout: Payout, own: PayeeNews | None, told: PayeeTold | None, machine: str) -> PayeeNews:
    kind = own.kind if own else told.kind if told else "new"
    text = own.text if own else f"{payout.name}, tài khoản {payout.account}."
    said = f" {told.said_by(machine)}" if told else ""
    return PayeeNews(_key(*payout.key), kind, payout.name, payout.account, text + said)


def stands_of(news: Mapping[Key, PayeeNews]) -> tuple[PayeeStand, ...]:
    """What a signer who stands for them all stands for."""
    return tuple(PayeeStand(account_key=key[0], name_key=key[1], kind=item.kind) for key, item in news.items())


def compare(
    store: Store, submission_id: int, dossier: Dossier, paid: Sequence[Payout], known: dict[int, Before]
) -> Compared:
    """A frozen dossier beside the last that paid the same; `known` keeps what was read of earlier ones.

    Raises PackError, DeskError shown_differs, StoreError.
    """
    last = store.paid_before.same_payees(submission_id, dossier.local_id, [item.key for item in paid])
    if last is None:
        return NOTHING_BEFORE
    if last.submission_id not in known:
        known[last.submission_id] = _before(store, last.submission_id)
    before = known[last.submission_id]
    day = f", {format_date(last.day)}" if last.day else ""
    words = (amount_change(summarise(dossier).amount, before.amount), *payee_changes(paid, before.paid))
    return Compared(before.amount, f"hồ sơ {before.number}{day}", words)


def _before(store: Store, submission_id: int) -> Before:
    dossier = content_of(store.submissions.texts(submission_id)).dossier()
    return Before(dossier.number, summarise(dossier).amount, paid_by(dossier))


def _news(paid: Iterable[Payout], book: PayeeBook) -> Iterator[tuple[Key, PayeeNews]]:
    for payout in paid:
        payee = Payee(payout.name, payout.account, None, None, "name", "account")
        stands = standing(payee, book)
        if stands == "new":
            text = f"{payout.name}, tài khoản {payout.account}: lần đầu được trả từ máy này."
            yield payout.key, PayeeNews(_key(*payout.key), "new", payout.name, payout.account, text)
        elif stands == "changed" and (change := change_of(payee, book)) is not None:
            text = f"{payout.name}, tài khoản {payout.account}: {_lower(change.message)}"
            yield payout.key, PayeeNews(_key(*payout.key), "changed", payout.name, payout.account, text)


def _key(*parts: str) -> str:
    """A name for a payee that says nothing about them."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]


def _lower(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]

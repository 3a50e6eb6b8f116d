"""What a dossier is to one who signs it in another's place: its forms, its procedure, its amount."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.dossier.compute import amount_of
from desktop.dossier.document import Document, Dossier
from desktop.dossier.forms import Form
from desktop.dossier.pack import under
from desktop.dossier.reading import known_documents
from desktop.dossier.registration import SigningFacts


def signing_facts(dossier: Dossier) -> SigningFacts:
    """Return what a delegation is held against; forms that are attached to others are not asked about."""
    with under(dossier.pack):
        main = main_documents(dossier)
        return SigningFacts(
            forms=tuple(dict.fromkeys(form.id for _, form in main)),
            procedure=dossier.procedure,
            amount=amount_of_main(main),
        )


def main_documents(dossier: Dossier) -> list[tuple[Document, Form]]:
    """Return the documents of known forms that are not attached to another, or all when every one is."""
    known = list(known_documents(dossier))
    return [pair for pair in known if not pair[1].attached_to] or known


def amount_of_main(main: Sequence[tuple[Document, Form]]) -> int:
    """Add up what the vouchers pay; without one, what the lines settle or return, or what a request asks for.

    A settlement (Mẫu 10) or a request (04.a/TT) beside a voucher speaks of the same money, so only the voucher counts.
    """
    paid = [amount_of(document, form) for document, form in main if form.is_money_transfer_voucher]
    if paid:
        return sum(paid)
    moved = [amount_of(document, form) for document, form in main if form.amount_column]
    asked = [amount_of(document, form) for document, form in main if not form.amount_column]
    return sum(moved) if moved else max(asked, default=0)

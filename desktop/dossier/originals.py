"""How many signed originals of a form go to the Treasury on paper (NĐ 347 Điều 3.2)."""

from __future__ import annotations

from desktop.dossier.compute import compute
from desktop.dossier.document import Document
from desktop.dossier.fold import fold
from desktop.dossier.forms import Form
from desktop.dossier.pack import form_of

_TO_THE_BUDGET = ("remit_amount", "tax_amount")
_OWN_TREASURY = ("treasury", "account_treasury")


def originals(document: Document, form: Form | None = None) -> int:
    """Return how many originals this document needs; raises UnknownForm when no form is given and none is known."""
    form = form or form_of(document.form)
    wanted = form.originals
    if not wanted.more:
        return wanted.count
    holds = {"tax_withheld": _tax_withheld(document, form), "same_treasury": _same_treasury(document)}
    return wanted.count + sum(any(holds[case] for case in group) for group in wanted.more)


def _tax_withheld(document: Document, form: Form) -> bool:
    totals = compute(document, form).totals
    return any(amount > 0 for key, amount in totals.items() if key.partition(".")[2] in _TO_THE_BUDGET)


def _same_treasury(document: Document) -> bool:
    """Tell whether the payee's account is named at the very office where the unit has its own."""
    payee = document.fields.get("payee_bank")
    own = [document.fields.get(key) for key in _OWN_TREASURY]
    return isinstance(payee, str) and fold(payee).strip() in {
        fold(name).strip() for name in own if isinstance(name, str)
    }

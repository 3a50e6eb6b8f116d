"""What a list, a search and the balance need to know of a dossier, worked out once when it is saved or frozen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from desktop.dossier.compute import money, voucher_total
from desktop.dossier.document import Document, Dossier, Row, Value
from desktop.dossier.fold import fold
from desktop.dossier.forms import Form, UnknownForm
from desktop.dossier.pack import form_of

LIMIT = 10**15
"""A draft may hold any number; the list shows no more than this, so that sums stay whole numbers in SQL."""


@dataclass(frozen=True)
class Claim:
    """What one voucher takes from one line of the estimate (or settles of an advance), `amount` in VND.

    For a deposit account `sector` is "" (Mẫu 17 has none).
    """

    kind: str
    budget_year: int
    account: str
    source: str
    sector: str
    contract_no: str
    amount: int


@dataclass(frozen=True)
class Summary:
    """The columns of the list and the folded text of the search; `sources` is "|13|15|"."""

    kind: str
    payee: str
    amount: int
    budget_year: int | None
    sources: str
    text: str


def summarise(dossier: Dossier) -> Summary:
    """Read a dossier for the list; unknown forms count nothing, since a draft may hold anything the check refuses."""
    known = [(document, form) for document in dossier.documents if (form := _form(document)) is not None]
    main = [pair for pair in known if not pair[1].attached_to] or known
    years = [year for document, _ in main for year in _years(document)]
    sources = sorted({str(row["source"]) for document, _ in main for row in _rows(document) if row.get("source")})
    return Summary(
        kind=main[0][1].short_title if main else "",
        payee=next((name for document, _ in main for name in _payees(document)), ""),
        amount=max(-LIMIT, min(LIMIT, sum(voucher_total(document) for document, _ in main))),
        budget_year=years[0] if years else None,
        sources="".join(f"|{source}" for source in sources) + "|" if sources else "",
        text=fold(" ".join(_words(dossier))),
    )


def claims(dossier: Dossier) -> list[Claim]:
    """Say what a dossier draws on: vouchers draw on the estimate or deposit line, Mẫu 10 settles an advance."""
    found: list[Claim] = []
    for document in dossier.documents:
        form = _form(document)
        if form is not None and (form.is_money_transfer_voucher or form.id == "M10"):
            found.extend(_claims_of(document, form))
    return found


def _claims_of(document: Document, form: Form) -> Iterator[Claim]:
    if form.amount_column is None:
        return
    table, column = form.amount_column
    fields = document.fields
    sums: dict[tuple[int, str, str], int] = {}
    for row in document.tables.get(table, []):
        year = _int(fields.get("budget_year")) or _int(row.get("budget_year")) or 0
        key = (year, _text(row.get("source")), _text(row.get("sector")))
        sums[key] = sums.get(key, 0) + money(row.get(column))
    for (year, source, sector), amount in sums.items():
        account, contract = _text(fields.get("account")), _text(fields.get("contract_no"))
        yield Claim(_claim_kind(document, form), year, account, source, sector, contract, amount)


def _claim_kind(document: Document, form: Form) -> str:
    if form.id == "M10":
        return "settle"
    return "advance" if document.choices.get("spending_kind") == "advance" else "spend"


def _form(document: Document) -> Form | None:
    try:
        return form_of(document.form)
    except UnknownForm:
        return None


def _rows(document: Document) -> Iterator[Row]:
    for rows in document.tables.values():
        yield from rows


def _years(document: Document) -> Iterator[int]:
    for value in (document.fields.get("budget_year"), *(row.get("budget_year") for row in _rows(document))):
        if 0 < (year := _int(value)) < 10_000:
            yield year


def _payees(document: Document) -> Iterator[str]:
    for key in ("payee_name", "cash_recipient_name", "contract_party"):
        if name := _text(document.fields.get(key)):
            yield name


def _words(dossier: Dossier) -> Iterator[str]:
    yield dossier.number
    yield dossier.title
    for document in dossier.documents:
        yield document.form
        for value in (*document.fields.values(), *(cell for row in _rows(document) for cell in row.values())):
            yield from _spoken(value)
        if _form(document) is not None:
            yield from _spoken(voucher_total(document))
    for attachment in dossier.attachments:
        yield attachment.name


def _spoken(value: Value) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, int) and not isinstance(value, bool):
        yield str(value)
        yield f"{value:,}".replace(",", ".")


def _text(value: Value) -> str:
    return "" if value is None else str(value)


def _int(value: Value) -> int:
    return money(value)

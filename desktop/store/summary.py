"""What a list and a search need to know of a dossier, worked out once when it is saved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from desktop.dossier.compute import money, voucher_total
from desktop.dossier.document import Document, Dossier, Row, Value
from desktop.dossier.fold import fold
from desktop.dossier.pack import under
from desktop.dossier.reading import LIMIT, known_form
from desktop.dossier.signing_facts import amount_of_main, main_documents


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
    with under(dossier.pack):
        return _read(dossier)


def _read(dossier: Dossier) -> Summary:
    main = main_documents(dossier)
    years = [year for document, _ in main for year in _years(document)]
    sources = sorted({str(row["source"]) for document, _ in main for row in _rows(document) if row.get("source")})
    return Summary(
        kind=main[0][1].short_title if main else "",
        payee=next((name for document, _ in main for name in _payees(document)), ""),
        amount=max(-LIMIT, min(LIMIT, amount_of_main(main))),
        budget_year=years[0] if years else None,
        sources="".join(f"|{source}" for source in sources) + "|" if sources else "",
        text=fold(" ".join(_words(dossier))),
    )


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
        if known_form(document) is not None:
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

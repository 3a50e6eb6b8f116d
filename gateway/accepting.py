"""What the Treasury writes when it accepts: the blanks that only it fills, and amounts lower than asked (pure).

Sources: the Treasury's parts of Mẫu 08, 10-12, 22-25 (NĐ 347/2025) and 04.a, 04.b/TT (NĐ 254/2025); Điều 6.2.e: it may
accept less than a settlement asks, and what is to be paid follows from what it accepted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from desktop.dossier.compute import cell_amount, compute, foreign, money, voucher_total
from desktop.dossier.document import Document, Dossier, Row
from desktop.dossier.forms import Form
from desktop.dossier.money import foreign_text
from desktop.dossier.pack import form_of
from desktop.dossier.words import amount_in_words, currency_in_words
from desktop.sync.protocol import Figure

SETTLEMENTS = {"M10": "advance_balance", "M11": "advanced_vnd", "M12": "balance_vnd", "I04B": "advance_balance"}
"""Forms that settle an advance, and their column of the advance."""
_FC_BESIDE = {"requested_vnd": "requested_fc", "vnd_amount": "fc_amount"}
_APPROVED_COLUMNS = {
    "requested_fc": "approved_fc",
    "requested_vnd": "approved_vnd",
    "requested_amount": "approved_amount",
}


def lowered(dossier: Dossier, limit: int | None) -> list[Figure]:
    """Give the cells in which less is accepted when only `limit` VND are; the first lines take it. None: all of it.

    Beside a settlement a voucher pays only what goes beyond the advance; beside a recovery (04.b/TT) what it leaves.
    """
    if limit is None:
        return []
    settling = [pair for pair in _asking(dossier) if form_of(pair[1].form).id in SETTLEMENTS]
    paying = [pair for pair in _asking(dossier) if form_of(pair[1].form).is_money_transfer_voucher]
    others = [pair for pair in _asking(dossier) if pair not in settling and pair not in paying]
    if any(form_of(document.form).id == "I04B" for _, document in settling):
        recovered = min(limit, sum(voucher_total(document) for _, document in settling))
        return _cut(settling, recovered) + _cut(paying, limit - recovered)
    if settling:
        return _cut(settling, limit) + _cut(paying, max(0, limit - sum(_advance(document) for _, document in settling)))
    return _cut(paying or others, limit)


def _asking(dossier: Dossier) -> list[tuple[int, Document]]:
    """The documents whose lines ask for money by themselves; lists of payees do not."""
    forms = ((index, document, form_of(document.form)) for index, document in enumerate(dossier.documents))
    return [(index, document) for index, document, form in forms if form.amount_column and not form.attached_to]


def _advance(document: Document) -> int:
    column = SETTLEMENTS[form_of(document.form).id]
    return sum(money(row.get(column)) for row in document.tables.get("lines", []))


def _cut(documents: list[tuple[int, Document]], limit: int) -> list[Figure]:
    """Let the lines take `limit` VND one after the other; only those that get less are named."""
    found: list[Figure] = []
    left = limit
    for index, document in documents:
        form = form_of(document.form)
        table, column = form.amount_column or ("", "")
        typed = _typed(form, table, column)
        for number, row in enumerate(document.tables.get(table, [])):
            asked = money(row.get(column))
            taken = min(asked, left)
            left -= taken
            if taken < asked:
                found += _cells(_Cell(index, table, number, row), typed, money(row.get(typed)) - (asked - taken))
    return found


class _Cell:
    """One line of one document, in which cells are written."""

    def __init__(self, document: int, table: str, row: int, values: Row) -> None:
        self._place = (document, table, row)
        self.values = values

    def write(self, key: str, value: str | int) -> Figure:
        document, table, row = self._place
        return Figure(document=document, table=table, row=row, key=key, value=value)


def _cells(cell: _Cell, column: str, amount: int) -> Iterator[Figure]:
    yield cell.write(column, amount)
    beside = _FC_BESIDE.get(column)
    asked = money(cell.values.get(column))
    if beside and cell.values.get(beside) and asked:
        yield cell.write(beside, foreign_text(foreign(cell.values.get(beside)) * amount // asked))


def _typed(form: Form, table: str, column: str) -> str:
    """Name the column in which less is written: a worked-out amount falls by what the payee gets."""
    formula = form.tables_by_key[table].columns_by_key[column].formula
    return column if formula is None else next(key for key in formula.plus if "payee" in key or key == formula.plus[-1])


def written(index: int, accepted: Document, limit: int | None = None) -> list[Figure]:
    """Give what the Treasury writes into its own blanks of a document; `accepted` has what was lowered to `limit`."""
    form = form_of(accepted.form)
    if form.id == "I04A":
        return list(_capital(index, accepted, limit))
    writer = _WRITERS.get(form.id)
    return list(writer(index, accepted)) if writer else []


def _field(index: int, **values: str | int) -> Iterator[Figure]:
    yield from (Figure(document=index, key=key, value=value) for key, value in values.items())


def _total(document: Document, column: str) -> int:
    table = form_of(document.form).tables_by_key["lines"]
    rows = document.tables.get("lines", [])
    return sum(cell_amount(row.get(column), table.columns_by_key[column]) for row in rows)


def _return(index: int, document: Document) -> Iterator[Figure]:
    """Money of a year that is closed goes to revenue, this year's lowers spending (the Treasury's boxes of Mẫu 08)."""
    years = {money(row.get("plan_year")) for row in document.tables.get("lines", [])}
    this = years == {money(document.fields.get("budget_year"))}
    yield from _field(index, treatment="reduce_spending" if this else "return_after_settlement")


def _settlement(index: int, document: Document) -> Iterator[Figure]:
    yield from _field(index, approved_total_words=amount_in_words(_total(document, "requested_amount")))


def _foreign_settlement(index: int, document: Document) -> Iterator[Figure]:
    currency = str(document.fields.get("currency") or "")
    vnd, fc = _total(document, "requested_vnd"), _total(document, "requested_fc")
    words = {"approved_fc_words": currency_in_words(fc, currency), "approved_vnd_words": amount_in_words(vnd)}
    yield from _field(index, **words)


def _approved_lines(index: int, document: Document) -> Iterator[Figure]:
    columns = form_of(document.form).tables_by_key["lines"].columns_by_key
    for number, row in enumerate(document.tables.get("lines", [])):
        for asked, approved in _APPROVED_COLUMNS.items():
            value = row.get(asked)
            if isinstance(value, (int, str)) and approved in columns:
                yield _Cell(index, "lines", number, row).write(approved, value)


def _grant(index: int, document: Document) -> Iterator[Figure]:
    amount = _total(document, "amount")
    unit = str(document.fields.get("unit_name") or "")
    yield from _field(index, granted_to=unit, granted_amount=amount, granted_words=amount_in_words(amount))


def _booking(index: int, document: Document) -> Iterator[Figure]:
    computed = compute(document)
    vnd = computed.totals.get("booking.total_vnd", 0)
    fc = computed.totals.get("booking.total_fc", 0)
    words = currency_in_words(fc, str(document.fields.get("currency") or ""))
    yield from _field(index, approved_fc_words=words, approved_vnd_words=amount_in_words(vnd))
    first = next(iter(document.tables.get("booking", [])), {})
    codes = {key: first.get(key) for key in ("econ", "chapter", "sector")}
    yield from _field(index, **{f"kb_{key}": str(code) for key, code in codes.items() if code})
    kind = "loan" if document.choices.get("booking_kind") == "loan" else "revenue"
    yield from _field(index, accounting_kind=kind)


def _capital(index: int, document: Document, limit: int | None) -> Iterator[Figure]:
    """What is approved, less the advance recovered, is transferred (04.a/TT)."""
    fields = document.fields
    asked = money(fields.get("total_requested"))
    approved = asked if limit is None else min(asked, limit)
    recovered = min(approved, money(fields.get("recovery_domestic")) + money(fields.get("recovery_foreign")))
    amounts = {"approved_amount": approved, "advance_deducted": recovered, "transfer_amount": approved - recovered}
    yield from _field(index, **amounts)


_WRITERS: dict[str, Callable[[int, Document], Iterator[Figure]]] = {
    "M08": _return,
    "M10": _settlement,
    "M11": _foreign_settlement,
    "M12": _approved_lines,
    "M22": _grant,
    "M23": _booking,
    "I04B": _approved_lines,
}

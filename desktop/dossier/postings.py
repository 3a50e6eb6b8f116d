"""What a dossier moves, line by line of the budget: payments, settlements of advances, returns and re-codings.

Sources: NĐ 347/2025/NĐ-CP Điều 6.2 (b, e: advances; g: returns; h: re-coding) and NĐ 254/2025/NĐ-CP Điều 9 (advances of
investment). The forms are read by what the pack says of them; what no form says in general stands in the tables below.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from desktop.dossier.document import Document, Dossier, Row
from desktop.dossier.forms import Form
from desktop.dossier.reading import LIMIT, NO_REQUEST, Request, known_documents, number, request_of, text
from desktop.dossier.vouchers import same_number

Kind = Literal["spend", "advance"]
Cause = Literal["payment", "settlement", "return", "recoding"]

_OPEN_KINDS = ("advance", "prefunding_unqualified")
"""Values of `spending_kind` that leave something to settle; unqualified prefunding is settled like an advance."""


@dataclass(frozen=True)
class Posting:
    """One movement under one set of codes; `amount` in VND, negative where it takes back.

    A settlement is two postings: the advance ends (negative), the spending begins. `advance_no` names the voucher of
    the advance where the form does. `contract_no`, `document_no` and `advance_no` are as `same_number` writes them.
    For a deposit account `sector` is "" (Mẫu 17 has none). `program` is the mã CTMT, dự án, "" for none ("00000").
    """

    kind: Kind
    cause: Cause
    budget_year: int
    account: str
    econ: str
    chapter: str
    sector: str
    source: str
    contract_no: str = ""
    project_code: str = ""
    program: str = ""
    document_no: str = ""
    date: str = ""
    advance_no: str = ""
    content: str = ""
    amount: int = 0


_ADVANCED = {"M10": "advance_balance", "M11": "advanced_vnd", "M12": "balance_vnd", "I04B": "advance_balance"}
"""Forms that settle advances, and their column of the advance that is settled."""
NO_PROGRAM = "00000"
"""The mã CTMT, dự án of what belongs to none (TT 324/2016, Phụ lục IV)."""
_BOOKED = ("M23",)
"""Forms that are no vouchers but book spending (ghi thu, ghi chi) when the Treasury accepts them."""


def postings(dossier: Dossier, estimate_account: str = "") -> list[Posting]:
    """Say what a dossier moves; lines under the same codes are one posting under the first line's content.

    `estimate_account` stands where a form names no account of the unit (Mẫu 09). Unknown forms move nothing.
    """
    sums: dict[Posting, tuple[str, int]] = {}
    for document, form in known_documents(dossier):
        for posting in _of(dossier, document, form, estimate_account):
            key = replace(posting, content="", amount=0)
            content, amount = sums.get(key, (posting.content, 0))
            sums[key] = content, amount + posting.amount
    return [
        replace(key, content=content, amount=max(-LIMIT, min(LIMIT, amount))) for key, (content, amount) in sums.items()
    ]


def _of(dossier: Dossier, document: Document, form: Form, estimate_account: str) -> Iterator[Posting]:
    if form.id == "M09":
        yield from _recodings(document, estimate_account)
    elif form.amount_column is None:
        return
    elif form.id == "M08":
        yield from _returns(document, *form.amount_column)
    elif form.id in _ADVANCED:
        yield from _settlements(document, request_of(dossier, document, form), form)
    elif form.is_money_transfer_voucher or form.id in _BOOKED:
        yield from _payments(document, request_of(dossier, document, form), *form.amount_column)


def _payments(document: Document, request: Request, table: str, column: str) -> Iterator[Posting]:
    kind: Kind = "advance" if document.choices.get("spending_kind") in _OPEN_KINDS else "spend"
    for row in document.tables.get(table, []):
        base = _base(document, row, request)
        yield replace(base, kind=kind, amount=number(row, column))


def _settlements(document: Document, request: Request, form: Form) -> Iterator[Posting]:
    """What is asked beyond the advance is paid by a voucher of its own (Điều 6.2.e), so it is no settlement."""
    table, requested = form.amount_column or ("", "")
    rows = document.tables.get(table, [])
    left = sum(number(row, _ADVANCED[form.id]) for row in rows) or LIMIT
    advance_no = same_number(text(document.fields, "fc_withdrawal_no"))
    for row in rows:
        amount = min(number(row, requested), left)
        left -= amount
        base = replace(_base(document, row, request), cause="settlement", advance_no=advance_no)
        yield replace(base, kind="advance", econ=text(row, "econ_advanced", "econ"), amount=-amount)
        yield replace(base, kind="spend", econ=text(row, "econ_requested", "econ"), amount=amount)


def _returns(document: Document, table: str, column: str) -> Iterator[Posting]:
    kind: Kind = "advance" if document.choices.get("returned_kind") == "advance" else "spend"
    for row in document.tables.get(table, []):
        yield replace(_base(document, row), kind=kind, cause="return", amount=-number(row, column))


def _recodings(document: Document, estimate_account: str) -> Iterator[Posting]:
    """Take the posted lines back and post the requested ones; each carries its amount as debit or as credit."""
    for row in document.tables.get("lines", []):
        base = _base(document, row)
        sign = 1 if row.get("group") == "requested" else -1
        yield replace(
            base,
            kind="advance" if row.get("advance") is True else "spend",
            cause="recoding",
            account=base.account or estimate_account,
            budget_year=number(row, "plan_year") or base.budget_year,
            advance_no=same_number(text(row, "document_no")),
            amount=sign * (number(row, "vnd_debit") or number(row, "vnd_credit")),
        )


def program_of(code: str) -> str:
    """Give a programme's code, "" for the code that says there is none."""
    return "" if code == NO_PROGRAM else code


def _base(document: Document, row: Row, request: Request = NO_REQUEST) -> Posting:
    """Read the codes of a line: the header's where the form has them there, else the line's."""
    fields = document.fields
    return Posting(
        kind="spend",
        cause="payment",
        budget_year=number(fields, "budget_year") or number(row, "budget_year") or number(row, "plan_year"),
        account=text(fields, "account"),
        econ=text(row, "econ"),
        chapter=text(fields, "chapter") or text(row, "chapter"),
        sector=text(row, "sector"),
        source=text(row, "source"),
        contract_no=same_number(text(fields, "contract_no") or text(request, "contract_no")),
        project_code=text(fields, "project_code") or text(request, "project_code"),
        program=program_of(text(fields, "program_code") or text(row, "program_code")),
        document_no=same_number(text(fields, "document_no")),
        date=text(fields, "made_date", "document_date"),
        content=text(row, "content", "detail", "description"),
    )

"""What each form moves in the book: payments, settlements, returns, re-codings, under the codes it names."""

import pytest

from desktop.dossier.document import Document, Dossier, Row
from desktop.dossier.postings import Posting, postings
from desktop.dossier.reading import LIMIT

ACCOUNT = "9523.4.1098765"
CODES = {"econ": "6501", "source": "13", "sector": "341"}


def of(*documents: Document) -> Dossier:
    return Dossier(local_id="d", number="0443", title="Tiền điện", documents=documents)


def voucher(form: str, *rows: Row, fields: object = None, **choices: str) -> Document:
    known = {
        "budget_year": 2026,
        "account": ACCOUNT,
        "chapter": "800",
        "document_no": "rdt 1",
        "made_date": "2026-03-02",
    }
    given = {**known, **fields} if isinstance(fields, dict) else known
    return Document.model_validate({"form": form, "fields": given, "choices": choices, "tables": {"lines": list(rows)}})


def line(**values: object) -> Row:
    return {**CODES, "content": "Điện", **values}  # type: ignore[dict-item]


def moved(*documents: Document) -> list[tuple[str, str, str, int]]:
    return [(item.kind, item.cause, item.econ, item.amount) for item in postings(of(*documents), ACCOUNT)]


def test_a_payment_is_posted_whole() -> None:
    fields = {"contract_no": "12/hđ", "project_code": "7654321"}
    assert postings(of(voucher("C2-02a/NS", line(amount=5), line(amount=6, content="Nước"), fields=fields))) == [
        Posting(
            "spend", "payment", 2026, ACCOUNT, "6501", "800", "341", "13", contract_no="12/HĐ",
            project_code="7654321", document_no="RDT 1", date="2026-03-02", content="Điện", amount=11,
        )
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("form", "column", "choices", "kind"),
    [
        ("M13", "amount", {"spending_kind": "actual"}, "spend"),
        ("M14", "amount", {"spending_kind": "advance"}, "advance"),
        ("M15", "vnd_amount", {"spending_kind": "advance"}, "advance"),
        ("M16", "vnd_amount", {"spending_kind": "actual"}, "spend"),
        ("M17", "amount", {}, "spend"),
        ("M18", "amount", {}, "spend"),
        ("M19", "vnd_amount", {}, "spend"),
        ("I05A", "amount", {"spending_kind": "prefunding_unqualified"}, "advance"),
        ("I05A", "amount", {"spending_kind": "prefunding_qualified"}, "spend"),
    ],
)
def test_every_voucher_takes_its_amount(form: str, column: str, choices: dict[str, str], kind: str) -> None:
    assert moved(voucher(form, line(**{column: 7}), **choices)) == [(kind, "payment", "6501", 7)]


@pytest.mark.parametrize(
    ("form", "requested", "advanced"),
    [
        ("M10", "requested_amount", "advance_balance"),
        ("M11", "requested_vnd", "advanced_vnd"),
        ("M12", "requested_vnd", "balance_vnd"),
    ],
)
def test_a_settlement_ends_the_advance_and_begins_the_spending(form: str, requested: str, advanced: str) -> None:
    row: Row = {"econ_advanced": "6449", "econ_requested": "6401", "source": "13", requested: 40, advanced: 90}
    assert moved(voucher(form, row)) == [("advance", "settlement", "6449", -40), ("spend", "settlement", "6401", 40)]


@pytest.mark.parametrize(
    ("balances", "asked", "settled"),
    [
        ((90,), (40,), [40]),
        ((10,), (12,), [10]),
        ((10, 0), (6, 6), [6, 4]),
        ((0,), (7,), [7]),
        ((3, 4), (3, 4), [3, 4]),
    ],
)
def test_nothing_beyond_the_advance_is_settled(
    balances: tuple[int, ...], asked: tuple[int, ...], settled: list[int]
) -> None:
    rows = [
        line(econ_advanced=str(number), econ_requested="6401", advance_balance=balance, requested_amount=amount)
        for number, (balance, amount) in enumerate(zip(balances, asked, strict=True))
    ]
    assert [-amount for kind, _, _, amount in moved(voucher("M10", *rows)) if kind == "advance"] == settled


def test_foreign_settlement_names_its_advance() -> None:
    settled = voucher("M11", line(requested_vnd=1), fields={"fc_withdrawal_no": "nt 7"})
    assert {item.advance_no for item in postings(of(settled))} == {"NT 7"}


@pytest.mark.parametrize(("returned", "kind"), [("advance", "advance"), ("actual", "spend")])
def test_a_return_gives_back(returned: str, kind: str) -> None:
    assert moved(voucher("M08", line(amount=9), returned_kind=returned)) == [(kind, "return", "6501", -9)]


def test_a_recoding_moves_from_code_to_code_on_the_units_account() -> None:
    posted = line(group="posted", vnd_credit=9, plan_year=2025, document_no="rdt 1")
    asked = line(group="requested", vnd_debit=9, econ="6502", advance=True, plan_year=2025)
    found = postings(of(voucher("M09", posted, asked, fields={"account": None})), ACCOUNT)
    assert [(item.kind, item.econ, item.amount) for item in found] == [("spend", "6501", -9), ("advance", "6502", 9)]
    assert {(item.account, item.budget_year) for item in found} == {(ACCOUNT, 2025)}
    assert found[0].advance_no == "RDT 1"


def test_booked_loans_are_spending_of_no_account() -> None:
    booking = {"booking": [{"econ": "9301", "sector": "341", "total_vnd": 8}]}
    loan = Document.model_validate({"form": "M23", "tables": booking, "choices": {"spending_kind": "advance"}})
    assert moved(loan) == [("advance", "payment", "9301", 8)]


def test_an_investment_voucher_takes_project_and_contract_from_its_request() -> None:
    asked = {"document_no": "04/ĐN", "contract_no": "5/HĐ-XD", "project_code": "7001"}
    request = Document(form="I04A", fields={**asked, "total_requested": 60}, choices={"request_kind": "completed"})
    other = Document(form="I04A", fields={"document_no": "05/ĐN", "contract_no": "6"})
    drawn = voucher("I05A", line(amount=50), fields={"payment_request_no": "04/đn"}, spending_kind="actual")
    back = voucher("I04B", line(requested_amount=10, advance_balance=30), fields={"payment_request_no": "04/ĐN"})
    found = postings(of(request, other, drawn, back))
    assert {(item.contract_no, item.project_code) for item in found} == {("5/HĐ-XD", "7001")}
    assert [(item.kind, item.amount) for item in found] == [("spend", 50), ("advance", -10), ("spend", 10)]


@pytest.mark.parametrize("form", ["M20", "M22", "I04A", "M24", "không có"])
def test_what_is_no_voucher_moves_nothing(form: str) -> None:
    assert moved(voucher(form, line(amount=5))) == []


def test_a_deposit_account_has_no_sector_and_its_own_year() -> None:
    row: Row = {"source": "42", "budget_year": 2025, "amount": 70}
    order = Document(form="M17", fields={"account": "3713"}, tables={"lines": [row]})
    assert [(item.budget_year, item.sector, item.source) for item in postings(of(order))] == [(2025, "", "42")]


@pytest.mark.parametrize(("amount", "kept"), [(10**40, LIMIT), ("5", 0), (True, 0), (None, 0)])
def test_odd_amounts_fit_the_store(amount: object, kept: int) -> None:
    assert [item[3] for item in moved(voucher("M13", line(amount=amount)))] == [kept]

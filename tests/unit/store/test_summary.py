"""What list, search and balance read out of a dossier."""

import pytest

from desktop.dossier.document import Attachment, Document, Dossier, Row
from desktop.store.summary import LIMIT, Claim, claims, summarise

ACCOUNT = "9523.4.1098765"


def of(*documents: Document, **more: object) -> Dossier:
    return Dossier(local_id="d", number="0443", title="Tiền điện", documents=documents, **more)  # type: ignore[arg-type]


def estimate_voucher(*rows: Row, kind: str = "actual", **fields: object) -> Document:
    known = {"budget_year": 2026, "account": ACCOUNT, **fields}
    return Document.model_validate(
        {"form": "C2-02a/NS", "fields": known, "choices": {"spending_kind": kind}, "tables": {"lines": list(rows)}}
    )


def line(amount: object, source: str = "13", sector: str = "341") -> Row:
    return {"content": "Điện", "source": source, "sector": sector, "amount": amount}  # type: ignore[dict-item]


DEPOSIT = Document(
    form="M17",
    fields={"account": "3713.4.1098765", "payee_name": "Nhà in"},
    tables={"lines": [{"source": "42", "budget_year": 2025, "amount": 70}]},
)
SETTLEMENT = Document(
    form="M10",
    fields={"budget_year": 2026, "account": ACCOUNT},
    tables={"lines": [{"source": "13", "sector": "341", "requested_amount": 40, "advance_balance": 90}]},
)
LIST = Document(form="M20", tables={"lines": [{"name": "Lò Văn Ín", "amount": 100}]})


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        (estimate_voucher(line(5), line(6)), [Claim("spend", 2026, ACCOUNT, "13", "341", "", 11)]),
        (estimate_voucher(line(5), kind="advance"), [Claim("advance", 2026, ACCOUNT, "13", "341", "", 5)]),
        (estimate_voucher(line(5), contract_no="12/HĐ"), [Claim("spend", 2026, ACCOUNT, "13", "341", "12/HĐ", 5)]),
        (DEPOSIT, [Claim("spend", 2025, "3713.4.1098765", "42", "", "", 70)]),
        (SETTLEMENT, [Claim("settle", 2026, ACCOUNT, "13", "341", "", 40)]),
        (LIST, []),
        (Document(form="không có"), []),
        (estimate_voucher(), []),
    ],
)
def test_claims(document: Document, expected: list[Claim]) -> None:
    assert claims(of(document)) == expected


def test_lines_of_two_estimate_lines_claim_apart() -> None:
    found = claims(of(estimate_voucher(line(5), line(6, sector="398"), line(7))))
    assert [(claim.sector, claim.amount) for claim in found] == [("341", 12), ("398", 6)]


def test_list_is_not_counted_beside_its_voucher() -> None:
    both = summarise(of(estimate_voucher(line(100)), LIST))
    assert (both.amount, both.kind) == (100, "Rút dự toán")
    assert summarise(of(LIST)).amount == 100


def test_columns_of_the_list() -> None:
    found = summarise(of(estimate_voucher(line(5), line(6, source="132"), payee_name="Điện lực")))
    assert (found.payee, found.budget_year, found.sources) == ("Điện lực", 2026, "|13|132|")


def test_empty_dossier_has_an_empty_summary() -> None:
    found = summarise(of())
    assert (found.kind, found.payee, found.amount, found.budget_year, found.sources) == ("", "", 0, None, "")


@pytest.mark.parametrize(("amount", "shown"), [(10**40, LIMIT), (-(10**40), -LIMIT), ("5", 0), (True, 0), (None, 0)])
def test_odd_amounts_do_not_break_the_list(amount: object, shown: int) -> None:
    assert summarise(of(estimate_voucher(line(amount)))).amount == shown


def test_search_text_holds_every_name_and_both_spellings_of_an_amount() -> None:
    scan = Attachment(name="Quét.pdf", sha256="0" * 64, size=1, media_type="application/pdf")
    text = summarise(of(estimate_voucher(line(15_400_000)), LIST, attachments=(scan,))).text
    for wanted in ("0443", "tien dien", "lo van in", "15400000", "15.400.000", "quet.pdf", "c2-02a/ns"):
        assert wanted in text

"""What list and search read out of a dossier."""

import pytest

from desktop.dossier.document import Attachment, Document, Dossier, Row
from desktop.dossier.reading import LIMIT
from desktop.store.summary import summarise

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


LIST = Document(form="M20", tables={"lines": [{"name": "Lò Văn Ín", "amount": 100}]})


def test_list_is_not_counted_beside_its_voucher() -> None:
    both = summarise(of(estimate_voucher(line(100)), LIST))
    assert (both.amount, both.kind) == (100, "Rút dự toán")
    assert summarise(of(LIST)).amount == 100


def test_a_request_beside_the_voucher_that_pays_it_is_not_counted_twice() -> None:
    request = Document(form="I04A", fields={"total_requested": 60})
    drawn = Document(form="I05A", tables={"lines": [{"amount": 50}]})
    assert summarise(of(request)).amount == 60
    assert summarise(of(request, drawn)).amount == 50


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


def test_a_settlement_beside_a_voucher_is_not_counted_twice() -> None:
    settled = Document(form="M10", tables={"lines": [{"requested_amount": 90}]})
    assert summarise(of(settled)).amount == 90
    assert summarise(of(settled, estimate_voucher(line(30)))).amount == 30

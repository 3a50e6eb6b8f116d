"""Lists follow their voucher, the voucher follows its list, 05.a/TT follows 04.a/TT; nothing else moves."""

from __future__ import annotations

from desktop.dossier.document import Document
from desktop.dossier.in_step import in_step
from tests.unit.dossier.samples import LIST, ORDER, WITH_LIST, WITHDRAWAL, change

BLANK_LIST = Document(form="M20", tables={"lines": []})
TOTAL = 15_400_000


def lines(document: Document) -> list[dict[str, object]]:
    return [dict(row) for row in document.tables["lines"]]


def quoted(document: Document) -> tuple[object, object]:
    return document.fields.get("parent_voucher_no"), document.fields.get("parent_voucher_date")


def test_a_list_quotes_its_only_voucher() -> None:
    assert quoted(in_step([WITH_LIST, BLANK_LIST])[1]) == ("0443", "2026-11-23")


def test_a_list_follows_a_new_number_and_an_emptied_one() -> None:
    renamed = change(WITH_LIST, {"document_no": "0500", "made_date": "2026-11-24"})
    assert quoted(in_step([renamed, LIST])[1]) == ("0500", "2026-11-24")
    assert quoted(in_step([change(WITH_LIST, {"document_no": ""}), LIST])[1]) == (None, "2026-11-23")


def test_with_two_vouchers_a_list_stays_with_the_one_it_quoted() -> None:
    before = [WITH_LIST, ORDER, LIST]
    after = [change(WITH_LIST, {"document_no": "0600"}), ORDER, LIST]
    assert quoted(in_step(after, before)[2]) == ("0600", "2026-11-23")
    assert quoted(in_step(before)[2]) == ("0443", "2026-11-23")


def test_a_list_that_quotes_neither_of_two_vouchers_is_left_alone() -> None:
    stray = change(LIST, {"parent_voucher_no": "9"})
    assert in_step([WITH_LIST, ORDER, stray])[2] is stray


def test_the_list_gives_its_voucher_the_amount() -> None:
    empty = change(WITH_LIST, row={"amount": None})
    assert lines(in_step([empty, LIST])[0])[0]["amount"] == TOTAL


def test_an_amount_somebody_gave_is_kept() -> None:
    own = change(WITH_LIST, row={"amount": 7})
    assert in_step([own, LIST])[0] is own


def test_an_amount_that_followed_the_list_goes_on_following() -> None:
    longer = change(LIST, rows=[*LIST.tables["lines"], {"name": "C", "account": "1", "bank": "A", "amount": 600_000}])
    assert lines(in_step([WITH_LIST, longer], [WITH_LIST, LIST])[0])[0]["amount"] == TOTAL + 600_000
    assert in_step([WITH_LIST, longer])[0] is WITH_LIST


def test_a_voucher_of_several_lines_is_left_to_people() -> None:
    two = change(WITH_LIST, rows=[{"content": "a"}, {"content": "b"}])
    assert in_step([two, LIST])[0] is two


def test_on_mau_14_the_list_is_the_payees_part() -> None:
    voucher = Document(form="C2-02b/NS", tables={"lines": [{"content": "a", "remit_amount": 100}]})
    assert lines(in_step([voucher, LIST])[0])[0] == {
        "content": "a", "remit_amount": 100, "payee_amount": TOTAL, "amount": TOTAL + 100,
    }  # fmt: skip


def test_a_withdrawal_of_capital_quotes_its_request() -> None:
    request = Document(form="I04A", fields={"document_no": "12", "document_date": "2026-11-20"})
    drawn = in_step([request, Document(form="I05A"), Document(form="I04B")])
    assert drawn[1].fields == {"payment_request_no": "12", "payment_request_date": "2026-11-20"}
    assert drawn[2].fields == drawn[1].fields


def test_what_is_in_step_is_not_touched() -> None:
    documents = (WITH_LIST, LIST)
    assert all(mine is its for mine, its in zip(in_step(documents), documents, strict=True))
    assert in_step([WITHDRAWAL, Document(form="?")])[0] is WITHDRAWAL

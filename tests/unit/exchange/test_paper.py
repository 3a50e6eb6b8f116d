"""Proofs of what goes to the page layout: plain text, written-out values, rows under their groups."""

import pytest

from desktop.dossier.document import Document
from desktop.dossier.pack import form_of
from desktop.exchange.paper import paper, plain
from tests.unit.exchange.papers import payees, withdrawal

BREAK = "\N{ZERO WIDTH SPACE}"


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("Mu\u031bo\u031b\u0300ng Ly\u0301", "Mường Lý"),
        (" a  b\nc\td ", "a b c d"),
        ("a\x00b\x1b[31m", "a b [31m"),
        ("\u202egnp.exe", "gnp.exe"),
        ("a\ud800b", "a b"),
        ("12345678", "12345678"),
        ("123456789", BREAK.join("123456789")),
        ("", ""),
    ],
)
def test_text_fit_for_paper(text: str, result: str) -> None:
    assert plain(text, 8) == result


def test_values_are_written_out() -> None:
    data = paper(withdrawal(), form_of("M13"))
    assert data["fields"]["contract_total"] == "15.400.000"
    assert data["fields"]["budget_year"] == "2026"
    assert data["dates"]["contract_date"] == {"day": "12", "month": "11", "year": "2026", "other": ""}
    assert data["rows"][0]["cells"][2] == "18/11/2026"
    assert data["words"] == {"total_words": "Mười hai triệu ba trăm nghìn đồng chẵn"}


@pytest.mark.parametrize("value", [None, "", True])
def test_nothing_is_written_for_no_value(value: object) -> None:
    document = withdrawal()
    data = paper(document.model_copy(update={"fields": {"document_no": value}}), form_of("M13"))
    assert data["fields"]["document_no"] == ""


def test_the_voucher_has_its_total_last() -> None:
    *lines, total = paper(withdrawal(3), form_of("M13"))["rows"]
    assert [line["kind"] for line in lines] == ["row"] * 3
    assert (total["kind"], total["label"], total["span"], total["cells"][-1]) == ("total", "Tổng cộng", 8, "18.450.000")


def test_the_list_has_its_total_first_and_every_group() -> None:
    rows = paper(payees(4), form_of("M20"))["rows"]
    heads = [(row["kind"], row["label"], row["cells"][-1]) for row in rows if row["kind"] != "row"]
    assert heads == [
        ("total", "Tổng số", "4.000.006"),
        ("group", "I. Công chức", "1.000.001"),
        ("group", "II. Viên chức", "1.000.002"),
        ("group", "III. Lao động hợp đồng", ""),
        ("group", "IV. Đối tượng khác", "2.000.003"),
    ]


def test_numbers_of_payees_start_again_in_each_group() -> None:
    rows = paper(payees(6), form_of("M20"))["rows"]
    assert [row["cells"][0] for row in rows if row["kind"] == "row"] == ["1", "2"] * 3


def test_a_payee_without_a_known_group_stands_with_the_others() -> None:
    document = Document(
        form="M20", tables={"lines": [{"name": "A", "amount": 5}, {"name": "B", "group": "?", "amount": 6}]}
    )
    rows = paper(document, form_of("M20"))["rows"]
    assert [row["cells"][1] for row in rows if row["kind"] == "row"] == ["A", "B"]
    assert rows[-3]["label"] == "IV. Đối tượng khác"


def test_no_value_ever_reaches_the_treasurys_part_or_a_signature() -> None:
    data = paper(withdrawal(), form_of("M13"))
    assert data["treasury"]["labels"]["debit_account_1"] == "Nợ tài khoản"
    assert {key for block in data["signatures"] for signer in block["signers"] for key in signer} == {"title", "mark"}

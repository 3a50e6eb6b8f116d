"""Proofs of the grammar of lines and of how values are written."""

import pytest

from desktop.dossier.document import Document, Value
from desktop.dossier.form_parts import Field
from desktop.dossier.pack import form_of
from desktop.exchange.paper_lines import Writer
from desktop.exchange.paper_values import field_text, plain, words_of, written

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
        ("88/QĐ-UBND/26", f"88/{BREAK}QĐ-{BREAK}UBND/{BREAK}26"),
        ("", ""),
    ],
)
def test_text_fit_for_paper(text: str, result: str) -> None:
    assert plain(text, 8) == result


def test_a_broken_word_counts_as_its_letters() -> None:
    assert words_of(plain("an 123456789", 8)) == ["an", *"123456789"]


@pytest.mark.parametrize(
    ("value", "kind", "result"),
    [
        (15_400_000, "money", "15.400.000"),
        (-12, "signed_money", "\N{MINUS SIGN}12"),
        (12_000, "signed_money", "+12.000"),
        ("1234.50", "money_fc", "1.234,50"),
        ("1234,5", "money_fc", "1234,5"),
        ("25450.5", "decimal", "25.450,5"),
        ("hai", "decimal", "hai"),
        (True, "tick", "x"),
        (False, "tick", ""),
        (True, "text", ""),
        (None, "money", ""),
        (2026, "year", "2026"),
    ],
)
def test_values_as_paper_shows_them(value: Value, kind: str, result: str) -> None:
    assert written(value, kind) == result


def test_an_option_stands_by_its_label_or_what_the_form_does_not_print_itself() -> None:
    quarter = form_of("M26").fields_by_key["quarter"]
    kind = form_of("M13").fields_by_key["contract_kind"]
    assert field_text("III", quarter) == "III"
    assert field_text("qd_ho_tro", kind) == next(o.label for o in kind.options if o.value == "qd_ho_tro")


def parts(form: str, line: str, document: Document | None = None) -> list[tuple[str, str]]:
    writer = Writer(document or Document(form=form), form_of(form))
    shown = writer.line(line)["parts"]
    return [(part["kind"], part.get("text") or part.get("label") or part.get("start") or "") for part in shown]


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("Số {document_no} nhé", [("text", "Số "), ("blank", ""), ("text", " nhé")]),
        ("[document_no]", [("blank", "Số chứng từ")]),
        ("[contract_total=tổng số tiền]", [("blank", "tổng số tiền")]),
        ("[contract_date]", [("day", "ngày")]),
        ("[cash_recipient_id_date]", [("day", "Ngày cấp: ngày")]),
        ("{cash_recipient_id_date}[made_date=Lập ngày]", [("day", "Ngày cấp: ngày"), ("day", "Lập ngày")]),
        ("<payment_mode>", [("boxes", "")]),
        ("[debit_account_1]", [("blank", "Nợ tài khoản")]),
    ],
)
def test_places_of_a_line(line: str, shown: list[tuple[str, str]]) -> None:
    assert parts("M13", line) == shown


@pytest.mark.parametrize("line", ["[nowhere]", "{nowhere:3}", "<nowhere>"])
def test_a_line_that_names_no_place_of_the_form_is_a_mistake_of_the_pack(line: str) -> None:
    with pytest.raises(KeyError):
        parts("M13", line)


def test_several_boxes_of_one_choice_may_be_ticked() -> None:
    document = Document(form="01/MTK", choices={"request_kind": "new seal_change"})
    writer = Writer(document, form_of("M24"))
    boxes = writer.boxes(form_of("M24").choices_by_key["request_kind"])
    assert [box["on"] for box in boxes] == [True, False, False, True, False]


def test_dots_at_the_end_of_a_label_are_the_papers() -> None:
    assert parts("M24", "[holder_appointment_kind]") == [("blank", "Văn bản bổ nhiệm hoặc")]
    assert isinstance(form_of("M24").fields_by_key["holder_appointment_kind"], Field)

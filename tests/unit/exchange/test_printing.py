"""Proofs that the printed forms carry everything that was filled in, look as the decree has them, and never change."""

import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.dossier.compute import compute
from desktop.dossier.dates import is_date
from desktop.dossier.document import Document
from desktop.dossier.forms import UnknownForm
from desktop.dossier.money import format_vnd
from desktop.dossier.pack import form_of
from desktop.exchange.pages import PageImage, page_count, render_pages
from desktop.exchange.printing import print_document
from tests.unit.exchange.papers import (
    fonts_of,
    payees,
    payment_order,
    settlement,
    text_of,
    withdrawal,
    words_with_places,
)

ALL = [withdrawal(), payment_order(), settlement(), payees()]
IDS = ["M13", "M17", "M10", "M20"]
HOSTILE = '#import "x": * $x^2$ *đậm* _nghiêng_ `mã` <nhãn> @ref \\ [x] //c {1+1} = tiêu đề'
A4 = (595, 842)


def expected(value: object) -> str:
    if isinstance(value, str) and is_date(value):
        year, month, day = value.split("-")
        return f"{day} tháng {month} năm {year}"
    return format_vnd(value) if isinstance(value, int) and value > 9_999 else str(value)


@pytest.mark.parametrize("document", ALL, ids=IDS)
def test_every_filled_field_is_on_the_paper(document: Document, tmp_path: Path) -> None:
    text = text_of(print_document(document), tmp_path)
    printed = {key: value for key, value in document.fields.items() if key != "contract_kind"}
    assert [key for key, value in printed.items() if expected(value) not in text] == []


@pytest.mark.parametrize("document", ALL, ids=IDS)
def test_every_line_total_and_amount_in_words_is_on_the_paper(document: Document, tmp_path: Path) -> None:
    text = text_of(print_document(document), tmp_path, "-layout")
    computed = compute(document, form_of(document.form))
    values = {str(format_vnd(value)) for value in computed.totals.values()} | set(computed.words.values())
    for row in document.tables["lines"]:
        cells = [value for key, value in row.items() if key not in ("group", "content", "bank")]
        values |= {
            "/".join(reversed(cell.split("-"))) if isinstance(cell, str) and is_date(cell) else expected(cell)
            for cell in cells
        }
    assert [value for value in values if value not in text] == []


@pytest.mark.parametrize("document", ALL, ids=IDS)
def test_everything_the_form_itself_prints_is_on_the_paper(document: Document, tmp_path: Path) -> None:
    form = form_of(document.form)
    text = text_of(print_document(document), tmp_path)
    signers = [signer.title for block in form.signature_blocks for signer in block.signers]
    columns = [column.label for table in form.line_tables for column in table.columns]
    boxes = [option.label for choice in form.choices for option in choice.options]
    groups = [group.label for table in form.line_tables for group in table.row_groups]
    treasury = [field.label for field in form.treasury_block.fields] if form.treasury_block else []
    numbers = [f"Mẫu số {form.number}", form.symbol or "", "Mã số hồ sơ", "Mã QR code (nếu có)"]
    footnotes = [note.text for note in form.footnotes]
    # Narrow columns break labels over lines that pdftotext reads across, so words are compared, not sentences.
    words = {part for word in text.split() for part in (word, word.rstrip("123*:"), word.strip("():."))}
    wanted = [form.title, *signers, *columns, *boxes, *groups, *treasury, *numbers, *footnotes]
    lacking = {word for label in wanted for word in label.split()} - words
    assert {word for word in lacking if word.strip("().:") not in words} == set()


@pytest.mark.parametrize("document", ALL, ids=IDS)
def test_the_same_document_gives_the_same_bytes(document: Document) -> None:
    assert print_document(document) == print_document(document.model_copy(deep=True))


@pytest.mark.parametrize("document", ALL, ids=IDS)
def test_only_the_shipped_font_is_used_and_embedded(document: Document, tmp_path: Path) -> None:
    fonts = fonts_of(print_document(document), tmp_path)
    assert fonts
    for name, *_, embedded, subset, mapped, _number, _generation in fonts:
        assert re.fullmatch(r"[A-Z]{6}\+LiberationSerif(-Bold|-Italic|-BoldItalic)?", name)
        assert (embedded, subset, mapped) == ("yes", "yes", "yes")


@pytest.mark.parametrize("document", ALL, ids=IDS)
def test_an_ordinary_form_fits_one_page(document: Document) -> None:
    assert page_count(print_document(document)) == 1


@pytest.mark.parametrize("form", ["M10", "M13", "M17", "M20"])
def test_a_blank_form_prints_without_values(form: str, tmp_path: Path) -> None:
    text = text_of(print_document(Document(form=form)), tmp_path)
    assert form_of(form).title.split()[0] in text
    assert "Không đồng" not in text


def test_three_hundred_lines_keep_their_heads_and_their_total(tmp_path: Path) -> None:
    pdf = print_document(withdrawal(300))
    text = text_of(pdf, tmp_path, "-layout")
    pages = page_count(pdf)
    assert 6 <= pages <= 16
    assert text.count("(9)") in (pages - 1, pages)  # the last page may hold the signatures alone
    assert f"Trang {pages}/{pages}" in text
    assert "1.845.000.000" in text


def test_a_long_list_shows_the_total_first_and_restarts_its_numbers(tmp_path: Path) -> None:
    text = text_of(print_document(payees(9)), tmp_path, "-layout")
    order = ["Tổng số 9.000.036", "I. Công chức 3.000.012", "1 Nguyễn Thị Ước 1", "II. Viên chức", "1 Nguyễn Thị Ước 2"]
    order += ["III. Lao động hợp đồng", "IV. Đối tượng khác", "1 Nguyễn Thị Ước 0", "2 Nguyễn Thị Ước 3"]
    places = [text.index(words) for words in order]
    assert places == sorted(places)


@pytest.mark.parametrize("document", [withdrawal(), payment_order(), payees()], ids=["M13", "M17", "M20"])
def test_a_tick_stands_right_of_its_own_label(document: Document, tmp_path: Path) -> None:
    blank = document.model_copy(update={"choices": {}})
    labels = words_with_places(print_document(blank), tmp_path)
    (untouched,) = render_pages(print_document(blank), A4[0] * 2)
    for choice in form_of(document.form).choices:
        for option in choice.options:
            ticked = blank.model_copy(update={"choices": {choice.key: option.value}})
            (page,) = render_pages(print_document(ticked), A4[0] * 2)
            left, top, right, bottom = changed_area(page, untouched)
            label_right, label_top, label_bottom = place_of(option.label, labels)
            assert 0 < left - label_right < 60
            assert label_top - 4 < top < bottom < label_bottom + 4
            assert right - left < 12


def changed_area(page: PageImage, other: PageImage) -> tuple[float, float, float, float]:
    """Left, top, right, bottom of what differs, in points."""
    stride = page.width * 4
    places = [index for index in range(0, len(page.rgba), 4) if page.rgba[index] != other.rgba[index]]
    across = [index % stride // 4 for index in places]
    return min(across) / 2, places[0] // stride / 2, max(across) / 2, places[-1] // stride / 2


def place_of(label: str, html: str) -> tuple[float, float, float]:
    """Right edge, top and bottom of a label's words, wherever they stand one after another."""
    found = re.findall(r'xMin="[\d.]+" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">([^<]*)<', html)
    words = label.split()
    for start in range(len(found)):
        if [word for *_, word in found[start : start + len(words)]] == words:
            top, right, bottom, _ = found[start + len(words) - 1]
            return float(right), float(top), float(bottom)
    raise AssertionError(f"not on the paper: {label}")


def test_hostile_text_prints_as_it_was_typed(tmp_path: Path) -> None:
    document = withdrawal(1)
    hostile = document.model_copy(
        update={
            "fields": {**document.fields, "unit_name": HOSTILE, "payee_name": HOSTILE},
            "tables": {"lines": [{"content": HOSTILE, "amount": 1}]},
        }
    )
    assert text_of(print_document(hostile), tmp_path).count("*đậm* _nghiêng_ `mã` <nhãn> @ref") >= 2


@pytest.mark.parametrize(
    "place", ["document_no", "unit_name", "payee_bank", "general_content", "contract_no", "chapter"]
)
def test_a_very_long_word_stays_on_the_paper(place: str, tmp_path: Path) -> None:
    document = withdrawal(1)
    assert_on_paper(document.model_copy(update={"fields": {**document.fields, place: "W" * 300}}), tmp_path)


@pytest.mark.parametrize("column", ["content", "invoice_no", "invoice_date", "econ", "sector", "source"])
def test_a_very_long_cell_stays_on_the_paper(column: str, tmp_path: Path) -> None:
    document = withdrawal(1)
    row = {**document.tables["lines"][0], column: "W" * 120, "amount": 10**15}
    assert_on_paper(document.model_copy(update={"tables": {"lines": [row]}}), tmp_path)


def assert_on_paper(document: Document, folder: Path) -> None:
    html = words_with_places(print_document(document), folder)
    boxes = re.findall(r'xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)"', html)
    assert len(boxes) > 50
    for left, top, right, bottom in boxes:
        assert float(left) >= 0
        assert float(top) >= 0
        assert float(right) <= A4[0] - 20
        assert float(bottom) <= A4[1]


def test_decomposed_and_turning_text_is_put_right(tmp_path: Path) -> None:
    document = withdrawal(1)
    name = unicodedata.normalize("NFD", "Ủy ban nhân dân xã Mường Lý") + "\u202eevil\x00"
    changed = document.model_copy(update={"fields": {**document.fields, "unit_name": name}})
    pdf = print_document(changed)
    assert "Ủy ban nhân dân xã Mường Lý evil" in text_of(pdf, tmp_path)


def test_values_of_a_wrong_type_are_shown_for_what_they_are(tmp_path: Path) -> None:
    document = withdrawal(1)
    fields = {**document.fields, "contract_total": "nhiều", "contract_date": "hôm qua", "budget_year": "26"}
    text = text_of(print_document(document.model_copy(update={"fields": fields})), tmp_path)
    assert "tổng số tiền: nhiều" in text
    assert "ngày hôm qua" in text


def test_an_unknown_form_is_refused() -> None:
    with pytest.raises(UnknownForm):
        print_document(Document(form="C9-99"))


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=200), st.integers(-(10**15), 10**15))
def test_whatever_was_typed_can_be_printed(text: str, amount: int) -> None:
    document = withdrawal(1)
    row = {"content": text, "invoice_no": text, "invoice_date": text, "amount": amount}
    fields = dict.fromkeys(document.fields, text)
    printed = print_document(document.model_copy(update={"fields": fields, "tables": {"lines": [row]}}))
    assert page_count(printed) >= 1

"""Every form of the pack on paper, filled and empty: all of its words and values, the right way up, nothing cut off."""

import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from desktop.dossier.compute import compute
from desktop.dossier.document import Document, Row
from desktop.dossier.forms import Form
from desktop.dossier.pack import form_of, load_pack
from desktop.exchange.pages import page_count, render_pages
from desktop.exchange.paper_values import cell_text, day_parts, field_text
from desktop.exchange.printing import print_document
from tests.fixtures.forms_filled import FORM_IDS, filled
from tests.unit.exchange.papers import fonts_of, text_of, words_with_places

LANDSCAPE = {"M09", "M11", "M12", "M21", "M23", "M26", "M27", "M28", "M29", "M31", "I03A"}
TWO_PAGES = {"M11", "M14", "M15", "M23", "M24"}
LONG = ("M01", "M09", "M13", "M14", "M18", "M20", "M21", "M23", "M26", "M29", "M31", "I03A")


@cache
def printed(form_id: str, empty: bool = False) -> bytes:
    return print_document(Document(form=form_of(form_id).ref) if empty else filled(form_id))


def words(text: str) -> set[str]:
    """Words as they may stand in a sentence: with or without a mark, a bracket, a colon."""
    parts = re.split(r"[\s/]+", text)
    return {part for word in parts for part in (word, word.strip("():.,;"), word.strip("0123456789*:();"))}


def lacking(labels: list[str], text: str) -> set[str]:
    """Words of labels that are not on the paper; dots to write on are no words."""
    wanted = {word.strip("():.,;…") for label in labels for word in re.sub(r"[.…]{2,}|…|□|/", " ", label).split()}
    return {word for word in wanted if word and not words(text) & {word, f"{word}:"}}


def shown_under_other_words(form: Form) -> set[str]:
    """Keys of blanks whose label the layout replaces."""
    layout = form.layout
    lines = [*layout.left, *layout.middle, *layout.right, *layout.body, *layout.treasury, layout.title or ""]
    lines += [line for block in layout.blocks.values() for line in block]
    return {key for line in lines for pair in re.findall(r"\[(\w+)=|\{(\w+)", line) for key in pair}


@pytest.mark.parametrize("form_id", FORM_IDS)
@pytest.mark.parametrize("empty", [False, True], ids=["filled", "empty"])
def test_everything_the_form_itself_prints_is_on_the_paper(form_id: str, empty: bool, tmp_path: Path) -> None:
    form = form_of(form_id)
    text = text_of(printed(form_id, empty), tmp_path)
    assert text == unicodedata.normalize("NFC", text)
    other = shown_under_other_words(form)
    blanks = [field for field in form.fields_by_key.values() if field.printed and field.key not in other]
    treasury = form.treasury_block
    own = [*treasury.fields, *(f for s in treasury.sections for f in s.fields)] if treasury else []
    labels = [field.label for field in blanks if field.type != "date"]
    labels += [field.label for field in own if field.key not in other and field.type not in ("date", "choice")]
    tables = [table for table in form.line_tables if table.printed]
    labels += [column.label for table in tables for column in table.columns]
    labels += [part for table in tables for column in table.columns for part in (column.group or "").split(" / ")]
    labels += [group.label for table in tables for group in table.row_groups]
    labels += [option.label for choice in form.choices for option in choice.options]
    labels += [item.label for item in form.amounts_in_words] + [form.title]
    labels += [signer.title for block in form.signature_blocks for signer in block.signers]
    labels += [f"Mẫu số {form.number}", form.symbol or ""]
    assert lacking(labels, text) == set()


def values(document: Document, form: Form) -> list[str]:
    """All values of a document as they must be readable."""
    found: list[str] = []
    for key, value in document.fields.items():
        field = form.fields_by_key[key]
        day = day_parts(value)
        if field.printed:
            found.append(
                f"{day['day']} tháng {day['month']} năm {day['year']}" if day["day"] else field_text(value, field)
            )
    for table in form.line_tables:
        columns = table.columns_by_key
        rows = document.tables.get(table.key, []) if table.printed else []
        found += [cell_text(value, columns[key]) for row in rows for key, value in row.items() if key in columns]
    found += [text for text in compute(document, form).words.values() if text]
    return [text.replace("\N{ZERO WIDTH SPACE}", "") for text in found]


@pytest.mark.parametrize("form_id", FORM_IDS)
def test_every_value_is_on_the_paper(form_id: str, tmp_path: Path) -> None:
    text = text_of(printed(form_id), tmp_path)
    # A long number may be broken at its strokes, and then other cells stand between its pieces.
    wanted = {word for value in values(filled(form_id), form_of(form_id)) for word in re.split(r"(?<=[/-])|\s", value)}
    assert {word for word in wanted if word not in text} == set()


@pytest.mark.parametrize("form_id", FORM_IDS)
def test_every_blank_of_the_form_has_its_place(form_id: str, tmp_path: Path) -> None:
    form = form_of(form_id)
    keys = [key for key, field in form.fields_by_key.items() if field.type not in ("date", "image") and field.printed]
    marks = {key: f"Z{number:03}" for number, key in enumerate(keys) if key != "qr_code"}
    text = text_of(print_document(Document(form=form.ref, fields=dict(marks))), tmp_path)
    assert [key for key, mark in marks.items() if mark not in text] == []


@pytest.mark.parametrize("form_id", FORM_IDS)
def test_the_page_lies_as_the_form_does(form_id: str) -> None:
    page = render_pages(printed(form_id), 100)[0]
    assert (page.width > page.height) == (form_id in LANDSCAPE) == form_of(form_id).landscape
    assert page_count(printed(form_id)) == (2 if form_id in TWO_PAGES else 1)


@pytest.mark.parametrize("form_id", FORM_IDS)
@pytest.mark.parametrize("empty", [False, True], ids=["filled", "empty"])
def test_nothing_is_cut_off(form_id: str, empty: bool, tmp_path: Path) -> None:
    html = words_with_places(printed(form_id, empty), tmp_path)
    pages = re.findall(r'<page width="([\d.]+)" height="([\d.]+)">(.*?)</page>', html, re.DOTALL)
    assert pages
    for width, height, content in pages:
        boxes = re.findall(r'xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)"', content)
        edges = [tuple(map(float, box)) for box in boxes]
        assert min(edge[0] for edge in edges) >= 40
        assert max(edge[2] for edge in edges) <= float(width) - 30
        assert max(edge[3] for edge in edges) <= float(height) - 10


@pytest.mark.parametrize("form_id", FORM_IDS)
def test_the_font_is_in_the_file(form_id: str, tmp_path: Path) -> None:
    fonts = fonts_of(printed(form_id), tmp_path)
    assert {(embedded, mapped) for *_, embedded, _subset, mapped, _number, _generation in fonts} == {("yes", "yes")}


@pytest.mark.parametrize("form_id", LONG)
def test_a_long_table_repeats_its_head(form_id: str, tmp_path: Path) -> None:
    document, form = filled(form_id), form_of(form_id)
    table = form.line_tables[0]
    rows: list[Row] = [dict(document.tables[table.key][0]) for _ in range(120)]
    pdf = print_document(document.model_copy(update={"tables": {**document.tables, table.key: rows}}))
    (tmp_path / "long.pdf").write_bytes(pdf)
    second = text_of(pdf, tmp_path, "-f", "2", "-l", "2")
    assert page_count(pdf) >= 3
    assert lacking([column.label for column in table.columns], second) == set()
    assert "Trang 2/" in second


def test_seals_and_specimens_are_drawn_where_they_were_named() -> None:
    picture = png(12, 12)
    document = filled("M24")
    fields = {**document.fields, "seal_1": "ab" * 32}
    named = document.model_copy(update={"fields": fields})
    bare, drawn = print_document(named), print_document(named, {"ab" * 32: picture})
    assert dark(drawn) > dark(bare) + 2_000


@pytest.mark.parametrize("content", [b"", b"GIF89a", b"\x89PNG\r\n\x1a\n" + bytes(2 * 1024 * 1024)])
def test_what_is_no_small_picture_is_refused(content: bytes) -> None:
    from desktop.exchange.errors import PrintError

    with pytest.raises(PrintError) as caught:
        print_document(filled("M24"), {"ab" * 32: content})
    assert caught.value.code == "bad_image"


def png(width: int, height: int) -> bytes:
    """A black picture."""
    from PySide6.QtCore import QBuffer
    from PySide6.QtGui import QImage

    image = QImage(width, height, QImage.Format.Format_RGB888)
    image.fill(0)
    buffer = QBuffer()
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())


def dark(pdf: bytes) -> int:
    return sum(value < 100 for page in render_pages(pdf, 400) for value in page.rgba[::4])


def test_the_pack_has_no_form_that_is_not_tried() -> None:
    known: list[Any] = [form.id for form in load_pack().forms]
    assert sorted(FORM_IDS) == sorted(known)

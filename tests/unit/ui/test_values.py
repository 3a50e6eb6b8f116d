"""What is typed and what is held."""

import unicodedata

import pytest

from desktop.dossier.document import Value
from desktop.dossier.form_parts import FieldType
from desktop.ui.editor.values import table_cells, to_text, to_value


@pytest.mark.parametrize(
    ("typed", "kind", "value"),
    [
        ("15.400.000", "money", 15_400_000),
        ("15400000 đ", "money", 15_400_000),
        ("mười", "money", "mười"),
        ("24/11/2026", "date", "2026-11-24"),
        ("31/02/2026", "date", "31/02/2026"),
        ("2026", "year", 2026),
        ("hai nghìn", "year", "hai nghìn"),
        ("  00001287 ", "code", "00001287"),
        ("   ", "text", None),
        (unicodedata.normalize("NFD", "Mường Lý"), "text", "Mường Lý"),
    ],
)
def test_read(typed: str, kind: FieldType, value: Value) -> None:
    assert to_value(typed, kind) == value


@pytest.mark.parametrize(
    ("value", "kind", "text"),
    [
        (15_400_000, "money", "15.400.000"),
        ("mười", "money", "mười"),
        ("2026-11-24", "date", "24/11/2026"),
        ("31/02/2026", "date", "31/02/2026"),
        (2026, "year", "2026"),
        (None, "text", ""),
        (True, "text", ""),
    ],
)
def test_write(value: Value, kind: FieldType, text: str) -> None:
    assert to_text(value, kind) == text


def test_a_pasted_range_is_bounded() -> None:
    assert table_cells("a\tb\r\nc\td\r\n") == [["a", "b"], ["c", "d"]]
    assert len(table_cells("x\n" * 5000)) == 2000

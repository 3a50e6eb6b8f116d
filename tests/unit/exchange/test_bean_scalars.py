"""Proofs that each scalar of the bean language has one meaning, and that what has none is refused."""

from decimal import Decimal

import pytest

from desktop.exchange.bean_scalars import parse_scalar
from desktop.exchange.errors import DvcError


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("string", " RDT0012 \r\n", "RDT0012"),
        ("string", "0012", "0012"),
        ("string", "A-1", "A-1"),
        ("string", "- Tiền điện", "- Tiền điện"),
        ("long", "423", 423),
        ("long", "-5", -5),
        ("int", "+7", 7),
        ("double", "15400000", Decimal(15_400_000)),
        ("double", ".5", Decimal("0.5")),
        ("double", "5.", Decimal(5)),
        ("double", "1.54E7", Decimal(15_400_000)),
        ("double", "0e99", Decimal(0)),
        ("boolean", "true", True),
        ("boolean", "false", False),
    ],
)
def test_a_value(kind: str, text: str, value: object) -> None:
    found = parse_scalar(kind, text, "x")
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize("kind", ["string", "long", "int", "double", "boolean"])
@pytest.mark.parametrize("text", ["", " ", "\t\r\n", "-", "------", "…", ".....", "…………", "____"])
def test_filler_is_nothing(kind: str, text: str) -> None:
    assert parse_scalar(kind, text, "x") is None


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("long", "1.0"),
        ("long", "1e3"),
        ("long", "٣"),
        ("int", "9" * 19),
        ("double", "1e25"),
        ("double", "1e9999"),
        ("double", "1e-9999"),
        ("double", "--5"),
        ("double", "5 000"),
        ("double", "٣"),
        ("double", "nan"),
        ("double", "-Infinity"),
        ("double", "0" * 65),
        ("boolean", "True"),
        ("boolean", "1"),
    ],
)
def test_no_value(kind: str, text: str) -> None:
    with pytest.raises(DvcError) as caught:
        parse_scalar(kind, text, "soTien")
    assert caught.value.code == "bad_value"
    assert "«soTien»" in caught.value.message

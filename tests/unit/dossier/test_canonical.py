"""Canonical JSON: the examples of RFC 8785, and what it must refuse."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.dossier.canonical import MAX_INTEGER, canonical

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-MAX_INTEGER, MAX_INTEGER) | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, b"null"),
        (True, b"true"),
        (0, b"0"),
        (-15_400_000, b"-15400000"),
        ("Mường Lý", '"Mường Lý"'.encode()),
        ('"\\/', b'"\\"\\\\/"'),
        ("\b\t\n\f\r", b'"\\b\\t\\n\\f\\r"'),
        ("\x00\x1f\x7f", b'"\\u0000\\u001f\x7f"'),
        ("\u2028", '"\u2028"'.encode()),
        ([], b"[]"),
        ((1, "a"), b'[1,"a"]'),
        ({}, b"{}"),
        ({"b": 1, "a": [True, None]}, b'{"a":[true,null],"b":1}'),
    ],
)
def test_writes_one_form(value: object, expected: bytes) -> None:
    assert canonical(value) == expected


def test_names_are_sorted_by_utf16_units() -> None:
    # RFC 8785 section 3.2.3: the emoji (a surrogate pair) comes before U+FB33.
    names = ["\u20ac", "\r", "\ufb33", "1", "\U0001f600", "\u0080", "\u00f6"]
    order = list(json.loads(canonical(dict.fromkeys(names, 0))))
    assert order == ["\r", "1", "\u0080", "\u00f6", "\u20ac", "\U0001f600", "\ufb33"]


@pytest.mark.parametrize("value", [1.0, float("nan"), b"x", {1: 2}, {"a": {None: 1}}, "\ud800", {"\ud800": 1}, {1, 2}])
def test_refuses_what_has_no_one_form(value: object) -> None:
    with pytest.raises(ValueError, match=r"no canonical form|text|surrogate"):
        canonical(value)


@pytest.mark.parametrize("value", [MAX_INTEGER + 1, -MAX_INTEGER - 1])
def test_refuses_integers_other_readers_would_round(value: int) -> None:
    assert canonical(MAX_INTEGER) == b"9007199254740991"
    with pytest.raises(ValueError, match="2\\^53"):
        canonical(value)


@given(JSON)
def test_reading_and_writing_again_changes_nothing(value: object) -> None:
    once = canonical(value)
    assert canonical(json.loads(once)) == once
    assert json.loads(once) == value

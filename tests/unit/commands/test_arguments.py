"""Proofs that a wrong command line is told in Vietnamese, whatever the parser behind it says."""

from __future__ import annotations

import pytest

from desktop.cli import build_parser
from desktop.commands.arguments import BadArguments, in_words

LINES = {
    "status": "Còn thiếu --home.",
    "nothing": "LỆNH không nhận «nothing», chỉ nhận inspect, check, print,",
    "copy 1 --home h --amounts x": "--amounts không nhận «x», chỉ nhận carry, clear.",
    "estimate import a --home h --year x": "--year phải là số, không phải «x».",
    "new --home h --purpose": "Sau --purpose còn thiếu giá trị.",
    "inspect --letters --json": "Sau --letters còn thiếu giá trị.",
    "status --json=3 --home h": "--json không nhận giá trị «3».",
    "status --home h --what": "Không hiểu --what.",
}


@pytest.mark.parametrize(("line", "words"), LINES.items())
def test_a_slip_is_told_in_vietnamese(line: str, words: str) -> None:
    with pytest.raises(BadArguments) as raised:
        build_parser().parse_args(line.split())
    assert raised.value.code == "bad_arguments"
    assert raised.value.message.startswith(f"Câu lệnh chưa đúng. {words}")
    assert raised.value.message.endswith("--help».")


def test_what_nobody_translated_is_still_told() -> None:
    assert in_words("something new " + "x" * 5_000) == "(something new " + "x" * 386 + ")"

"""Every action that the program writes into the journal has its words, and details are told without their marks."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from desktop.dossier.journal_words import OF_TREASURY, WORDS, detail_words, what
from desktop.store.handovers import Kind
from desktop.sync.protocol import KnownEvent

DESKTOP = Path(__file__).resolve().parents[3] / "desktop"
MADE = {
    "f'handover_{kind}'": [f"handover_{kind}" for kind in get_args(Kind)],
    "event['kind']": [event.model_fields["kind"].default for event in get_args(KnownEvent)],
    "'user_change' if known else 'user_add'": ["user_change", "user_add"],
    "action": ["user_disable", "user_enable", "user_remove"],
}
"""Actions that are put together where they are written, by the expression that does it."""


def appended() -> Iterator[tuple[Path, ast.expr, ast.Module]]:
    """Every second argument of an append to something called a journal."""
    for file in sorted(DESKTOP.rglob("*.py")):
        text = file.read_text("utf-8")
        if "ournal" not in text:
            continue
        tree = ast.parse(text)
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and _is_append(node.func) and len(node.args) == 4:
                yield file, node.args[1], tree


def _is_append(func: ast.expr) -> bool:
    return isinstance(func, ast.Attribute) and func.attr == "append" and "ournal" in ast.unparse(func.value)


def actions(argument: ast.expr, tree: ast.Module) -> list[str]:
    if isinstance(argument, ast.Constant):
        return [argument.value]
    source = ast.unparse(argument)
    if source.isupper():
        return [_constant(source, tree)]
    return MADE[source]


def _constant(name: str, tree: ast.Module) -> str:
    """A constant of this module, or of the one it is imported from."""
    for node in tree.body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == name:
            return str(ast.literal_eval(node.value))
        if isinstance(node, ast.ImportFrom) and any(alias.name == name for alias in node.names):
            file = DESKTOP.parent.joinpath(*(node.module or "").split(".")).with_suffix(".py")
            return _constant(name, ast.parse(file.read_text("utf-8")))
    raise AssertionError(f"where does {name} come from?")


def test_every_action_written_anywhere_has_its_words() -> None:
    written = {action for _, argument, tree in appended() for action in actions(argument, tree)}
    assert written - WORDS.keys() == set()
    assert len(written) > 40


def test_words_differ_and_what_the_treasury_does_is_among_them() -> None:
    assert len(set(WORDS.values())) == len(WORDS)
    assert WORDS.keys() >= OF_TREASURY


def test_an_action_of_a_later_version_is_told_by_its_code() -> None:
    assert what("levitate") == "Việc khác (levitate)"


@pytest.mark.parametrize(
    ("action", "detail", "told"),
    [
        ("submit", "0f3a", ""),
        ("sign", "0f3a 2", "chữ ký thứ 2"),
        ("warnings_acknowledged", "0f3a: R-031, R-070", "quy tắc R-031, R-070"),
        ("stand_for_payees", "0f3a: 3", "3 người nhận"),
        ("evidence", "2 LT", "chữ ký thứ 2, mức LT"),
        ("handover_out", "0f3a 1 MAY 2", "1 chữ ký, máy MAY 2"),
        ("handover_back", "0f3a 2", "2 chữ ký"),
        ("decision", "returned", "Kho bạc trả lại"),
        ("decision", "levitated", "levitated"),
        ("balance", "event 17", "thông báo số 17"),
        ("receipt", "0423", "số 0423"),
        ("trust_list", "3 gateway", "bản 3 gateway"),
        ("wrong_password", "4", "4 lần"),
        ("upgrade", "5 6 0.5.0", "từ bản 5 lên 6, chương trình 0.5.0"),
        ("restore", "2026-11-23T03:00:00Z 2", "bản lúc 10:00 23/11/2026, 2 gói phải hỏi lại Kho bạc"),
        ("journal_forked", "101 150", "mục 101 ở đây, mục 150 ở Kho bạc"),
        ("create", "1098765", "1098765"),
    ],
)
def test_details_are_told_in_words(action: str, detail: str, told: str) -> None:
    assert detail_words(action, detail) == told

"""Prints «Bảng kê trình ký»: the dossiers that wait for one signature, on paper, with what to look at in each."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from desktop.dossier.money import format_vnd
from desktop.dossier.people import ROLE_TITLES, Person, Unit
from desktop.dossier.sign_views import SignItem, StepView
from desktop.dossier.words import amount_in_words
from desktop.exchange.paper_values import day_parts, plain
from desktop.exchange.printing import compile_page

_LONGEST = 30
MOST_NEWS = 60
"""So many new or changed payees of one dossier are named; of the others the number is told."""


def print_digest(items: Sequence[SignItem], unit: Unit, person: Person, at: str) -> bytes:
    """Give the PDF (A4) of what waits for a person; `at` is when it is made, "2026-11-23 14:05" in Vietnam's time.

    Raises PrintError, AssetMissingError.
    """
    total = sum(item.amount for item in items)
    day, _, hour = at.partition(" ")
    data = {
        "plain-title": "Bảng kê trình ký",
        "size": 11,
        "landscape": False,
        "secondary": False,
        "unit": _text(unit.name),
        "unit-code": unit.code,
        "person": _text(person.name),
        "roles": ", ".join(ROLE_TITLES[role] for role in person.roles),
        "hour": hour,
        "day": day_parts(day),
        "total": format_vnd(total),
        "words": amount_in_words(total),
        "payees": sum(item.payee_count for item in items),
        "news": sum(len(item.news) for item in items),
        "sittings": sum(bool(item.same_sitting) for item in items),
        "rows": [_row(item) for item in items],
    }
    return compile_page("digest.typ", {"data": json.dumps(data, ensure_ascii=False)})


def _row(item: SignItem) -> dict[str, Any]:
    return {
        "number": _text(item.number),
        "title": _text(item.title),
        "amount": format_vnd(item.amount),
        "payees": item.payee_count,
        "files": len(item.documents),
        "before": _text(f"So với {item.compared_with}:") if item.compared_with else "",
        "changes": [_text(words) for words in item.changes],
        "news": [_text(news.text) for news in item.news[:MOST_NEWS]],
        "ask": "Cần xác nhận:" if item.must_acknowledge else "Mới hoặc thay đổi:",
        "more-news": max(0, len(item.news) - MOST_NEWS),
        "signed": [_signed(step) for step in item.steps if step.state == "signed"],
        "sitting": _text(item.same_sitting),
        "from": _text(f"Từ máy {item.came_from}.") if item.came_from else "",
    }


def _signed(step: StepView) -> dict[str, str]:
    return {"who": _text(f"{step.title} {step.name}"), "when": _text(step.when)}


def _text(words: str) -> str:
    return plain(words, _LONGEST)

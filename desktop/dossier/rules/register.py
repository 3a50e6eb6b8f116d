"""Every rule the decrees and the forms state, and what becomes of each: checked here, shown, or the Treasury's word.

Sources: NĐ 347/2025/NĐ-CP, NĐ 254/2025/NĐ-CP, Luật NSNN 89/2025/QH15, the checks of the forms, and the published
specifications of the Treasury's system. `R-…` are cross-cutting rules, `M13-6`, `I05A-1` the checks of one form.
"""

from __future__ import annotations

import json
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Literal

from desktop.dossier.form_parts import Part
from desktop.dossier.rules.registry import RULES


class How(StrEnum):
    """What becomes of a rule in this program."""

    DESK = "desk"
    TREASURY = "treasury"
    NO_DATA = "no_data"
    SHOWN = "shown"


HOW_TITLES: dict[How, str] = {
    How.DESK: "kiểm tại bàn",
    How.TREASURY: "Kho bạc quyết",
    How.NO_DATA: "thiếu dữ liệu",
    How.SHOWN: "thể hiện",
}


class Entry(Part):
    """One rule: `title` restates it in a line of Vietnamese, `source` is the article that says it.

    `note` is the data that is lacking (NO_DATA) or the file of the project where the rule is at home (SHOWN).
    """

    id: str
    title: str
    severity: Literal["block", "warn", "info", "treasury"]
    scope: Literal["field", "form", "cross_document", "dossier", "history", "time", "system"]
    source: str
    how: How
    note: str = ""


@cache
def register() -> dict[str, Entry]:
    """Return every rule by id, the cross-cutting ones first, each group in the order of the law."""
    text = (files("desktop.dossier.rules") / "register.json").read_text(encoding="utf-8")
    return {item["id"]: Entry.model_validate(item) for item in json.loads(text)}


def article_of(rule_id: str) -> str:
    """Return the article a rule stands on ("NĐ 347/2025/NĐ-CP Điều 6.2.b"), "" for a name that is no rule's.

    General checks ("required", "type") answer too: they are no rule of their own but rest on an article.
    """
    entry = register().get(rule_id)
    if entry is not None:
        return entry.source
    rule = RULES.get(rule_id)
    return rule.article if rule else ""

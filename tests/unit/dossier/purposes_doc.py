"""Write docs/purposes.md from the purposes and the procedures.

Run it as `python -m tests.unit.dossier.purposes_doc` after a purpose or a case changed.
"""

from __future__ import annotations

from itertools import product
from pathlib import Path

from desktop.dossier.procedures import State, procedures
from desktop.dossier.purposes import Plan, Purpose, plan, purposes

DOCS = Path(__file__).parents[3] / "docs" / "purposes.md"
HEAD = """# What people want to do, and what becomes of it

«Lập hồ sơ» asks what the preparer wants to do, in plain words, and up to three questions. This page is written from
`purposes.json` and `procedures.json` by `python -m tests.unit.dossier.purposes_doc`; a test holds it to them. Every
case of the nine procedures that a unit can start is reached by a purpose. A component marked * depends on the answers
or on what the unit's book knows; what the Treasury has already need not be sent again (NĐ 347/2025 Điều 3.8).
"""


def plans(item: Purpose) -> list[Plan]:
    """Every way a purpose can be answered, each once."""
    names = [ask.question for ask in item.asks]
    choices = product(*(purposes().questions[name].by_value for name in names))
    made = [plan(item.key, dict(zip(names, values, strict=True))) for values in choices]
    return list({tuple(one.answers.items()): one for one in made}.values())


def render() -> str:
    """Return the whole page."""
    lines = [HEAD]
    for group in purposes().groups:
        lines += [
            f"## {group}",
            "",
            "| Việc | Khóa | Trường hợp | Mẫu lập sẵn | Thành phần cần chuẩn bị |",
            "|---|---|---|---|---|",
        ]
        lines += [row for item in purposes().purposes if item.group == group for row in _rows(item)]
        lines += [""]
    return "\n".join([*lines, *_questions(), *_closed()]) + "\n"


def _rows(item: Purpose) -> list[str]:
    rows = []
    for case_id in dict.fromkeys(pick.case for pick in item.cases):
        made = [one for one in plans(item) if one.case == case_id]
        forms = dict.fromkeys(", ".join(start.form for start in one.starts) or "không có mẫu" for one in made)
        needed = [{c.label for c in one.components if c.state in (State.MISSING, State.UNKNOWN)} for one in made]
        labels = dict.fromkeys(c.label for one in made for c in one.components if c.attachable)
        ready = [
            f"{name}{'' if all(name in one for one in needed) else ' *'}"
            for name in labels
            if any(name in one for one in needed)
        ]
        name = procedures().cases[case_id].name
        rows.append(f"| {item.title} | `{item.key}` | {case_id}: {name} | {'; '.join(forms)} | {'; '.join(ready)} |")
    return rows


def _questions() -> list[str]:
    lines = ["## Câu hỏi", "", "| Khóa | Câu hỏi | Trả lời |", "|---|---|---|"]
    for key, question in purposes().questions.items():
        answers = "; ".join(f"`{option.value}` {option.label}" for option in question.options)
        lines.append(f"| `{key}` | {question.text} | {answers} |")
    return lines


def _closed() -> list[str]:
    lines = ["", "## Trường hợp không lập ở đây", "", "| Trường hợp | Vì sao |", "|---|---|"]
    closed = [item for item in procedures().cases.values() if not item.startable]
    return lines + [f"| {item.id}: {item.name} | {item.why_not} |" for item in closed]


if __name__ == "__main__":
    DOCS.write_text(render(), encoding="utf-8")

"""Write the tables of docs/rules.md from the register, the rules and their cases.

Run it as `python -m tests.unit.dossier.rules_doc` after a rule or a case came or went.
"""

from __future__ import annotations

from pathlib import Path

from desktop.dossier.rules import RULES
from desktop.dossier.rules.register import HOW_TITLES, Entry, How, register
from desktop.dossier.rules.registry import Rule
from tests.unit.dossier.case_tables import TABLES

DOCS = Path(__file__).parents[3] / "docs" / "rules.md"
MARK = "<!-- What follows is written by tests/unit/dossier/rules_doc.py. -->"
_HEAD = ("| Id | Quy tắc | Mức | Ở đây | Nguồn | Tests |", "|---|---|---|---|---|---|")


def run_by(rule_id: str) -> list[Rule]:
    """Return the rules that decide an id: the one of that name, else those that cover it."""
    own = RULES.get(rule_id)
    return [own] if own else [rule for rule in RULES.values() if rule_id in rule.covers]


def tables_of(rules: list[Rule]) -> list[str]:
    """Name the case tables in which these rules are broken and kept."""
    ids = {rule.id for rule in rules}
    return [name for name, cases in TABLES.items() if any(case.rule in ids for case in cases)]


def render() -> str:
    """Return the generated part of the page."""
    general = [rule for rule in RULES.values() if rule.id not in register()]
    lines = ["## General checks", "", "| Id | Level | Finds | Source | Tests |", "|---|---|---|---|---|"]
    lines += [_general(rule) for rule in general]
    for heading, start in (("Cross-cutting rules", "R-"), ("Checks of the forms", ("M", "I"))):
        lines += [
            "",
            f"## {heading}",
            "",
            "| Id | Quy tắc | Mức | Ở đây | Nguồn | Tests |",
            "|---|---|---|---|---|---|",
        ]
        lines += [_row(entry) for entry in register().values() if entry.id.startswith(start)]
    return "\n".join(lines) + "\n"


def _general(rule: Rule) -> str:
    doc = (rule.check or rule.check_dossier).__doc__ or ""  # type: ignore[union-attr]
    tests = ", ".join(tables_of([rule]))
    return f"| `{rule.id}` | {rule.level} | {' '.join(doc.splitlines()[0].split())} | {rule.article} | {tests} |"


def _row(entry: Entry) -> str:
    rules = run_by(entry.id) if entry.how is How.DESK else []
    levels = ", ".join(sorted({rule.level.value for rule in rules})) or entry.severity
    others = ", ".join(f"`{rule.id}`" for rule in rules if rule.id != entry.id)
    note = others or (f"`{entry.note}`" if entry.how is How.SHOWN else entry.note)
    how = HOW_TITLES[entry.how] + (f": {note}" if note else "")
    return f"| `{entry.id}` | {entry.title} | {levels} | {how} | {entry.source} | {', '.join(tables_of(rules))} |"


if __name__ == "__main__":
    head = DOCS.read_text(encoding="utf-8").partition(MARK)[0]
    DOCS.write_text(f"{head}{MARK}\n\n{render()}", encoding="utf-8")

"""Write the table of docs/users.md from desktop.dossier.duties.

Run it as `python -m tests.unit.dossier.users_doc` after the table changed.
"""

from __future__ import annotations

from pathlib import Path

from desktop.dossier.duties import ACT_WORDS, DUTY_TITLES, MAY, Act, Duty

DOCS = Path(__file__).parents[3] / "docs" / "users.md"
BEGIN = "<!-- Written by tests/unit/dossier/users_doc.py. -->"
END = "<!-- End of what is written. -->"


def table() -> str:
    """The table as the page shows it: a row for each act, a column for each duty."""
    heads = " | ".join(f"{DUTY_TITLES[duty]} (`{duty}`)" for duty in Duty)
    rows = (
        f"| `{act}` | {ACT_WORDS[act]} | {' | '.join('có' if act in MAY[d] else '' for d in Duty)} |" for act in Act
    )
    return "\n".join([f"| Act | Việc | {heads} |", "|---|---|" + "---|" * len(Duty), *rows])


def page(text: str) -> str:
    """The page with the table in its place."""
    before, rest = text.split(BEGIN)
    return f"{before}{BEGIN}\n{table()}\n{END}{rest.split(END)[1]}"


if __name__ == "__main__":
    DOCS.write_text(page(DOCS.read_text("utf-8")), "utf-8")

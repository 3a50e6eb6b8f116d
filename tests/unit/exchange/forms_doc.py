"""Write docs/forms.md from the form pack.

Run it as `python -m tests.unit.exchange.forms_doc` after a form changed; its pictures by `python -m tests.pictures`.
"""

from __future__ import annotations

from pathlib import Path

from desktop.dossier.form_parts import SignatureBlock
from desktop.dossier.forms import Form
from desktop.dossier.pack import load_pack

DOCS = Path(__file__).parents[3] / "docs" / "forms.md"
_INTRO = """# The official forms

All forms of the pack «{version}», as they print. The pictures show invented data. This page is written by `python -m
tests.unit.exchange.forms_doc`, its pictures by `python -m tests.pictures`; a test holds the page to the pack.

What a form consists of is data (`desktop/dossier/packs/`), and so is where each part stands on paper: the grammar of a
layout is told in `desktop/dossier/form_layout.py`. One Typst template prints them all.

- *prepared by* says who writes the form; what others write (receipts 04–07, notice 33) can be looked at and printed,
  not made.
- *source* is `full text` where the decree's appendix was read, `secondary` where the fields come from practice and the
  layout was not seen; such a page says «Bố cục in theo nguồn thứ cấp» at its foot.
"""
_BY = {"unit": "the unit", "collecting_agency": "the collecting agency", "treasury": "the Treasury"}
_SOURCES = {"full_text": "full text", "secondary": "secondary"}
_PARTIES = {
    "unit": "unit",
    "recipient": "who receives the money",
    "treasury": "Treasury",
    "bank_or_treasury": "bank or Treasury",
    "payer": "payer",
    "collector": "collector",
    "contractor": "contractor",
}


def render() -> str:
    """Return the whole page."""
    pack = load_pack()
    parts = [_INTRO.format(version=pack.version), _table(pack.forms), *map(_section, pack.forms)]
    parts += [
        "## Forms known by their title alone\n",
        _SCANS,
        "| Mẫu | Tên | Thủ tục | Đơn vị lập |",
        "|---|---|---|---|",
    ]
    parts += [
        f"| {scan.number} | {scan.title} | {', '.join(scan.used_in_procedures) or '–'} | {_yes(scan.client_editable)} |"
        for scan in pack.scans
    ]
    return "\n".join(parts) + "\n"


_SCANS = """\
No source gives the body of these 23 investment forms. They travel as scans under their title; the program invents
no field of them.
"""


def _yes(value: bool) -> str:
    return "có" if value else "không"


def _table(forms: tuple[Form, ...]) -> str:
    rows = [
        f"| [{form.id}](#{form.id.lower()}) | {form.number} | {form.symbol or '–'} | {form.list_title} |"
        for form in forms
    ]
    return "\n".join(["| Id | Mẫu số | Ký hiệu | Tên |", "|---|---|---|---|", *rows, ""])


def _section(form: Form) -> str:
    facts = [
        f"Mẫu số {form.number}, {f'ký hiệu {form.symbol}' if form.symbol else 'không có ký hiệu'}, NĐ {form.decree}",
        f"Procedures: {', '.join(form.used_in_procedures) or 'none of the nine'}",
        f"Prepared by {_BY[form.prepared_by]}; source: {_SOURCES[form.source_confidence]}",
        *(_signers(block) for block in form.signature_blocks),
    ]
    lines = "\n".join(f"- {fact}" for fact in facts)
    return f"## {form.id}\n\n**{form.title}**\n\n{lines}\n\n![{form.id}](pictures/forms/{form.id}.png)\n"


def _signers(block: SignatureBlock) -> str:
    titles = ", ".join(signer.title for signer in block.signers)
    return f"Signed by {_PARTIES[block.party]}: {titles}"


if __name__ == "__main__":
    DOCS.write_text(render(), encoding="utf-8")

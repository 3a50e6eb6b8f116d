"""Prints a filled form as the decree lays it out; the same document always gives the same bytes.

Their digest is signed (`pdf_sha256`), so the page depends on the document and the form pack alone: no clock, no system
font.
"""

from __future__ import annotations

import json
from pathlib import Path

from desktop.assets import font_dir
from desktop.dossier.document import Document
from desktop.dossier.pack import form_of
from desktop.exchange.errors import PrintError
from desktop.exchange.paper import paper

_TEMPLATES = Path(__file__).parent / "templates"
_FIXED_INSTANT = 1_767_225_600
"""2026-01-01T00:00:00Z, the day the decree applies; a PDF must carry some time."""


def print_document(document: Document) -> bytes:
    """Give the PDF (A4, fonts embedded) of one document, filled or not.

    Raises UnknownForm, PrintError (print_failed) and AssetMissingError when the fonts were not installed.
    """
    form = form_of(document.form)
    data = json.dumps(paper(document, form), ensure_ascii=False)
    return _compile(_TEMPLATES / f"{form.id}.typ", data)


def _compile(template: Path, data: str) -> bytes:
    import typst

    try:
        pdf = typst.compile(
            template,
            root=_TEMPLATES,
            font_paths=[font_dir()],
            ignore_system_fonts=True,
            format="pdf",
            sys_inputs={"data": data},
            timestamp=_FIXED_INSTANT,
        )
    except typst.TypstError as cause:
        raise PrintError(
            "print_failed", "Không dàn được trang in. Hãy kiểm tra nội dung chứng từ rồi in lại."
        ) from cause
    assert isinstance(pdf, bytes), "one PDF, no page list"
    return pdf

"""Prints a filled form as the decree lays it out; the same document always gives the same bytes.

Their digest is signed (`pdf_sha256`), so the page depends on the document and the form pack alone: no clock, no system
font.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from desktop.assets import font_dir
from desktop.dossier.document import Document
from desktop.dossier.pack import form_of
from desktop.exchange.errors import PrintError
from desktop.exchange.paper import paper

_TEMPLATES = Path(__file__).parent / "templates"
_PICTURE_STARTS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")
MAX_PICTURE = 2 * 1024 * 1024
"""Bytes of one picture of a seal or a signature."""
_FIXED_INSTANT = 1_767_225_600
"""2026-01-01T00:00:00Z, the day the decree applies; a PDF must carry some time."""


def print_document(document: Document, images: Mapping[str, bytes] | None = None) -> bytes:
    """Give the PDF (A4, fonts embedded) of one document, filled or not.

    `images` holds PNG or JPEG pictures by the sha256 that fields and cells of the document name; a picture that is not
    given leaves its box empty. Raises UnknownForm, PrintError (print_failed, bad_image) and AssetMissingError when the
    fonts were not installed.
    """
    form = form_of(document.form)
    pictures = {key: list(content) for key, content in _drawable(images or {}).items()}
    inputs = {"data": json.dumps(paper(document, form), ensure_ascii=False), "pictures": json.dumps(pictures)}
    return compile_page("form.typ", inputs)


def _drawable(images: Mapping[str, bytes]) -> Mapping[str, bytes]:
    for content in images.values():
        if not content.startswith(_PICTURE_STARTS) or len(content) > MAX_PICTURE:
            raise PrintError(
                "bad_image", "Ảnh mẫu dấu, chữ ký phải là PNG hoặc JPEG, tối đa 2 MB. Chọn ảnh khác rồi in lại."
            )
    return images


def compile_page(template: str, inputs: dict[str, str]) -> bytes:
    """Lay out a template of this folder with its data, JSON texts by name. Raises PrintError print_failed."""
    import typst

    try:
        pdf = typst.compile(
            _TEMPLATES / template,
            root=_TEMPLATES,
            font_paths=[font_dir()],
            ignore_system_fonts=True,
            format="pdf",
            sys_inputs=inputs,
            timestamp=_FIXED_INSTANT,
        )
    except typst.TypstError as cause:
        raise PrintError(
            "print_failed", "Không dàn được trang in. Hãy kiểm tra nội dung chứng từ rồi in lại."
        ) from cause
    assert isinstance(pdf, bytes), "one PDF, no page list"
    return pdf

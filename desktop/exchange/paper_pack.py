"""Prints a whole dossier for the counter when the electronic way is barred: a cover sheet, then every form as often as
originals are asked for.

Source: NĐ 347/2025/NĐ-CP Điều 3.2; numbers of originals stand in the form pack.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from desktop.dossier.document import Attachment, Document, Dossier
from desktop.dossier.originals import originals
from desktop.dossier.pack import form_of, under
from desktop.dossier.people import Unit
from desktop.dossier.procedures import case_name, label_of, procedures
from desktop.exchange.pages import merge, page_count
from desktop.exchange.paper_values import day_parts, plain
from desktop.exchange.printing import compile_page, print_document

_LONGEST = 30


class Pack(NamedTuple):
    """A printed pack: its PDF, the number of its pages, and of originals of each document, in order."""

    pdf: bytes
    pages: int
    copies: tuple[int, ...]


def print_pack(dossier: Dossier, unit: Unit, reason: str, day: str, images: Mapping[str, bytes] | None = None) -> Pack:
    """Print a dossier of a unit with the reason why it goes on paper; `day` is "YYYY-MM-DD", `images` as in printing.

    The forms are those of the pack it was made under. Raises as print_document, PackError unknown_pack.
    """
    with under(dossier.pack):
        return _print(dossier, unit, reason, day, images)


def _print(dossier: Dossier, unit: Unit, reason: str, day: str, images: Mapping[str, bytes] | None) -> Pack:
    copies = tuple(originals(document) for document in dossier.documents)
    printed = [print_document(document, images) for document in dossier.documents]
    cover = compile_page("pack.typ", {"data": json.dumps(_cover(dossier, unit, reason, day), ensure_ascii=False)})
    whole = merge([cover, *(pdf for pdf, count in zip(printed, copies, strict=True) for _ in range(count))])
    return Pack(whole, page_count(whole), copies)


def _cover(dossier: Dossier, unit: Unit, reason: str, day: str) -> dict[str, Any]:
    procedure = next((item for item in procedures().procedures if item.id == dossier.procedure), None)
    return {
        "plain-title": "Bộ hồ sơ nộp giấy",
        "size": 11.5,
        "landscape": False,
        "secondary": False,
        "unit": _text(unit.name),
        "unit-code": unit.code,
        "address": _text(unit.address),
        "treasury": _text(unit.treasury_name),
        "number": _text(dossier.number),
        "title": _text(dossier.title),
        "procedure": procedure.title if procedure else "",
        "case": case_name(dossier.case),
        "reason": _text(reason),
        "day": day_parts(day) | {"start": "Ngày"},
        "rows": [*map(_form_row, dossier.documents), *map(_file_row, dossier.attachments)],
    }


def _form_row(document: Document) -> dict[str, str]:
    form = form_of(document.form)
    number = document.fields.get("document_no") or document.fields.get("parent_voucher_no")
    return {
        "name": form.list_title,
        "form": f"Mẫu số {form.number}" + (f" ({form.symbol})" if form.symbol else ""),
        "number": _text(str(number or "")),
        "copies": f"{originals(document, form):02} bản gốc",
        "source": form.originals.source,
    }


def _file_row(attachment: Attachment) -> dict[str, str]:
    kind = procedures().attachments.get(attachment.component)
    name = label_of(attachment.component) if attachment.component else ""
    return {
        "name": f"{name}: {_text(attachment.name)}" if name else _text(attachment.name),
        "form": "Tệp đính kèm",
        "number": "",
        "copies": kind.paper if kind and kind.paper else "01 bản chính hoặc bản sao y",
        "source": kind.source if kind else "",
    }


def _text(words: str) -> str:
    return plain(words, _LONGEST)

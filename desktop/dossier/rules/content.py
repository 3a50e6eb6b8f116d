"""What the lines say: the phrase of confidential spending, and whether the words fit the economic item."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from desktop.dossier.document import Level
from desktop.dossier.fold import fold
from desktop.dossier.rules.codes import fitting_codes
from desktop.dossier.rules.registry import Finding, document_rule
from desktop.dossier.rules.subject import Subject, text_of

PHRASE = "Khoản chi có yêu cầu bảo mật"
_FOOTNOTE = "Mẫu 10, 11, 15, 16, 19 chú thích 2; Mẫu 13, 14, 17, 18 chú thích 3"
_CONTENT_AT_HEAD = "M15"
"""Mẫu 15 says what the money is for in its head; its lines only split it."""


@document_rule(Level.ERROR, _FOOTNOTE, "R-053", covers=("R-003",), forms=("M16",))
@document_rule(
    Level.ERROR,
    _FOOTNOTE,
    *("M10-1", "M11-2", "M13-3", "M14-3", "M15-4", "M17-3", "M18-3", "M19-3"),
    covers=("R-003", "R-053"),
)
def confidential(subject: Subject) -> Iterator[Finding]:
    """Confidential spending opens its content with the phrase and then says what it is; other spending does not use it.

    Without the preparer's mark (`flags`) the phrase itself marks the line, and only its place is judged.
    """
    marked = subject.document.flags.get("confidential")
    if subject.form.id == _CONTENT_AT_HEAD:
        if text := _phrase_fault(subject.text("content"), marked):
            yield Finding(f"Ô {subject.name('content')}: {text}", field="content")
        return
    faults = {index: _phrase_fault(text_of(row, "content"), marked) for index, row in subject.rows()}
    # A voucher may pay plain things beside the confidential one: then its plain lines are only worth a look.
    plain = Level.WARNING if marked and not all(faults.values()) else None
    for index, text in faults.items():
        if text:
            level = plain if PHRASE.casefold() not in _content(subject, index).casefold() else None
            message = f"{subject.cell(index, 'content')}: {text}"
            yield Finding(message, table="lines", row=index, column="content", level=level)


def _content(subject: Subject, row: int) -> str:
    return unicodedata.normalize("NFC", text_of(subject.document.tables["lines"][row], "content"))


def _phrase_fault(content: str, marked: bool | None) -> str:
    content = unicodedata.normalize("NFC", content)
    place = content.casefold().find(PHRASE.casefold())
    if not content:
        return ""
    if place < 0:
        return f"khoản chi bảo mật phải mở đầu bằng «{PHRASE}». Thêm cụm này vào đầu." if marked else ""
    if place > 0:
        return f"cụm «{PHRASE}» phải đứng đầu. Chuyển cụm này lên đầu."
    if marked is False:
        return "có cụm bảo mật nhưng chứng từ không đánh dấu bảo mật. Đánh dấu, hoặc bỏ cụm này."
    rest = content[len(PHRASE) :].strip(" :;,.-–")
    return "" if rest else f"sau cụm «{PHRASE}» còn thiếu nội dung chi. Ghi thêm nội dung."


@document_rule(Level.WARNING, "NĐ 347/2025/NĐ-CP Điều 6.2.b", "R-050", forms=("M14", "M15", "M16"))
@document_rule(Level.WARNING, "NĐ 347/2025/NĐ-CP Điều 6.2.b", "M13-9", covers=("R-050",))
def item_fits(subject: Subject) -> Iterator[Finding]:
    """A sub-item that belongs to other spending than the words of the line; only plain cases are judged."""
    column = "detail" if subject.form.id == _CONTENT_AT_HEAD else "content"
    for index, row in subject.rows():
        econ = text_of(row, "econ")
        fitting = fitting_codes(" ".join(fold(text_of(row, column)).replace(",", " ").split()))
        entry = subject.context.catalogues.get("econ").get(econ)
        if entry is not None and fitting and not econ.startswith(fitting):
            name = f" ({entry.name})" if entry.name else ""
            message = f"Dòng {index + 1}: mã {econ}{name} có vẻ không hợp với nội dung. Xem lại, hoặc nhấn F4 để chọn."
            yield Finding(message, table="lines", row=index, column="econ")

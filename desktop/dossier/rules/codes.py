"""Codes of the budget: their shape blocks, our lists only advise, since the Treasury keeps the real ones."""

from __future__ import annotations

import re
from collections.abc import Iterator

from desktop.dossier.catalogues import SPENDING, Entry
from desktop.dossier.dates import format_date
from desktop.dossier.document import Level
from desktop.dossier.form_parts import Column, Field
from desktop.dossier.pack import load_pack
from desktop.dossier.rules.registry import ANY, Finding, document_rule
from desktop.dossier.rules.subject import Subject, text_of

_ALSO = {"program": (4,), "source": (4,)}
"""Lengths beside the pack's: programmes are written with 4 digits on paper, investment sources with 4 (rule R-907)."""
_ACCOUNT = re.compile(r"[0-9A-Za-z](?:[0-9A-Za-z.\- ]*[0-9A-Za-z])?\Z")
_ID_NUMBERS = {
    "payee_tax_code": (re.compile(r"(?:\d{10}(?:-?\d{3})?|\d{12})\Z", re.ASCII), "10, 12 hoặc 13 chữ số"),
    "cash_recipient_id_no": (re.compile(r"(?:\d{9}|\d{12})\Z", re.ASCII), "12 chữ số"),
}
_OFFICIAL_CODE = re.compile(r"(?:T\.)?[A-Z]\d{2}(?:\.\d{2,3}){1,3}-\d{6}-\d{4,7}\Z", re.ASCII)
_ARTICLE = "NĐ 347/2025/NĐ-CP Điều 6.2.b"


@document_rule(Level.ERROR, _ARTICLE, "code", forms=(ANY,))
def codes(subject: Subject) -> Iterator[Finding]:
    """A code of the wrong shape or level (error), or one our lists do not know (worth a look)."""
    for key, field in subject.form.fields_by_key.items():
        code = subject.text(key)
        if code and field.type == "code":
            text, level = _judge(subject, field, code)
            if text:
                yield Finding(f"Ô {subject.name(key)}: {text}", field=key, level=level)
    for table in subject.form.line_tables:
        for index, row in subject.rows(table):
            for column in table.columns:
                code = text_of(row, column.key) if column.type == "code" else ""
                text, level = _judge(subject, column, code) if code else ("", None)
                if text:
                    message = f"{subject.cell(index, column.key, table)}: {text}"
                    yield Finding(message, table=table.key, row=index, column=column.key, level=level)


def _judge(subject: Subject, place: Field | Column, code: str) -> tuple[str, Level | None]:
    """Return what is wrong with a code, and the level where it is not an error."""
    digits = load_pack().code_lengths.get(place.catalogue or "")
    if digits is not None:
        wrong = _wrong_digits(code, (digits, *_ALSO.get(place.catalogue or "", ())))
        return (wrong, None) if wrong else _look_up(subject, place.catalogue or "", code)
    if place.key in _ID_NUMBERS:
        pattern, shape = _ID_NUMBERS[place.key]
        return ("", None) if pattern.match(code) else (f"số này thường gồm {shape}. Xem lại ô này.", Level.WARNING)
    if place.key == "dossier_code":
        text = "mã này không giống mã số hồ sơ do cổng cấp. Để trống nếu chưa có."
        return ("", None) if _OFFICIAL_CODE.match(code) else (text, Level.WARNING)
    if "account" in place.key and _ACCOUNT.match(code) is None:
        return "số tài khoản chỉ gồm chữ số, chữ cái không dấu và dấu chấm. Xem lại ô này.", None
    return "", None


def _wrong_digits(code: str, lengths: tuple[int, ...]) -> str:
    if code.isascii() and code.isdigit() and len(code) in lengths:
        return ""
    return f"mã này phải gồm {lengths[0]} chữ số. Nhấn F4 để chọn."


def _look_up(subject: Subject, name: str, code: str) -> tuple[str, Level | None]:
    if not subject.context.catalogues.judges(name):
        return "", None
    known = subject.context.catalogues.get(name)
    entry = known.get(code)
    if entry is None:
        text = f"{code} chưa có trong danh mục của máy. Xem lại, nếu đúng thì giữ nguyên."
        return text, Level.WARNING
    if name == "econ" and entry.level == "muc":
        below = known.children(code)
        example = f", ví dụ {below[0].code}" if below else ""
        return f"{code} là mục. {subject.short_title} phải ghi tiểu mục{example}. Nhấn F4 để chọn.", None
    if name == "econ" and entry.extra.get("kind") != SPENDING:
        return f"{code} không phải mã chi ngân sách. Xem lại, hoặc nhấn F4 để chọn.", Level.WARNING
    if name == "sector" and entry.level == "loai":
        return f"{code} là loại. Thường phải ghi khoản thuộc loại này. Nhấn F4 để chọn.", Level.WARNING
    return _out_of_force(code, entry, subject.context.today)


def _out_of_force(code: str, entry: Entry, today: str | None) -> tuple[str, Level | None]:
    """Imported lists may say from when to when a code is in force."""
    begins, ends = entry.extra.get("valid_from", ""), entry.extra.get("valid_to", "")
    if today and ends and today > ends:
        return f"{code} hết hiệu lực từ sau ngày {format_date(ends)}. Nhấn F4 để chọn mã khác.", Level.WARNING
    if today and begins and today < begins:
        return f"{code} có hiệu lực từ ngày {format_date(begins)}. Nhấn F4 để chọn mã khác.", Level.WARNING
    return "", None


_MEANINGS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("tien dien", ("6501", "66")),
    ("tien nuoc", ("6502",)),
    ("xang xe", ("6503",)),
    ("nhien lieu", ("6503",)),
    ("van phong pham", ("6551", "6553", "70")),
    ("cuoc dien thoai", ("66",)),
    ("cuoc internet", ("66",)),
    ("cong tac phi", ("67",)),
    ("bao hiem xa hoi", ("63",)),
    ("bao hiem y te", ("63",)),
    ("kinh phi cong doan", ("63",)),
    ("tien luong", ("60",)),
)
"""What a line is called (folded) and how the code of such spending begins."""


def fitting_codes(folded_content: str) -> tuple[str, ...]:
    """Return how the economic item of such spending begins; () when the words tell nothing."""
    words = f" {folded_content} "
    return tuple(start for phrase, starts in _MEANINGS if f" {phrase} " in words for start in starts)

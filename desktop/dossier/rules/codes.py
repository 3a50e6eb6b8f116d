"""Codes of the budget: their shape blocks, our lists only advise, since the Treasury keeps the real ones."""

from __future__ import annotations

import re
from collections.abc import Iterator

from desktop.dossier.catalogues import SPENDING, Entry
from desktop.dossier.currencies import CURRENCIES
from desktop.dossier.dates import format_date
from desktop.dossier.document import Level
from desktop.dossier.form_parts import Column, Field
from desktop.dossier.pack import load_pack
from desktop.dossier.rules.registry import ANY, Finding, document_rule
from desktop.dossier.rules.subject import Subject, text_of

REVENUE = "thu"
"""The `kind` of an economic item under which money comes in."""
_RANGES = ("M31",)
"""Forms that write «Loại, Khoản» of a sector in one cell: "340-341"."""
_ALSO = {"program": (4,), "source": (4,)}
"""Lengths beside the pack's: programmes are written with 4 digits on paper, investment sources with 4 (rule R-907)."""
_ACCOUNT = re.compile(r"[0-9A-Za-z](?:[0-9A-Za-z.\- ]*[0-9A-Za-z])?\Z")
_TAX_CODE = (re.compile(r"(?:\d{10}(?:-?\d{3})?|\d{12})\Z", re.ASCII), "10, 12 hoặc 13 chữ số")
_ID_NUMBER = (re.compile(r"(?:\d{9}|\d{12})\Z", re.ASCII), "12 chữ số")
_SWIFT = (re.compile(r"[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?\Z", re.ASCII), "8 hoặc 11 chữ và số, ví dụ VBAAVNVX")
_NUMBERS = {
    **dict.fromkeys(("payee_tax_code", "payer_tax_code", "remit_payer_tax_code", "taxpayer_code"), _TAX_CODE),
    **dict.fromkeys(("tax_code", "payer_id", "collecting_unit_tax_code"), _TAX_CODE),
    **dict.fromkeys(("cash_recipient_id_no", "holder_id_no"), _ID_NUMBER),
    **dict.fromkeys(("payee_bank_swift", "intermediary_swift"), _SWIFT),
}
"""Numbers that no list of ours holds, by their key; a personal number may stand for a tax code (R-076)."""
_CURRENCY = re.compile(r"[A-Z]{3}\Z", re.ASCII)
_SECTOR_RANGE = re.compile(r"\d{3}-\d{3}\Z", re.ASCII)
_REVENUE_KEYS = ("remit_econ_code", "tax_econ")
_REVENUE_TABLES = (("M02", "lines"), ("M03", "lines"), ("M16", "revenue_lines"))
_INVESTMENT_DIGITS = 4
_INVESTMENT = ("42", "43", "52", "53", "54")
_OFFICIAL_CODE = re.compile(r"(?:T\.)?[A-Z]\d{2}(?:\.\d{2,3}){1,3}-\d{6}-\d{4,7}\Z", re.ASCII)
_ARTICLE = "NĐ 347/2025/NĐ-CP Điều 6.2.b"


@document_rule(Level.ERROR, _ARTICLE, "code", forms=(ANY,))
def codes(subject: Subject) -> Iterator[Finding]:
    """A code of the wrong shape or level (error), or one our lists do not know (worth a look)."""
    for key, field in subject.form.fields_by_key.items():
        code = subject.text(key)
        if code and field.type == "code":
            text, level = _judge(subject, field, code, revenue=key in _REVENUE_KEYS)
            if text:
                yield Finding(f"Ô {subject.name(key)}: {text}", field=key, level=level)
    for table in subject.form.line_tables:
        columns = [column for column in table.columns if column.type == "code"]
        revenue = (subject.form.id, table.key) in _REVENUE_TABLES
        for index, row in subject.rows(table):
            for column in columns:
                code = text_of(row, column.key)
                text, level = _judge(subject, column, code, revenue=revenue) if code else ("", None)
                if text:
                    message = f"{subject.cell(index, column.key, table)}: {text}"
                    yield Finding(message, table=table.key, row=index, column=column.key, level=level)


def _judge(subject: Subject, place: Field | Column, code: str, *, revenue: bool) -> tuple[str, Level | None]:
    """Return what is wrong with a code, and the level where it is not an error."""
    if place.catalogue == "currency":
        return _judge_currency(code)
    digits = load_pack().code_lengths.get(place.catalogue or "")
    if digits is not None:
        if subject.form.id in _RANGES and place.key == "sector" and _SECTOR_RANGE.match(code):
            return "", None
        wrong = _wrong_digits(code, (digits, *_ALSO.get(place.catalogue or "", ())))
        return (wrong, None) if wrong else _look_up(subject, place.catalogue or "", code, revenue=revenue)
    if place.key in _NUMBERS:
        pattern, shape = _NUMBERS[place.key]
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


def _judge_currency(code: str) -> tuple[str, Level | None]:
    if _CURRENCY.match(code) is None:
        return "ký hiệu tiền gồm ba chữ in hoa, ví dụ USD. Xem lại ô này.", None
    if code not in CURRENCIES:
        return f"{code} chưa có trong danh mục của máy. Xem lại, nếu đúng thì giữ nguyên.", Level.WARNING
    return "", None


def _look_up(subject: Subject, name: str, code: str, *, revenue: bool) -> tuple[str, Level | None]:
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
        level = None if "document_no" in subject.form.fields_by_key else Level.WARNING
        return f"{code} là mục. {subject.short_title} phải ghi tiểu mục{example}. Nhấn F4 để chọn.", level
    if name == "econ" and revenue and entry.extra.get("kind") != REVENUE:
        return f"{code} không phải mã thu ngân sách. Xem lại, hoặc nhấn F4 để chọn.", Level.WARNING
    if name == "econ" and not revenue and entry.extra.get("kind") != SPENDING:
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


@document_rule(Level.WARNING, "đặc tả hệ thống Kho bạc", "R-907", forms=(ANY,))
def investment_source(subject: Subject) -> Iterator[Finding]:
    """A source of four digits, which only investment has, under none of the sources of investment."""
    for table in subject.form.line_tables:
        columns = [column.key for column in table.columns if column.catalogue == "source"]
        for index, row in subject.rows(table) if columns else ():
            for key in columns:
                code = text_of(row, key)
                if len(code) == _INVESTMENT_DIGITS and not code.startswith(_INVESTMENT):
                    starts = ", ".join(_INVESTMENT)
                    message = f"{subject.cell(index, key, table)}: nguồn 4 chữ số bắt đầu bằng {starts}. Xem lại mã."
                    yield Finding(message, table=table.key, row=index, column=key)


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

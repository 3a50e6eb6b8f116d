"""Whether a document has the shape of its form: known blanks, right types, sane texts; all else builds on this."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from desktop.dossier.dates import is_date
from desktop.dossier.document import Level, Value
from desktop.dossier.form_parts import FieldType, Table, Words
from desktop.dossier.forms import Form
from desktop.dossier.money import MAX_VND, format_vnd, is_decimal, is_foreign
from desktop.dossier.rules.registry import ANY, Finding, document_rule
from desktop.dossier.rules.subject import Subject, is_empty

MAX_TEXT: dict[FieldType, int] = {"text": 500, "longtext": 2000, "code": 60, "image": 2000, "choice": 60}
MAX_ROWS = 5000
FIRST_YEAR, MAX_YEAR = 1900, 2100
"""What a day on a form may lie between; any other year is a slip of a digit."""
_DIGEST = re.compile("[0-9a-f]{64}")
_SHAPE = "NĐ 347/2025/NĐ-CP Điều 2.9"


def declared_keys(form: Form) -> tuple[str, ...]:
    """Return the keys under which a document may state totals and words that are worked out anyway."""
    total = ("total",) if form.amount_column else ()
    keys = [*total, *declared_words(form), *(words.key for words in form.amounts_in_words)]
    return tuple(key for key in dict.fromkeys(keys) if key not in form.fields_by_key)


def declared_words(form: Form) -> dict[str, Words]:
    """Return the amounts in words by the key under which the amount itself may be stated ("total")."""
    return {words.key.removesuffix("_words"): words for words in form.amounts_in_words}


@document_rule(Level.ERROR, _SHAPE, "type", forms=(ANY,))
def types(subject: Subject) -> Iterator[Finding]:
    """Money is a whole number of đồng, a date exists, a year has four digits, a code is text."""
    for key, value in subject.document.fields.items():
        field = subject.form.fields_by_key.get(key)
        kind: FieldType | None = field.type if field else _declared_type(subject.form, key)
        wrong = "" if kind is None or is_empty(value) else wrong_value(kind, value) or _wrong_month(key, value)
        if wrong:
            yield Finding(f"Ô {_label(subject, key)}: {wrong}", field=key)
    for table in subject.form.line_tables:
        for index, row in subject.rows(table):
            for key, value in row.items():
                column = table.columns_by_key.get(key)
                wrong = "" if column is None or is_empty(value) else wrong_value(column.type, value, line=True)
                if wrong:
                    message = f"{subject.cell(index, key, table)}: {wrong}"
                    yield Finding(message, table=table.key, row=index, column=key)


def _label(subject: Subject, key: str) -> str:
    return subject.name(key) if key in subject.form.fields_by_key else f"«{key}»"


def _declared_type(form: Form, key: str) -> FieldType | None:
    if key not in declared_keys(form):
        return None
    stated = declared_words(form).get(key)
    if stated is None:
        return "money" if key == "total" else "text"
    return "money" if stated.currency is None else "money_fc"


def wrong_value(kind: FieldType, value: Value, *, line: bool = False) -> str:
    """Say what is wrong with a value and what to do, "" when nothing is; a line's sign is judged elsewhere."""
    if kind in ("money", "signed_money"):
        return _wrong_money(value, line=line or kind == "signed_money")
    if kind == "tick":
        return "" if isinstance(value, bool) else "ô đánh dấu chỉ nhận có hoặc không."
    if kind in ("year", "integer"):
        return _wrong_number(kind, value)
    if not isinstance(value, str):
        return "giá trị phải là chữ, đặt trong ngoặc kép."
    if kind == "date" and not is_date(value.strip()):
        return "ngày này không có trong lịch. Ghi năm-tháng-ngày, ví dụ 2026-11-23."
    if kind == "date" and not FIRST_YEAR <= int(value.strip()[:4]) <= MAX_YEAR:
        return "năm của ngày này không thể đúng. Xem lại bốn chữ số của năm."
    if kind == "money_fc" and not is_foreign(value):
        return "số tiền ngoại tệ phải có đúng hai số lẻ. Ghi ví dụ 1234.50."
    if kind == "decimal" and not is_decimal(value):
        return "tỷ giá, số lượng chưa đúng. Ghi chữ số, dấu chấm trước phần lẻ, ví dụ 25450.5."
    if kind in ("image", "signature_image") and not _DIGEST.fullmatch(value):
        return "ảnh phải là một tệp đính kèm của hồ sơ. Đính kèm ảnh rồi chọn lại."
    return ""


def _wrong_month(key: str, value: Value) -> str:
    return "tháng từ 1 đến 12. Xem lại ô này." if key == "month" and value not in range(1, 13) else ""


def _wrong_money(value: Value, *, line: bool) -> str:
    if isinstance(value, bool) or not isinstance(value, int):
        return "số tiền phải là số nguyên theo đồng, không có phần lẻ. Ghi ví dụ 15400000."
    if abs(value) > MAX_VND:
        return f"số tiền lớn hơn mức {format_vnd(MAX_VND)} đ mà chương trình nhận. Xem lại số chữ số."
    return "số tiền không được âm. Xem lại dấu của số." if value < 0 and not line else ""


def _wrong_number(kind: FieldType, value: Value) -> str:
    if isinstance(value, bool) or not isinstance(value, int):
        return "giá trị phải là số nguyên, ví dụ 2026." if kind == "year" else "giá trị phải là số nguyên, ví dụ 2."
    if kind == "year" and not 1000 <= value <= MAX_YEAR:
        return "năm gồm bốn chữ số, ví dụ 2026. Xem lại ô này."
    return ""


@document_rule(Level.ERROR, _SHAPE, "too_long", forms=(ANY,))
def too_long(subject: Subject) -> Iterator[Finding]:
    """Texts that no blank of the form can hold, and more lines than a dossier may carry."""
    for where, kind, value in _texts(subject):
        limit = MAX_TEXT.get(kind)
        if limit is not None and len(value) > limit:
            yield _at(subject, where, f"dài {len(value)} chữ, mẫu chỉ chứa {limit} chữ. Viết gọn lại.")
    for table in subject.form.line_tables:
        count = len(subject.document.tables.get(table.key, []))
        if count > MAX_ROWS:
            message = f"Bảng có {count} dòng, một chứng từ nhận nhiều nhất {MAX_ROWS} dòng. Tách thành nhiều chứng từ."
            yield Finding(message, table=table.key)


_NO_GLYPH = re.compile("[\u0600-\u1cff\u2700-\u2bff\u2e80-\ufaff\ufb03-\uffef\U00010000-\U0010ffff]")
"""Scripts of other countries and pictures: the font of the forms has no signs for them, the paper would show a box."""
_HIDDEN = re.compile("[\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffe\uffff]")


@document_rule(Level.ERROR, _SHAPE, "characters", forms=(ANY,))
def characters(subject: Subject) -> Iterator[Finding]:
    """Control signs, hidden signs and broken letters, which would make the paper differ from what was signed."""
    for where, kind, value in _texts(subject):
        plain = value.replace("\n", "") if kind == "longtext" else value
        if not plain.isprintable() and _spoils_paper(plain):
            yield _at(subject, where, "có ký tự ẩn hoặc ký tự điều khiển. Xóa chữ trong ô rồi gõ lại.")
        elif found := _NO_GLYPH.search(plain):
            yield _at(subject, where, f"có ký tự «{found.group()}» mà mẫu không in được. Viết lại bằng chữ Việt.")


def _spoils_paper(text: str) -> bool:
    """Look sign by sign; only for the rare text that Python calls unprintable, which every such sign makes it."""
    return bool(_HIDDEN.search(text)) or any(unicodedata.category(sign) in ("Cc", "Cs", "Cn", "Co") for sign in text)


_Place = tuple[Table | None, int, str]
"""Table, row from 0 and column of a cell; None, -1 and key of a field."""


def _texts(subject: Subject) -> Iterator[tuple[_Place, FieldType, str]]:
    """Yield (place, type, text) of every text in the document."""
    for key, value in subject.document.fields.items():
        if isinstance(value, str):
            field = subject.form.fields_by_key.get(key)
            yield (None, -1, key), field.type if field else "text", value
    for table in subject.form.line_tables:
        columns = table.columns_by_key
        for index, row in enumerate(subject.document.tables.get(table.key, [])):
            for key, value in row.items():
                if isinstance(value, str) and key in columns:
                    yield (table, index, key), columns[key].type, value


def _at(subject: Subject, place: _Place, message: str) -> Finding:
    """Say something of a place, named only now: a long list has thousands of texts and hardly ever a bad one."""
    table, row, key = place
    if table is None:
        return Finding(f"Ô {_label(subject, key)} {message}", field=key)
    return Finding(f"{subject.cell(row, key, table)} {message}", table=table.key, row=row, column=key)

"""Whether a document has the shape of its form: known blanks, right types, sane texts; all else builds on this."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from desktop.dossier.dates import is_date
from desktop.dossier.document import Level, Value
from desktop.dossier.form_parts import FieldType, Table
from desktop.dossier.money import MAX_VND, format_vnd, is_decimal, is_foreign
from desktop.dossier.rules.registry import ANY, Finding, document_rule
from desktop.dossier.rules.subject import Subject, is_empty

MAX_TEXT: dict[FieldType, int] = {"text": 500, "longtext": 2000, "code": 60, "image": 2000, "choice": 60}
MAX_ROWS = 5000
MAX_YEAR = 2100
_COMPUTED = ("total", "requested_total")
_CLIENT_FLAGS = ("confidential", "list_attached")
_DIGEST = re.compile("[0-9a-f]{64}")
_SHAPE = "NĐ 347/2025/NĐ-CP Điều 2.9"


def declared_keys(subject: Subject) -> tuple[str, ...]:
    """Return the keys under which a document may state totals and words that are worked out anyway."""
    form = subject.form
    totals = [key for key in _COMPUTED if key == "total" or f"{key}_words" in {w.key for w in form.amounts_in_words}]
    return (*totals, *(words.key for words in form.amounts_in_words))


@document_rule(Level.ERROR, _SHAPE, "unknown", forms=(ANY,))
def unknown(subject: Subject) -> Iterator[Finding]:
    """Blanks, boxes and columns the form does not have, and blanks only the Treasury fills."""
    form, document = subject.form, subject.document
    treasury = {field.key for field in form.treasury_block.fields} if form.treasury_block else set()
    treasury -= form.fields_by_key.keys()
    for key in document.fields:
        if key in treasury and not is_empty(document.fields[key]):
            yield Finding("Ô này do Kho bạc ghi. Bỏ trống ô này.", field=key)
        elif key not in form.fields_by_key and key not in treasury and key not in declared_keys(subject):
            yield Finding(f"{subject.short_title} không có ô «{key[:40]}». Bỏ ô này.", field=key)
    for key in document.choices.keys() - form.choices_by_key.keys():
        yield Finding(f"{subject.short_title} không có mục chọn «{key[:40]}». Bỏ mục này.", field=key)
    for key in form.fields_by_key:
        value, options = subject.text(key), {option.value: option.label for option in form.fields_by_key[key].options}
        if value and options and value not in options:
            names = ", ".join(f"«{label}»" for label in options.values())
            yield Finding(f"Ô {subject.name(key)} chưa đúng. Chọn một trong: {names}.", field=key)
    yield from _unknown_columns(subject)
    for key in document.flags:
        if key not in _CLIENT_FLAGS:
            yield Finding(f"Chương trình không biết dấu «{key[:40]}». Bỏ dấu này.", field=key, level=Level.WARNING)


def _unknown_columns(subject: Subject) -> Iterator[Finding]:
    for key, rows in subject.document.tables.items():
        table = subject.form.tables_by_key.get(key)
        if table is None:
            yield Finding(f"{subject.short_title} không có bảng «{key[:40]}». Bỏ bảng này.", table=key)
            continue
        known = {*table.columns_by_key, *(["group"] if table.row_groups else [])}
        for index, row in enumerate(rows):
            for column in row.keys() - known:
                message = f"Dòng {index + 1}: {subject.short_title} không có cột «{column[:40]}». Bỏ cột này."
                yield Finding(message, table=key, row=index, column=column)
        groups = {group.key: group.label.split(". ")[-1] for group in table.row_groups}
        for index, row in enumerate(rows):
            group = row.get("group")
            if groups and not is_empty(group) and group not in groups:
                labels = ", ".join(groups.values())
                message = f"Dòng {index + 1}: không có nhóm này trên mẫu. Chọn một trong: {labels}."
                yield Finding(message, table=key, row=index, column="group")


@document_rule(Level.ERROR, _SHAPE, "type", forms=(ANY,))
def types(subject: Subject) -> Iterator[Finding]:
    """Money is a whole number of đồng, a date exists, a year has four digits, a code is text."""
    for key, value in subject.document.fields.items():
        field = subject.form.fields_by_key.get(key)
        kind: FieldType | None = field.type if field else _declared_type(subject, key)
        wrong = "" if kind is None or is_empty(value) else wrong_value(kind, value)
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


def _declared_type(subject: Subject, key: str) -> FieldType | None:
    if key not in declared_keys(subject):
        return None
    return "text" if key in {words.key for words in subject.form.amounts_in_words} else "money"


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
    if kind == "money_fc" and not is_foreign(value):
        return "số tiền ngoại tệ phải có đúng hai số lẻ. Ghi ví dụ 1234.50."
    if kind == "decimal" and not is_decimal(value):
        return "tỷ giá, số lượng chưa đúng. Ghi chữ số, dấu chấm trước phần lẻ, ví dụ 25450.5."
    if kind in ("image", "signature_image") and not _DIGEST.fullmatch(value):
        return "ảnh phải là một tệp đính kèm của hồ sơ. Đính kèm ảnh rồi chọn lại."
    return ""


def _wrong_money(value: Value, *, line: bool) -> str:
    if isinstance(value, bool) or not isinstance(value, int):
        return "số tiền phải là số nguyên theo đồng, không có phần lẻ. Ghi ví dụ 15400000."
    if abs(value) > MAX_VND:
        return f"số tiền lớn hơn mức {format_vnd(MAX_VND)} đ mà chương trình nhận. Xem lại số chữ số."
    return "số tiền không được âm. Xem lại dấu của số." if value < 0 and not line else ""


def _wrong_number(kind: FieldType, value: Value) -> str:
    if isinstance(value, bool) or not isinstance(value, int):
        return "giá trị phải là số nguyên, ví dụ 2026." if kind == "year" else "giá trị phải là số nguyên."
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

"""Figures: every line above zero, the total their sum, the words the total."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.dossier.document import Level
from desktop.dossier.money import MAX_VND, format_vnd
from desktop.dossier.rules.registry import Finding, document_rule
from desktop.dossier.rules.shape import declared_keys
from desktop.dossier.rules.subject import Subject, is_empty, number_of
from desktop.dossier.words import amount_in_words, same_words


@document_rule(Level.ERROR, "Mẫu 10, 13, 17", "R-058", forms=("M10", "M13", "M17"))
def above_zero(subject: Subject) -> Iterator[Finding]:
    """A line that asks for nothing or for less than nothing."""
    table = subject.form.line_tables[0]
    for index, row in subject.rows():
        for column in table.columns:
            amount = number_of(row, column.key) if column.type == "money" else None
            if amount is not None and (amount < 0 or (amount == 0 and column.total)):
                message = f"{subject.cell(index, column.key)}: số tiền phải lớn hơn 0. Xem lại hoặc xóa dòng này."
                yield Finding(message, table=table.key, row=index, column=column.key)


@document_rule(Level.ERROR, "Mẫu 20", "M20-5", covers=("R-058",))
def payable_line(subject: Subject) -> Iterator[Finding]:
    """A beneficiary without account, bank, or an amount above zero."""
    table = subject.form.line_tables[0]
    for index, row in subject.rows():
        for key in ("account", "bank", "amount"):
            if is_empty(row.get(key)):
                message = f"{subject.cell(index, key)} còn trống. Điền ô này trước khi trình ký."
                yield Finding(message, table=table.key, row=index, column=key, also=("required", "R-004"))
        amount = number_of(row, "amount")
        if amount is not None and amount <= 0:
            message = f"{subject.cell(index, 'amount')}: số tiền phải lớn hơn 0. Xem lại hoặc xóa dòng này."
            yield Finding(message, table=table.key, row=index, column="amount")


@document_rule(Level.ERROR, "Mẫu 10, 13, 17", "M10-3", "M13-6", "M17-6", covers=("R-058", "R-902"))
@document_rule(Level.ERROR, "NĐ 347/2025/NĐ-CP Điều 6.2.b", "M20-1", covers=("R-061", "R-902"))
def total_is_sum(subject: Subject) -> Iterator[Finding]:
    """A stated total or its words that differ from the lines; a total too large to be paid."""
    if subject.total > MAX_VND:
        message = f"Tổng cộng lớn hơn mức {format_vnd(MAX_VND)} đ mà chương trình nhận. Xem lại số chữ số từng dòng."
        yield Finding(message, table=subject.form.line_tables[0].key, column=(subject.form.amount or ".").split(".")[1])
    for key in declared_keys(subject):
        value = subject.document.fields.get(key)
        if isinstance(value, str) and value.strip():
            yield from _other_words(subject, key, value)
        elif isinstance(value, int) and not isinstance(value, bool) and value != subject.total:
            more = "nhiều hơn" if value > subject.total else "thiếu"
            message = (
                f"Tổng số tiền đã ghi {more} {format_vnd(abs(value - subject.total))} đ so với cộng các dòng "
                f"({format_vnd(subject.total)} đ). Sửa tổng hoặc dòng sai."
            )
            yield Finding(message, field=key)


def _other_words(subject: Subject, key: str, value: str) -> Iterator[Finding]:
    words = amount_in_words(subject.total)
    if key.endswith("_words") and not same_words(value, words):
        yield Finding(f"Số tiền bằng chữ khác với số. Ghi lại: «{words}».", field=key)

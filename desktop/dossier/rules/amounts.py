"""Figures: every line above zero, the total their sum, the words the total."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from desktop.dossier.compute import cell_amount, foreign
from desktop.dossier.document import Level, Row
from desktop.dossier.form_parts import Column, Words
from desktop.dossier.money import MAX_HUNDREDTHS, MAX_VND, format_foreign, format_vnd, is_foreign
from desktop.dossier.rules.registry import Finding, document_rule
from desktop.dossier.rules.shape import declared_keys, declared_words
from desktop.dossier.rules.subject import Subject, is_empty, number_of
from desktop.dossier.words import same_words

_FORMS = "Mẫu 01 đến 03, 07, 08, 10 đến 23; NĐ 254/2025/NĐ-CP"
_MAY_BE_ZERO = frozenset({"remit_amount", "tax_amount", "payee_amount", "returned_fc", "returned_vnd", "balance_vnd"})
_SPLIT = ("M23", "I03A", "I04A")
"""Forms whose columns share one amount among sources, so that most of them stand at 0."""


@document_rule(
    Level.ERROR,
    _FORMS,
    "R-058",
    forms=(
        *("M01", "M02", "M03", "M08", "M09", "M10", "M11", "M12", "M13", "M14", "M15", "M16", "M17", "M18", "M19"),
        *("M21", "M22", "M23", "I03A", "I04A", "I04B", "I05A"),
    ),
)
def above_zero(subject: Subject) -> Iterator[Finding]:
    """A line that asks for nothing or for less than nothing."""
    for table in subject.form.line_tables:
        columns = [column for column in table.columns if column.type in ("money", "money_fc")]
        for index, row in subject.rows(table):
            for column in columns:
                split = subject.form.id in _SPLIT
                if _too_small(row, column, split=split):
                    zero = split or column.key in _MAY_BE_ZERO
                    wrong = "không được âm. Xem lại dấu của số" if zero else "phải lớn hơn 0. Xem lại hoặc xóa dòng này"
                    message = f"{subject.cell(index, column.key, table)}: số tiền {wrong}."
                    yield Finding(message, table=table.key, row=index, column=column.key)


def _too_small(row: Row, column: Column, *, split: bool) -> bool:
    value = row.get(column.key)
    if not (isinstance(value, str) and is_foreign(value)) and number_of(row, column.key) is None:
        return False
    amount = cell_amount(value, column)
    return amount < 0 or (amount == 0 and column.total is not None and not split and column.key not in _MAY_BE_ZERO)


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


@document_rule(
    Level.ERROR,
    "Mẫu 01, 02, 08, 10, 13 đến 19, 22",
    *("M01-4", "M02-4", "M08-3", "M10-3", "M13-6", "M14-7", "M15-3", "M17-6", "M19-2", "M22-1"),
    covers=("R-058", "R-902"),
)
@document_rule(Level.ERROR, "NĐ 347/2025/NĐ-CP Điều 6.2.b", "M20-1", covers=("R-061", "R-902"))
@document_rule(
    Level.ERROR,
    _FORMS,
    "R-902",
    covers=("R-058", "R-061"),
    forms=("M03", "M04", "M05", "M07", "M11", "M12", "M16", "M18", "M21", "M23", "I03A", "I04A", "I04B", "I05A"),
)
def total_is_sum(subject: Subject) -> Iterator[Finding]:
    """A stated total or its words that differ from the lines; a total too large to be paid."""
    yield from _too_large(subject)
    words = declared_words(subject.form)
    for key in declared_keys(subject.form):
        value = subject.document.fields.get(key)
        if is_empty(value):
            continue
        if key in subject.computed.words:
            yield from _other_words(subject, key, str(value))
        elif (item := words.get(key)) is not None and item.currency is not None:
            if isinstance(value, str) and is_foreign(value):
                yield from _other_total(key, foreign(value), subject.computed.spelt[item.key], format_foreign)
        elif isinstance(value, int) and not isinstance(value, bool):
            wanted = subject.computed.spelt[item.key] if item is not None else subject.total
            yield from _other_total(key, value, wanted, _dong)


def _too_large(subject: Subject) -> Iterator[Finding]:
    place = subject.form.amount_column
    if place is not None and subject.total > MAX_VND:
        message = f"Tổng cộng lớn hơn mức {format_vnd(MAX_VND)} đ mà chương trình nhận. Xem lại số chữ số từng dòng."
        yield Finding(message, table=place[0], column=place[1])
    for item in subject.form.amounts_in_words:
        if item.currency is not None and subject.computed.spelt[item.key] > MAX_HUNDREDTHS:
            table, column = _source(item)
            yield Finding("Tổng ngoại tệ quá lớn. Xem lại số chữ số từng dòng.", table=table, column=column)


def _source(item: Words) -> tuple[str, str]:
    table, _, column = item.sources[0].partition(".")
    return table, column


def _dong(amount: int) -> str:
    return f"{format_vnd(amount)} đ"


def _other_total(key: str, value: int, wanted: int, shown: Callable[[int], str]) -> Iterator[Finding]:
    if value != wanted:
        more = "nhiều hơn" if value > wanted else "thiếu"
        message = (
            f"Tổng số tiền đã ghi {more} {shown(abs(value - wanted))} so với cộng các dòng "
            f"({shown(wanted)}). Sửa tổng hoặc dòng sai."
        )
        yield Finding(message, field=key)


def _other_words(subject: Subject, key: str, value: str) -> Iterator[Finding]:
    words = subject.computed.words[key]
    if words and not same_words(value, words):
        yield Finding(f"Số tiền bằng chữ khác với số. Ghi lại: «{words}».", field=key)


@document_rule(Level.ERROR, "Mẫu 07", "M07-1")
def fine_and_late(subject: Subject) -> Iterator[Finding]:
    """A receipt whose total is not the fine and what late execution adds to it."""
    decided, total = subject.number("decision_amount"), subject.number("total_amount")
    wanted = (decided or 0) + (subject.number("late_amount") or 0)
    if decided is not None and total is not None and total != wanted:
        message = f"Tổng số tiền phải là {format_vnd(wanted)} đ (số theo quyết định cộng số chậm thi hành). Xem lại."
        yield Finding(message, field="total_amount")

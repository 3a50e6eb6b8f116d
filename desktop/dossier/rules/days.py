"""Days that cannot follow each other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from desktop.dossier.dates import format_date, is_date
from desktop.dossier.document import Level
from desktop.dossier.rules.registry import ANY, Finding, document_rule
from desktop.dossier.rules.subject import Subject, text_of

_NOT_AFTER = (
    ("contract_date", "acceptance_date"),
    ("bid_result_decision_date", "contract_date"),
    ("contract_date", "made_date"),
    ("acceptance_date", "made_date"),
    ("cash_recipient_id_date", "made_date"),
    ("decision_date", "made_date"),
    ("fc_withdrawal_date", "made_date"),
    ("payee_list_date", "made_date"),
    ("advance_balance_date", "made_date"),
)

_AHEAD = dt.timedelta(days=31)
_LINE_DAYS = ("invoice_date", "voucher_date", "posting_date", "paid_date", "date")


@document_rule(Level.WARNING, "NĐ 347/2025/NĐ-CP Điều 2.9", "date_order", forms=(ANY,))
def date_order(subject: Subject) -> Iterator[Finding]:
    """An invoice or paper dated after the voucher that pays it."""
    for earlier, later in _NOT_AFTER:
        if earlier not in subject.form.fields_by_key or later not in subject.form.fields_by_key:
            continue
        first, last = _day(subject.text(earlier)), _day(subject.text(later))
        if first and last and first > last:
            before = f"{subject.name(earlier)} ({format_date(first)})"
            yield Finding(f"{before} sau {subject.name(later)} ({format_date(last)}). Xem lại hai ngày.", field=earlier)
    yield from _far_ahead(subject)
    limit = _day(subject.text("made_date")) or subject.context.today
    for table in subject.form.line_tables if limit else ():
        columns = [column for column in _LINE_DAYS if column in table.columns_by_key]
        for index, row in subject.rows(table) if columns else ():
            for column in columns:
                day = _day(text_of(row, column))
                if day and limit and day > limit:
                    cell = subject.cell(index, column, table)
                    message = f"{cell} ({format_date(day)}) sau ngày lập ({format_date(limit)}). Xem lại."
                    yield Finding(message, table=table.key, row=index, column=column)


def _far_ahead(subject: Subject) -> Iterator[Finding]:
    """A voucher may be made ready some days ahead; weeks ahead the year or month is a slip."""
    made, today = _day(subject.text("made_date")), subject.context.today
    if made and today and is_date(today) and dt.date.fromisoformat(made) - dt.date.fromisoformat(today) > _AHEAD:
        message = f"{subject.name('made_date')} ({format_date(made)}) còn xa ngày hôm nay. Xem lại ngày, tháng, năm."
        yield Finding(message, field="made_date")


def _day(text: str) -> str:
    return text if is_date(text) else ""

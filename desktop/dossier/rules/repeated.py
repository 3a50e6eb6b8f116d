"""The same line twice in one form or dossier: what is copied by mistake is asked for twice."""

from __future__ import annotations

from collections.abc import Hashable, Iterator

from desktop.dossier.document import Level, Row
from desktop.dossier.payees import account_key
from desktop.dossier.rules.registry import ANY, Finding, document_rule, dossier_rule
from desktop.dossier.rules.subject import Subject, Whole, is_empty

_OWN_RULE = ("M20", "M32")
"""Lists of people and accounts, where payee-list and M32-2 speak of what stands twice."""
_NAMED_AT_MOST = 5


@document_rule(Level.WARNING, "NĐ 347/2025/NĐ-CP Điều 2.9", "line-twice", forms=(ANY,))
def line_twice(subject: Subject) -> Iterator[Finding]:
    """A line that repeats another in every cell."""
    if subject.form.id in _OWN_RULE:
        return
    for table in subject.form.line_tables:
        found: dict[Hashable, list[int]] = {}
        for index, row in subject.rows(table):
            found.setdefault(_cells(row), []).append(index)
        for first, *again in found.values() if len(found) < len(subject.document.tables.get(table.key, [])) else ():
            if again:
                message = f"Dòng {_named(again)} giống hệt dòng {first + 1}. Xóa dòng thừa, nếu đúng thì giữ nguyên."
                yield Finding(message, table=table.key, row=again[0])


def _cells(row: Row) -> Hashable:
    return frozenset((key, value) for key, value in row.items() if key != "stt" and not is_empty(value))


def _named(rows: list[int]) -> str:
    more = "" if len(rows) <= _NAMED_AT_MOST else f" và {len(rows) - _NAMED_AT_MOST} dòng nữa"
    return ", ".join(str(row + 1) for row in rows[:_NAMED_AT_MOST]) + more


@dossier_rule("paid-twice", Level.WARNING, "NĐ 347/2025/NĐ-CP Điều 6.2.b")
def paid_twice(whole: Whole) -> Iterator[Finding]:
    """The same line to the same payee on two vouchers, or the same account on two lists."""
    seen: dict[Hashable, int] = {}
    for index, subject in enumerate(whole.subjects):
        for row, line in subject.rows() if subject.form.line_tables else ():
            key = _payment(subject, line)
            first = index if key is None else seen.setdefault(key, index)
            if first != index:
                other = whole.subjects[first]
                named = f"{other.short_title} {other.text('document_no')}".strip()
                message = f"Dòng {row + 1} đã có ở {named} trong hồ sơ. Bỏ một dòng, nếu đúng thì giữ nguyên."
                yield Finding(message, document=index, table=subject.form.line_tables[0].key, row=row)


def _payment(subject: Subject, row: Row) -> Hashable:
    """Name who is paid what by a line, None where the form pays nobody by account."""
    if subject.form.id == "M20":
        return account_key(row.get("account")) or None
    if not subject.form.is_money_transfer_voucher:
        return None
    payee = account_key(subject.text("payee_account") or row.get("payee_account"))
    return (payee, _cells(row)) if payee else None

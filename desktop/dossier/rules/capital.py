"""What the unit's own book and the calendar say to investment capital (NĐ 254/2025/NĐ-CP Điều 6, 9, 12, 13)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from desktop.dossier.advance_limits import (
    Work,
    accepted_until,
    advance_until,
    compensation_settled_by,
    evidence_until,
    overdue_after,
    paid_until,
)
from desktop.dossier.compute import money
from desktop.dossier.dates import is_date
from desktop.dossier.deadlines import Deadline
from desktop.dossier.document import Level
from desktop.dossier.fold import fold
from desktop.dossier.ledger import OpenAdvance, ProjectFacts
from desktop.dossier.money import format_vnd
from desktop.dossier.rules.investment import recovered
from desktop.dossier.rules.registry import Finding, document_rule
from desktop.dossier.rules.shape import MAX_YEAR
from desktop.dossier.rules.subject import Subject, text_of
from desktop.dossier.vouchers import same_number

_DECREE = "NĐ 254/2025/NĐ-CP"
_COMPENSATION = ("boi thuong", "giai phong mat bang", "tai dinh cu")
RECOVERED_AT = 80
"""Percent of a contract's value at which every advance must be recovered (Điều 9.5.a)."""


@document_rule(Level.WARNING, f"{_DECREE} Điều 6.4", "R-160", forms=("I04A",))
def within_investment(subject: Subject) -> Iterator[Finding]:
    """A project paid beyond its total investment, by the unit's own book."""
    facts = _project(subject)
    if facts is not None and (over := _beyond(subject, facts.disbursed, facts.total_investment)):
        message = f"Vượt tổng mức đầu tư của dự án {format_vnd(over)} đ. Xem lại số tiền hoặc quyết định đầu tư."
        yield Finding(message, field="total_requested")


@document_rule(Level.ERROR, f"{_DECREE} Điều 6.5, 9.4", "R-161", forms=("I04A",))
def within_plan(subject: Subject) -> Iterator[Finding]:
    """A project paid beyond the capital planned for the year, by the unit's own book."""
    facts = _project(subject)
    if facts is not None and (over := _beyond(subject, facts.disbursed_year, facts.plan_year)):
        message = f"Vượt kế hoạch vốn năm của dự án {format_vnd(over)} đ. Giảm số tiền, hoặc chờ kế hoạch điều chỉnh."
        yield Finding(message, field="total_requested")


def _project(subject: Subject) -> ProjectFacts | None:
    ledger = subject.context.ledger
    return ledger.project(subject.text("project_code")) if ledger else None


def _beyond(request: Subject, disbursed: int, limit: int | None) -> int:
    """VND by which a request passes a limit; 0 within it, or where none is known."""
    return 0 if limit is None else max(0, disbursed + _new_money(request) - limit)


def _new_money(request: Subject) -> int:
    """What the dossier's requests for a project add to what was disbursed: what is paid back was disbursed before."""
    return sum(item.total - recovered(item) for item in (request, *_beside(request, "project_code")))


def _beside(request: Subject, key: str) -> list[Subject]:
    """Return the other requests of the dossier for the same project or under the same contract."""
    mine = same_number(request.text(key))
    requests = (other for other in request.siblings if other.form.id == request.form.id)
    return [other for other in requests if mine and same_number(other.text(key)) == mine]


@document_rule(Level.ERROR, f"{_DECREE} Điều 9.1, 9.2", "I04A-5", covers=("R-169",))
def advance_within_value(subject: Subject) -> Iterator[Finding]:
    """Advances that together are more than the contracts or estimates they rest on."""
    if subject.text("request_kind") != "advance":
        return
    values = [money(row.get("approved_value")) for _, row in subject.rows()]
    ledger, contract = subject.context.ledger, subject.text("contract_no")
    before = ledger.advanced_to_date(contract) if ledger and contract else money(subject.value("advance_balance"))
    beside = (item for item in _beside(subject, "contract_no") if item.text("request_kind") == "advance")
    over = before + subject.total + sum(item.total for item in beside) - sum(values)
    if all(values) and over > 0:
        message = f"Tổng tạm ứng vượt giá trị hợp đồng hoặc dự toán {format_vnd(over)} đ. Xem lại số tiền."
        yield Finding(message, field="total_requested")


@document_rule(Level.WARNING, f"{_DECREE} Điều 9.5.a", "I04A-6", covers=("R-170",))
def recovered_in_time(subject: Subject) -> Iterator[Finding]:
    """An advance still open although four fifths of the contract are paid, or more recovered than is open."""
    totals = subject.computed.totals
    value = sum(money(row.get("approved_value")) for _, row in subject.rows())
    columns = ("accumulated_domestic", "accumulated_foreign")
    paid = sum(money(row.get(key)) for _, row in subject.rows() for key in columns)
    paid += totals["lines.requested_domestic"] + totals["lines.requested_foreign"] - recovered(subject)
    left = money(subject.value("advance_balance")) - recovered(subject)
    if subject.text("request_kind") == "completed" and value and paid * 100 >= value * RECOVERED_AT and left > 0:
        message = f"Đã giải ngân từ {RECOVERED_AT}% mà còn {format_vnd(left)} đ tạm ứng. Thu hồi hết trong lần này."
        yield Finding(message, field="recovery_domestic")
    if subject.value("advance_balance") is not None and left < 0:
        message = f"Số thu hồi vượt số dư tạm ứng {format_vnd(-left)} đ. Xem lại số thu hồi hoặc số dư tạm ứng."
        yield Finding(message, field="recovery_domestic")


@document_rule(Level.WARNING, f"{_DECREE} Điều 9.5.b", "R-171", forms=("I04A",))
def compensation_settled(subject: Subject) -> Iterator[Finding]:
    """An advance for compensation not settled within thirty days."""
    for advance, day in _open_advances(subject):
        if _is_compensation(advance.content):
            yield from _late(subject, advance, compensation_settled_by(day))


@document_rule(Level.WARNING, f"{_DECREE} Điều 9.6.d", "R-172", forms=("I04A",))
def advance_overdue(subject: Subject) -> Iterator[Finding]:
    """An advance of compensation or of work without contract that is overdue; a contract's own dates are not known."""
    for advance, day in _open_advances(subject):
        work: Work = "compensation" if _is_compensation(advance.content) else "other"
        if work == "compensation" or not subject.text("contract_no"):
            yield from _late(subject, advance, overdue_after(work, day))


def _open_advances(subject: Subject) -> Iterator[tuple[OpenAdvance, dt.date]]:
    ledger = subject.context.ledger
    for key in ("domestic_account", "foreign_account") if ledger else ():
        account = subject.text(key)
        for advance in ledger.open_advances(account) if ledger and account else ():
            day = _date(advance.date)
            if day is not None:
                yield advance, day


def _is_compensation(content: str) -> bool:
    return any(word in fold(content) for word in _COMPENSATION)


def _late(subject: Subject, advance: OpenAdvance, limit: Deadline) -> Iterator[Finding]:
    day = _day(subject, "document_date")
    if day is not None and day > limit.date:
        message = (
            f"Tạm ứng số {advance.document_no} còn {format_vnd(advance.open)} đ, quá hạn từ {limit.date:%d/%m/%Y}. "
            "Thanh toán hoặc nộp trả trước."
        )
        yield Finding(message, field="advance_balance")


@document_rule(Level.ERROR, f"{_DECREE} Điều 12.1, 12.2", "R-173", forms=("I05A", "I03A"))
def within_the_year(subject: Subject) -> Iterator[Finding]:
    """Capital of a year drawn, or work accepted, after its last day."""
    work = subject.form.id == "I03A"
    year = _plan_year_of(subject) if work else subject.number("plan_year")
    key = "acceptance_date" if work else "document_date"
    day = _day(subject, key)
    if year is None or day is None or not 1000 <= year <= MAX_YEAR:
        return
    limit = accepted_until(year) if work else _last_day(subject, year)
    if day > limit.date:
        message = f"{limit.reason_vi.split(' (')[0]}, chứng từ này ghi ngày sau đó. Xem lại ngày hoặc năm kế hoạch vốn."
        yield Finding(message, field=key)


def _plan_year_of(work: Subject) -> int | None:
    years = [other.number("year") for other in work.siblings if other.form.id == "I04A"]
    return years[0] if len(years) == 1 else None


def _last_day(order: Subject, year: int) -> Deadline:
    if order.text("spending_kind") not in ("advance", "prefunding_unqualified"):
        return paid_until(year)
    lines = [text_of(row, "content") for _, row in order.rows()]
    return advance_until(year, compensation=bool(lines) and all(map(_is_compensation, lines)))


@document_rule(Level.WARNING, f"{_DECREE} Điều 13.3", "R-179", forms=("I04A",))
def evidence_fresh(subject: Subject) -> Iterator[Finding]:
    """Work accepted more than six months before foreign capital is asked for it."""
    day = _day(subject, "document_date")
    if day is None or not (subject.text("foreign_account") and subject.computed.totals["lines.requested_foreign"]):
        return
    for work in (other for other in subject.siblings if other.form.id == "I03A"):
        accepted = _day(work, "acceptance_date")
        if accepted is not None and day > evidence_until(accepted).date:
            message = (
                "Chứng từ nghiệm thu đã quá 6 tháng, không chi từ tài khoản đặc biệt. Đề nghị thanh toán trực tiếp."
            )
            yield Finding(message, field="foreign_account")


def _day(subject: Subject, key: str) -> dt.date | None:
    return _date(subject.text(key))


def _date(text: str) -> dt.date | None:
    """Read a day, None for what is none or lies beyond what can be counted with."""
    return dt.date.fromisoformat(text) if is_date(text) and int(text[:4]) <= MAX_YEAR else None

"""The lists of payees (Mẫu 20, 21) and the voucher they go with; judged once the dossier's documents are known."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from desktop.dossier.dates import format_date, is_date
from desktop.dossier.document import Level
from desktop.dossier.money import format_foreign, format_vnd
from desktop.dossier.rules.registry import Finding, document_rule
from desktop.dossier.rules.subject import Subject, text_of

_ARTICLE = "NĐ 347/2025/NĐ-CP Điều 6.2.b"


def parent_of(subject: Subject) -> Subject | None:
    """Return the voucher a list goes with: the one it quotes, else the only one of the dossier, else None."""
    vouchers = [other for other in subject.siblings if other.form.id in subject.form.attached_to]
    quoted = subject.text("parent_voucher_no")
    for voucher in vouchers:
        if quoted and voucher.text("document_no") == quoted:
            return voucher
    return vouchers[0] if len(vouchers) == 1 else None


def lists_of(subject: Subject) -> list[Subject]:
    """Return the lists of the dossier that go with the same voucher as this list, itself included."""
    parent = parent_of(subject)
    others = [other for other in subject.siblings if other.form.id == subject.form.id]
    same = [other for other in others if other.text("parent_voucher_no") == subject.text("parent_voucher_no")]
    return [subject, *same] if parent else [subject]


def payable(parent: Subject) -> int:
    """Return what a voucher pays to its payees in VND: what it remits to the budget is no payee's."""
    return parent.computed.totals.get("lines.payee_amount", parent.total)


@document_rule(Level.ERROR, _ARTICLE, "M20-2", covers=("R-062", "M13-8", "M14-11"))
def list_total(subject: Subject) -> Iterator[Finding]:
    """Lists that add up to another amount than their voucher; a warning beside a remittance."""
    parent = parent_of(subject)
    if parent is None:
        return
    wanted = payable(parent)
    difference = sum(item.total for item in lists_of(subject)) - wanted
    if difference:
        level = Level.WARNING if parent.form.remittance_block else None
        yield Finding(_differs(difference, wanted, parent, _dong), table="lines", column="amount", level=level)


@document_rule(Level.ERROR, _ARTICLE, "M21-3", covers=("R-062",))
def students_total(subject: Subject) -> Iterator[Finding]:
    """Lists of students that add up to another foreign amount than their voucher, with or without the bank's fee."""
    parent = parent_of(subject)
    if parent is None:
        return
    yield from _other_currency(subject, parent)
    listed = sum(item.computed.totals["lines.period_total"] for item in lists_of(subject))
    total = parent.computed.totals.get("lines.fc_amount")
    fee = parent.computed.subtotals.get("lines.fc_amount", {}).get("bank_fee", 0)
    wanted = parent.total * 100 if total is None else total
    if listed not in (wanted, wanted - fee):
        message = _differs(listed - wanted, wanted, parent, format_foreign)
        yield Finding(message, table="lines", column="period_total")


def _other_currency(subject: Subject, parent: Subject) -> Iterator[Finding]:
    theirs = {text_of(row, "currency") for _, row in parent.rows()} | {parent.text("currency")}
    for index, row in subject.rows():
        mine = text_of(row, "currency")
        if mine and theirs - {""} and mine not in theirs:
            shown = ", ".join(sorted(theirs - {""}))
            message = f"{subject.cell(index, 'currency')} là {mine}, chứng từ chi bằng {shown}. Sửa cho giống nhau."
            yield Finding(message, table="lines", row=index, column="currency")
            return


def _dong(amount: int) -> str:
    return f"{format_vnd(amount)} đ"


def _differs(difference: int, wanted: int, parent: Subject, shown: Callable[[int], str]) -> str:
    word = "thừa" if difference > 0 else "thiếu"
    return (
        f"Danh sách {word} {shown(abs(difference))} so với {parent.short_title.lower()} ({shown(wanted)}). "
        "Xem lại từng dòng hoặc số tiền trên chứng từ."
    )


@document_rule(Level.ERROR, "Mẫu 21", "R-063", forms=("M21",))
def goes_with_voucher(subject: Subject) -> Iterator[Finding]:
    """A list of students that quotes another voucher than the dossier's, or the other kind of account."""
    yield from quotes_voucher(subject)
    yield from same_account_kind(subject)


@document_rule(Level.ERROR, "Mẫu 20", "M20-3", covers=("R-063", "M13-8"))
def quotes_voucher(subject: Subject) -> Iterator[Finding]:
    """A list that quotes another number or date than its voucher's, or whose voucher is not in the dossier."""
    if subject.context.siblings is None:
        return
    parent = parent_of(subject)
    if parent is None:
        message = "Hồ sơ không có chứng từ mang số này. Sửa số trên danh sách, hoặc thêm chứng từ vào hồ sơ."
        yield Finding(message, field="parent_voucher_no")
        return
    pairs = (("parent_voucher_no", "document_no"), ("parent_voucher_date", "made_date"))
    for mine, its in pairs:
        if subject.text(mine) and parent.text(its) and subject.text(mine) != parent.text(its):
            shown = format_date(parent.text(its)) if is_date(parent.text(its)) else parent.text(its)
            message = f"{subject.name(mine)} khác với chứng từ ({shown}). Sửa cho giống nhau."
            yield Finding(message, field=mine)


@document_rule(Level.ERROR, "Mẫu 20", "M20-4", covers=("R-063",))
def same_account_kind(subject: Subject) -> Iterator[Finding]:
    """A list ticked for the estimate that goes with a payment order, or the other way round."""
    parent, kind = parent_of(subject), subject.text("account_kind")
    if parent is not None and kind and kind != parent.form.account_kind:
        wanted = subject.form.choices_by_key["account_kind"].labels[parent.form.account_kind or "estimate"]
        message = f"Danh sách kèm {parent.short_title} phải đánh dấu «{wanted}». Chọn lại ô này."
        yield Finding(message, field="account_kind")


@document_rule(Level.HINT, "NĐ 347/2025/NĐ-CP Điều 6.3.a", "M20-6")
def several_payees(subject: Subject) -> Iterator[Finding]:
    """A list of one person, who could stand on the voucher itself."""
    if len(list(subject.rows())) == 1:
        message = "Danh sách chỉ có một người. Có thể ghi người này thẳng trên chứng từ và bỏ danh sách."
        yield Finding(message, table="lines")

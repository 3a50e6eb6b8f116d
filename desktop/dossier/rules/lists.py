"""The beneficiary list (Mẫu 20) and the voucher it goes with; judged once the dossier's documents are known."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.dossier.dates import format_date, is_date
from desktop.dossier.document import Level
from desktop.dossier.money import format_vnd
from desktop.dossier.rules.registry import Finding, document_rule
from desktop.dossier.rules.subject import Subject

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
    others = [other for other in subject.siblings if other.form.id == "M20"]
    same = [other for other in others if other.text("parent_voucher_no") == subject.text("parent_voucher_no")]
    return [subject, *same] if parent else [subject]


@document_rule(Level.ERROR, _ARTICLE, "M20-2", covers=("R-062", "M13-8"))
def list_total(subject: Subject) -> Iterator[Finding]:
    """Lists that add up to another amount than their voucher."""
    parent = parent_of(subject)
    if parent is None:
        return
    difference = sum(item.total for item in lists_of(subject)) - parent.total
    if difference:
        word = "thừa" if difference > 0 else "thiếu"
        message = (
            f"Danh sách {word} {format_vnd(abs(difference))} đ so với {parent.short_title.lower()} "
            f"({format_vnd(parent.total)} đ). Xem lại từng dòng hoặc số tiền trên chứng từ."
        )
        yield Finding(message, table="lines", column="amount")


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

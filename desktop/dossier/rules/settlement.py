"""Settling an advance (Mẫu 10 to 12): same group of items; a transfer voucher exactly when more is asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from desktop.dossier.catalogues import Catalogue
from desktop.dossier.compute import money
from desktop.dossier.document import Level
from desktop.dossier.ledger import OpenAdvance
from desktop.dossier.money import format_vnd
from desktop.dossier.rules.registry import Finding, document_rule
from desktop.dossier.rules.subject import Subject, text_of

_ARTICLE = "NĐ 347/2025/NĐ-CP Điều 6.2.b"


@document_rule(Level.ERROR, _ARTICLE, "M10-2", "M11-4", "M12-4", covers=("R-081",))
def same_group(subject: Subject) -> Iterator[Finding]:
    """An item asked for outside the group of the item advanced; another mục of the same group is worth a look."""
    items = subject.context.catalogues.get("econ")
    for index, row in subject.rows():
        advanced, requested = text_of(row, "econ_advanced"), text_of(row, "econ_requested")
        if not (_is_item(advanced) and _is_item(requested)) or item(advanced, items) == item(requested, items):
            continue
        first, second = group(advanced, items), group(requested, items)
        if first and first == second:
            text, level = (
                f"Dòng {index + 1}: {requested} khác mục với {advanced} đã tạm ứng. Xem lại mã.",
                Level.WARNING,
            )
        else:
            text, level = (
                f"Dòng {index + 1}: {requested} khác nhóm mục với {advanced} đã tạm ứng. Chọn tiểu mục cùng nhóm.",
                Level.ERROR,
            )
        yield Finding(text, table="lines", row=index, column="econ_requested", level=level)


def item(econ: str, items: Catalogue) -> str:
    """Return the mục of a tiểu mục: its parent in the list, else its code rounded down to 50 (TT 324/2016)."""
    entry = items.get(econ)
    if entry is not None:
        return entry.parent or entry.code
    return f"{int(econ) // 50 * 50:04d}"


def group(econ: str, items: Catalogue) -> str:
    """Return the group of items (tiểu nhóm of the list) an economic item belongs to, "" when the list does not say."""
    entry = items.get(item(econ, items))
    if entry is None:
        return ""
    return entry.extra.get("subgroup_code") or entry.extra.get("group_code", "")


def _is_item(econ: str) -> bool:
    return len(econ) == 4 and econ.isascii() and econ.isdigit()


@document_rule(Level.ERROR, "NĐ 347/2025/NĐ-CP Điều 6.2.e", "M10-4", covers=("R-082", "R-083", "R-084"))
def voucher_for_difference(subject: Subject) -> Iterator[Finding]:
    """More asked than advanced needs a voucher over the difference; otherwise the dossier has none."""
    difference = _beyond(subject)
    if subject.context.siblings is None:
        if difference > 0:
            message = (
                f"Số đề nghị nhiều hơn số dư tạm ứng. Hồ sơ cần thêm chứng từ chuyển tiền {format_vnd(difference)} đ."
            )
            yield Finding(message, table="lines", column="requested_amount", level=Level.HINT, also=("R-082",))
        return
    vouchers = [other for other in subject.siblings if other.form.is_money_transfer_voucher]
    drawn = sum(voucher.total for voucher in vouchers)
    settlements = [subject, *(other for other in subject.siblings if other.form.id == subject.form.id)]
    needed = sum(max(_beyond(item), 0) for item in settlements)
    if difference > 0 and drawn != needed:
        message = (
            f"Số đề nghị nhiều hơn số dư tạm ứng {format_vnd(needed)} đ, chứng từ chuyển tiền trong hồ sơ là "
            f"{format_vnd(drawn)} đ. Lập chứng từ đúng phần chênh lệch."
        )
        yield Finding(message, table="lines", column="requested_amount", also=("R-082",))
    elif not needed and vouchers and all(item.total for item in settlements):  # nobody knows before amounts are there
        message = "Số đề nghị không vượt số dư tạm ứng nên hồ sơ không kèm chứng từ chuyển tiền. Bỏ chứng từ này."
        yield Finding(message, table="lines", column="requested_amount", also=("R-083" if difference else "R-084",))


def _beyond(settlement: Subject) -> int:
    """Return what a settlement asks for beyond what was advanced, VND; negative where something stays open."""
    return settlement.total - sum(money(row.get("advance_balance")) for _, row in settlement.rows())


@document_rule(Level.WARNING, _ARTICLE, "M10-5", covers=("R-080",))
def advance_known(subject: Subject) -> Iterator[Finding]:
    """A settlement of more than the unit's own book has as open advance from the same account and source."""
    ledger, account = subject.context.ledger, subject.text("account")
    settled = _settled_beside(subject)
    for index, row in subject.rows() if ledger and account else ():
        source = text_of(row, "source")
        known = ledger.advance_balance(account, source) if ledger and source else None
        settled[source] += money(row.get("advance_balance"))
        if known is not None and settled[source] > known:
            message = (
                f"{subject.cell(index, 'advance_balance')}: sổ của đơn vị còn {format_vnd(known)} đ tạm ứng "
                "ở tài khoản và nguồn này. Xem lại số dư, tài khoản hoặc nguồn."
            )
            yield Finding(message, table="lines", row=index, column="advance_balance")
        elif ledger and source:
            yield from _item_advanced(subject, index, ledger.open_advances(account, source))


def _settled_beside(subject: Subject) -> Counter[str]:
    """Return what other settlements of the dossier settle from the same account, by source."""
    sums: Counter[str] = Counter()
    for other in subject.siblings:
        if other.form.id == subject.form.id and other.text("account") == subject.text("account"):
            for _, row in other.rows():
                sums[text_of(row, "source")] += money(row.get("advance_balance"))
    return sums


def _item_advanced(subject: Subject, index: int, open_advances: tuple[OpenAdvance, ...]) -> Iterator[Finding]:
    """Say so when something is open from this account and source, but nothing under the item the line settles."""
    row = subject.document.tables["lines"][index]
    econ = text_of(row, "econ_advanced")
    items = sorted({advance.econ for advance in open_advances if advance.econ})
    if items and econ and econ not in items:
        message = (
            f"{subject.cell(index, 'econ_advanced')}: sổ của đơn vị không có tạm ứng theo mã {econ} "
            f"(còn {', '.join(items[:5])}). Xem lại mã."
        )
        yield Finding(message, table="lines", row=index, column="econ_advanced")

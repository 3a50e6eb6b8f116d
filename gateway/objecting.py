"""Why the sandbox Treasury refuses a dossier (pure): the account is closed, or the money is not there."""

from __future__ import annotations

from desktop.dossier.compute import money
from desktop.dossier.document import Document, Dossier, Row
from desktop.dossier.money import format_vnd
from desktop.dossier.pack import form_of
from desktop.dossier.postings import postings
from gateway.books import Books, BudgetKey


def objection(dossier: Dossier, books: Books) -> str:
    """Give the reason to refuse, in Vietnamese with what to do next; "" when there is none."""
    return _closed_account(dossier, books) or _overdrawn(dossier, books) or _recoded_too_far(dossier, books)


def _closed_account(dossier: Dossier, books: Books) -> str:
    for document in dossier.documents:
        for key in ("account", "debit_account", "domestic_account"):
            account = str(document.fields.get(key) or "")
            if account and account in books.closed:
                return f"Tài khoản {account} đã tất toán. Hãy dùng tài khoản khác hoặc đăng ký lại tài khoản (Mẫu 24)."
    return ""


def _overdrawn(dossier: Dossier, books: Books) -> str:
    """Name the first line that the Treasury's estimate or capital plan does not cover (rule R-065, Điều 6.2.c)."""
    left: dict[BudgetKey, int] = {}
    for document in dossier.documents:
        form = form_of(document.form)
        if form.amount_column is None or not (form.account_kind == "estimate" or form.id == "I05A"):
            continue
        table, column = form.amount_column
        for number, row in enumerate(document.tables.get(table, []), 1):
            key = _key(document, row)
            left[key] = left.get(key, books.remaining(key)) - money(row.get(column))
            if left[key] < 0:
                return _overdrawn_words(document, number, key, -left[key])
    return ""


def _key(document: Document, row: Row) -> BudgetKey:
    year = money(document.fields.get("budget_year")) or money(row.get("plan_year"))
    account = str(document.fields.get("account") or "")
    return BudgetKey(year, account, str(row.get("source") or ""), str(row.get("sector") or ""))


def _overdrawn_words(document: Document, number: int, key: BudgetKey, lacking: int) -> str:
    form = form_of(document.form)
    given = "kế hoạch vốn" if form.id == "I05A" else "dự toán"
    name = "Giấy rút dự toán" if form.account_kind == "estimate" else form.short_title
    return (
        f"{name} số {document.fields.get('document_no')}, dòng {number}: {given} năm {key.budget_year} của "
        f"nguồn {key.source}, ngành {key.sector} còn thiếu {format_vnd(lacking)} đ. "
        f"Hãy giảm số tiền hoặc bổ sung {given} rồi lập lại hồ sơ."
    )


def _recoded_too_far(dossier: Dossier, books: Books) -> str:
    """A re-coding may not put more on a line than is left there."""
    needed: dict[BudgetKey, int] = {}
    for posting in postings(dossier, books.unit.estimate_account):
        if posting.cause == "recoding":
            key = BudgetKey(posting.budget_year, posting.account, posting.source, posting.sector)
            needed[key] = needed.get(key, 0) + posting.amount
    for key, amount in needed.items():
        lacking = amount - books.remaining(key)
        if amount > 0 and lacking > 0:
            return (
                f"Điều chỉnh sang nguồn {key.source}, ngành {key.sector} năm {key.budget_year} còn thiếu "
                f"{format_vnd(lacking)} đ dự toán. Hãy sửa dòng đề nghị điều chỉnh rồi lập lại."
            )
    return ""

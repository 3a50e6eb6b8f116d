"""Whether the forms of a dossier do what its case is for: its procedure, advance or payment, accounts, donors."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.dossier.document import Level
from desktop.dossier.procedures import case, procedures
from desktop.dossier.rules.budget import account_kind
from desktop.dossier.rules.reconciliation import plain_account
from desktop.dossier.rules.registry import Finding, dossier_rule
from desktop.dossier.rules.subject import Whole, text_of

_DECREE = "NĐ 347/2025/NĐ-CP"
_TABLES = {"estimate": ({"M26", "M28"}, {"M27", "M29"}), "deposit": ({"M32"},)}
"""The tables that go with closing an account of each kind (R-140); one of the sets is enough."""
_ASKS_FOR = {"estimate": "Mẫu 26 và 28 (hoặc 27 và 29)", "deposit": "Mẫu 32"}
_DONATED = "P3-c"


@dossier_rule("case-kind", Level.WARNING, f"{_DECREE} Điều 6.3")
def fits_case(whole: Whole) -> Iterator[Finding]:
    """A case of another procedure (error), an advance ticked in a dossier of payments, or the other way round."""
    found = procedures().cases.get(whole.dossier.case)
    if found is None:
        return
    if found.procedure != whole.dossier.procedure:
        message = f"Trường hợp «{found.name}» không thuộc thủ tục của hồ sơ. Chọn lại việc cần làm."
        yield Finding(message, level=Level.ERROR)
    for index, subject in enumerate(whole.subjects) if found.spending_kind else ():
        ticked = subject.text("spending_kind")
        choice = subject.form.choices_by_key.get("spending_kind")
        wanted = (choice.labels if choice else {}).get(found.spending_kind or "")
        if subject.form.is_money_transfer_voucher and wanted and ticked and ticked != found.spending_kind:
            message = f"Hồ sơ là «{found.name}» mà chứng từ không đánh dấu «{wanted}». Xem lại ô này hoặc loại hồ sơ."
            yield Finding(message, field="spending_kind", document=index)


@dossier_rule("closed-accounts", Level.WARNING, f"{_DECREE} Điều 9.3", covers=("R-140",))
def tables_of_closed(whole: Whole) -> Iterator[Finding]:
    """An account that is closed without the tables for accounts of its kind, or that its table leaves out."""
    forms = {subject.form.id for subject in whole.subjects}
    balances = [item for item in whole.subjects if item.form.id == "M32"]
    told = {plain_account(text_of(row, "account_no")) for item in balances for _, row in item.rows()}
    for index, subject in enumerate(whole.subjects):
        for row, line in subject.rows() if subject.form.id == "M25" and subject.text("budget_unit_code") else ():
            account = text_of(line, "account_no")
            kind, sure = account_kind(account)
            place = {"document": index, "table": "accounts", "row": row, "column": "account_no"}
            if sure and not any(tables <= forms for tables in _TABLES[kind]) and len(forms) > 1:
                message = f"Tất toán {account} cần {_ASKS_FOR[kind]}. Thêm mẫu này, hoặc bỏ tài khoản."
                yield Finding(message, **place)  # type: ignore[arg-type]
            elif kind == "deposit" and told and plain_account(account) not in told:
                message = f"Mẫu 32 trong hồ sơ chưa có tài khoản {account}. Thêm tài khoản này vào Mẫu 32."
                yield Finding(message, **place)  # type: ignore[arg-type]


@dossier_rule("donor", Level.WARNING, "Mẫu 17, 19; NĐ 347/2025/NĐ-CP Điều 6.3.c")
def donor_named(whole: Whole) -> Iterator[Finding]:
    """Money of a grant paid without the donor's code."""
    for index, subject in enumerate(whole.subjects) if whole.dossier.case == _DONATED else ():
        if "donor_code" in subject.form.fields_by_key and not subject.text("donor_code"):
            message = f"Hồ sơ «{case(_DONATED).name}» mà ô {subject.name('donor_code')} còn trống. Điền ô này."
            yield Finding(message, field="donor_code", document=index)

"""The papers around a request for capital (04.a/TT): who is paid, from which account, under which contract.

No article says these one by one; they are what a request and the orders under it tell twice (NĐ 254/2025 Điều 8).
"""

from __future__ import annotations

from collections.abc import Iterator

from desktop.dossier.compute import money
from desktop.dossier.document import Level
from desktop.dossier.money import format_vnd
from desktop.dossier.payees import account_key
from desktop.dossier.rules.investment import quoted, recovered
from desktop.dossier.rules.registry import Finding, document_rule
from desktop.dossier.rules.subject import Subject
from desktop.dossier.vouchers import same_number

_SAME: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "I03A": (("contract_no", ("contract_no",)), ("contract_date", ("contract_date",))),
    "I04B": (("payment_request_no", ("document_no",)), ("payment_request_date", ("document_date",))),
    "I05A": (
        ("project_code", ("project_code",)),
        ("account", ("domestic_account", "foreign_account")),
        ("payee_account", ("payee_account",)),
    ),
}
"""Blanks of each paper, and the blanks of the request one of which says the same."""


@document_rule(Level.WARNING, "NĐ 254/2025/NĐ-CP Điều 8", "as-requested", forms=("I03A", "I04B", "I05A"))
def as_requested(subject: Subject) -> Iterator[Finding]:
    """A project, account, payee, contract or amount that is not the one of the 04.a/TT in the dossier."""
    request = quoted(subject)
    if request is None:
        return
    for mine, theirs in _SAME[subject.form.id]:
        told = [request.text(key) for key in theirs if request.text(key)]
        if subject.text(mine) and told and _plain(subject.text(mine)) not in map(_plain, told):
            message = f"Ô {subject.name(mine)} khác giấy đề nghị thanh toán vốn trong hồ sơ. Sửa cho giống nhau."
            yield Finding(message, field=mine)
    if subject.form.id == "I03A":
        yield from _asked(subject, request)


def _asked(work: Subject, request: Subject) -> Iterator[Finding]:
    """Compare what the works ask for with the request; it may be told before or after what is kept back."""
    asked = work.number("s6_requested")
    due = [request.total - recovered(request), request.total, money(request.value("payee_total"))]
    if asked is not None and asked not in due and request.text("request_kind") == "completed":
        message = f"Giấy đề nghị trong hồ sơ đề nghị {format_vnd(due[0])} đ sau thu hồi. Sửa cho giống nhau."
        yield Finding(message, field="s6_requested")


def _plain(value: str) -> str:
    return account_key(same_number(value))

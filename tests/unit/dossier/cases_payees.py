"""What breaks the checks of payees: an account or name twice, an odd number, somebody who changed since last time."""

from __future__ import annotations

from desktop.dossier.document import Document, Row
from desktop.dossier.ledger import PayeeFacts
from desktop.dossier.rules import CheckContext
from tests.unit.dossier.rule_case import Book, Case, at
from tests.unit.dossier.samples import LIST, WITHDRAWAL, change


def listed(**second: object) -> Document:
    rows: list[Row] = [dict(row) for row in LIST.tables["lines"]]
    rows[1] |= second  # type: ignore[arg-type]
    return LIST.model_copy(update={"tables": {"lines": rows}})


def paid(name: str, account: str) -> CheckContext:
    return CheckContext(ledger=Book(payees=(PayeeFacts(name, account, "Agribank", "2026-10-05", 1, ""),)))


FIRST = LIST.tables["lines"][0]
TWICE = listed(account=FIRST["account"])
PEOPLE = [
    Case("payee-list", TWICE, at("account", 1), good=LIST, level="warning", says="ghi cho hai người"),
    Case("payee-list", listed(name=FIRST["name"]), at("name", 1), good=LIST, level="hint", says="khác tài khoản"),
    Case("payee-list", listed(account="35O8205018102"), at("account", 1), good=LIST, says="ký tự thứ 3"),
    Case(
        "payee-list", listed(account="3508205 018102"), at("account", 1), good=LIST, level="hint", says="khoảng trắng"
    ),
    Case(
        "payee-list",
        listed(name="LO THI HANH", account="3508205018021"),
        at("name", 1),
        good=listed(name="Lò Thị Hạnh", account="3508205018021"),
        level="warning",
        context=paid("Lò Thị Hạnh", "3508205018021"),
        says="Không dấu. Lần trước ghi: Lò Thị Hạnh.",
    ),
    Case("payee-changed", LIST, at("name", 0), context=paid("Vi Văn C", "3508205018101"), says="Vi Văn C"),
    Case("payee-changed", LIST, at("account", 1), context=paid("Hà Thị B", "999888777"), says="999888777"),
    Case(
        "payee-changed",
        WITHDRAWAL,
        {"field": "payee_name"},
        good=change(WITHDRAWAL, {"payee_account": "111222333444"}),
        context=paid("Công ty khác", str(WITHDRAWAL.fields["payee_account"])),
        says="lần trước ngày 05/10/2026",
    ),
]

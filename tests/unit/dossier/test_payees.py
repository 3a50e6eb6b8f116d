"""Proofs that a list of payees is looked at as a whole: twice the same, another shape, changed since last time."""

from dataclasses import dataclass, field

import pytest

from desktop.dossier.document import Document, Row
from desktop.dossier.ledger import PayeeFacts
from desktop.dossier.payees import Change, account_key, change_of, list_problems, name_key, payees_in, standing

HANH = PayeeFacts("Lò Thị Hạnh", "3508205018021", "Agribank", "2026-10-05", 3, "")


def payee(name: str, account: str, bank: str = "Agribank Mường Lát") -> Row:
    return {"name": name, "account": account, "bank": bank, "amount": 1}


def said(*rows: Row) -> list[tuple[int | None, str | None, str]]:
    return [(p.where.row, p.where.column, p.message) for p in list_problems(rows)]


@dataclass
class Book:
    """The payees of earlier months; the other questions are not asked of it."""

    paid: list[PayeeFacts] = field(default_factory=list)

    def payee(self, account_no: str) -> PayeeFacts | None:
        return next((p for p in self.paid if account_key(p.account_no) == account_key(account_no)), None)

    def payee_named(self, name: str) -> tuple[PayeeFacts, ...]:
        return tuple(p for p in self.paid if name_key(p.name) == name_key(name))


def test_nothing_to_say_about_a_good_list() -> None:
    assert said(*[payee(f"Người {n}", f"35082050180{n:02}") for n in range(30)]) == []


@pytest.mark.parametrize(
    ("second", "column", "words"),
    [
        (payee("lo thi hanh", "3508-205-018021"), "account", "trùng với dòng 1. Hãy kiểm tra có ghi hai lần"),
        (payee("Hà Văn Tuyên", "3508205018021"), "account", "trùng với dòng 1, ghi cho hai người"),
        (payee("LÒ THỊ HẠNH", "3508205018099"), "name", "cùng tên với dòng 1 nhưng khác tài khoản"),
    ],
)
def test_who_stands_twice(second: Row, column: str, words: str) -> None:
    ((row, where, message),) = said(payee("Lò Thị Hạnh", "3508205018021"), second)
    assert (row, where) == (1, column)
    assert words in message


@pytest.mark.parametrize(
    ("account", "words"),
    [
        ("35O8205018221", "ký tự thứ 3 của số tài khoản là chữ O, có thể là số 0"),
        ("350820501822l", "ký tự thứ 13 của số tài khoản là chữ l, có thể là số 1"),
        ("12345", "số tài khoản có 5 ký tự"),
        ("1" * 21, "số tài khoản có 21 ký tự"),
        ("350820501886", "số tài khoản có 12 số, các tài khoản khác cùng ngân hàng trong danh sách có 13 số"),
    ],
)
def test_a_number_of_another_shape(account: str, words: str) -> None:
    neighbours = [payee(f"Người {n}", f"35082050180{n:02}", f"Agribank, chi nhánh {n}") for n in range(5)]
    ((row, column, message),) = said(*neighbours, payee("Lò Thị Hạnh", account))
    assert (row, column) == (5, "account")
    assert words in message


def test_few_neighbours_say_nothing_about_length() -> None:
    assert said(payee("A", "3508205018021"), payee("B", "350820501802")) == []


@pytest.mark.parametrize(
    ("row", "how"),
    [
        (payee("LO THI HANH", "3508-2050-18021"), ["known"]),
        (payee("Hà Văn Tuyên", "3508205018021"), ["changed"]),
        (payee("Lò Thị Hạnh", "3508205018099"), ["changed"]),
        (payee("Hà Văn Tuyên", "3508205018099"), ["new"]),
        (payee("", "3508205018099"), []),
    ],
)
def test_how_a_payee_stands_to_the_past(row: Row, how: list[str]) -> None:
    assert [standing(found, Book([HANH])) for found in payees_in(listed(row))] == how


def listed(*rows: Row) -> Document:
    return Document(form="M20", tables={"lines": list(rows)})


def changes(document: Document, *paid: PayeeFacts) -> list[Change]:
    found = [change_of(one, Book(list(paid))) for one in payees_in(document)]
    return [change for change in found if change is not None]


def test_a_change_says_what_was_before() -> None:
    other_name, other_account = payee("Hà Văn Tuyên", "3508205018021"), payee("Lò Thị Hạnh", "3508205018099")
    first, second = changes(listed(other_name, other_account), HANH)
    assert (first.payee.row, first.column) == (0, "name")
    assert first.message == "Tài khoản này lần trước ngày 05/10/2026 trả cho «Lò Thị Hạnh»."
    assert (second.payee.row, second.column) == (1, "account")
    assert "nhận ở tài khoản 3508205018021, nay đổi tài khoản" in second.message


def test_a_voucher_pays_to_its_fields() -> None:
    fields = {"payee_name": "Hà Văn Tuyên", "payee_account": "3508205018021"}
    (found,) = changes(Document(form="C2-02a/NS", fields=fields), HANH)
    assert (found.column, found.payee.table, found.payee.row) == ("payee_name", None, None)


def test_one_of_several_accounts_of_a_name_is_no_change() -> None:
    assert changes(listed(payee("Lò Thị Hạnh", "111222333")), HANH, HANH._replace(account_no="111222333")) == []

"""Proofs that only plain slips are offered for mending, and that nothing else about money is ever touched."""

import pytest

from desktop.dossier.document import Document, Level, Problem, Row, Value, Where
from desktop.dossier.list_views import PayeeMark
from desktop.dossier.payee_repairs import Repair, applied, machine_repairs, plain_account, repairs

GOOD = "3508205018021"


def person(number: int, **change: Value) -> Row:
    row: Row = {"name": f"Người {number}", "account": f"35082050180{number:02}", "bank": "Agribank", "amount": 5}
    return {key: value for key, value in (row | change).items() if value is not None}


def people(**last: Value) -> list[Row]:
    return [*(person(number) for number in range(5)), person(5, **last)]


def offered(
    rows: list[Row],
    column: str,
    *,
    row: int = 5,
    rule: str = "payee-list",
    missing: int = 0,
    marks: tuple[PayeeMark, ...] = (),
) -> Repair | None:
    where = Where(document=0, table="lines", row=row, column=column)
    problem = Problem(rule=rule, level=Level.ERROR, where=where, message="x")
    return repairs(Document(form="M20", tables={"lines": rows}), [problem], marks, missing)[0]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("35O8205018021", GOOD),
        ("35o8205018021", GOOD),
        ("350820501802l", GOOD),
        ("35082O501802I", GOOD),
        ("3508 2050 18021", GOOD),
        ("3508.2050.18021", GOOD),
        (" 3508\u00a0205018021", GOOD),
        ("35O8 205.018021", GOOD),
        (GOOD, None),
        ("35O82O5O18021", None),
        ("35S8205018021", None),
        ("35B8205018021", None),
        ("3508-205018021", None),
        ("VN08205018021", None),
        ("35O820501802X", None),
        ("٣508205018021", None),
        ("", None),
        (". .", None),
    ],
)
def test_only_a_plain_slip_becomes_digits(written: str, meant: str | None) -> None:
    assert plain_account(written) == meant


@pytest.mark.parametrize(
    ("account", "label", "new"),
    [
        ("35O8205018021", "Đổi thành 0", GOOD),
        ("350820501802l", "Đổi thành 1", GOOD),
        ("35O820501802l", "Đổi thành số", GOOD),
        ("3508 205018021", "Bỏ khoảng trắng", GOOD),
        ("3508.205018021", "Bỏ dấu chấm", GOOD),
        ("3508. 205018021", "Bỏ dấu thừa", GOOD),
    ],
)
def test_an_account_is_mended_as_the_button_says(account: str, label: str, new: str) -> None:
    found = offered(people(account=account), "account")
    assert found == Repair(5, "account", "write", label, account, new, f"{account} → {new}")


@pytest.mark.parametrize("account", ["35O820501802", "3508 2050 1802", "35S8205018021", "123"])
def test_a_doubtful_account_is_left_to_a_person(account: str) -> None:
    found = offered(people(account=account), "account")
    assert found is not None
    assert (found.how, found.label, found.new) == ("edit", "Sửa ô", None)
    assert machine_repairs(people(account=account), ()) == ()


def test_a_letter_is_not_mended_into_the_account_of_somebody_else() -> None:
    found = offered(people(account="35O8205018003"), "account")
    assert found is not None
    assert found.how == "edit"


def test_an_account_written_twice_shows_its_rows() -> None:
    found = offered(people(account="3508205018003"), "account")
    assert found == Repair(5, "account", "together", "Xem hai dòng", shown="Chỉ hiện dòng 4, 6", find="3508205018003")


def test_three_namesakes_are_shown_together() -> None:
    rows = [*people(name="Người 1"), person(6, name="NGUOI 1")]
    found = offered(rows, "name")
    assert found is not None
    assert (found.label, found.shown) == ("Xem ba dòng", "Chỉ hiện dòng 2, 6, 7")


@pytest.mark.parametrize(
    ("amount", "missing", "label"),
    [
        (None, 955_000, "Điền 955.000"),
        (None, 0, "Sửa ô"),
        (None, -5, "Sửa ô"),
        ("năm nghìn", 955_000, "Sửa ô"),
        (7, 955_000, "Sửa ô"),
    ],
)
def test_only_an_empty_amount_is_offered_what_is_missing(amount: Value, missing: int, label: str) -> None:
    found = offered(people(amount=amount), "amount", missing=missing)
    assert found is not None
    assert found.label == label
    assert found.new == (955_000 if label.startswith("Điền") else None)


def test_two_empty_amounts_are_left_to_a_person() -> None:
    rows = [*people(amount=None), person(6, amount=None)]
    found = offered(rows, "amount", missing=10)
    assert found is not None
    assert found.how == "edit"


@pytest.mark.parametrize(
    ("account", "words"),
    [(GOOD, "Các tài khoản khác bắt đầu bằng 3508 đều ở Agribank"), ("109877650021", ""), (None, "")],
)
def test_an_empty_bank_is_chosen_by_a_person(account: str | None, words: str) -> None:
    found = offered(people(bank=None, account=account), "bank")
    assert found == Repair(5, "bank", "choose", "Chọn (F4)", shown=words)


def test_two_banks_of_one_branch_say_nothing() -> None:
    found = offered([*people(bank=None), person(6, bank="BIDV")], "bank")
    assert found is not None
    assert found.shown == ""


@pytest.mark.parametrize(
    ("name", "paid", "how"),
    [
        ("GIANG THI CHU", "Giàng Thị Chứ", "write"),
        ("Giàng Thị Chứ", "Giàng Thị Chứ", "edit"),
        ("Giang Thi Chua", "Giàng Thị Chứ", "edit"),
        ("GIANG THI CHU", "", "edit"),
    ],
)
def test_a_name_is_offered_as_it_was_paid(name: str, paid: str, how: str) -> None:
    marks = (*[PayeeMark("known")] * 5, PayeeMark("known", paid_name=paid))
    found = offered(people(name=name), "name", marks=marks)
    assert found is not None
    assert (found.how, found.new) == (how, paid if how == "write" else None)


def test_a_changed_payee_asks_for_a_name_whatever_else_is_wrong() -> None:
    found = offered(people(account="35O8205018021"), "account", rule="payee-changed")
    assert found is not None
    assert (found.how, found.new) == ("stand", None)


def test_a_problem_without_a_cell_has_no_button() -> None:
    whole = Where(document=0, table="lines", column="amount")
    above = Where(document=0, field="parent_voucher_no")
    problems = [Problem(rule="x", level=Level.ERROR, where=where, message="x") for where in (whole, above)]
    none, edit = repairs(Document(form="M20"), problems, (), 5)
    assert none is None
    assert edit == Repair(None, "", "edit", "Sửa ô")


def test_all_that_a_machine_can_mend_leaves_amounts_alone() -> None:
    rows = [*people(account="35O8205018021"), person(6, amount=None), person(7, account="3508 205018007")]
    found = machine_repairs(rows, ())
    assert [(each.row, each.new) for each in found] == [(5, GOOD), (7, "3508205018007")]
    mended = applied(rows, found)
    assert [row.get("account") for row in mended] == [*(r["account"] for r in rows[:5]), GOOD, "3508205018006",
                                                      "3508205018007"]  # fmt: skip
    assert [row.get("amount") for row in mended] == [row.get("amount") for row in rows]
    assert rows[5]["account"] == "35O8205018021"


def test_what_was_changed_meanwhile_is_not_written_over() -> None:
    (found,) = machine_repairs(people(account="35O8205018021"), ())
    now = people(account="9998205018021")
    assert applied(now, [found]) == now
    assert applied(now[:3], [found]) == now[:3]

"""What differs from last month: nothing too much, nothing left out, payees and amounts first."""

from __future__ import annotations

import pytest

from desktop.dossier.differences import differences, pair_rows
from desktop.dossier.document import Document, Row
from tests.fixtures.forms_filled import FORM_IDS, filled
from tests.unit.dossier.samples import LIST, ORDER, WITH_LIST, WITHDRAWAL, change, dossier

A, B = LIST.tables["lines"]
C: Row = {"group": "others", "name": "Vi Văn C", "account": "103", "bank": "Agribank", "amount": 1_000_000}
SOLE = "Danh sách (Mẫu 20), dòng 1 «Lò Văn A»"


def told(new: list[Row]) -> list[tuple[str, str, str, str]]:
    """What differs between a list of A and B and another one."""
    found = differences(dossier(change(LIST, rows=new)), dossier(LIST))
    return [(item.kind, item.place, item.before, item.after) for item in found]


@pytest.mark.parametrize("form_id", FORM_IDS)
def test_the_same_is_the_same(form_id: str) -> None:
    assert differences(dossier(filled(form_id)), dossier(filled(form_id))) == ()


def test_an_amount_is_told_on_the_persons_row() -> None:
    assert told([{**A, "amount": 9_500_000}, B]) == [("changed", f"{SOLE}, Số tiền", "9.000.000 đ", "9.500.000 đ")]


def test_rows_in_another_order_are_no_difference() -> None:
    assert told([B, A]) == []


def test_another_account_of_the_same_person() -> None:
    assert told([{**A, "account": "999"}, B])[0][2:] == (A["account"], "999")


def test_another_name_on_the_same_account() -> None:
    assert told([{**A, "name": "Lò Văn Â"}, B])[0][2:] == ("Lò Văn A", "Lò Văn Â")


def test_who_came_and_who_went() -> None:
    assert told([A, C]) == [
        ("added", "Danh sách (Mẫu 20), dòng 2 «Vi Văn C»", "", "103, 1.000.000 đ"),
        ("removed", "Danh sách (Mẫu 20), dòng 2 «Hà Thị B»", f"{B['account']}, 6.400.000 đ", ""),
    ]


def test_another_group_is_told_by_its_name() -> None:
    found = told([{**A, "group": "others"}, B])
    assert [place for _, place, _, _ in found] == [f"{SOLE}, Nhóm"]
    assert found[0][2] != found[0][3]


def test_fields_and_boxes_are_told_as_printed() -> None:
    new = change(WITHDRAWAL, {"made_date": "2026-12-01", "payee_account": "7"}, {"payment_mode": "cash"})
    found = differences(dossier(new), dossier(WITHDRAWAL))
    shown = {item.key: (item.before, item.after) for item in found}
    assert shown["made_date"] == ("23/11/2026", "01/12/2026")
    assert shown["payment_mode"] == ("Chuyển khoản", "Tiền mặt")
    assert found[0].key == "payee_account"


def test_lines_without_a_payee_are_paired_by_what_they_are_for() -> None:
    new = change(WITHDRAWAL, rows=[{"content": "Tiền nước"}, {"content": "Tiền điện tháng 11", "amount": 1}])
    assert pair_rows(new.tables["lines"], WITHDRAWAL.tables["lines"]) == {1: 0}


def test_forms_that_came_or_went() -> None:
    found = differences(dossier(WITH_LIST, ORDER), dossier(WITH_LIST, LIST))
    assert [(item.kind, item.document, item.place) for item in found] == [
        ("added", 1, "Ủy nhiệm chi (Mẫu 17)"),
        ("removed", 1, "Danh sách (Mẫu 20)"),
    ]


def test_what_a_form_asks_for_weighs_wherever_it_stands() -> None:
    old = Document(form="I04A", fields={"total_requested": 5, "vat": 1})
    found = differences(dossier(old.model_copy(update={"fields": {}})), dossier(old))
    assert {item.key: item.weighty for item in found} == {"total_requested": True, "vat": False}


def test_the_title_is_told_after_what_weighs() -> None:
    found = differences(dossier(change(LIST, rows=[A]), title="Mới"), dossier(LIST))
    assert [(item.weighty, item.place) for item in found][-1] == (False, "Tên hồ sơ")
    assert found[0].weighty


def test_a_form_nobody_knows_is_still_compared() -> None:
    old, new = (Document(form="X", fields={"a": value}) for value in ("1", "2"))
    assert [(item.place, item.before, item.after) for item in differences(dossier(new), dossier(old))] == [
        ("X, a", "1", "2")
    ]


def test_a_thousand_rows_are_compared_at_once() -> None:
    rows: list[Row] = [{**A, "name": f"Người {n}", "account": str(n)} for n in range(1000)]
    assert len(pair_rows(list(reversed(rows)), rows)) == 1000

"""This month's dossier out of last month's."""

from __future__ import annotations

import pytest

from desktop.dossier.copies import CopyOptions, copy_of, months_to
from desktop.dossier.document import Document, Dossier
from tests.fixtures.forms_filled import FORM_IDS, filled
from tests.unit.dossier.rule_case import SCAN
from tests.unit.dossier.samples import CONTRACT, LIST, SETTLEMENT, UNIT, WITH_LIST, WITHDRAWAL, change, dossier

TODAY = "2026-12-21"
SALARY = dossier(
    change(WITH_LIST, {"general_content": "Lương tháng 11/2026 theo danh sách"}, row={"content": "Lương tháng 11"}),
    LIST,
    title="Lương tháng 11/2026",
    purpose="salary",
    answers={"account": "estimate", "year": "first"},
    attachments=(SCAN,),
    replaces="b" * 64,
)


def copied(source: Dossier = SALARY, taken: tuple[str, ...] = (), **options: object) -> Dossier:
    return copy_of(source, UNIT, TODAY, CopyOptions(**options), lambda _form, number: number in taken)  # type: ignore[arg-type]


def test_periods_move_and_the_source_is_remembered() -> None:
    made = copied()
    voucher = made.documents[0]
    assert made.title == "Lương tháng 12/2026"
    assert voucher.fields["general_content"] == "Lương tháng 12/2026 theo danh sách"
    assert voucher.tables["lines"][0]["content"] == "Lương tháng 12"
    assert (made.copied_from, made.replaces, made.attachments, made.local_id) == ("d1", None, (), "")


def test_the_voucher_is_a_new_one_and_its_list_follows() -> None:
    voucher, listed = copied(taken=("0444",)).documents
    assert (voucher.fields["document_no"], voucher.fields["made_date"]) == ("0445", TODAY)
    assert (listed.fields["parent_voucher_no"], listed.fields["parent_voucher_date"]) == ("0445", TODAY)


def test_two_vouchers_do_not_get_one_number() -> None:
    made = copied(dossier(WITHDRAWAL, change(WITHDRAWAL, {"document_no": "0444"})))
    assert [item.fields["document_no"] for item in made.documents] == ["0444", "0445"]


def test_rows_of_a_list_are_kept_with_or_without_their_amounts() -> None:
    assert copied().documents[1].tables == LIST.tables
    cleared = copied(amounts="clear").documents
    assert [row.get("amount") for row in cleared[1].tables["lines"]] == [None, None]
    assert [row["account"] for row in cleared[1].tables["lines"]] == [row["account"] for row in LIST.tables["lines"]]
    assert "amount" not in cleared[0].tables["lines"][0]


def test_papers_of_the_month_lose_their_number_and_move_their_day() -> None:
    moved = copied(dossier(WITHDRAWAL)).documents[0].tables["lines"][0]
    cleared = copied(dossier(WITHDRAWAL), dates="clear").documents[0].tables["lines"][0]
    assert ("invoice_no" in moved, moved["invoice_date"]) == (False, "2026-12-05")
    assert "invoice_date" not in cleared


def test_what_describes_a_contract_stays() -> None:
    made = copied(dossier(change(WITHDRAWAL, CONTRACT)), amounts="clear", dates="clear").documents[0]
    assert {key: made.fields[key] for key in CONTRACT} == CONTRACT


def test_a_first_dossiers_answers_are_not_those_of_a_later_one() -> None:
    assert copied().answers == {"account": "estimate", "year": "no"}


def test_the_year_follows_the_day() -> None:
    made = copy_of(dossier(SETTLEMENT), UNIT, "2027-01-08").documents[0]
    assert (made.fields["budget_year"], made.fields["document_no"]) == (2027, "0008")


@pytest.mark.parametrize(("month", "count"), [("2026-12", 1), ("2027-02", 3), ("2026-11", 0)])
def test_a_month_is_so_many_months_on(month: str, count: int) -> None:
    assert months_to(SALARY, month) == count
    assert months_to(dossier(Document(form="M20")), month) == 1


def test_a_dossiers_month_is_the_one_it_is_for() -> None:
    early = SALARY.model_copy(update={"title": "Lương, phụ cấp tháng 12/2026"})
    assert months_to(early, "2027-01") == 1
    assert months_to(SALARY.model_copy(update={"title": "Lương tháng 12"}), "2027-01") == 2


@pytest.mark.parametrize("form_id", FORM_IDS)
def test_every_form_can_be_copied_and_stays_the_same_paper(form_id: str) -> None:
    source = filled(form_id)
    made = copied(dossier(source)).documents[0]
    assert made.form == source.form
    assert made.choices == source.choices
    assert {key: len(rows) for key, rows in made.tables.items()} == {k: len(rows) for k, rows in source.tables.items()}

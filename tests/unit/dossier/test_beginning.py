"""A dossier begun from plain words: its forms, its presets, its case, and which forms may join it."""

from __future__ import annotations

import pytest

from desktop.dossier.beginning import answered_again, begin, forms_that_fit
from desktop.dossier.document import Document
from desktop.dossier.pack import form_of
from desktop.dossier.purposes import plan, purposes
from tests.unit.dossier.samples import LIST, UNIT, WITH_LIST, dossier

TODAY = "2026-11-23"


def test_salary_begins_with_a_voucher_and_a_list_in_step() -> None:
    made = begin(plan("salary", {}), UNIT, TODAY)
    voucher, listed = made.documents
    assert (voucher.form, listed.form, made.title) == ("C2-02a/NS", "M20", "Lương, phụ cấp tháng 11/2026")
    assert voucher.choices == {"estimate_kind": "official", "spending_kind": "actual", "payment_mode": "transfer"}
    assert voucher.fields["general_content"] == "Lương, phụ cấp tháng 11/2026 theo danh sách"
    assert listed.fields["parent_voucher_date"] == voucher.fields["made_date"] == TODAY
    assert (made.procedure, made.case, made.purpose, made.urgent) == ("P3", "P3-a3", "salary", True)
    assert made.answers == {"account": "estimate", "year": "auto"}


@pytest.mark.parametrize("key", [item.key for item in purposes().purposes])
def test_every_purpose_begins(key: str) -> None:
    made = begin(plan(key, {}), UNIT, TODAY)
    assert made.title
    assert made.case.startswith(made.procedure)
    assert all(form_of(document.form).client_editable for document in made.documents)


def test_a_period_becomes_a_number_where_the_form_wants_one() -> None:
    made = begin(plan("balance", {}), UNIT, "2027-01-04").documents[0]
    assert (made.fields["month"], made.fields["year"]) == (12, 2026)


def test_only_forms_of_the_case_fit() -> None:
    assert [item.id for item in forms_that_fit("P3-b", ())] == ["M17", "M18", "M19"]
    refs = [item.id for item in forms_that_fit("P8-1", ())]
    assert refs == ["I04A", "I05A"]
    assert len(forms_that_fit("a", ())) == 32


def test_vouchers_and_lists_may_come_twice_others_once() -> None:
    fitting = forms_that_fit("P3-a5", [Document(form="C2-03/NS"), WITH_LIST, LIST])
    assert {item.id: item.here for item in fitting}["M13"] == 1
    assert "M10" not in {item.id for item in fitting}
    assert {"M20", "M11"} <= {item.id for item in fitting}


def test_a_form_says_when_the_law_wants_it() -> None:
    why = {item.id: item.why for item in forms_that_fit("P3-a3", ())}
    assert why["M20"] == "Chuyển khoản cho nhiều người"


def test_answers_may_change_and_the_papers_stay() -> None:
    begun = dossier(WITH_LIST, LIST)
    again = answered_again(begun, plan("deposit_payment", {"money": "other"}))
    assert (again.case, again.purpose, again.documents) == ("P3-b", "deposit_payment", begun.documents)
    assert again.answers == {"money": "other", "remit": "no"}

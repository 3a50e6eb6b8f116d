"""What the forms say that is no check: it shows in the form itself, or in what the check leaves alone."""

from __future__ import annotations

import pytest

from desktop.dossier.pack import form_of
from desktop.dossier.rules import RULES, check_document
from tests.fixtures.forms_filled import filled
from tests.unit.dossier.edits import edit


def signers(form: str) -> list[str]:
    return [signer.role for signer in form_of(form).unit_signers]


def test_spending_from_a_deposit_account_names_no_item_to_judge() -> None:
    assert "econ" not in form_of("M17").line_tables[0].columns_by_key
    assert not {"M13-9", "R-050"} & {rule.id for rule in RULES.values() if rule.concerns("M17")}


def test_the_account_holder_signs_payment_orders_second() -> None:
    assert signers("M17")[-1] == signers("M18")[-1] == "account_holder"


def test_a_payment_order_in_foreign_money_rests_on_no_contract() -> None:
    keys = form_of("M19").fields_by_key
    assert [key for key in keys if key.startswith(("contract_", "acceptance_", "bid_"))] == []


@pytest.mark.parametrize(("form", "printed"), [("M17", True), ("M19", False)])
def test_only_some_forms_print_a_line_for_who_takes_the_cash(form: str, printed: bool) -> None:
    blocks = form_of(form).signature_blocks
    titles = [signer.title.casefold() for block in blocks for signer in block.signers]
    assert any("người nhận tiền" in title for title in titles) is printed


def test_a_payment_order_with_a_remittance_has_no_boxes_to_tick() -> None:
    assert form_of("M18").choices == ()


@pytest.mark.parametrize("number", ["2801234567", "2801234567-001", "038085001234"])
def test_a_personal_number_stands_for_a_tax_code(number: str) -> None:
    assert check_document(edit(filled("M01"), payer_tax_code=number)) == []


def test_the_audit_account_is_7114_on_every_form() -> None:
    fields = [form_of(form).fields_by_key for form in ("M14", "M18")]
    assert [item["remit_revenue_account"].allowed for item in fields] == [("7111", "7114", "8993")] * 2

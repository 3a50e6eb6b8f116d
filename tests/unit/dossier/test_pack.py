"""The pack of NĐ 347/2025: complete by number and key, found by every name of a form."""

from __future__ import annotations

import copy
import pickle

import pytest
from pydantic import ValidationError

from desktop.dossier.form_parts import Condition
from desktop.dossier.forms import Form, Pack, UnknownForm
from desktop.dossier.pack import PackError, form_of, load_pack
from desktop.dossier.people import Role

PAYEE = ["payee_name", "payee_tax_code", "payee_account", "payee_bank"]
CASH = ["cash_recipient_name", "cash_recipient_id_no", "cash_recipient_id_date", "cash_recipient_id_place"]
BASIS = [
    "bid_result_decision_no",
    "bid_result_decision_date",
    "contract_no",
    "contract_kind",
    "contract_date",
    "contract_total",
    "contract_party",
    "advance_terms",
    "acceptance_no",
    "acceptance_date",
    "acceptance_total",
    "acceptance_party",
]
INVOICE = ["invoice_no", "invoice_date", "voucher_no", "voucher_date"]
FIELDS = {
    "M10": [
        *["qr_code", "dossier_code", "document_no", "budget_year", "made_date", "unit_name", "chapter", "address"],
        *["account", "treasury", "program_name", "program_code", "advance_balance_date", "acceptance_no"],
        *["acceptance_date", "payee_list_date", "requested_treasury"],
    ],
    "M13": [
        *["qr_code", "dossier_code", "document_no", "budget_year", "made_date", "unit_name", "chapter", "address"],
        *["account", "treasury", "program_name", "program_code", *BASIS, "general_content", *PAYEE, *CASH],
    ],
    "M17": [
        *["qr_code", "dossier_code", "document_no", "made_date", "paying_unit", "address", "account", "treasury"],
        *["donor_code", *BASIS, "general_content", *PAYEE, *CASH],
    ],
    "M20": [
        *["qr_code", "dossier_code", "parent_voucher_no", "parent_voucher_date", "unit_name", "budget_unit_code"],
    ],
}
COLUMNS = {
    "M10": [
        *["content", *INVOICE, "econ_advanced", "econ_requested", "sector", "source"],
        *["advance_balance", "requested_amount"],
    ],
    "M13": ["content", *INVOICE, "econ", "sector", "source", "amount"],
    "M17": ["content", *INVOICE, "source", "budget_year", "amount"],
    "M20": ["stt", "name", "account", "bank", "amount"],
}


@pytest.mark.parametrize("form_id", FIELDS)
def test_has_every_blank_in_the_order_of_the_paper(form_id: str) -> None:
    assert list(form_of(form_id).fields_by_key) == FIELDS[form_id]


@pytest.mark.parametrize("form_id", COLUMNS)
def test_has_every_column(form_id: str) -> None:
    (table,) = form_of(form_id).line_tables
    assert [column.key for column in table.columns] == COLUMNS[form_id]
    assert table.min_rows == 1


@pytest.mark.parametrize(
    ("form_id", "choices"),
    [
        ("M10", {}),
        (
            "M13",
            {
                "estimate_kind": ["provisional", "official"],
                "spending_kind": ["actual", "advance"],
                "payment_mode": ["transfer", "cash"],
            },
        ),
        ("M17", {"payment_mode": ["transfer", "cash"]}),
        ("M20", {"account_kind": ["estimate", "deposit"]}),
    ],
)
def test_has_every_tick(form_id: str, choices: dict[str, list[str]]) -> None:
    assert {choice.key: list(choice.labels) for choice in form_of(form_id).choices} == choices


@pytest.mark.parametrize(
    ("form_id", "total", "words", "treasury", "footnotes", "validations"),
    [
        ("M10", "lines.requested_amount", "requested_total_words", 4, 3, 5),
        ("M13", "lines.amount", "total_words", 5, 4, 11),
        ("M17", "lines.amount", "total_words", 6, 4, 10),
        ("M20", "lines.amount", "total_words", 0, 2, 6),
    ],
)
def test_has_totals_words_treasury_part_and_footnotes(
    form_id: str, total: str, words: str, treasury: int, footnotes: int, validations: int
) -> None:
    form = form_of(form_id)
    assert form.amount == total
    assert [item.key for item in form.amounts_in_words] == [words]
    assert len(form.treasury_block.fields if form.treasury_block else ()) == treasury
    assert len(form.footnotes) == footnotes
    assert [item.id for item in form.validations] == [f"{form_id}-{number}" for number in range(1, validations + 1)]


@pytest.mark.parametrize(
    ("form_id", "roles"),
    [
        ("M10", ["chief_accountant", "head_of_unit"]),
        ("M13", ["chief_accountant", "head_of_unit"]),
        ("M17", ["chief_accountant", "account_holder"]),
        ("M20", ["preparer", "chief_accountant", "head_of_unit"]),
    ],
)
def test_is_signed_by_the_titles_of_rule_r021(form_id: str, roles: list[str]) -> None:
    form = form_of(form_id)
    assert [Role(signer.role) for signer in form.unit_signers] == roles
    assert all(block.treasury_only == (block.party == "treasury") for block in form.signature_blocks)


@pytest.mark.parametrize(
    ("name", "form_id"),
    [
        ("M13", "M13"),
        ("13", "M13"),
        ("C2-02a/NS", "M13"),
        (" c2-02A/ns ", "M13"),
        ("C4-02a/KB", "M17"),
        ("C4-02aKB", "M17"),
        ("C2-03/NS", "M10"),
        ("20", "M20"),
    ],
)
def test_is_found_by_any_of_its_names(name: str, form_id: str) -> None:
    assert load_pack().form(name).id == form_id


@pytest.mark.parametrize("name", ["", "M34", "C2-02x/NS", "../M13", "x" * 5000])
def test_says_which_form_is_not_there(name: str) -> None:
    with pytest.raises(UnknownForm) as caught:
        form_of(name)
    assert caught.value.code == "unknown_form"
    assert len(caught.value.message) < 150
    assert pickle.loads(pickle.dumps(caught.value)).message == caught.value.message


def test_ref_is_the_symbol_or_the_id() -> None:
    refs = [form.ref for form in load_pack().forms]
    assert len(set(refs)) == 37
    assert [ref for ref in refs if "/" not in ref] == [
        *["M04", "M05", "M06", "M07", "M20", "M21", "M33", "I03A", "I04A", "I04B", "I05A"],
    ]


FORMS = pytest.mark.parametrize("form", load_pack().forms, ids=lambda form: form.id)


def conditions(form: Form) -> list[Condition]:
    parts = [*form.fields_by_key.values(), *form.choices, *form.blocks]
    parts += [signer for block in form.signature_blocks for signer in block.signers]
    return [part.when for part in parts if part.when]


@FORMS
def test_conditions_name_blanks_that_exist(form: Form) -> None:
    known = {*form.fields_by_key, *form.choices_by_key}
    for when in conditions(form):
        assert when.filled is None or when.filled in form.fields_by_key
        assert when.choice is None or when.value in form.choices_by_key[when.choice].labels
        assert set(when.unless) <= known
        assert when.positive is None or when.positive.split(".")[1] in form.line_tables[0].columns_by_key


@FORMS
def test_columns_add_up_and_depend_on_columns_that_exist(form: Form) -> None:
    for table in form.line_tables:
        columns = table.columns_by_key
        named = [column.when.filled for column in table.columns if column.when and column.when.filled]
        named += [key for column in table.columns if column.formula for key in column.formula.keys]
        assert {*named, *table.sums} <= set(columns)
        assert {columns[key].type for key in table.sums} <= {"money", "signed_money", "money_fc"}
        assert set(table.header_fields) <= set(form.fields_by_key)


@FORMS
def test_words_spell_what_the_form_has(form: Form) -> None:
    for words in form.amounts_in_words:
        for source in words.sources:
            table, column = source.split(".")
            assert column in form.tables_by_key[table].columns_by_key
        assert words.field is None or form.fields_by_key[words.field].type == "money"


@FORMS
def test_the_amount_of_a_form_is_one_of_its_numbers_in_vnd(form: Form) -> None:
    if form.amount_column:
        table, column = form.amount_column
        assert form.tables_by_key[table].columns_by_key[column].type == "money"
    else:
        assert form.amount is None or form.fields_by_key[form.amount].type == "money"


@FORMS
def test_keys_are_used_once(form: Form) -> None:
    keys = [field.key for field in form.header_fields]
    keys += [field.key for block in form.blocks for field in block.fields] + list(form.choices_by_key)
    assert len(keys) == len(set(keys))


def test_carries_every_form_whose_body_is_known_and_names_the_others() -> None:
    pack = load_pack()
    assert (len(pack.forms), len(pack.scans)) == (37, 23)
    assert len({*(form.id for form in pack.forms), *(scan.id for scan in pack.scans)}) == 60
    assert sum(len(form.validations) for form in pack.forms) == 172
    assert {form.id for form in pack.forms if not form.client_editable} == {"M04", "M05", "M06", "M07", "M33"}


def test_who_signs_follows_the_table_of_the_decree() -> None:
    heads = {form.id for form in load_pack().forms for signer in form.unit_signers if signer.role == "head_of_unit"}
    holders = {form.id for form in load_pack().forms for signer in form.unit_signers if signer.role == "account_holder"}
    assert holders == {"M17", "M18", "M19", "M24", "M25", "M32"}
    assert {"M08", "M09", "M13", "M22", "M23", "M26", "M31", "I05A"} <= heads
    assert heads.isdisjoint(holders)


def test_contract_kinds_have_vietnamese_labels() -> None:
    options = form_of("M17").fields_by_key["contract_kind"].options
    assert options[0].label == "Hợp đồng"
    assert len(options) == 5


def test_a_pack_with_a_foreign_key_is_refused() -> None:
    data = form_of("M20").model_dump()
    data["line_tables"][0]["columns"][0]["colour"] = "red"
    with pytest.raises(ValidationError):
        Form.model_validate(data)


def test_an_unknown_version_is_refused() -> None:
    assert load_pack().version == "347-2025"
    assert copy.deepcopy(load_pack()) == load_pack()
    with pytest.raises(PackError):
        load_pack("347-2024")


def test_codes_have_the_lengths_of_the_budget() -> None:
    lengths = load_pack().code_lengths
    wanted = {"econ": 4, "sector": 3, "source": 2, "chapter": 3, "program": 5, "budget_unit": 7}
    assert {name: lengths[name] for name in wanted} == wanted
    assert isinstance(load_pack(), Pack)

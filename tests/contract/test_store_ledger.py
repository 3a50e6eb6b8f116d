"""What the rules ask of the past: answered from dossiers as they stand, never from the one being checked."""

import pytest

from desktop.dossier.document import Document, Row
from desktop.dossier.ledger import ContractFacts, Ledger, OpenAdvance, ProjectFacts
from desktop.dossier.people import EstimateLine
from desktop.store.store import Store
from tests.contract.book_kit import (
    ACCOUNT,
    DEPOSIT,
    advance,
    decide,
    document,
    line,
    pay,
    settlement,
    submit,
)
from tests.contract.store_kit import UNIT, balance, package_id

CONTRACT = {"contract_no": "12/HĐ", "contract_date": "2026-01-05", "contract_total": 900, "contract_party": "Cty An"}


def bought(amount: int, **fields: object) -> Document:
    return document("M13", line(amount), choices={"spending_kind": "actual"}, **fields)  # type: ignore[arg-type]


def open_amounts(ledger: Ledger, account: str = "", source: str = "") -> list[tuple[str, int]]:
    return [(item.document_no, item.open) for item in ledger.open_advances(account, source)]


def test_contract_is_told_as_declared_last(store: Store) -> None:
    assert store.ledger().contract("12/HĐ") is None
    submit(store, "a", bought(1, **CONTRACT))
    submit(store, "b", bought(1, contract_no="12/hđ", contract_total=950))
    assert store.ledger().contract(" 12/HĐ ") == ContractFacts(950, "Cty An", "2026-01-05")
    assert store.ledger("b").contract("12/HĐ") == ContractFacts(900, "Cty An", "2026-01-05")
    decide(store, "a", "returned")
    assert store.ledger("b").contract("12/HĐ") is None


def test_contract_sums_count_what_is_held_and_not_its_settlement(store: Store) -> None:
    first = advance("T1", 300).model_copy(update={"choices": {"spending_kind": "advance"}})
    submit(store, "a", first.model_copy(update={"fields": {**first.fields, **CONTRACT}}))
    submit(store, "b", bought(50, **CONTRACT))
    submit(store, "c", settlement(300, 300))
    ledger = store.ledger()
    assert (ledger.paid_to_date("12/HĐ"), ledger.advanced_to_date("12/HĐ")) == (350, 300)
    assert (store.ledger("a").paid_to_date("12/HĐ"), store.ledger("a").advanced_to_date("12/HĐ")) == (50, 0)


def test_advance_is_open_once_paid_and_names_its_voucher(store: Store) -> None:
    submit(store, "a", advance("T1", 300))
    assert store.ledger().open_advances() == ()
    decide(store, "a")
    assert store.ledger().open_advances() == (OpenAdvance("T1", "2026-03-02", "6551", "13", "Mua giấy", 300, 300),)


def test_advance_without_a_date_is_dated_by_the_day_it_was_paid_in_viet_nam(store: Store) -> None:
    undated = advance("T1", 300)
    fields = {key: value for key, value in undated.fields.items() if key != "made_date"}
    pay(store, "a", undated.model_copy(update={"fields": fields}), at="2026-03-09T18:30:00Z")
    assert [item.date for item in store.ledger().open_advances()] == ["2026-03-10"]


@pytest.mark.parametrize(
    ("settled", "left"),
    [
        ([settlement(200, 300)], [("T1", 100), ("T2", 80), ("T3", 40)]),
        ([settlement(300, 300)], [("T2", 80), ("T3", 40)]),
        ([settlement(350, 300)], [("T2", 80), ("T3", 40)]),
        ([settlement(70, 80, econ="6552")], [("T1", 300), ("T2", 10), ("T3", 40)]),
        ([settlement(100, 100, econ="6552")], [("T1", 280), ("T3", 40)]),
        ([settlement(100, 100, econ="6599")], [("T1", 200), ("T2", 80), ("T3", 40)]),
        ([settlement(300, 300), settlement(80, 80)], [("T3", 40)]),
    ],
)
def test_settlement_takes_from_its_item_then_from_the_oldest(
    store: Store, settled: list[Document], left: list[tuple[str, int]]
) -> None:
    for name, paid in (("a", advance("T1", 300)), ("b", advance("T2", 80, econ="6552"))):
        pay(store, name, paid)
    pay(store, "c", advance("T3", 40, source="14"))
    for number, item in enumerate(settled):
        submit(store, f"s{number}", item)
    assert open_amounts(store.ledger()) == left


def test_advances_are_asked_for_by_account_and_source(store: Store) -> None:
    pay(store, "a", advance("T1", 300))
    pay(store, "b", advance("T2", 40, source="14"))
    assert open_amounts(store.ledger(), ACCOUNT, "14") == [("T2", 40)]
    assert open_amounts(store.ledger(), "9527", "") == []
    assert store.ledger().advance_balance(ACCOUNT, "13") == 300
    assert store.ledger().advance_balance("9527", "13") is None


def test_settlement_frees_the_advance_again_when_it_comes_back(store: Store) -> None:
    pay(store, "a", advance("T1", 300))
    submit(store, "s", settlement(200, 300))
    assert open_amounts(store.ledger()) == [("T1", 100)]
    assert open_amounts(store.ledger("s")) == [("T1", 300)]
    decide(store, "s", "returned")
    assert open_amounts(store.ledger()) == [("T1", 300)]


@pytest.mark.parametrize(("accepted", "left", "second"), [(200, 100, 100), (120, 180, 20), (50, 250, 0), (0, 100, 100)])
def test_only_what_the_treasury_accepted_is_settled(store: Store, accepted: int, left: int, second: int) -> None:
    pay(store, "a", advance("T1", 300))
    rows = [settlement(100, 150, requested=econ).tables["lines"][0] for econ in ("6599", "6552")]
    submit(store, "s", document("M10", *rows))
    decide(store, "s", amount=accepted)
    assert open_amounts(store.ledger()) == [("T1", left)]
    assert store.ledger().spent(2026, "", "6552", "", "", "") == second
    assert store.ledger().spent(2026, "", "", "", "", "") == 300


def test_amount_paid_beside_a_settlement_does_not_shorten_it(store: Store) -> None:
    pay(store, "a", advance("T1", 300))
    submit(store, "s", settlement(350, 300), bought(50))
    decide(store, "s", amount=50)
    assert open_amounts(store.ledger()) == []


def test_foreign_settlement_takes_from_the_voucher_it_names(store: Store) -> None:
    for number in ("N1", "N2"):
        rows = {**line(), "vnd_amount": 500}
        pay(store, number, document("M15", rows, choices={"spending_kind": "advance"}, document_no=number))
    row: Row = {"econ_advanced": "6551", "econ_requested": "6551", "source": "13", "requested_vnd": 200}
    submit(store, "s", document("M11", row, fc_withdrawal_no="n2"))
    assert open_amounts(store.ledger()) == [("N1", 500), ("N2", 300)]


@pytest.mark.parametrize(("kind", "left", "spent"), [("advance", 250, 350), ("actual", 300, 350)])
def test_returned_money_reduces_what_it_came_from(store: Store, kind: str, left: int, spent: int) -> None:
    pay(store, "a", advance("T1", 300))
    pay(store, "b", bought(100))
    pay(store, "r", document("M08", line(50), choices={"returned_kind": kind}))
    assert store.ledger().advance_balance(ACCOUNT, "13") == left
    assert store.ledger().spent(2026, ACCOUNT, "", "", "", "") == spent


def test_spending_is_told_by_code_once_the_treasury_paid(store: Store) -> None:
    held = bought(100, chapter="800")
    submit(store, "a", held)
    assert store.ledger().spent(2026, ACCOUNT, "6551", "800", "341", "13") is None
    decide(store, "a")
    assert store.ledger().spent(2026, ACCOUNT, "6551", "800", "341", "13") == 100
    assert store.ledger().spent(2026, "", "6552", "", "", "") is None
    assert store.ledger().spent(2025, "", "6551", "", "", "") is None
    assert store.ledger("a").spent(2026, "", "", "", "", "") is None


def test_settlement_moves_spending_to_the_item_it_was_spent_on(store: Store) -> None:
    pay(store, "a", advance("T1", 300, econ="6599"))
    pay(store, "s", settlement(200, 300, econ="6599", requested="6551"))
    spent = store.ledger().spent
    assert (spent(2026, "", "6599", "", "", ""), spent(2026, "", "6551", "", "", "")) == (100, 200)
    assert spent(2026, "", "", "", "", "") == 300


def test_recoding_moves_money_between_lines_only_once_accepted(store: Store) -> None:
    lines = [
        EstimateLine(budget_year=2026, account=ACCOUNT, source=code, sector="341", amount=1_000)
        for code in ("13", "14")
    ]
    store.estimates.load(lines)
    pay(store, "a", bought(100))
    wrong, right = line(group="posted", vnd_credit=60), line(group="requested", vnd_debit=60, source="14")
    submit(store, "r", document("M09", wrong, right, account=None))
    left = [store.ledger().remaining(2026, ACCOUNT, code, "341") for code in ("13", "14")]
    assert left == [900, 940]
    decide(store, "r")
    left = [store.ledger().remaining(2026, ACCOUNT, code, "341") for code in ("13", "14")]
    assert left == [960, 940]


def test_number_is_posted_once_paid(store: Store) -> None:
    submit(store, "a", bought(1, document_no="RDT 07"))
    assert not store.ledger().posted("RDT 07")
    decide(store, "a")
    assert store.ledger().posted("rdt  07")
    assert not store.ledger("a").posted("RDT 07")
    assert not store.ledger().posted("RDT 08")


def test_provisional_grant_counts_once_accepted(store: Store) -> None:
    submit(store, "a", document("M22", line(5)))
    assert not store.ledger().accepted_provisional(2026)
    decide(store, "a")
    assert store.ledger().accepted_provisional(2026)
    assert not store.ledger().accepted_provisional(2027)


def test_first_of_the_year_per_account(store: Store) -> None:
    assert store.ledger().first_of_year(2026, ACCOUNT)
    submit(store, "a", bought(1))
    assert not store.ledger().first_of_year(2026, ACCOUNT)
    assert store.ledger("a").first_of_year(2026, ACCOUNT)
    assert store.ledger().first_of_year(2027, ACCOUNT)
    assert store.ledger().first_of_year(2026, DEPOSIT)


def test_deposit_balance_is_all_sources_of_the_newest_year(store: Store) -> None:
    loaded = [(2025, "41", 900), (2026, "41", 500), (2026, "42", 70)]
    store.estimates.load(
        EstimateLine(budget_year=year, account=DEPOSIT, source=source, sector="", amount=amount)
        for year, source, amount in loaded
    )
    submit(
        store,
        "a",
        Document(
            form="M17",
            fields={"account": DEPOSIT},
            tables={"lines": [{"source": "41", "budget_year": 2026, "amount": 30}]},
        ),
    )
    assert store.ledger().balance_of(DEPOSIT) == 540
    assert store.ledger("a").balance_of(DEPOSIT) == 570
    assert store.ledger().balance_of(ACCOUNT) is None


def closing(opening: int) -> Document:
    row: Row = {"account_no": DEPOSIT, "opening": opening, "increase": 30, "decrease": 10}
    return Document(form="M32", fields={"month": 10, "year": 2026}, tables={"accounts": [row]})


def test_closing_is_the_one_confirmed_last(store: Store) -> None:
    submit(store, "a", closing(100))
    assert store.ledger().closing(DEPOSIT, 2026, 10) is None
    decide(store, "a")
    assert store.ledger().closing(DEPOSIT.replace(".", " "), 2026, 10) == 120
    pay(store, "b", closing(200))
    assert store.ledger().closing(DEPOSIT, 2026, 10) == 220
    assert store.ledger().closing(DEPOSIT, 2026, 9) is None


def test_accounts_are_the_units_own_with_what_was_opened_and_closed(store: Store) -> None:
    opened = Document(
        form="M24", tables={"deposit_accounts": [{"account_no": "3741.0.1098765"}, {"content": "chờ số"}]}
    )
    closed = Document(form="M25", tables={"accounts": [{"account_no": "3713 4 1098765"}]})
    assert store.ledger().registered_accounts() == (ACCOUNT, DEPOSIT)
    pay(store, "a", opened)
    assert store.ledger().registered_accounts() == (ACCOUNT, DEPOSIT, "3741.0.1098765")
    pay(store, "b", closed)
    assert store.ledger().registered_accounts() == (UNIT.estimate_account, "3741.0.1098765")


def drawn(amount: int, kind: str, year: int = 2026) -> Document:
    return document("I05A", line(amount), choices={"spending_kind": kind}, project_code="7001", budget_year=year)


def test_project_stands_by_what_its_vouchers_drew(store: Store) -> None:
    assert store.ledger().project("7001") is None
    pay(store, "a", drawn(400, "advance", 2025))
    pay(store, "b", drawn(100, "actual"))
    assert store.ledger().project("7001") == ProjectFacts(None, None, 500, 100, 400)
    store.projects.declare("7001", 2026, 9_000, 700)
    request = Document(form="I04A", fields={"document_no": "1", "project_code": "7001"})
    row: Row = {"econ": "6551", "source": "13", "requested_amount": 150, "advance_balance": 400}
    submit(store, "c", request, document("I04B", row, payment_request_no="1"))
    assert store.ledger().project("7001") == ProjectFacts(9_000, 700, 500, 100, 250)


def test_what_was_decided_for_a_project_stays_until_it_is_said_anew(store: Store) -> None:
    for year, total, plan in ((2026, 9_000, None), (2026, None, 700), (2027, None, 800), (2026, 9_500, None)):
        store.projects.declare("7001", year, total, plan)
    assert store.ledger().project("7001") == ProjectFacts(9_000, 800, 0, 0, 0)
    store.projects.declare("7001", 2027, 9_500, None)
    assert store.ledger().project("7001") == ProjectFacts(9_500, 800, 0, 0, 0)


def test_balance_change_counts_in_place_of_the_posting(store: Store) -> None:
    pay(store, "a", bought(100))
    store.feed.apply_page([balance(9, package_id("a"), -100)], 9)
    assert store.ledger().spent(2026, ACCOUNT, "6551", "", "", "13") == 100


def test_a_blank_asks_for_nothing(store: Store) -> None:
    pay(store, "a", bought(100), bought(1, **CONTRACT), closing(5))
    ledger = store.ledger()
    assert (ledger.contract(""), ledger.project(""), ledger.payee(""), ledger.closing("", 2026, 10)) == (None,) * 4
    assert (ledger.paid_to_date(" "), ledger.advanced_to_date(""), ledger.payee_named(" ")) == (0, 0, ())
    assert not ledger.posted("")

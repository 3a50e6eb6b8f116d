"""A payee whose name or account changed shows until a person stands for it, and a further change shows again."""

from desktop.dossier.document import Document
from desktop.dossier.ledger import PayeeFacts
from desktop.store.payees import MANY
from desktop.store.store import Store
from tests.contract.book_kit import decide, document, line, pay, submit

LATER, LATEST = "2026-12-01T02:00:00Z", "2026-12-02T02:00:00Z"
OLD, NEW = "3500 2010 00123", "3500999"


def to(name: str, account: str = OLD, mode: str = "transfer") -> Document:
    choices = {"spending_kind": "actual", "payment_mode": mode}
    return document("M13", line(5), choices=choices, payee_name=name, payee_account=account, payee_bank="Agribank")


def test_payee_is_known_once_paid(store: Store) -> None:
    submit(store, "a", to("Công ty An"))
    assert store.ledger().payee(OLD) is None
    decide(store, "a", at="2026-11-23T20:00:00Z")
    known = PayeeFacts("Công ty An", OLD, "Agribank", "2026-11-24", 1, "")
    assert store.ledger().payee("350020100.0123") == known
    assert store.ledger().payee_named("CONG TY AN") == (known,)
    assert store.ledger("a").payee(OLD) is None


def test_cash_and_unsent_payees_are_not_known(store: Store) -> None:
    pay(store, "a", to("Công ty An", mode="cash"))
    assert store.ledger().payee(OLD) is None


def test_list_and_foreign_transfer_pay_each_of_their_accounts(store: Store) -> None:
    people = Document(form="M20", tables={"lines": [{"name": "Lò Văn Ín", "account": "111", "bank": "BIDV"}]})
    students = Document(form="M21", tables={"lines": [{"student_name": "Hà An", "account": "222", "bank_info": "X"}]})
    abroad = document("M15", {"group": "transfer", "payee_account": "333", "payee_account_name": "Uni"})
    pay(store, "a", people, students, abroad)
    found = [store.ledger().payee(number) for number in ("111", "222", "333")]
    assert [facts and (facts.name, facts.bank) for facts in found] == [
        ("Lò Văn Ín", "BIDV"),
        ("Hà An", "X"),
        ("Uni", ""),
    ]


def test_times_count_the_same_name_only(store: Store) -> None:
    for number, name in enumerate(("Công ty An", "Công ty Bình", "CÔNG TY AN")):
        pay(store, f"a{number}", to(name), at=f"2026-11-2{number}T02:00:00Z")
    facts = store.ledger().payee(OLD)
    assert facts
    assert (facts.name, facts.times, facts.last_paid) == ("CÔNG TY AN", 2, "2026-11-22")


def test_acknowledged_name_stands_and_a_further_change_does_not(store: Store) -> None:
    pay(store, "a", to("Công ty An"))
    store.payees.acknowledge(OLD, "Công ty Bình", "tuyen", LATER)
    facts = store.ledger().payee(OLD)
    assert facts == PayeeFacts("Công ty Bình", OLD, "Agribank", "", 0, "tuyen")
    assert store.ledger().payee_named("Công ty An") == ()
    pay(store, "b", to("Công ty Chi"), at=LATEST)
    facts = store.ledger().payee(OLD)
    assert facts
    assert (facts.name, facts.acknowledged_by) == ("Công ty Chi", "")


def test_new_account_of_a_known_name_is_known_once_acknowledged(store: Store) -> None:
    pay(store, "a", to("Công ty An"))
    assert [facts.account_no for facts in store.ledger().payee_named("Công ty An")] == [OLD]
    store.payees.acknowledge(NEW, "Công ty An", "tuyen", LATER)
    found = store.ledger().payee_named("Công ty An")
    assert [(facts.account_no, facts.acknowledged_by) for facts in found] == [(OLD, ""), (NEW, "tuyen")]


def test_a_long_list_is_answered_as_one_by_one(store: Store) -> None:
    people = [
        {"name": f"Lò Văn {number % 70}", "account": f"9{number:03d}", "bank": "BIDV"} for number in range(MANY * 2)
    ]
    pay(store, "a", Document.model_validate({"form": "M20", "tables": {"lines": people}}))
    store.payees.acknowledge("9001", "Hà An", "tuyen", LATER)
    together = store.ledger()
    for person in [*people, {"name": "Hà An", "account": "9001"}, {"name": "không ai", "account": "8"}]:
        assert together.payee(person["account"]) == store.ledger().payee(person["account"])
        assert together.payee_named(person["name"]) == store.ledger().payee_named(person["name"])


def test_acknowledgement_is_journalled_without_the_payee(store: Store) -> None:
    store.payees.acknowledge(OLD, "Công ty An", "tuyen", LATER)
    entry = store.journal.entries(1)[0]
    assert (entry.actor, entry.action, entry.detail) == ("tuyen", "acknowledge_payee", "payee 1")
    assert store.check() == []

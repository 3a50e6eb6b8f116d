"""One voucher number, one correction: what would be paid twice is stopped at «Trình ký», whichever window asks."""

import pytest

from desktop.dossier.document import Dossier
from desktop.store.errors import FactError, StoreError
from desktop.store.store import Store
from tests.contract.store_kit import (
    KEY,
    LINE,
    NOW,
    balance,
    decision,
    deliver,
    dossier,
    objects,
    package_id,
    sign,
    steps,
    voucher,
)


def numbered(name: str, number: str = "RDT1", replaces: str | None = None, amount: int = 1000) -> Dossier:
    document = voucher(amount, document_no=number)
    return dossier(name).model_copy(update={"documents": (document,), "number": name, "replaces": replaces})


def submit(store: Store, made: Dossier) -> None:
    store.drafts.save(made, "hanh")
    store.submissions.freeze(made.local_id, objects(made.local_id), steps("tuyen"), "hanh")


def deliver_new(store: Store, made: Dossier) -> str:
    submit(store, made)
    sign(store, made.local_id, "tuyen")
    store.packages.seal(made.local_id, package_id(made.local_id), b"core", [])
    deliver(store, package_id(made.local_id))
    return package_id(made.local_id)


def decide(store: Store, package: str, what: str) -> None:
    store.feed.apply_page([decision(store.feed.cursor + 1, package, what)], store.feed.cursor + 1)


def refusal(store: Store, made: Dossier) -> str:
    with pytest.raises(FactError) as error:
        submit(store, made)
    return error.value.code


@pytest.mark.parametrize("again", ["RDT1", " rdt1 "])
def test_a_number_is_submitted_once(store: Store, again: str) -> None:
    submit(store, numbered("d1"))
    with store.reopen() as window:
        assert refusal(window, numbered("d2", again)) == "number_used"
    submit(store, numbered("d2", "RDT2"))


def test_a_withdrawn_dossier_may_come_again_itself_or_give_its_number_up(store: Store) -> None:
    submit(store, numbered("d1"))
    store.submissions.withdraw("d1", "hanh")
    submit(store, numbered("d1"))
    store.submissions.withdraw("d1", "hanh")
    submit(store, numbered("d2"))
    assert refusal(store, numbered("d1")) == "number_used"


def test_a_returned_number_is_free(store: Store) -> None:
    decide(store, deliver_new(store, numbered("d1")), "returned")
    submit(store, numbered("d2"))


def test_cancelled_and_refused_numbers_are_free(store: Store) -> None:
    for name in ("d1", "d2"):
        submit(store, numbered(name))
        sign(store, name, "tuyen")
        store.packages.seal(name, package_id(name), b"core", [])
        if name == "d1":
            store.packages.cancel(name, "hanh", "nhầm")
        else:
            store.outbox.mark_sending([package_id(name)], NOW)
            store.outbox.mark_refused(package_id(name), "rule_failed", "Sai", NOW)
    submit(store, numbered("d3"))


@pytest.mark.parametrize("what", ["returned", "supplement"])
def test_one_package_is_corrected_once(store: Store, what: str) -> None:
    first = deliver_new(store, numbered("d1"))
    decide(store, first, what)
    submit(store, numbered("d2", replaces=first))
    assert refusal(store, numbered("d3", "RDT3", replaces=first)) == "already_replaced"
    store.submissions.withdraw("d2", "hanh")
    submit(store, numbered("d3", "RDT3", replaces=first))


def test_a_correction_that_came_back_makes_room_for_the_next(store: Store) -> None:
    first = deliver_new(store, numbered("d1"))
    decide(store, first, "returned")
    decide(store, deliver_new(store, numbered("d2", replaces=first)), "returned")
    submit(store, numbered("d3", replaces=first))


def test_a_supplement_keeps_its_number_from_all_but_its_correction(store: Store) -> None:
    first = deliver_new(store, numbered("d1"))
    decide(store, first, "supplement")
    assert refusal(store, numbered("d2")) == "number_used"
    submit(store, numbered("d3", replaces=first))


def test_money_of_a_supplement_is_held_once_and_freed_when_its_correction_is_paid(store: Store) -> None:
    store.estimates.load([LINE])
    first = deliver_new(store, numbered("d1", amount=60_000_000))
    decide(store, first, "supplement")
    assert store.ledger("d2").remaining(*KEY) == 40_000_000
    assert store.ledger("d2", first).remaining(*KEY) == 100_000_000
    second = deliver_new(store, numbered("d2", replaces=first, amount=70_000_000))
    assert [line.held for line in store.estimates.all()] == [70_000_000]
    decide(store, second, "paid")
    seq = store.feed.cursor + 1
    store.feed.apply_page([balance(seq, second, -70_000_000)], seq)
    assert [(line.used, line.held, line.left) for line in store.estimates.all()] == [(70_000_000, 0, 30_000_000)]


def test_what_another_window_deleted_is_not_submitted(store: Store) -> None:
    store.drafts.save(numbered("d1"), "hanh")
    with store.reopen() as window:
        window.drafts.delete("d1", "hanh")
    with pytest.raises(StoreError) as error:
        store.submissions.freeze("d1", objects("d1"), steps("tuyen"), "hanh")
    assert error.value.code == "not_found"

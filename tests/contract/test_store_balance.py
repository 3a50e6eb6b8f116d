"""Money: held from «Trình ký» until the Treasury's word, counted once however the words arrive."""

from collections.abc import Callable

import pytest

from desktop.dossier.document import Document, Dossier
from desktop.dossier.views import EstimateView
from desktop.store.store import Store
from tests.contract.store_kit import (
    KEY,
    LINE,
    NOW,
    UNIT,
    balance,
    decision,
    deliver,
    dossier,
    objects,
    package_id,
    seal,
    steps,
    submit,
    voucher,
)

GIVEN, PAID = LINE.amount, 15_400_000
PACKAGE = package_id("d1")
Story = Callable[[Store], object]


@pytest.fixture
def funded(store: Store) -> Store:
    store.estimates.load([LINE])
    return store


def standing(store: Store) -> tuple[int, int, int]:
    view = store.estimates.remaining(*KEY)
    assert view is not None
    assert view.left == view.given - view.used - view.held
    return view.used, view.held, view.left


def events(*page: tuple[int, bytes, str]) -> Story:
    return lambda store: store.feed.apply_page(page, len(page))


STORIES: list[tuple[str, list[Story], tuple[int, int]]] = [
    ("draft holds nothing", [lambda s: s.drafts.save(dossier(), "hanh")], (0, 0)),
    ("submitted", [submit], (0, PAID)),
    ("withdrawn", [submit, lambda s: s.submissions.withdraw("d1", "hanh")], (0, 0)),
    ("queued", [seal], (0, PAID)),
    ("cancelled", [seal, lambda s: s.packages.cancel("d1", "hanh", "")], (0, 0)),
    ("delivered", [seal, lambda s: deliver(s, PACKAGE)], (0, PAID)),
    ("refused", [seal, lambda s: s.outbox.mark_refused(PACKAGE, "x", "", NOW)], (0, 0)),
    ("in control", [seal, events(decision(1, PACKAGE, "in_control"))], (0, PAID)),
    ("supplement", [seal, events(decision(1, PACKAGE, "supplement"))], (0, PAID)),
    ("returned", [seal, events(decision(1, PACKAGE, "returned", "thiếu"))], (0, 0)),
    ("paid, balance to come", [seal, events(decision(1, PACKAGE, "paid"))], (PAID, 0)),
    ("paid, then balance", [seal, events(decision(1, PACKAGE, "paid"), balance(2, PACKAGE, -PAID))], (PAID, 0)),
    ("balance, then paid", [seal, events(balance(1, PACKAGE, -PAID), decision(2, PACKAGE, "paid"))], (PAID, 0)),
    ("balance alone", [seal, events(balance(1, PACKAGE, -PAID))], (PAID, 0)),
    ("paid in part", [seal, events(decision(1, PACKAGE, "paid"), balance(2, PACKAGE, -1_000_000))], (1_000_000, 0)),
    ("paid and booked before the receipt", [seal, events(decision(1, PACKAGE, "paid"), balance(2, PACKAGE, -PAID)),
        lambda s: deliver(s, PACKAGE)], (PAID, 0)),
    ("told again after a restore", [seal, events(decision(1, PACKAGE, "paid"), balance(2, PACKAGE, -PAID)),
        lambda s: s.feed.apply_page([decision(3, PACKAGE, "paid"), balance(4, PACKAGE, -PAID)], 4)], (PAID, 0)),
    ("told again in another amount", [seal, events(decision(1, PACKAGE, "paid"), balance(2, PACKAGE, -PAID),
        decision(3, PACKAGE, "paid"), balance(4, PACKAGE, -1_000_000))], (1_000_000, 0)),
    ("decided again, booking to come", [seal, events(decision(1, PACKAGE, "paid"), balance(2, PACKAGE, -PAID),
        decision(3, PACKAGE, "paid"))], (PAID, 0)),
    ("in control again", [seal, events(decision(1, PACKAGE, "paid"), balance(2, PACKAGE, -PAID),
        decision(3, PACKAGE, "in_control"))], (0, PAID)),
    ("returned the second time", [seal, events(decision(1, PACKAGE, "paid"), balance(2, PACKAGE, -PAID),
        decision(3, PACKAGE, "returned", "thiếu"))], (0, 0)),
    ("the same words under a new number", [events(balance(1, None, -7), balance(2, None, -7))], (7, 0)),
    ("another's spending", [seal, events(balance(1, None, -2_000_000))], (2_000_000, PAID)),
    ("money given back", [events(balance(1, None, -5), balance(2, None, 3))], (2, 0)),
]  # fmt: skip


@pytest.mark.parametrize(("story", "expected"), [story[1:] for story in STORIES], ids=[story[0] for story in STORIES])
def test_used_held_left(funded: Store, story: list[Story], expected: tuple[int, int]) -> None:
    for step in story:
        step(funded)
    used, held = expected
    assert standing(funded) == (used, held, GIVEN - used - held)


def test_confirmed_figure_carries_its_time(funded: Store) -> None:
    funded.feed.apply_page([balance(1, None, -5)], 1)
    assert funded.estimates.all() == [EstimateView(GIVEN, 5, 0, GIVEN - 5, NOW, *KEY[1:], KEY[0])]


def test_checked_dossier_does_not_count_against_itself(funded: Store) -> None:
    submit(funded, "d1")
    submit(funded, "d2", amount=1_000)
    assert funded.ledger().remaining(*KEY) == GIVEN - PAID - 1_000
    assert funded.ledger("d1").remaining(*KEY) == GIVEN - 1_000


def test_unknown_line_is_not_known_rather_than_zero(funded: Store) -> None:
    assert funded.ledger().remaining(2025, *KEY[1:]) is None
    assert funded.estimates.remaining(2025, *KEY[1:]) is None


def test_contract_counts_what_is_paid_and_held(funded: Store) -> None:
    contract = Dossier(local_id="c", number="1", title="", documents=(voucher(700, contract_no="12/HĐ"),))
    funded.drafts.save(contract, "hanh")
    funded.submissions.freeze("c", objects("c"), steps("tuyen"), "hanh")
    ledger = funded.ledger
    assert (ledger().paid_to_date("12/HĐ"), ledger("c").paid_to_date("12/HĐ"), ledger().paid_to_date("x")) == (
        700,
        0,
        0,
    )


def settlement(amount: int) -> Document:
    row = {"source": "13", "sector": "341", "requested_amount": amount}
    return Document(
        form="C2-03/NS", fields={"budget_year": 2026, "account": UNIT.estimate_account}, tables={"lines": [dict(row)]}
    )


def test_advance_is_open_until_settled_and_settling_draws_nothing(funded: Store) -> None:
    advance = voucher(1_000).model_copy(update={"choices": {"spending_kind": "advance"}})
    ledger = funded.ledger()
    assert ledger.advance_balance(UNIT.estimate_account, "13") is None
    seal_document(funded, "a", advance)
    funded.feed.apply_page([decision(1, package_id("a"), "paid")], 1)
    assert ledger.advance_balance(UNIT.estimate_account, "13") == 1_000
    seal_document(funded, "s", settlement(400))
    assert ledger.advance_balance(UNIT.estimate_account, "13") == 600
    assert standing(funded) == (1_000, 0, GIVEN - 1_000)


def seal_document(store: Store, name: str, document: Document) -> None:
    store.drafts.save(Dossier(local_id=name, number="1", title="", documents=(document,)), "hanh")
    store.submissions.freeze(name, objects(name), steps("tuyen"), "hanh")
    store.submissions.add_signature(name, 1, b"m", b"c", "tuyen", NOW)
    store.packages.seal(name, package_id(name), b"core", [])

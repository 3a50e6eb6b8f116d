"""The list: the state in SQL is the state in code for every mixture of facts; windows, chips and sorts agree."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.dossier.lifecycle import State
from desktop.dossier.views import ListFilter, RowQuery
from desktop.store.errors import StoreError
from desktop.store.store import Store
from tests.contract.store_kit import (
    NOW,
    balance,
    decision,
    dossier,
    make,
    package_id,
    raw,
    receipt,
    seal,
    sign,
    submit,
    voucher,
)

P = package_id("d1")
PART = "0" * 64
FACTS: dict[str, Callable[[Store], object]] = {
    "sending": lambda s: s.outbox.mark_sending([P], NOW),
    "doubtful": lambda s: s.outbox.mark_doubtful([P], NOW, "mạng đứt"),
    "missing": lambda s: s.outbox.mark_working(P, [PART], NOW),
    "all there": lambda s: s.outbox.mark_working(P, [], NOW),
    "later": lambda s: s.outbox.mark_later(P, NOW, "bận"),
    "refused": lambda s: s.outbox.mark_refused(P, "x", "Sai", NOW),
    "receipt": lambda s: s.outbox.mark_delivered(P, *receipt(P), NOW),
    "pause": lambda s: s.deliveries.pause_item(P),
    "in_control": lambda s: decide(s, "in_control"),
    "paid": lambda s: decide(s, "paid"),
    "returned": lambda s: decide(s, "returned"),
    "supplement": lambda s: decide(s, "supplement"),
    "mismatch": lambda s: decide(s, "mismatch"),
    "balance": lambda s: s.feed.apply_page([balance(s.feed.cursor + 1, P, -5)], s.feed.cursor + 1),
}


def decide(store: Store, what: str) -> None:
    store.feed.apply_page([decision(store.feed.cursor + 1, P, what)], store.feed.cursor + 1)


def agreed_state(store: Store) -> State:
    """Give the state, having compared the one from code with the chips, which count the one from SQL."""
    state = store.projection.row("d1").status.state
    chips = [chip for chip, count in store.projection.counts().items() if count and chip != "all"]
    for chip in chips:
        assert [row.status.state for row in store.projection.rows(RowQuery(filter=chip))] == [state]
    with raw(store.folder) as database:
        assert database.value("SELECT state FROM dossier_states WHERE local_id = 'd1'") == state
        assert [row["state"] for row in database.rows("SELECT state FROM standing")] == [state]
        assert [row["state"] for row in database.rows("SELECT state FROM counted WHERE many > 0")] == [state]
    return state


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(sorted(FACTS)), max_size=6))
def test_state_in_sql_is_the_state_in_code(names: list[str]) -> None:
    with TemporaryDirectory() as folder, make(Path(folder) / "unit") as store:
        seal(store)
        for name in names:
            FACTS[name](store)
        agreed_state(store)


@pytest.mark.parametrize(
    ("names", "state"),
    [
        ([], State.SEALED),
        (["sending"], State.SENDING),
        (["sending", "later"], State.SEALED),
        (["sending", "doubtful"], State.DOUBTFUL),
        (["missing"], State.SENDING),
        (["all there"], State.SENT),
        (["refused"], State.REFUSED),
        (["receipt"], State.ACCEPTED),
        (["sending", "in_control"], State.ACCEPTED),
        (["receipt", "in_control", "paid"], State.PAID),
        (["receipt", "returned"], State.RETURNED),
        (["receipt", "supplement", "in_control", "paid"], State.PAID),
        (["receipt", "in_control", "mismatch"], State.RETURNED),
    ],
)
def test_states_of_a_package(store: Store, names: list[str], state: State) -> None:
    seal(store)
    for name in names:
        FACTS[name](store)
    assert agreed_state(store) is state


def test_states_before_the_package(store: Store) -> None:
    store.drafts.save(dossier(), "hanh", errors=2)
    assert agreed_state(store) is State.DRAFT
    submit(store)
    assert agreed_state(store) is State.TO_SIGN
    assert store.projection.row("d1").signed == ("turn", "waiting")
    sign(store, "d1", "tuyen")
    assert store.projection.row("d1").signed == ("signed", "turn")
    sign_second(store)
    assert agreed_state(store) is State.SEALED


def sign_second(store: Store) -> None:
    store.submissions.add_signature("d1", 2, b"m", b"c", "thang", NOW)


@pytest.fixture
def many(store: Store) -> Store:
    for number in range(30):
        item = dossier(f"d{number}", amount=1_000 * (30 - number), title=f"Việc {number:02d}")
        item = item.model_copy(update={"number": f"{number:04d}"})
        store.drafts.save(item, "hanh", errors=number % 3)
    return store


@pytest.mark.parametrize("sort", ["number", "kind", "title", "amount", "status", "updated"])
@pytest.mark.parametrize("descending", [True, False])
def test_windows_put_together_are_the_whole_list(many: Store, sort: str, descending: bool) -> None:
    whole = many.projection.rows(RowQuery(sort=sort, descending=descending))
    pieces = [
        row
        for offset in range(0, 30, 7)
        for row in many.projection.rows(RowQuery(sort=sort, descending=descending, offset=offset, limit=7))
    ]
    assert pieces == whole
    keys = {"number": "number", "title": "title", "amount": "amount", "updated": "updated_at", "kind": "kind_label"}
    values = [getattr(row, keys.get(sort, "kind_label")) for row in whole]
    assert values == sorted(values, reverse=descending)


def test_counts_totals_and_rows_agree(many: Store) -> None:
    counts = many.projection.counts()
    assert (counts["all"], counts["fix"], counts["draft"], counts["sign"]) == (30, 20, 10, 0)
    for chip in ListFilter:
        query = RowQuery(filter=chip.value, limit=1000)
        rows, totals = many.projection.rows(query), many.projection.totals(query)
        assert (totals.count, totals.amount) == (len(rows), sum(row.amount for row in rows))
        assert totals.count == counts[chip.value]


def test_year_and_source_narrow_the_list(store: Store) -> None:
    store.drafts.save(dossier("a"), "hanh")
    other = voucher().model_copy(update={"tables": {"lines": [{"amount": 1, "source": "132"}]}})
    store.drafts.save(dossier("b").model_copy(update={"documents": (other,)}), "hanh")
    assert [row.local_id for row in store.projection.rows(RowQuery(source="13"))] == ["a"]
    assert len(store.projection.rows(RowQuery(year=2026))) == 2
    assert store.projection.totals(RowQuery(year=2025)).count == 0


def test_unknown_dossier_is_said(store: Store) -> None:
    with pytest.raises(StoreError) as error:
        store.projection.facts("không có")
    assert error.value.code == "not_found"


def test_timeline_tells_who_did_what_newest_first(store: Store) -> None:
    seal(store)
    FACTS["sending"](store)
    FACTS["receipt"](store)
    store.feed.apply_page([decision(1, P, "returned", "thiếu dấu")], 1)
    told = store.projection.history("d1")
    assert [event.at for event in told] == sorted((event.at for event in told), reverse=True)
    assert {(event.title, event.who) for event in told} == {
        ("Tạo hồ sơ", "Lò Thị Hạnh"),
        ("Trình ký", "Lò Thị Hạnh"),
        ("Kế toán trưởng đã ký", "Hà Văn Tuyên"),
        ("Kế toán trưởng đã ký", "Vi Đình Thắng"),
        ("Đóng gói, sẵn sàng gửi", "Máy"),
        ("Bắt đầu gửi", "Máy"),
        ("Biên nhận 0423", "Máy"),
        ("Kho bạc trả lại", "Kho bạc"),
    }


def test_package_offers_its_official_code_and_payee(store: Store) -> None:
    seal(store)
    decide(store, "paid")
    assert (store.projection.official_code("d1"), store.projection.payee("d1")) == ("G1", "Điện lực Mường Lát")

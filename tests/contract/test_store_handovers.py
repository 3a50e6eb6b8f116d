"""Hand-overs in the store: what is away is not signed here, a guest holds nothing, SQL and code tell one state."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from desktop.dossier.acknowledgements import PayeeTold
from desktop.dossier.lifecycle import State
from desktop.dossier.views import ListFilter, RowQuery
from desktop.store.errors import FactError, StoreError
from desktop.store.handovers import Guest
from desktop.store.store import Store
from tests.contract.store_kit import KEY, LINE, NOW, Bytes, dossier, objects, raw, sign, steps, submit

TOLD = PayeeTold(account_key="3511", name_key="buu dien", kind="new", text="Bưu điện: lần đầu được trả.")
GUEST = Guest("MAY-KE-TOAN", "c" * 32, (TOLD,), NOW)
BUNDLE, OTHER = "a" * 64, "b" * 64


def take_in(store: Store, name: str = "d1", bundle: str = BUNDLE) -> None:
    store.handovers.take_in(dossier(name), objects(name), steps("tuyen", "thang"), GUEST, bundle, "hanh")


def shown(store: Store) -> tuple[str, str]:
    """The label of d1, its state in code and in SQL being one."""
    status = store.projection.row("d1").status
    with raw(store.folder) as database:
        assert database.value("SELECT state FROM dossier_states WHERE local_id = 'd1'") == status.state == State.TO_SIGN
    assert [row.local_id for row in store.projection.rows(RowQuery(filter=ListFilter.SIGN))] == ["d1"]
    return status.label, status.next_actor


def code_of(action: Callable[[], object]) -> str:
    with pytest.raises(FactError) as error:
        action()
    return error.value.code


def test_what_went_out_is_signed_there_and_not_here(store: Store) -> None:
    submit(store)
    assert store.handovers.went("d1", BUNDLE, "hanh") == "out"
    assert shown(store) == ("Đang ở máy khác ký", "máy khác")
    assert (store.handovers.away("d1"), store.submissions.to_sign("tuyen")) == (True, [])
    assert code_of(lambda: sign(store, "d1", "tuyen")) == "handed_out"
    assert code_of(lambda: store.handovers.went("d1", OTHER, "hanh")) == "handed_out"
    store.handovers.take_back("d1", "hanh")
    assert store.submissions.to_sign("tuyen") == ["d1"]
    sign(store, "d1", "tuyen")


def test_what_came_home_is_signed_here_again(store: Store) -> None:
    submit(store)
    store.handovers.went("d1", BUNDLE, "hanh")
    store.handovers.came_home("d1", OTHER, "MAY-CHU-TICH", "hanh")
    assert shown(store) == ("Chờ KTT ký", "Kế toán trưởng")
    newest, first = store.handovers.facts("d1")
    assert (newest.kind, newest.machine, newest.bundle) == ("returned", "MAY-CHU-TICH", OTHER)
    assert (first.kind, first.signed, first.standing) == ("out", 0, True)
    assert store.handovers.newest() == [newest]


def test_a_guest_goes_through_its_stages(store: Store) -> None:
    take_in(store)
    assert store.handovers.guest("d1") == GUEST
    assert shown(store) == ("Chờ KTT ký", "Kế toán trưởng")
    sign(store)
    assert shown(store) == ("Đã ký đủ, cần chuyển lại", "bạn: chuyển lại")
    assert store.handovers.went("d1", OTHER, "hanh") == "back"
    assert shown(store) == ("Đã chuyển lại", "máy MAY-KE-TOAN")
    assert store.handovers.went("d1", OTHER, "hanh") == "back"


def test_a_guest_holds_no_money_and_no_number(store: Store) -> None:
    store.estimates.load([LINE])
    take_in(store)
    view = store.estimates.remaining(*KEY)
    assert view is not None
    assert (view.held, view.left) == (0, LINE.amount)
    totals = store.projection.totals(RowQuery())
    assert (totals.count, totals.amount) == (1, 0)
    with raw(store.folder) as database:
        for table in ("postings", "payments", "declarations", "vouchers", "submission_standing"):
            assert database.value(f"SELECT count(*) FROM {table}") == 0
    submit(store, "own")
    assert store.projection.totals(RowQuery()).amount == 15_400_000


def test_a_guest_is_neither_sealed_nor_withdrawn_nor_filed_on_paper(store: Store) -> None:
    take_in(store)
    sign(store)
    assert code_of(lambda: store.packages.seal("d1", BUNDLE, b"core", [])) == "guest_here"
    assert code_of(lambda: store.submissions.withdraw("d1", "hanh")) == "guest_here"
    pack = Bytes("a.pdf", "application/pdf", b"%PDF")
    assert code_of(lambda: store.paper_filings.file("d1", pack, "mất mạng", "hanh")) == "guest_here"
    assert store.outbox.due("9999-12-31T23:59:59Z") == []


def test_a_guest_that_is_dropped_leaves_the_lists_and_may_come_again(store: Store) -> None:
    take_in(store)
    sign(store, "d1", "tuyen")
    store.handovers.drop_guest("d1", "hanh")
    assert (store.projection.counts()["all"], store.handovers.guest("d1")) == (0, None)
    assert store.handovers.was_guest("d1")
    take_in(store, bundle=OTHER)
    assert (store.projection.row("d1").signed, store.check()) == (("turn", "waiting"), [])
    assert [fact.standing for fact in store.handovers.facts("d1")] == [True, False]


def test_what_is_on_paper_or_sealed_or_a_draft_does_not_go(store: Store) -> None:
    submit(store)
    store.paper_filings.file("d1", Bytes("a.pdf", "application/pdf", b"%PDF"), "mất mạng", "hanh")
    assert code_of(lambda: store.handovers.went("d1", BUNDLE, "hanh")) == "already_on_paper"
    store.drafts.save(dossier("d2"), "hanh")
    with pytest.raises(StoreError, match="Không tìm thấy"):
        store.handovers.went("d2", BUNDLE, "hanh")


def test_hand_overs_are_facts(store: Store) -> None:
    take_in(store)
    with raw(store.folder) as database:
        for sql in ("UPDATE handovers SET machine = 'x'", "DELETE FROM handovers", "UPDATE guests SET told = '[]'"):
            with pytest.raises(StoreError) as error, database.transaction():
                database.run(sql)
            assert error.value.code == "fact_immutable"

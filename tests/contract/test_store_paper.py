"""What goes to the Treasury on paper: frozen, its money held, never signed or sent from here as well."""

import pytest

from desktop.dossier.lifecycle import State
from desktop.store.errors import FactError, StoreError
from desktop.store.store import Store
from tests.contract.store_kit import KEY, LINE, NOW, Bytes, dossier, raw, seal, sign, submit
from tests.contract.test_store_projection import agreed_state

REASON = "Mất mạng từ ngày 20/11, hạn nộp 24/11"
PACK = Bytes("bo-giay.pdf", "application/pdf", b"%PDF-1.7 bo giay")


def file(store: Store, local_id: str = "d1", reason: str = REASON) -> None:
    store.paper_filings.file(local_id, PACK, reason, "hanh")


def drafted(store: Store) -> None:
    store.drafts.save(dossier(), "hanh")


def test_a_draft_goes_on_paper(store: Store) -> None:
    drafted(store)
    file(store)
    assert agreed_state(store) is State.PAPER
    row = store.projection.row("d1")
    assert (row.status.label, row.status.detail, row.signed) == ("Đã nộp giấy", REASON, ())
    assert store.paper_filings.reason("d1") == REASON
    assert store.submissions.get("d1").objects[0].content == PACK.content
    assert store.projection.history("d1")[0].title == f"In bộ giấy để nộp: {REASON}"
    assert store.journal.entries(1)[0].action == "file_on_paper"


def test_its_money_and_its_number_are_held(store: Store) -> None:
    drafted(store)
    store.estimates.load([LINE])
    file(store)
    assert store.ledger().remaining(*KEY) == LINE.amount - 15_400_000
    with pytest.raises(FactError) as caught:
        store.drafts.save(dossier(), "hanh")
    assert caught.value.code == "draft_frozen"


def test_one_that_waits_for_signatures_is_not_signed_any_more(store: Store) -> None:
    submit(store)
    sign(store, "d1", "tuyen")
    file(store)
    assert agreed_state(store) is State.PAPER
    assert store.submissions.to_sign("thang") == []
    with pytest.raises(FactError) as caught:
        store.submissions.add_signature("d1", 2, b"m", b"c", "thang", NOW)
    assert caught.value.code == "already_on_paper"


def test_it_is_never_sealed(store: Store) -> None:
    drafted(store)
    file(store)
    with pytest.raises(FactError) as caught:
        store.packages.seal("d1", "a" * 64, b"core", [])
    assert caught.value.code == "not_complete"


def test_a_package_goes_its_electronic_way(store: Store) -> None:
    seal(store)
    with pytest.raises(FactError) as caught:
        file(store)
    assert caught.value.code == "already_sealed"


def test_it_is_filed_once(store: Store) -> None:
    drafted(store)
    file(store)
    with pytest.raises(FactError) as caught:
        file(store)
    assert caught.value.code == "already_on_paper"


def test_a_mistake_is_taken_back(store: Store) -> None:
    drafted(store)
    file(store)
    store.submissions.withdraw("d1", "hanh")
    assert agreed_state(store) is State.DRAFT
    assert store.paper_filings.reason("d1") is None
    file(store)
    assert agreed_state(store) is State.PAPER


def test_nothing_is_filed_for_a_dossier_that_is_not_there(store: Store) -> None:
    with pytest.raises(StoreError):
        file(store, "d9")
    with raw(store.folder) as database:
        assert database.value("SELECT count(*) FROM paper_filings") == 0

"""Drafts: saved whole, found without diacritics, numbered once, never changed after «Trình ký»."""

import pytest

from desktop.dossier.document import Document, Dossier
from desktop.dossier.views import RowQuery
from desktop.store.errors import StoreError
from desktop.store.store import Store
from desktop.store.units import DeviceConfig
from tests.contract.store_kit import dossier, submit, voucher


def found(store: Store, text: str) -> list[str]:
    return [row.local_id for row in store.projection.rows(RowQuery(text=text))]


def test_last_save_wins_and_says_when(store: Store) -> None:
    store.drafts.save(dossier(title="Cũ"), "hanh")
    at = store.drafts.save(dossier(title="Mới"), "hanh")
    assert store.drafts.get("d1").title == "Mới"
    assert store.projection.row("d1").updated_at == at
    assert len(store.drafts.list()) == 1


def test_deleted_draft_comes_back(store: Store) -> None:
    store.drafts.save(dossier(), "hanh")
    store.drafts.delete("d1")
    assert found(store, "") == []
    assert store.projection.counts()["all"] == 0
    store.drafts.undelete("d1")
    assert found(store, "") == ["d1"]


@pytest.mark.parametrize("call", ["get", "delete", "undelete"])
def test_unknown_draft_is_said(store: Store, call: str) -> None:
    with pytest.raises(StoreError) as error:
        getattr(store.drafts, call)("không có")
    assert error.value.code == "not_found"


def test_numbers_are_taken_once(store: Store) -> None:
    with store.reopen() as second:
        assert [store.drafts.next_number(), second.drafts.next_number(), store.drafts.next_number()] == [
            "0001",
            "0002",
            "0003",
        ]


@pytest.mark.parametrize("call", [lambda s: s.drafts.save(dossier(), "hanh"), lambda s: s.drafts.delete("d1")])
def test_submitted_dossier_is_frozen(store: Store, call: object) -> None:
    submit(store)
    with pytest.raises(StoreError) as error:
        call(store)  # type: ignore[operator]
    assert error.value.code == "draft_frozen"
    assert store.drafts.get("d1") == dossier()


@pytest.mark.parametrize(
    "typed",
    [
        "hoa don",
        "hóa đơn",
        "hoá đơn",
        "HÓA ĐƠN",
        "hoa\u0301 đơn",
        "dien luc",
        "15.400.000",
        "15400000",
        "0443",
        "tien d",
    ],
)
def test_search_needs_no_diacritics(store: Store, typed: str) -> None:
    store.drafts.save(dossier(title="Hóa đơn tiền điện"), "hanh")
    store.drafts.save(Dossier(local_id="d2", number="0001", title="Văn phòng phẩm"), "hanh")
    assert found(store, typed) == ["d1"]


@pytest.mark.parametrize("typed", ["khong co", 'a" OR "b', "NEAR(", "*", "hoa-don-khong", "''; DROP TABLE drafts"])
def test_odd_search_texts_find_nothing_and_harm_nothing(store: Store, typed: str) -> None:
    store.drafts.save(dossier(), "hanh")
    assert found(store, typed) == ([] if any(char.isalnum() for char in typed) else ["d1"])
    assert found(store, "") == ["d1"]


def test_search_forgets_the_old_text(store: Store) -> None:
    store.drafts.save(dossier(title="Xăng xe"), "hanh")
    store.drafts.save(dossier(title="Công tác phí"), "hanh")
    assert (found(store, "xang xe"), found(store, "cong tac")) == ([], ["d1"])


def test_draft_may_hold_what_the_check_refuses(store: Store) -> None:
    odd = Dossier(local_id="odd", number="1", title="", documents=(Document(form="không có mẫu"), voucher(10**40)))
    store.drafts.save(odd, "hanh", errors=3)
    assert store.drafts.get("odd") == odd
    assert store.projection.row("odd").status.label == "Cần sửa: 3 lỗi"


def test_settings_and_device_are_kept(store: Store) -> None:
    from_room = {
        "url": "https://gw",
        "tls_pin": "a" * 64,
        "device_id": "m1",
        "device_key": b"\x01" * 32,
        "statement_keys": {"k": "QQ=="},
    }
    config = DeviceConfig.model_validate(from_room)
    assert store.device.get() is None
    store.device.set(config)
    store.settings.set("theme", "light")
    with store.reopen() as second:
        assert second.device.get() == config
        assert (second.settings.get("theme"), second.settings.get("none", "x")) == ("light", "x")
    assert "\\x01" not in repr(config)


def test_broken_text_is_said_and_what_was_saved_stays(store: Store) -> None:
    """Half of an emoji, as pasting leaves it."""
    store.drafts.save(dossier(title="Tiền điện"), "hanh")
    with pytest.raises(StoreError) as error:
        store.drafts.save(dossier(title="Tiền \ud83d"), "hanh")
    assert (error.value.code, error.value.__cause__) == ("bad_text", None)
    assert store.drafts.get("d1").title == "Tiền điện"

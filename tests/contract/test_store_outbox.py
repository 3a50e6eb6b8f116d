"""The queue on the real store: what is due, in which order, and what each mark leaves behind."""

import hashlib

import pytest

from desktop.store.errors import FactError
from desktop.store.outbox import LOG_LINES, QueuedPackage
from desktop.store.store import Store
from desktop.sync.ports import Outbox
from tests.contract.store_kit import NOW, decision, package_id, part_bytes, receipt, seal

LATER = "2026-11-23T09:00:00Z"


def only(store: Store, now: str = NOW) -> QueuedPackage:
    (item,) = store.outbox.due(now)
    return item


def test_store_fits_the_engine_by_shape(store: Store) -> None:
    outbox: Outbox = store.outbox
    assert isinstance(outbox, Outbox)


def test_urgent_then_smallest_then_oldest(store: Store) -> None:
    seal(store, "big", big=50_000)
    seal(store, "small")
    seal(store, "late", core=b"core")
    seal(store, "urgent", big=90_000, urgent=True)
    order = [item.package_id for item in store.outbox.due(NOW)]
    assert order == [package_id(name) for name in ("urgent", "small", "late", "big")]


def test_size_is_what_is_still_to_send(store: Store) -> None:
    package = seal(store, big=50_000)
    part = hashlib.sha256(part_bytes("d1", 50_000)).hexdigest()
    assert only(store).size == 50_004
    store.outbox.mark_working(package, [part], NOW)
    assert only(store).size == 50_000
    store.outbox.mark_progress(package, part, 20_000)
    assert only(store).size == 30_000
    store.outbox.mark_working(package, [], NOW)
    assert only(store).size == 0


@pytest.mark.parametrize(
    ("marks", "state", "attempts"),
    [
        ([], "queued", 0),
        (["sending"], "sending", 1),
        (["sending", "later"], "queued", 2),
        (["sending", "doubtful"], "doubtful", 1),
        (["sending", "doubtful", "later"], "doubtful", 2),
        (["sending", "working"], "parts", 0),
        (["sending", "working", "later"], "parts", 1),
        (["sending", "later", "sending", "working", "later", "progress"], "parts", 0),
    ],
)
def test_states_and_attempts(store: Store, marks: list[str], state: str, attempts: int) -> None:
    package = seal(store, big=50_000)
    for mark in marks:
        apply(store, package, mark)
    assert (only(store, LATER).state, only(store, LATER).attempts) == (state, attempts)


def apply(store: Store, package: str, mark: str) -> None:
    part = store.packages.get(package).parts[0][0]
    {
        "sending": lambda: store.outbox.mark_sending([package], NOW),
        "doubtful": lambda: store.outbox.mark_doubtful([package], NOW, "mạng đứt"),
        "working": lambda: store.outbox.mark_working(package, [part], NOW),
        "later": lambda: store.outbox.mark_later(package, LATER, "bận"),
        "progress": lambda: store.outbox.mark_progress(package, part, 1),
    }[mark]()


def test_waits_until_its_time_and_keeps_it_over_a_restart(store: Store) -> None:
    package = seal(store)
    store.outbox.mark_later(package, LATER, "bận")
    with store.reopen() as again:
        assert again.outbox.due(NOW) == []
        assert only(again, LATER).next_at == LATER


def test_found_sending_after_a_restart_is_doubtful(store: Store) -> None:
    store.outbox.mark_sending([seal(store)], NOW)
    assert only(store).state == "sending"
    with store.reopen() as again:
        assert only(again).state == "doubtful"


def test_delivered_is_final_and_its_receipt_never_changes(store: Store) -> None:
    package = seal(store)
    store.outbox.mark_delivered(package, *receipt(package, "0423"), NOW)
    store.outbox.mark_delivered(package, *receipt(package, "9999"), NOW)
    store.outbox.mark_refused(package, "late", "muộn", NOW)
    store.outbox.mark_doubtful([package], NOW, "mạng đứt")
    assert store.outbox.due(LATER) == []
    assert store.packages.receipt(package) == receipt(package, "0423")[0]
    assert store.projection.facts("d1").refused_code is None


def test_receipt_of_another_package_never_counts(store: Store) -> None:
    package = seal(store)
    with pytest.raises(FactError) as error:
        store.outbox.mark_delivered(package, *receipt("f" * 64), NOW)
    assert error.value.code == "receipt_foreign"
    assert only(store).state == "queued"


def test_refused_is_final_but_a_receipt_is_stronger(store: Store) -> None:
    package = seal(store)
    store.outbox.mark_refused(package, "bad_order", "Sai thứ tự ký", NOW)
    store.outbox.mark_sending([package], NOW)
    assert store.outbox.due(LATER) == []
    assert store.projection.facts("d1").refused_message == "Sai thứ tự ký"
    store.outbox.mark_delivered(package, *receipt(package), NOW)
    assert store.projection.facts("d1").receipt_no == "0423"


def test_paused_package_waits_and_goes_on(store: Store) -> None:
    package, other = seal(store, "d1"), seal(store, "d2")
    store.deliveries.pause_item(package)
    assert store.outbox.is_paused(package)
    assert only(store).package_id == other
    store.deliveries.resume_item(package)
    assert len(store.outbox.due(NOW)) == 2


def test_pause_of_all_holds_over_a_restart(store: Store) -> None:
    seal(store)
    store.deliveries.pause()
    with store.reopen() as again:
        assert again.outbox.paused()
        assert again.outbox.due(NOW) == []
        again.deliveries.resume()
    assert not store.outbox.paused()
    assert len(store.outbox.due(NOW)) == 1


def test_send_now_goes_first_and_ends_the_wait_once(store: Store) -> None:
    seal(store, "urgent", urgent=True)
    package = seal(store, "d1", big=90_000)
    store.outbox.mark_later(package, LATER, "bận")
    store.deliveries.send_now(package)
    assert [item.package_id for item in store.outbox.due(NOW)] == [package, package_id("urgent")]
    store.outbox.mark_later(package, LATER, "vẫn bận")
    assert [item.package_id for item in store.outbox.due(NOW)] == [package_id("urgent")]


def test_part_shared_by_two_packages_is_read_from_either(store: Store) -> None:
    content = b"%PDF-1.7 " + bytes(70_000)
    kept = store.attachments.add(content, "quét.pdf")
    assert store.outbox.part(kept.sha256, 65_530, 20) == content[65_530:65_550]
    assert store.outbox.part(kept.sha256, len(content), 20) == b""


def test_feed_page_and_cursor_come_together_and_once(store: Store) -> None:
    package = seal(store)
    page = [decision(1, package, "in_control"), decision(2, package, "paid")]
    store.outbox.apply_feed(page, 2, NOW)
    store.outbox.apply_feed(page, 1, NOW)
    assert store.outbox.feed_cursor() == 2
    assert store.projection.facts("d1").decision == "paid"


def test_broken_event_stores_nothing_of_its_page(store: Store) -> None:
    package = seal(store)
    with pytest.raises(KeyError):
        store.outbox.apply_feed([decision(1, package, "paid"), (2, b"{}", "{}")], 2, NOW)
    assert store.outbox.feed_cursor() == 0
    assert store.projection.facts("d1").decision is None


def test_log_keeps_its_newest_lines(store: Store) -> None:
    with store.transaction():
        for number in range(LOG_LINES + 5):
            store.outbox.log("info", str(number), None, NOW)
    lines = store.deliveries.log(limit=LOG_LINES * 2)
    assert (len(lines), lines[-1].text) == (LOG_LINES, "5")


def test_log_and_queue_are_shown_newest_and_next_first(store: Store) -> None:
    package = seal(store, big=50_000)
    store.outbox.log("wait", "Mạng rớt 40 giây.", package, NOW)
    store.outbox.log("good", "Đã nối lại.", None, NOW)
    store.outbox.mark_working(package, [store.packages.get(package).parts[0][0]], NOW)
    assert [line.text for line in store.deliveries.log()] == ["Đã nối lại.", "Mạng rớt 40 giây."]
    (item,) = store.deliveries.queue()
    assert (item.sent, item.size, item.status.label) == (4, 50_004, "Đang gửi 0 %")
    store.outbox.mark_delivered(package, *receipt(package), NOW)
    assert store.deliveries.queue() == []
    other = seal(store, "d2")
    store.outbox.mark_delivered(other, *receipt(other, "0007"), NOW)
    assert [(line.count, line.detail) for line in store.deliveries.received()] == [(2, "0007"), (0, ""), (0, "")]


def test_what_was_cancelled_after_it_was_offered_does_not_leave(store: Store) -> None:
    """The other window cancels between the engine's question and its sending: both would hold otherwise."""
    wanted = [seal(store, "d1"), seal(store, "d2")]
    assert [item.package_id for item in store.outbox.due(NOW)] == wanted
    with store.reopen() as window:
        window.packages.cancel("d2", "hanh", "nhầm")
    with pytest.raises(FactError) as error:
        store.outbox.mark_sending(wanted, NOW)
    assert error.value.code == "cancelled"
    assert [(item.package_id, item.state) for item in store.outbox.due(NOW)] == [(wanted[0], "queued")]

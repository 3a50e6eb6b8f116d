"""The queue page tells what is on its way, and the user's wishes about it hold."""

from datetime import datetime

import pytest

from desktop.desk.delivering import Delivering
from desktop.dossier.lifecycle import State
from desktop.store.errors import StoreError
from desktop.store.units import DeviceConfig
from tests.contract.store_kit import NOW, balance, decision, deliver
from tests.unit.desk.kit import Office

PENDING = DeviceConfig(url="https://a", tls_pin="0" * 64, device_id="", device_key=b"k" * 32, statement_keys={})


def page(office: Office) -> Delivering:
    return Delivering(office.context(), None)


def three(office: Office) -> list[str]:
    """Package ids, the small ones first, the one with a scan last."""
    scan = b"%PDF-1.4 " + b"x" * 60_000
    big = office.seal(scan=scan)[1]
    local_ids = [office.submit(number=f"RDT{n:04d}") for n in (1, 2)]
    for local_id in local_ids:
        office.sign(local_id)
    small = sorted((office.package(i) for i in local_ids), key=lambda p: len(office.store.packages.get(p).core))
    return [*small, big]


def order(office: Office) -> list[str]:
    return [item.package_id for item in page(office).view().items]


def test_an_empty_queue_before_enrolment(office: Office) -> None:
    view = page(office).view()
    assert (view.items, view.current, view.total_bytes, view.eta_seconds, view.paused) == ((), None, 0, None, False)
    assert (view.link.state, "chưa đăng ký" in view.link.text) == ("offline", True)
    assert [line.count for line in view.received] == [0, 0, 0]


def test_a_registration_without_answer_is_none_yet(office: Office) -> None:
    office.store.device.set(PENDING)
    assert "chưa đăng ký" in page(office).view().link.text
    office.store.device.set(PENDING.model_copy(update={"device_id": "d1"}))
    assert page(office).view().link.text.startswith("Ngoại tuyến")


def test_sizes_add_up(office: Office) -> None:
    packages = three(office)
    view = page(office).view()
    assert {item.package_id for item in view.items} == set(packages)
    assert view.total_bytes == sum(item.size for item in view.items) > 60_000
    assert view.sent_bytes == 0


def test_send_now_puts_a_package_first(office: Office) -> None:
    packages = three(office)
    assert order(office)[-1] == packages[-1]
    page(office).send_now(packages[-1])
    assert order(office)[0] == packages[-1]
    assert next(iter(office.store.outbox.due(office.context().now()))).package_id == packages[-1]


def test_a_held_package_waits_and_the_others_do_not(office: Office) -> None:
    packages = three(office)
    page(office).pause_item(packages[0])
    assert {item.package_id for item in office.store.outbox.due(office.context().now())} == set(packages[1:])
    held = next(item for item in page(office).view().items if item.package_id == packages[0])
    assert held.paused
    page(office).resume_item(packages[0])
    assert len(office.store.outbox.due(office.context().now())) == 3


def test_pausing_holds_everything_over_a_restart(office: Office) -> None:
    three(office)
    page(office).pause()
    with office.store.reopen() as again:
        assert again.outbox.paused()
        assert again.outbox.due(office.context().now()) == []
    assert page(office).view().paused
    page(office).resume()
    assert not page(office).view().paused


def test_another_program_that_sends_is_seen(office: Office) -> None:
    packages = three(office)
    office.store.device.set(PENDING.model_copy(update={"device_id": "d1"}))
    office.store.outbox.mark_sending(packages[:1], office.context().now())
    view = page(office).view()
    assert (view.link.state, view.current.package_id if view.current else "") == ("sending", packages[0])
    assert view.current is not None
    assert view.current.status.state in (State.SENDING, State.DOUBTFUL)


@pytest.mark.parametrize(("now", "count"), [("2026-11-23T16:59:59Z", 1), ("2026-11-23T17:00:00Z", 0)])
def test_what_came_back_today_is_counted_and_today_is_vietnam_s(office: Office, now: str, count: int) -> None:
    _, package = office.seal()
    deliver(office.store, package)
    office.store.outbox.apply_feed([balance(1, package, -3_412_500), decision(2, package, "paid")], 2, NOW)
    office.clock.at = datetime.fromisoformat(now)
    view = page(office).view()
    assert [(line.label, line.count) for line in view.received] == [
        ("Biên nhận", count),
        ("Kết quả", count),
        ("Thay đổi số dư", count),
    ]
    assert view.items == ()


@pytest.mark.parametrize("act", ["send_now", "pause_item", "resume_item"])
def test_a_package_that_is_not_there_is_told(office: Office, act: str) -> None:
    with pytest.raises(StoreError) as error:
        getattr(page(office), act)("0" * 64)
    assert error.value.code == "not_found"

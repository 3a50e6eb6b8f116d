"""Enrolment can be repeated and never loses what it had; the sync thread owns what it opens. All on a real gateway."""

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desktop.demo.unit import UNIT
from desktop.desk.connection import NotEnrolled, enrol_device, enrolled, make_wire, sync_thread
from desktop.desk.delivering import Delivering
from desktop.desk.errors import DeskError
from desktop.dossier.errors import VungXaError
from desktop.store.store import Store
from tests.fixtures.gateway import GatewayProcess, estimates, new_unit
from tests.fixtures.softkeys import SoftPerson
from tests.unit.desk.kit import Clock, Office


class Registered(Office):
    """An office whose unit the gateway knows, with a code to enrol a device."""

    code = ""


@pytest.fixture
def unit(tmp_path: Path, gateway: GatewayProcess, soft_people: list[SoftPerson]) -> Iterator[Registered]:
    people = [soft.person for soft in soft_people]
    made = Registered.make(tmp_path / "unit", people, Clock(), soft_people)
    known = new_unit()
    made.store.unit.save(known, people)
    made.store.estimates.load(estimates(known))
    made.code = gateway.register(known, people, estimates(known))
    with made.store:
        yield made


def failing(store: Store, url: str, pin: str, code: str) -> VungXaError:
    with pytest.raises(VungXaError) as error:
        enrol_device(store, url, pin, code)
    return error.value


def wait(condition: Callable[[], bool], seconds: float = 20) -> None:
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "it never came"
        time.sleep(0.02)


def test_an_enrolled_machine_knows_itself_and_its_treasury(unit: Registered, gateway: GatewayProcess) -> None:
    device_id = enrol_device(unit.store, gateway.url, f" {gateway.pin.upper()} ", f" {unit.code}\n")
    config = enrolled(unit.store)
    assert (config.device_id, config.tls_pin, config.url) == (device_id, gateway.pin, gateway.url)
    assert len(config.statement_keys) == 1
    wire = make_wire(config)
    assert wire.health().service == "vungxa-gateway"
    wire.close()
    assert unit.journal("enrol") == [device_id]


def test_the_same_code_again_gives_the_same_device(unit: Registered, gateway: GatewayProcess) -> None:
    first = enrol_device(unit.store, gateway.url, gateway.pin, unit.code)
    before = enrolled(unit.store)
    assert enrol_device(unit.store, gateway.url, gateway.pin, unit.code) == first
    assert enrolled(unit.store) == before


@pytest.mark.parametrize("wrong", ["code", "pin", "url", "link"])
def test_a_failed_enrolment_leaves_the_first_one_working(unit: Registered, gateway: GatewayProcess, wrong: str) -> None:
    enrol_device(unit.store, gateway.url, gateway.pin, unit.code)
    before = enrolled(unit.store)
    good = {"url": gateway.url, "pin": gateway.pin, "code": unit.code}
    bad = {"code": "ABCD-1234", "pin": "0" * 64, "url": "http://a", "link": "https://127.0.0.1:9"}
    failing(unit.store, **(good | {wrong.replace("link", "url"): bad[wrong]}))
    assert enrolled(unit.store) == before


def test_a_lost_answer_can_be_asked_for_again_with_the_same_key(unit: Registered, gateway: GatewayProcess) -> None:
    assert failing(unit.store, "https://127.0.0.1:9", gateway.pin, unit.code).code == "offline"
    kept = unit.store.device.get()
    assert kept is not None
    assert (kept.device_id, failing_to_enrol(unit.store)) == ("", "not_enrolled")
    enrol_device(unit.store, gateway.url, gateway.pin, unit.code)
    assert enrolled(unit.store).device_key == kept.device_key


def failing_to_enrol(store: Store) -> str:
    with pytest.raises(NotEnrolled, match="vungxa enrol") as error:
        enrolled(store)
    return error.value.code


def test_a_code_of_another_unit_is_refused(unit: Registered, gateway: GatewayProcess) -> None:
    stranger = new_unit()
    code = gateway.register(stranger, unit.store.unit.people(), estimates(stranger))
    error = failing(unit.store, gateway.url, gateway.pin, code)
    assert isinstance(error, DeskError)
    assert (error.code, stranger.code in error.message) == ("other_unit", True)
    assert failing_to_enrol(unit.store) == "not_enrolled"
    assert enrol_device(unit.store, gateway.url, gateway.pin, unit.code)


def test_a_unit_never_enrolled_says_so(office: Office) -> None:
    assert (failing_to_enrol(office.store), office.store.unit.get().code) == ("not_enrolled", UNIT.code)


def test_the_sync_thread_sends_what_is_sealed_and_ends(unit: Registered, gateway: GatewayProcess) -> None:
    enrol_device(unit.store, gateway.url, gateway.pin, unit.code)
    sync = sync_thread(unit.store.reopen, poll_seconds=0.5)
    page = Delivering(unit.context(), sync)
    sync.start()
    wait(lambda: page.view().link.state in ("good", "weak"))
    _, package = sealed_here(unit)
    page.test_link()
    wait(lambda: unit.store.packages.receipt(package) is not None)
    wait(lambda: any("biên nhận" in line.text for line in page.view().log))
    assert (page.view().items, unit.store.projection.counts()["ready"]) == ((), 0)
    assert sync.stop()
    assert "sync" not in {thread.name for thread in threading.enumerate()}


def sealed_here(unit: Registered) -> tuple[str, str]:
    local_id = unit.submit()
    unit.sign(local_id)
    return local_id, unit.package(local_id)


def test_a_paused_queue_sends_nothing_until_resumed(unit: Registered, gateway: GatewayProcess) -> None:
    enrol_device(unit.store, gateway.url, gateway.pin, unit.code)
    sync = sync_thread(unit.store.reopen, poll_seconds=0.3)
    page = Delivering(unit.context(), sync)
    page.pause()
    _, package = sealed_here(unit)
    sync.start()
    wait(lambda: sync.status().passes >= 2)
    assert unit.store.packages.receipt(package) is None
    assert page.view().link.state == "paused"
    page.resume()
    wait(lambda: unit.store.packages.receipt(package) is not None)
    sync.stop()


def test_a_link_that_is_down_is_told_and_a_thread_without_enrolment_ends(unit: Registered) -> None:
    lonely = sync_thread(unit.store.reopen)
    lonely.start()
    wait(lambda: lonely.status().passes == 1)
    assert "chưa đăng ký" in lonely.status().text
    assert lonely.stop()

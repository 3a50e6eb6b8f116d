"""The program's own client and the gateway understand each other in every message of the protocol."""

import hashlib
import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from desktop.signing.asice import Package, package_id, split
from desktop.signing.device import DeviceKey, verify_statement
from desktop.sync.client import HttpWire
from desktop.sync.enrol import enrol
from desktop.sync.faults import Fault, WireError
from desktop.sync.framing import pack_batch
from desktop.sync.ports import PackedBatch
from tests.fixtures.dossiers import dossier, form
from tests.fixtures.gateway import GatewayProcess, command, estimates, new_unit
from tests.fixtures.softkeys import SoftPerson, seal


class Clock:
    """A clock that may be wrong."""

    def __init__(self) -> None:
        self.off = timedelta()

    def now(self) -> datetime:
        return datetime.now(UTC) + self.off


class Device:
    """A device enrolled and talking through the program's own code."""

    def __init__(self, gateway: GatewayProcess, people: list[SoftPerson]) -> None:
        self.unit, self.people, self.key, self.clock = new_unit(), people, DeviceKey.generate(), Clock()
        code = gateway.register(self.unit, [soft.person for soft in people], estimates(self.unit))
        self.answer = enrol(gateway.url, gateway.pin, code, self.key, "máy của kế toán")
        self.wire = HttpWire(gateway.url, gateway.pin, self.answer.device_id, self.key, self.clock)

    def package(self, number: str = "RDT1", scan: bytes = b"") -> Package:
        scans = {"quét.pdf": scan} if scan else {}
        made = dossier(form(unit=self.unit, document_no=number), scans=scans)
        return seal(made, self.unit, self.people, {hashlib.sha256(scan).hexdigest(): scan})


@pytest.fixture
def device(gateway: GatewayProcess, soft_people: list[SoftPerson]) -> Iterator[Device]:
    made = Device(gateway, soft_people)
    yield made
    made.wire.close()


def batch(*packages: Package) -> PackedBatch:
    cores = [(package_id(package), split(package)[0]) for package in packages]
    return PackedBatch(tuple(name for name, _ in cores), pack_batch(cores))


def test_enrolment_names_unit_and_keys(gateway: GatewayProcess, device: Device) -> None:
    keys = command("init", "--home", str(gateway.home))["statement_keys"]
    assert (device.answer.unit_code, device.answer.statement_keys) == (device.unit.code, keys)


def test_a_batch_is_delivered_and_its_receipt_verifies(device: Device) -> None:
    device.wire.open()
    sent = batch(device.package("RDT1"), device.package("RDT2"))
    outcomes = device.wire.send(sent)
    assert [outcome.kind for outcome in outcomes] == ["accepted", "accepted"]
    for outcome in outcomes:
        assert outcome.receipt is not None
        assert verify_statement(outcome.receipt, "receipt", device.answer.statement_keys)
    assert device.wire.outcomes(sent.package_ids) == outcomes


def test_a_part_goes_in_chunks_from_the_offset_told(device: Device) -> None:
    scan = os.urandom(100_000)
    part = hashlib.sha256(scan).hexdigest()
    sent = batch(device.package(scan=scan))
    assert device.wire.send(sent)[0].missing == [part]
    offset = device.wire.part_offset(part)
    while offset < len(scan):
        offset = device.wire.append(part, offset, len(scan), scan[offset : offset + 65_536])
    assert device.wire.outcomes(sent.package_ids)[0].kind == "accepted"
    assert device.wire.part_offset(part) == len(scan)


def test_a_wrong_belief_about_a_part_is_put_right(device: Device) -> None:
    scan = os.urandom(100_000)
    part = hashlib.sha256(scan).hexdigest()
    device.wire.send(batch(device.package(scan=scan)))
    device.wire.append(part, 0, len(scan), scan[:1000])
    assert device.wire.append(part, 50_000, len(scan), scan[50_000:60_000]) == 1000
    assert device.wire.append(part, 1000, len(scan), bytes(99_000)) == 0
    assert device.wire.part_offset(part) == 0


def test_the_feed_is_read(device: Device) -> None:
    assert device.wire.feed(0, 100).cursor == 0
    device.wire.send(batch(device.package()))
    page = device.wire.feed(0, 1)
    while not page.events:
        page = device.wire.feed(0, 1)
    assert verify_statement(page.events[0], "event", device.answer.statement_keys)


def test_a_wrong_clock_is_learned_from_the_gateway(device: Device) -> None:
    device.clock.off = timedelta(hours=-7)
    device.wire.open()
    assert abs(device.wire.skew_seconds - 7 * 3600) < 60


def test_a_session_lost_by_a_restart_is_renewed(own_gateway: GatewayProcess, soft_people: list[SoftPerson]) -> None:
    device = Device(own_gateway, soft_people)
    device.wire.open()
    port = own_gateway.port
    own_gateway.kill()
    own_gateway.start(port)
    assert device.wire.feed(0, 1).events == []
    device.wire.close()


def test_a_revoked_device_is_an_auth_fault(gateway: GatewayProcess, device: Device) -> None:
    device.wire.open()
    command("revoke", "--home", str(gateway.home), "--device", device.answer.device_id)
    with pytest.raises(WireError) as error:
        device.wire.feed(0, 1)
    assert (error.value.fault, error.value.code) == (Fault.AUTH, "device_revoked")


def test_a_used_code_is_told_as_such(gateway: GatewayProcess) -> None:
    code = gateway.register(new_unit(), [], [])
    enrol(gateway.url, gateway.pin, code, DeviceKey.generate())
    with pytest.raises(WireError) as error:
        enrol(gateway.url, gateway.pin, code, DeviceKey.generate())
    assert error.value.code == "enrolment_refused"

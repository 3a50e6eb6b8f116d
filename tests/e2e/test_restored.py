"""A computer is lost after the last backup: the restored unit sends nothing twice, hears all, and counts it once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from desktop.demo.processes import wait_until
from desktop.desk.backing_up import back_up_to
from desktop.desk.connection import enrol_device, sync_thread
from desktop.desk.restoring_unit import by_password, restore_unit
from desktop.dossier.views import EstimateView
from desktop.store.backup_place import prepare_place
from desktop.store.store import Store
from tests.fixtures.gateway import GatewayProcess, estimates, new_unit
from tests.fixtures.softkeys import SoftPerson
from tests.unit.desk.kit import CHEAP, PASSWORD, SUPPLIES, Clock, Office

WAIT = 90.0
FAR = "9999-12-31T23:59:59Z"


@pytest.fixture
def office(tmp_path: Path, shared_gateway: GatewayProcess, soft_people: list[SoftPerson]) -> Iterator[Office]:
    """A unit enrolled at the gateway whose people sign with keys in memory."""
    unit, people = new_unit(), [soft.person for soft in soft_people]
    lines = estimates(unit, 500_000_000_000)
    store = Store.create(tmp_path / "unit", PASSWORD, unit, people, kdf=CHEAP)
    store.estimates.load(lines)
    code = shared_gateway.register(unit, people, lines)
    enrol_device(store, shared_gateway.url, shared_gateway.pin, code)
    with store:
        yield Office(store, Clock(), soft_people)


def sealed(office: Office, number: str) -> str:
    local_id = office.submit(SUPPLIES, number=number)
    office.sign(local_id)
    return office.package(local_id)


def exchange(store: Store, packages: Sequence[str]) -> None:
    """Send and listen until the Treasury decided on all of these, and what followed was heard."""
    sync = sync_thread(store.reopen, poll_seconds=0.2)
    sync.start()
    try:
        wait_until(lambda: set(packages) <= paid(store), WAIT, "the Treasury has not decided on everything")
        before = sync.status().passes
        sync.wake()
        wait_until(lambda: sync.status().passes > before + 1, WAIT, "no further pass")
    finally:
        sync.stop()


def paid(store: Store) -> set[str]:
    rows = store.backups.database.rows("SELECT package_id FROM feed_events WHERE decision = 'paid'")
    return {str(row["package_id"]) for row in rows}


def book(store: Store) -> list[EstimateView]:
    return [view for view in store.estimates.all() if view.used]


def test_the_unit_restored_from_before_sends_nothing_twice(
    office: Office, shared_gateway: GatewayProcess, tmp_path: Path
) -> None:
    lost = office.store
    heard, under_way = sealed(office, "KP01"), sealed(office, "KP02")
    exchange(lost, [heard, under_way])
    queued = [sealed(office, "KP03"), sealed(office, "KP04")]
    (tmp_path / "usb").mkdir()
    place = prepare_place(tmp_path / "usb", lost.unit.get().code, lost.folder)
    backup = back_up_to(lost, place, "day")
    later = sealed(office, "KP05")
    exchange(lost, [queued[0], queued[1], later])
    before = book(lost)
    lost.close()

    found = restore_unit(backup.path, tmp_path / "new", by_password(PASSWORD))
    assert found.asked == 2
    with Store.open(tmp_path / "new", PASSWORD) as store:
        assert {item.state for item in store.outbox.due(FAR)} == {"doubtful"}
        exchange(store, queued)
        assert not store.outbox.due(FAR)
        assert all(store.packages.receipt(package) for package in (heard, under_way, *queued))
        assert paid(store) == {heard, under_way, *queued, later}
        assert [view.used for view in book(store)] == [view.used for view in before]
        sent = "SELECT count(*) FROM attempts WHERE kind = 'sending' AND package_id = ?"
        assert [store.backups.database.value(sent, (package,)) for package in queued] == [0, 0]
    report = shared_gateway.report()
    there = [item["package_id"] for item in report["packages"] if item["unit_code"] == backup.unit_code]
    assert sorted(there) == sorted([heard, under_way, *queued, later])
    for kind in ("receipt_numbers", "final_decisions", "paid_effects"):
        assert len(report[kind]) == len(set(report[kind])), kind


def test_what_the_treasury_never_got_is_sent_once_by_the_restored_unit(
    office: Office, shared_gateway: GatewayProcess, tmp_path: Path
) -> None:
    package = sealed(office, "KP01")
    (tmp_path / "usb").mkdir()
    backup = back_up_to(
        office.store, prepare_place(tmp_path / "usb", office.store.unit.get().code, office.store.folder), "day"
    )
    assert restore_unit(backup.path, tmp_path / "new", by_password(PASSWORD)).asked == 1
    with Store.open(tmp_path / "new", PASSWORD) as store:
        exchange(store, [package])
        assert store.packages.receipt(package)
    report = shared_gateway.report()
    assert [item["package_id"] for item in report["packages"] if item["unit_code"] == backup.unit_code] == [package]

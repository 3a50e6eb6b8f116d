"""Seals are made at the end of a pass, countersigned by a real gateway, and held against what it was told."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from desktop.demo.processes import wait_until
from desktop.desk.connection import NotEnrolled, SystemClock, enrol_device, enrolled, make_wire, sync_thread
from desktop.desk.errors import DeskError
from desktop.desk.journal_desk import JournalDesk
from desktop.desk.journal_inbox import JournalInbox
from desktop.store.store import Store
from desktop.sync.journal import SealTeller, SealToTell
from desktop.sync.protocol import Head
from tests.fixtures.gateway import GatewayProcess, estimates, new_unit
from tests.fixtures.softkeys import SoftPerson
from tests.unit.desk.journal_kit import DEVICE, TREASURY, Kept, countersign, now, statement
from tests.unit.desk.kit import PASSWORD, Clock, Office


@pytest.fixture
def unit(tmp_path: Path, gateway: GatewayProcess, soft_people: list[SoftPerson]) -> Iterator[Office]:
    people, known = [soft.person for soft in soft_people], new_unit()
    made = Office.make(tmp_path / "unit", people, Clock())
    with made.store as store:
        store.unit.save(known, people)
        enrol_device(store, gateway.url, gateway.pin, gateway.register(known, people, estimates(known)))
        yield made


@pytest.fixture
def kept(tmp_path: Path) -> Kept:
    return Kept.new(tmp_path / "unit")


def desk(office: Office) -> JournalDesk:
    return JournalDesk(office.context())


def test_a_pass_seals_what_it_wrote_and_the_treasury_signs_it(unit: Office) -> None:
    sync = sync_thread(unit.store.reopen, poll_seconds=0.1)
    sync.start()
    try:
        wait_until(lambda: bool((last := unit.store.seals.last()) and last.statement), 20, "no countersignature")
    finally:
        assert sync.stop()
    last, report = unit.store.seals.last(), desk(unit).verify(online=True)
    assert last is not None
    assert (last.cause, last.seq, report.findings) == ("sync", report.countersigned, ())
    assert report.entries == report.countersigned == unit.store.journal.head()[0]


def test_an_older_copy_in_place_of_the_store_shows_at_the_treasury(unit: Office, tmp_path: Path) -> None:
    assert desk(unit).seal(online=True).statement
    unit.store.close()
    shutil.copytree(tmp_path / "unit", tmp_path / "older")
    unit.store = Store.open(tmp_path / "unit", PASSWORD)
    unit.store.journal.append("", "crl", None, "x")
    assert desk(unit).seal(online=True).statement
    end = unit.store.journal.head()[0]
    unit.store.close()
    unit.store = Store.open(tmp_path / "older", PASSWORD)
    assert desk(unit).verify().ok
    (found,) = desk(unit).verify(online=True).findings
    assert (found.kind, found.code, found.seq) == ("cut", "journal_cut", end)
    unit.store.journal.append("", "crl", None, "y")
    unit.store.journal.append("", "crl", None, "z")
    desk(unit).seal(online=True)
    assert [finding.kind for finding in desk(unit).verify(online=True).findings] == ["fork"]
    assert unit.journal("journal_forked") == [f"{end + 1} {end}"]


def test_what_cannot_be_believed_is_said_once_and_left_for_an_hour(unit: Office) -> None:
    said: list[str] = []
    wire = make_wire(enrolled(unit.store))
    teller = SealTeller(JournalInbox(unit.store, {}, now), wire, SystemClock())
    for _ in range(2):
        assert not teller.fetch(lambda: True, lambda _, text: said.append(text))
    wire.close()
    assert [text[:27] for text in said] == ["Chữ ký xác nhận nhật ký chư"]
    assert not unit.store.seals.last().statement  # type: ignore[union-attr]


def test_a_machine_that_is_not_enrolled_seals_nothing(office: Office) -> None:
    JournalInbox(office.store, {}, now).seal()
    assert (office.store.seals.last(), JournalInbox(office.store, {}, now).waiting()) == (None, None)
    with pytest.raises(NotEnrolled):
        desk(office).seal()


def test_a_pass_seals_again_only_after_ten_minutes_and_only_what_is_new(kept: Kept) -> None:
    later = timedelta(days=3000)
    with kept.store() as store:
        store.journal.append("", "crl", None, "x")
        made = [store.seals.highest_id()]
        for clock in (lambda: now() + timedelta(days=1), lambda: now() + later, lambda: now() + later):
            JournalInbox(store, {}, clock).seal()
            made.append(store.seals.highest_id())
        last = store.seals.last()
        assert last is not None
        JournalInbox(store, {}, lambda: now() - later).seal()
    assert (made, last.seq) == ([2, 3, 3, 3], 11)


def test_seals_go_out_oldest_first_each_after_the_head_signed_before(kept: Kept) -> None:
    kept.work("sign", sealed=False)
    with kept.store() as store:
        for _ in range(2):
            JournalInbox(store, {}, now).seal()
            store.journal.append("", "crl", None, "x")
        waiting = JournalInbox(store, TREASURY.published, now).waiting()
        assert waiting is not None
        assert (waiting.seal_id, waiting.after.seq) == (3, 8)
        countersign(store)
        assert store.seals.uncountersigned("khác") is None
        assert store.seals.countersigned_head(DEVICE) == (11, store.journal.hash_of(11))


@pytest.mark.parametrize("wrong", [{"seq": 9}, {"hash": "0" * 64}, {"device": "khác"}, {"unit": "1"}])
def test_a_signature_for_something_else_is_not_kept(kept: Kept, wrong: dict[str, object]) -> None:
    kept.work("sign", sealed=False)
    with kept.store() as store:
        inbox = JournalInbox(store, TREASURY.published, now)
        inbox.seal()
        told = dict(zip(("unit", "device", "seq", "hash"), _seal(store), strict=True)) | wrong
        waiting = inbox.waiting()
        assert waiting is not None
        with pytest.raises(DeskError) as caught:
            inbox.keep(waiting, statement(told, Head(seq=8, hash="0" * 64)))  # type: ignore[arg-type]
    assert caught.value.code == "bad_countersign"


def _seal(store: Store) -> tuple[object, ...]:
    last = store.seals.last()
    assert last is not None
    return last.unit_code, last.device_id, last.seq, last.hash


def test_a_countersignature_is_kept_once_and_never_changes(kept: Kept) -> None:
    with kept.store() as store:
        first = store.seals.get(1)
        assert first is not None
        assert not store.seals.keep(1, "khác", b"")
        again = SealToTell(1, first.text, first.signature, Head(seq=0, hash="0" * 64))
        told = {"unit": first.unit_code, "device": DEVICE, "seq": first.seq, "hash": first.hash}
        before = store.journal.head()
        assert JournalInbox(store, TREASURY.published, now).keep(again, statement(told, again.after, "forked")) is None  # type: ignore[arg-type]
        assert (store.seals.get(1), store.journal.head()) == (first, before)

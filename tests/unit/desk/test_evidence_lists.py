"""Signatures share the lists they carry: a store grows by little, and what leaves it is whole and always the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from desktop.demo.pki import DemoPki
from desktop.desk import trust_keeping as keeping
from desktop.desk.evidence_lists import LONGEST_WAIT
from desktop.desk.evidence_queue import NO_ROOM
from desktop.desk.sealed import container
from desktop.desk.trusting import unit_trust
from desktop.signing.asice import read
from desktop.signing.cmsinfo import embedded_lists, read_signature
from desktop.signing.tsa import SandboxTsa
from desktop.signing.verify import verify
from tests.fixtures.largelists import TINY, large_list
from tests.unit.desk.kit import PHONE, Office
from tests.unit.desk.test_evidence import NOW, Line, Unit

HALF_MB = 10_000
"""Entries of a list that a store takes anew every five days."""


@pytest.fixture
def unit(office: Office, demo_pki: DemoPki, demo_tsa: SandboxTsa) -> Unit:
    made = Unit(office, Line(demo_tsa), demo_pki)
    office.clock.at = NOW
    made.trust()
    keeping.keep_crl(office.store, demo_pki.root_crl.read_bytes(), "gateway", NOW)
    return made


def _publish(unit: Unit, days: float = 0, count: int = HALF_MB, entry: bytes = b"") -> bytes:
    """The authority's list of a day, in force for a day."""
    issued = NOW + timedelta(days=days) - timedelta(hours=1)
    made = large_list(unit.pki.intermediate, count, issued, days=1, entry=entry)
    assert keeping.keep_crl(unit.office.store, made, "gateway", NOW + timedelta(days=days))
    return made


def _seal(unit: Unit, number: str, *, later: float = 0) -> str:
    """Another dossier, signed and worked on `later` days from now; gives its package id."""
    unit.office.clock.at = unit.clock.at = unit.line.at = NOW + timedelta(days=later)
    local_id = unit.office.submit(PHONE, number=number)
    unit.office.sign(local_id)
    unit.work()
    return unit.office.package(local_id)


def _lists(unit: Unit, package: str) -> set[bytes]:
    signatures = read(container(unit.office.store, package)).signatures
    return {der for one in signatures for der in embedded_lists(read_signature(one.cms).signed_data)}


def _bytes(unit: Unit) -> int:
    sizes = "SELECT sum(length(cms)) FROM evidence", "SELECT sum(length(packed)) FROM evidence_pieces"
    return sum(unit.office.store._database.value(sql) or 0 for sql in sizes)


def test_a_second_package_adds_no_list(unit: Unit) -> None:
    published = _publish(unit)
    first = _seal(unit, "1")
    after_one = _bytes(unit)
    second = _seal(unit, "2")
    assert (unit.levels(first), unit.levels(second)) == (("LT", "LT"), ("LT", "LT"))
    assert after_one < len(published) * 0.6 + 40_000
    assert _bytes(unit) - after_one < 20_000
    assert _lists(unit, first) == _lists(unit, second)
    assert published in _lists(unit, first)


def test_what_leaves_the_store_is_whole_and_always_the_same(unit: Unit) -> None:
    _publish(unit)
    package = _seal(unit, "1")
    made = container(unit.office.store, package)
    with unit.office.store.reopen() as again:
        assert container(again, package) == made
    trust = unit_trust(unit.office.store)
    assert trust is not None
    report = verify(read(made), replace(trust, crls=()), at=NOW)
    assert (report.level, report.ok) == ("LT", True)


def test_a_newer_list_waits_until_the_store_has_room_for_it(unit: Unit) -> None:
    """The time-stamp comes at once; lists of a large authority come every few days, and then serve all who wait."""
    first = _publish(unit)
    packages = [_seal(unit, "1")]
    _publish(unit, days=2)
    packages.append(_seal(unit, "2", later=2))
    waiting = unit.office.store.evidence.waiting_of(packages[1])
    assert waiting is not None
    assert (unit.levels(packages[1]), waiting.code) == (("T", "T"), NO_ROOM)
    assert "đã có dấu thời gian" in waiting.text.casefold()
    third = _publish(unit, days=len(first) / 100_000 + 0.1)
    packages.append(_seal(unit, "3", later=len(first) / 100_000 + 0.1))
    assert [unit.levels(package) for package in packages] == [("LT", "LT")] * 3
    assert _lists(unit, packages[1]) == _lists(unit, packages[2])
    assert (third in _lists(unit, packages[1]), first in _lists(unit, packages[0])) == (True, True)


def test_nobody_waits_for_a_small_list_nor_for_ever(unit: Unit) -> None:
    _publish(unit, count=10)
    _seal(unit, "1")
    newer = _publish(unit, days=2, count=20)
    assert newer in _lists(unit, _seal(unit, "2", later=2))
    huge = _publish(unit, days=3, count=350_000, entry=TINY)
    assert len(huge) / 100_000 > LONGEST_WAIT.days
    assert unit.levels(_seal(unit, "3", later=3)) == ("T", "T")
    _publish(unit, days=LONGEST_WAIT.days + 4, count=350_000, entry=TINY)
    assert unit.levels(_seal(unit, "4", later=LONGEST_WAIT.days + 4)) == ("LT", "LT")


def _cut_off(unit: Unit, package: str) -> None:
    with unit.office.store.transaction():
        assert unit.queue.complete(package)
        raise KeyboardInterrupt


def test_work_cut_off_between_two_lists_goes_on_where_it_stopped(unit: Unit) -> None:
    package = _seal(unit, "1")
    assert unit.levels(package) == ("T", "T")
    _publish(unit)
    before = _bytes(unit)
    with pytest.raises(KeyboardInterrupt):
        _cut_off(unit, package)
    assert (unit.levels(package), _bytes(unit)) == (("T", "T"), before)
    assert Unit(unit.office, unit.line, unit.pki).queue.complete(package)
    assert unit.levels(package) == ("LT", "LT")

"""Signed packages gain time-stamps and revocation data, and nothing that happens on the way hurts them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from desktop.demo.pki import DemoPki
from desktop.desk import trust_keeping as keeping
from desktop.desk.evidence import EvidenceState, level_of_dossier, waiting, warning
from desktop.desk.evidence_queue import EvidenceQueue
from desktop.desk.sealed import as_sent, container
from desktop.signing.asice import package_id, read
from desktop.signing.device import DeviceKey
from desktop.signing.trust import Trust
from desktop.signing.trustlist import TrustList, TsaSource, encoded, sign_list
from desktop.signing.tsa import SandboxTsa
from desktop.store.errors import StoreError
from desktop.sync.evidence import EvidenceSeeker
from desktop.sync.faults import Fault, WireError
from tests.unit.desk.kit import Clock, Office

TREASURY = DeviceKey.generate()
NOW = datetime.now(UTC)


@dataclass
class Line:
    """Whoever stamps, here or elsewhere, over a line that fails when it is told to; `asked` are the addresses."""

    tsa: SandboxTsa
    fault: Fault | None = None
    asked: list[str] = field(default_factory=list)
    spoil: bool = False
    at: datetime = NOW

    def time_stamp(self, *query: str | bytes) -> bytes:
        self.asked.append(str(query[0]) if len(query) > 1 else "gateway")
        if self.fault is not None:
            raise WireError(self.fault, "down")
        asked = query[-1]
        assert isinstance(asked, bytes)
        return b"<html>" if self.spoil else self.tsa.respond(asked, self.at)


@dataclass
class Unit:
    """One unit with a sealed package, whom it trusts, and the sync thread's work on evidence."""

    office: Office
    line: Line
    pki: DemoPki
    clock: Clock = field(default_factory=lambda: Clock(NOW))
    said: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.queue = EvidenceQueue(self.office.store, self.clock)
        self.seeker = EvidenceSeeker(self.queue, self.line, self.line)

    def trust(self, version: int = 1, *, stamper: bool = True) -> None:
        told = Trust.load([self.pki.root_pem, self.pki.intermediate_pem])
        tsa = [TsaSource(url="gateway", certificates=encoded([self.line.tsa.root] if stamper else []))]
        made = TrustList(
            version=version, issued_at="2026-11-20T03:00:00Z", roots=encoded(told.roots), tsa=tsa,
            intermediates=encoded(told.intermediates),
        )  # fmt: skip
        assert keeping.keep_list(
            self.office.store, sign_list(made, TREASURY), {TREASURY.key_id: TREASURY.public_b64}, "gateway"
        )

    def lists(self) -> None:
        for path in (self.pki.crl, self.pki.root_crl):
            keeping.keep_crl(self.office.store, path.read_bytes(), "gateway", NOW)

    def work(self) -> bool:
        return self.seeker.fetch(lambda: True, lambda _, text: self.said.append(text))

    def levels(self, package: str) -> tuple[str, ...]:
        return self.office.store.evidence.levels(package)


@pytest.fixture
def unit(office: Office, demo_pki: DemoPki, demo_tsa: SandboxTsa) -> Iterator[Unit]:
    return Unit(office, Line(demo_tsa), demo_pki)


def test_evidence_comes_and_the_package_stays_what_it_was(unit: Unit) -> None:
    local_id, package = unit.office.seal()
    store, before = unit.office.store, as_sent(unit.office.store, package)
    unit.trust()
    unit.lists()
    assert unit.work()
    assert unit.levels(package) == ("LT", "LT")
    assert (as_sent(store, package), container(store, package) == before) == (before, False)
    assert package_id(read(container(store, package))) == package
    told = level_of_dossier(store, local_id, NOW)
    assert told is not None
    assert (told.level, told.late) == ("LT", False)
    assert waiting(store, NOW) == EvidenceState(0, "", 0)
    assert unit.said == ["Đã nhận 2 dấu thời gian, 1 gói đủ bằng chứng lâu dài."]
    assert not unit.work(), "what is there is not asked for again"
    assert len(unit.line.asked) == 2
    assert unit.office.journal("evidence") == ["1 T", "2 T", "1 LT", "2 LT"]


def test_nobody_is_asked_while_no_root_is_known(unit: Unit) -> None:
    unit.office.seal()
    assert not unit.work()
    assert unit.line.asked == []


def test_a_package_waits_for_a_revocation_list_and_then_goes_on(unit: Unit) -> None:
    _, package = unit.office.seal()
    unit.trust()
    unit.work()
    assert unit.levels(package) == ("T", "T")
    lacking = unit.office.store.evidence.waiting_of(package)
    assert lacking is not None
    assert (lacking.code, lacking.next_at > NOW.isoformat()) == ("crl_missing", True)
    assert "danh sách thu hồi của" in lacking.text
    unit.lists()
    unit.work()
    assert unit.levels(package) == ("LT", "LT")


def test_a_stranger_that_stamps_is_not_believed(unit: Unit) -> None:
    _, package = unit.office.seal()
    unit.trust(stamper=False)
    unit.work()
    assert unit.levels(package) == ("B", "B")
    assert unit.office.store.evidence.waiting()[0].code == "tsa_untrusted"
    unit.work()
    assert len(unit.line.asked) == 1, "it rests"


def test_a_silent_authority_is_left_alone_and_asked_again(unit: Unit) -> None:
    _, package = unit.office.seal()
    unit.trust()
    keeping.change(unit.office.store, "tsa_url", "http://tsa.example/tsr")
    unit.line.fault = Fault.OFFLINE
    for _ in range(3):
        assert not unit.work()
    assert unit.line.asked == ["http://tsa.example/tsr"]
    assert len(unit.said) == 1
    unit.line.fault = None
    unit.clock.move(601)
    assert unit.work()
    assert unit.levels(package) == ("T", "T")


def test_the_treasurys_own_line_going_down_ends_the_pass(unit: Unit) -> None:
    unit.office.seal()
    unit.trust()
    unit.line.fault = Fault.LINK_DIED
    with pytest.raises(WireError):
        unit.work()
    unit.line.fault = Fault.SERVER_BUSY
    assert not unit.work(), "but not a busy authority behind it"


def test_an_answer_that_is_none_concerns_one_package(unit: Unit) -> None:
    _, package = unit.office.seal()
    unit.trust()
    unit.line.spoil = True
    assert not unit.work()
    assert (unit.levels(package), unit.office.store.evidence.waiting()[0].tries) == (("B", "B"), 1)


def test_work_that_was_cut_off_goes_on_where_it_stopped(unit: Unit) -> None:
    _, package = unit.office.seal()
    unit.trust()
    turns = iter([True, True, False])
    assert unit.seeker.fetch(lambda: next(turns, False), lambda *_: None)
    assert unit.levels(package) == ("T", "B")
    Unit(unit.office, unit.line, unit.pki).work()
    assert (unit.levels(package), len(unit.line.asked)) == (("T", "T"), 2)


def test_people_are_warned_after_the_set_days(unit: Unit) -> None:
    local_id, _ = unit.office.seal()
    store = unit.office.store
    assert (waiting(store, NOW + timedelta(days=6)).late, waiting(store, NOW + timedelta(days=8)).late) == (0, 1)
    assert warning(store, NOW) == ""
    assert "tsa_url" in warning(store, NOW + timedelta(days=8))
    keeping.change(store, "evidence_warning_days", "30")
    assert warning(store, NOW + timedelta(days=8)) == ""
    told = level_of_dossier(store, local_id, NOW + timedelta(days=31))
    assert told is not None
    assert (told.level, told.late) == ("B", True)


def test_a_cancelled_package_waits_for_nothing(unit: Unit) -> None:
    local_id, _ = unit.office.seal()
    unit.office.store.packages.cancel(local_id, "hanh", "sai")
    assert waiting(unit.office.store, NOW).count == 0


def test_evidence_is_never_changed_or_removed(unit: Unit) -> None:
    unit.office.seal()
    unit.trust()
    unit.work()
    store = unit.office.store
    facts = ("evidence", "evidence_cuts", "evidence_pieces", "trust_lists")
    for sql in (*(f"DELETE FROM {table}" for table in facts), "UPDATE evidence_cuts SET offset = 0"):
        with pytest.raises(StoreError), store.transaction():
            store._database.run(sql)

"""Any sequence of marks, wishes and crashes: a finished package is never due again and no receipt ever changes."""

import shutil
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule

from desktop.store.errors import FactError
from tests.contract.store_kit import NOW, decision, make, receipt, seal

LATER = "2026-11-24T00:00:00Z"
STATES = {"queued", "sending", "doubtful", "parts"}


@dataclass
class Expected:
    """What the queue must say about one package."""

    state: str = "queued"
    waits: bool = False
    paused: bool = False
    ended: bool = False
    cancelled: bool = False
    touched: bool = False
    receipt: str | None = None
    decision: str | None = None


class OutboxMachine(RuleBasedStateMachine):
    packages = Bundle("packages")

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(mkdtemp())
        self.store = make(self.folder / "unit")
        self.expected: dict[str, Expected] = {}
        self.names: dict[str, str] = {}

    def teardown(self) -> None:
        self.store.close()
        shutil.rmtree(self.folder)

    def move(self, package: str, state: str, *, waits: bool = False) -> None:
        item = self.expected[package]
        if not item.ended:
            item.state, item.waits, item.touched = state, waits, True

    @rule(target=packages, urgent=st.booleans(), big=st.sampled_from([0, 20_000]))
    def seal(self, urgent: bool, big: int) -> str:
        name = f"d{len(self.names)}"
        package = seal(self.store, name, urgent=urgent, big=big)
        self.expected[package], self.names[package] = Expected(), name
        return package

    @rule(package=packages)
    def sending(self, package: str) -> None:
        if self.expected[package].cancelled:
            with pytest.raises(FactError):
                self.store.outbox.mark_sending([package], NOW)
            return
        self.store.outbox.mark_sending([package], NOW)
        self.move(package, "sending")

    @rule(package=packages)
    def doubtful(self, package: str) -> None:
        self.store.outbox.mark_doubtful([package], NOW, "mạng đứt")
        self.move(package, "doubtful")

    @rule(package=packages, whole=st.booleans())
    def working(self, package: str, whole: bool) -> None:
        parts = [sha256 for sha256, _ in self.store.packages.get(package).parts]
        self.store.outbox.mark_working(package, [] if whole else parts, NOW)
        self.move(package, "parts")

    @rule(package=packages)
    def progress(self, package: str) -> None:
        for sha256, size in self.store.packages.get(package).parts:
            self.store.outbox.mark_progress(package, sha256, size // 2)

    @rule(package=packages)
    def later(self, package: str) -> None:
        self.store.outbox.mark_later(package, LATER, "bận")
        state = self.expected[package].state
        self.move(package, {"sending": "queued", "crashed": "doubtful"}.get(state, state), waits=True)

    @rule(package=packages, number=st.sampled_from(["1", "2"]))
    def delivered(self, package: str, number: str) -> None:
        statement, payload = receipt(package, number)
        self.store.outbox.mark_delivered(package, statement, payload, NOW)
        item = self.expected[package]
        item.ended, item.receipt = True, item.receipt or statement

    @rule(package=packages)
    def refused(self, package: str) -> None:
        self.store.outbox.mark_refused(package, "x", "Sai", NOW)
        self.expected[package].ended = True

    @rule(package=packages)
    def cancel(self, package: str) -> None:
        item = self.expected[package]
        if not item.touched and not item.ended:
            self.store.packages.cancel(self.names[package], "hanh", "nhầm")
            item.ended = item.cancelled = True

    @rule(package=packages, pause=st.booleans())
    def wish(self, package: str, pause: bool) -> None:
        (self.store.deliveries.pause_item if pause else self.store.deliveries.resume_item)(package)
        self.expected[package].paused = pause

    @rule(package=packages)
    def send_now(self, package: str) -> None:
        self.store.deliveries.send_now(package)
        self.expected[package].paused = self.expected[package].waits = False

    @rule(package=packages, what=st.sampled_from(["in_control", "paid", "returned"]))
    def feed(self, package: str, what: str) -> None:
        seq = self.store.outbox.feed_cursor() + 1
        self.store.outbox.apply_feed([decision(seq, package, what)], seq, NOW)
        self.expected[package].decision = what

    @rule()
    def crash(self) -> None:
        again = self.store.reopen()
        self.store.close()
        self.store = again
        for item in self.expected.values():
            # What a crash left sending is offered as doubtful until the engine says something of it.
            item.state = "crashed" if item.state == "sending" else item.state

    @invariant()
    def due_is_exactly_what_is_open(self) -> None:
        due = {item.package_id: item.state for item in self.store.outbox.due(NOW)}
        open_ones = {
            package: "doubtful" if item.state == "crashed" else item.state
            for package, item in self.expected.items()
            if not (item.ended or item.paused or item.waits)
        }
        assert due == open_ones
        assert set(due.values()) <= STATES

    @invariant()
    def receipts_and_decisions_are_kept(self) -> None:
        for package, item in self.expected.items():
            assert self.store.packages.receipt(package) == item.receipt
            assert self.store.projection.facts(self.names[package]).decision == item.decision

    @invariant()
    def journal_holds(self) -> None:
        self.store.journal.verify()


OutboxMachine.TestCase.settings = settings(max_examples=20, stateful_step_count=25, deadline=None)
TestOutboxMachine = OutboxMachine.TestCase

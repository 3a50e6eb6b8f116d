"""Whatever goes wrong, in whatever order: each package takes effect once, none is believed early, all arrive."""

from __future__ import annotations

import hashlib
import random

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.signing.device import verify_statement
from desktop.sync.engine import Engine
from desktop.sync.protocol import DecisionKind, SignedStatement
from tests.fixtures.memory_outbox import MemoryOutbox
from tests.toyserver.treasury import ToyTreasury, package_id_of, toy_core
from tests.toyserver.wire import FATES, Killed, ToyWire
from tests.unit.sync.conftest import TestClock

PARTS = [random.Random(n).randbytes(70_000 + n) for n in range(2)]
FAR = "9999-12-31T23:59:59Z"


class Story:
    """One unit, one gateway, and a list of fates for their calls."""

    def __init__(self, packages: list[int], fates: list[str], seed: int) -> None:
        self.treasury = ToyTreasury()
        self.outbox = MemoryOutbox()
        self.clock = TestClock()
        self.rng = random.Random(seed)
        self.wire = ToyWire(self.treasury, self.outbox, iter(fates))
        for number, parts in enumerate(packages):
            core = toy_core(f"hồ sơ {number}", PARTS[:parts])
            contents = {hashlib.sha256(part).hexdigest(): part for part in PARTS[:parts]}
            self.outbox.seal(package_id_of(core), core, contents, priority=number % 2)
        self.engine = self.start()

    def start(self) -> Engine:
        keys = {self.treasury.key.key_id: self.treasury.key.public_b64}

        def verifier(statement: SignedStatement, context: str) -> bytes:
            return verify_statement(statement, context, keys)

        return Engine(self.outbox, self.wire, verifier, self.clock, self.rng)

    def play(self) -> None:
        """Run passes and restarts until all is done; the invariants hold after each."""
        for _ in range(120):
            self.step()
            self.check()
            if not self.outbox.due(FAR):
                return

    def step(self) -> None:
        """Run one pass, or what a kill leaves of it."""
        try:
            result = self.engine.run_pass(lambda: False)
            self.clock.pass_time(900 if result.fault is None else 5)
        except Killed:
            self.engine = self.start()

    def check(self) -> None:
        assert all(count == 1 for count in self.treasury.effects.values())
        for package_id, entry in self.outbox.entries.items():
            if entry.state == "delivered":
                assert self.treasury.effects[package_id] == 1
                assert self.treasury.cores[package_id] == self.outbox.cores[package_id]


@settings(max_examples=150, deadline=None)
@given(
    packages=st.lists(st.integers(0, 2), min_size=1, max_size=5),
    fates=st.lists(st.sampled_from(FATES), max_size=40),
    seed=st.integers(0, 1000),
)
def test_exactly_once_through_any_sequence_of_faults(packages: list[int], fates: list[str], seed: int) -> None:
    story = Story(packages, fates, seed)
    story.play()
    assert {entry.state for entry in story.outbox.entries.values()} == {"delivered"}
    assert len(story.treasury.effects) == len(packages)
    wanted = PARTS[: max(packages)]
    assert sorted(map(bytes, story.treasury.parts.values())) == sorted(wanted)


@settings(max_examples=40, deadline=None)
@given(fates=st.lists(st.sampled_from(FATES), max_size=12), events=st.integers(0, 130))
def test_the_feed_is_applied_whole_and_in_order_through_any_faults(fates: list[str], events: int) -> None:
    story = Story([0], fates, 1)
    for _ in range(events):
        story.treasury.decide("a" * 64, DecisionKind.IN_CONTROL)
    for _ in range(30):
        story.step()
    assert list(story.outbox.events) == list(range(1, events + 1))
    assert story.outbox.cursor == events

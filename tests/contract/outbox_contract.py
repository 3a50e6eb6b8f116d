"""What every `Outbox` promises the engine; runs on the store's and on the one in memory.

A class that mixes this in gives the fixture `queue`: an `OutboxUnderTest`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence

import pytest

from desktop.sync.ports import FeedItem, Outbox, Queued

NOW = "2026-11-23T07:00:00Z"
SOON = "2026-11-23T07:10:00Z"
FAR = "9999-12-31T23:59:59Z"


class OutboxUnderTest(ABC):
    """One outbox and the ways to fill it that the protocol leaves open."""

    outbox: Outbox

    @abstractmethod
    def seal(self, name: str, *, part: bytes = b"", urgent: bool = False) -> str:
        """Queue a package, with a part if given, and return its id."""

    @abstractmethod
    def reopen(self) -> Outbox:
        """Return the outbox as the program finds it after a crash and a new start."""

    @abstractmethod
    def hold(self, package_id: str) -> None:
        """Hold a package back as the user does."""

    @abstractmethod
    def hold_all(self) -> None:
        """Hold everything back as the user does."""

    @abstractmethod
    def receipt(self, package_id: str, number: str) -> tuple[str, bytes]:
        """Return a verified receipt: statement JSON and payload."""

    @abstractmethod
    def event(self, seq: int, package_id: str) -> FeedItem:
        """Return a verified event."""

    @abstractmethod
    def receipt_of(self, package_id: str) -> str | None:
        """Return the stored receipt statement."""


def only(outbox: Outbox, now: str = FAR) -> Queued:
    """Return the one due package."""
    (item,) = outbox.due(now)
    return item


def mark(queue: OutboxUnderTest, package_id: str, steps: Sequence[str]) -> None:
    """Apply marks by name."""
    outbox = queue.outbox
    apply: dict[str, Callable[[], None]] = {
        "sending": lambda: outbox.mark_sending([package_id], NOW),
        "doubtful": lambda: outbox.mark_doubtful([package_id], NOW, "mạng rớt"),
        "working": lambda: outbox.mark_working(package_id, [], NOW),
        "later": lambda: outbox.mark_later(package_id, SOON, "bận"),
        "refused": lambda: outbox.mark_refused(package_id, "rule_failed", "sai", NOW),
        "delivered": lambda: outbox.mark_delivered(package_id, *queue.receipt(package_id, "1"), NOW),
    }
    for step in steps:
        apply[step]()


class OutboxContract:
    """The promises, one test each."""

    def test_has_the_shape_of_the_protocol(self, queue: OutboxUnderTest) -> None:
        assert isinstance(queue.outbox, Outbox)

    @pytest.mark.parametrize(
        ("steps", "state"),
        [
            ([], "queued"),
            (["sending"], "sending"),
            (["sending", "later"], "queued"),
            (["sending", "doubtful"], "doubtful"),
            (["sending", "doubtful", "later"], "doubtful"),
            (["sending", "doubtful", "sending"], "sending"),
            (["sending", "working"], "parts"),
            (["sending", "working", "later"], "parts"),
            (["sending", "working", "doubtful"], "doubtful"),
        ],
    )
    def test_states(self, queue: OutboxUnderTest, steps: list[str], state: str) -> None:
        mark(queue, queue.seal("a"), steps)
        assert only(queue.outbox).state == state

    @pytest.mark.parametrize("end", ["delivered", "refused"])
    @pytest.mark.parametrize("more", ["sending", "doubtful", "working", "later", "refused"])
    def test_the_end_is_final(self, queue: OutboxUnderTest, end: str, more: str) -> None:
        mark(queue, queue.seal("a"), ["sending", end, more])
        assert not queue.outbox.due(FAR)

    @pytest.mark.parametrize("steps", [["later"], ["sending", "doubtful", "later"], ["sending", "working", "later"]])
    def test_a_wait_is_kept_over_a_restart(self, queue: OutboxUnderTest, steps: list[str]) -> None:
        mark(queue, queue.seal("a"), steps)
        assert not queue.outbox.due(NOW)
        again = queue.reopen()
        assert not again.due(NOW)
        assert only(again, SOON).next_at == SOON

    @pytest.mark.parametrize("step", ["sending", "doubtful"])
    def test_a_new_step_ends_the_wait(self, queue: OutboxUnderTest, step: str) -> None:
        mark(queue, queue.seal("a"), ["sending", "later", step])
        assert only(queue.outbox, NOW).next_at is None

    def test_sending_survives_a_crash_as_something_to_ask_about(self, queue: OutboxUnderTest) -> None:
        mark(queue, queue.seal("a"), ["sending"])
        assert only(queue.reopen()).state in {"sending", "doubtful"}

    def test_attempts_count_and_end_with_progress(self, queue: OutboxUnderTest) -> None:
        package_id = queue.seal("a", part=b"p" * 20_000)
        counts = []
        for steps in (["sending"], ["later"], ["sending", "doubtful"], ["working"], ["later"]):
            mark(queue, package_id, steps)
            counts.append(only(queue.outbox).attempts)
        queue.outbox.mark_progress(package_id, only(queue.outbox).parts[0][0], 100)
        assert [*counts, only(queue.outbox).attempts] == [1, 2, 3, 0, 1, 0]

    def test_urgent_first_then_smallest(self, queue: OutboxUnderTest) -> None:
        large, small = queue.seal("large", part=b"l" * 50_000), queue.seal("small")
        urgent = queue.seal("urgent", part=b"u" * 60_000, urgent=True)
        assert [item.package_id for item in queue.outbox.due(NOW)] == [urgent, small, large]

    def test_parts_are_named_and_read_by_offset(self, queue: OutboxUnderTest) -> None:
        content = bytes(range(256)) * 100
        queue.seal("a", part=content)
        ((digest, size),) = only(queue.outbox).parts
        assert size == len(content)
        assert queue.outbox.part(digest, 25_000, 9_999) == content[25_000:]
        assert queue.outbox.part(digest, 100, 50) == content[100:150]

    def test_what_the_user_holds_is_not_due(self, queue: OutboxUnderTest) -> None:
        held, free = queue.seal("held"), queue.seal("free")
        queue.hold(held)
        assert [item.package_id for item in queue.outbox.due(NOW)] == [free]
        assert (queue.outbox.is_paused(held), queue.outbox.is_paused(free)) == (True, False)

    def test_nothing_is_due_while_all_is_held(self, queue: OutboxUnderTest) -> None:
        queue.seal("a")
        queue.hold_all()
        assert queue.outbox.paused()
        assert not queue.outbox.due(NOW)

    def test_the_first_receipt_stays(self, queue: OutboxUnderTest) -> None:
        package_id = queue.seal("a")
        for number in ("1", "2"):
            queue.outbox.mark_delivered(package_id, *queue.receipt(package_id, number), NOW)
        assert queue.receipt_of(package_id) == queue.receipt(package_id, "1")[0]

    def test_a_receipt_outweighs_a_refusal(self, queue: OutboxUnderTest) -> None:
        package_id = queue.seal("a")
        mark(queue, package_id, ["refused", "delivered"])
        assert queue.receipt_of(package_id) is not None

    def test_the_feed_cursor_moves_forward_only(self, queue: OutboxUnderTest) -> None:
        package_id = queue.seal("a")
        assert queue.outbox.feed_cursor() == 0
        queue.outbox.apply_feed([queue.event(3, package_id), queue.event(5, package_id)], 5, NOW)
        queue.outbox.apply_feed([queue.event(3, package_id)], 3, NOW)
        assert (queue.outbox.feed_cursor(), queue.reopen().feed_cursor()) == (5, 5)

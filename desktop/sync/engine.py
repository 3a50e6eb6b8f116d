"""Brings every sealed package to the Treasury exactly once, over a link that may die at any byte.

One pass: ask about what is doubtful, send small packages in micro-batches, read the feed, then send large parts chunk
by chunk, letting newly sealed packages pass in between; form packs, trust lists and time-stamps come in when nothing
else wants the line. A fault ends the pass; who runs passes waits before the next. A pass is bounded: each package is
sent at most once and asked about at most twice in it, whatever the gateway says.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from desktop.dossier.dates import instant
from desktop.sync import phrases, policy
from desktop.sync.batches import WARY, next_batch
from desktop.sync.diary import Diary
from desktop.sync.faults import Fault, WireError
from desktop.sync.feed import FeedReader
from desktop.sync.judge import Judge, Verdict
from desktop.sync.parts import PartEnd, PartSender
from desktop.sync.pieces import IdleWork
from desktop.sync.policy import BatchAim, after
from desktop.sync.ports import Cancelled, Clock, Outbox, PackedBatch, Queued, Verifier, Wire
from desktop.sync.protocol import MAX_BATCH_BYTES

_QUESTION = 200


@dataclass
class PassResult:
    """What one pass did: packages delivered and refused, events applied, and the fault that ended it, if one did.

    `retry_after` is the gateway's own wish in seconds; `progressed` tells that the gateway confirmed anything at all.
    """

    delivered: int = 0
    refused: int = 0
    events: int = 0
    progressed: bool = False
    fault: Fault | None = None
    message: str = ""
    retry_after: int = 0


class Engine:
    """The delivery policy between an outbox and a wire; knows neither SQL nor HTTP. Used by one thread.

    With `reads_feed` False it only sends and asks: a locked unit hears no decisions.
    """

    def __init__(
        self,
        outbox: Outbox,
        wire: Wire,
        verifier: Verifier,
        clock: Clock,
        rng: random.Random,
        *idle_work: IdleWork,
        reads_feed: bool = True,
    ) -> None:
        self._outbox = outbox
        self._reads_feed = reads_feed
        self._wire = wire
        self._clock = clock
        self._judge = Judge(outbox, verifier, clock, rng)
        self._feed = FeedReader(outbox, wire, verifier, clock)
        self._parts = PartSender(outbox, wire)
        self._idle_work = idle_work
        self._aim = BatchAim()
        self._diary = Diary(outbox, clock)
        self._feed_failed = False
        self._missing: dict[str, tuple[str, ...]] = {}
        self._begin(lambda: False)

    def run_pass(self, cancelled: Cancelled) -> PassResult:
        """Do what can be done now; ends early when `cancelled()`, when the user pauses, or with a fault."""
        self._begin(cancelled)
        try:
            self._run()
        except WireError as error:
            self._diary.fault(error)
            self._result.fault = error.fault
            self._result.message = error.message
            self._result.retry_after = error.retry_after
        self._result.progressed |= self._parts.take_moved()
        return self._result

    def _begin(self, cancelled: Cancelled) -> None:
        self._cancelled = cancelled
        self._result = PassResult()
        self._sent: set[str] = set()
        self._rested: set[str] = set()
        self._resend: set[str] = set()

    def _run(self) -> None:
        if not self._outbox.paused():
            self._ask_doubtful()
            self._send_queued()
        # A feed that failed last time comes after the parts, so that neither can keep the other from its turn.
        first = not self._feed_failed
        if first:
            self._read_feed()
        if self._send_parts() or not first:
            self._read_feed()
        for work in self._idle_work:
            if self._idle():
                self._result.progressed |= work.fetch(self._idle, self._diary.say)

    def _go_on(self) -> bool:
        return not self._cancelled() and not self._outbox.paused()

    def _due(self) -> list[Queued]:
        """Return what is due and not yet put to rest in this pass."""
        return [item for item in self._outbox.due(self._at()) if item.package_id not in self._rested]

    # Asking

    def _ask_doubtful(self) -> None:
        """Settle what an earlier pass or an earlier run of the program left open, before anything is sent."""
        left = [item for item in self._due() if item.state == "sending"]
        if left:
            self._outbox.mark_doubtful([item.package_id for item in left], self._at(), phrases.REOPENED)
        doubtful = [item for item in self._due() if item.state == "doubtful"]
        if doubtful:
            self._diary.asking(len(doubtful))
        waiting = [item for item in self._due() if item.state == "parts" and not self._missing.get(item.package_id)]
        self._ask(doubtful + waiting)

    def _ask(self, items: Sequence[Queued]) -> None:
        for start in range(0, len(items), _QUESTION):
            if not self._go_on():
                return
            some = items[start : start + _QUESTION]
            outcomes = self._wire.outcomes([item.package_id for item in some])
            self._diary.contact()
            for item, outcome in zip(some, outcomes, strict=True):
                verdict = self._judge.apply(item, outcome, asked=True)
                self._follow(item, verdict, outcome.missing)

    def _follow(self, item: Queued, verdict: Verdict, missing: Sequence[str]) -> None:
        self._missing.pop(item.package_id, None)
        self._resend.discard(item.package_id)
        match verdict:
            case Verdict.PARTS:
                self._missing[item.package_id] = tuple(missing)
                self._result.progressed |= item.state != "parts"
            case Verdict.RESEND:
                self._resend.add(item.package_id)
            case Verdict.DELIVERED:
                self._result.delivered += 1
                self._result.progressed = True
            case Verdict.REFUSED:
                self._result.refused += 1
                self._result.progressed = True
            case Verdict.REST:
                self._rested.add(item.package_id)

    # Small packages

    def _send_queued(self) -> None:
        while self._go_on():
            ready = [item for item in self._due() if item.package_id not in self._sent and self._may_send(item)]
            if not ready:
                return
            ready.sort(key=lambda item: item.attempts >= WARY)
            self._wire.open()  # first: without a link no package is even read
            self._send(ready, next_batch(ready, self._outbox.core, self._aim.target))

    def _may_send(self, item: Queued) -> bool:
        return item.state == "queued" or item.package_id in self._resend

    def _send(self, ready: Sequence[Queued], batch: PackedBatch) -> None:
        items = [item for item in ready if item.package_id in batch.package_ids]
        self._sent.update(batch.package_ids)
        if len(batch.body) > MAX_BATCH_BYTES:
            self._give_up(items)
            return
        self._outbox.mark_sending(batch.package_ids, self._at())
        try:
            outcomes = self._wire.send(batch)
        except WireError as error:
            self._unanswered(items, error)
            raise
        self._aim.grow()
        self._diary.contact()
        # Told by the outbox, so that what is judged is what is stored: `sending`, with this attempt counted.
        now = {item.package_id: item for item in self._outbox.due(self._at())}
        for item, outcome in zip(items, outcomes, strict=True):
            verdict = self._judge.apply(now.get(item.package_id, item), outcome, asked=False)
            self._follow(item, verdict, outcome.missing)

    def _unanswered(self, items: Sequence[Queued], error: WireError) -> None:
        """Write down that nobody knows, or that not one byte left; let what failed before wait by itself."""
        ids = [item.package_id for item in items]
        if not error.sent:
            for package_id in ids:
                self._outbox.mark_later(package_id, after(self._clock.now(), 1), phrases.CUT_OFF)
            return
        self._aim.shrink()
        self._outbox.mark_doubtful(ids, self._at(), phrases.CUT_OFF)
        cap = policy.LINK_CAP if error.fault is Fault.LINK_DIED else policy.ITEM_CAP
        for item in items:
            if item.attempts >= 1 or error.fault is not Fault.LINK_DIED:
                self._judge.rest(item, phrases.CUT_OFF, error.retry_after, cap=cap)

    def _give_up(self, items: Sequence[Queued]) -> None:
        for item in items:
            self._outbox.mark_refused(item.package_id, "too_large", phrases.TOO_LARGE, self._at())
            self._diary.say("bad", phrases.TOO_LARGE, item.package_id)
            self._result.refused += 1

    # Large parts

    def _send_parts(self) -> bool:
        """Send missing parts package by package and ask about each; return whether anything was sent."""
        any_sent = False
        while self._go_on():
            waiting = [item for item in self._due() if self._missing.get(item.package_id) and item.state == "parts"]
            if not waiting:
                break
            any_sent = True
            self._complete(waiting[0])
        return any_sent

    def _complete(self, item: Queued) -> None:
        missing = set(self._missing[item.package_id])
        for part in sorted((part for part in item.parts if part[0] in missing), key=lambda part: part[1]):
            end = self._parts.upload(item.package_id, part, lambda: self._between(item), self._diary.resumed)
            self._diary.contact()
            if end is not PartEnd.COMPLETE:
                self._put_aside(item, end)
                return
        self._missing.pop(item.package_id)
        self._ask([item])
        if self._missing.get(item.package_id):
            # Everything was sent and still it says missing: not again in this pass.
            self._judge.rest(item, phrases.PART_STUCK, at_least=policy.BUSY_MINIMUM)
            self._rested.add(item.package_id)

    def _between(self, item: Queued) -> bool:
        """Run before each chunk: let small packages pass, and stop when the user wants to."""
        self._diary.contact()
        self._diary.sent_some()
        self._send_queued()
        return self._go_on() and not self._outbox.is_paused(item.package_id)

    def _put_aside(self, item: Queued, end: PartEnd) -> None:
        self._rested.add(item.package_id)
        self._missing.pop(item.package_id, None)
        if end is PartEnd.STOPPED:
            return
        text = phrases.PART_UNREADABLE if end is PartEnd.UNREADABLE else phrases.PART_STUCK
        self._judge.rest(item, text, at_least=policy.REFUSED_MINIMUM)
        self._diary.say("bad", text, item.package_id)

    # The rest

    def _idle(self) -> bool:
        """Run before each piece of idle work: all that is to be sent goes first, and what is soon to be asked about."""
        self._send_queued()
        return self._go_on() and not self._outbox.due(after(self._clock.now(), policy.CALM))

    def _read_feed(self) -> None:
        if self._cancelled() or not self._reads_feed:
            return
        self._feed_failed = True
        self._result.events += self._feed.pull()
        self._feed_failed = False
        self._result.progressed |= self._result.events > 0
        self._diary.contact()

    def _at(self) -> str:
        return instant(self._clock.now())

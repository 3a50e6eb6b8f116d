"""Turns one outcome of the gateway into one durable step of the outbox: the states of docs/protocol.md, section 4.

Every branch either finishes the package or says what is next; none leaves it due at once without a reason.
"""

from __future__ import annotations

import random
from enum import Enum, auto

from desktop.dossier.dates import instant
from desktop.sync import phrases, policy
from desktop.sync.ports import Clock, Outbox, Queued, Verifier
from desktop.sync.protocol import Outcome, OutcomeKind
from desktop.sync.receipts import StatementRejected, core_objects, read_receipt


class Verdict(Enum):
    """What the engine may do next with the package in this pass."""

    DELIVERED = auto()
    REFUSED = auto()
    PARTS = auto()
    RESEND = auto()
    REST = auto()


class Judge:
    """Applies outcomes; the only place that may call a package delivered."""

    def __init__(self, outbox: Outbox, verifier: Verifier, clock: Clock, rng: random.Random) -> None:
        self._outbox = outbox
        self._verifier = verifier
        self._clock = clock
        self._rng = rng

    def apply(self, item: Queued, outcome: Outcome, *, asked: bool) -> Verdict:
        """Write down what `outcome` means for `item`; `asked` tells a question's answer from a sending's."""
        match outcome.kind:
            case OutcomeKind.ACCEPTED | OutcomeKind.DUPLICATE:
                return self._received(item, outcome)
            case OutcomeKind.WORKING:
                return self._working(item, outcome)
            case OutcomeKind.REFUSED:
                return self._refused(item, outcome)
            case OutcomeKind.LATER:
                self.rest(item, phrases.LATER, outcome.retry_after)
                return Verdict.REST
            case OutcomeKind.UNKNOWN if asked:
                return Verdict.RESEND
        return self._odd(item, "Kho bạc trả lời không khớp với việc gửi.")

    def rest(
        self, item: Queued, why: str, seconds: int = 0, *, at_least: float = 0, cap: float = policy.ITEM_CAP
    ) -> None:
        """Leave the package alone for a while that grows up to `cap`, and not less than what was asked for."""
        wait = max(at_least, policy.item_wait(item.attempts, self._rng, seconds, cap))
        self._outbox.mark_later(item.package_id, policy.after(self._clock.now(), wait), why)

    def log(self, kind: str, text: str, package_id: str | None) -> None:
        """Keep a plain line."""
        self._outbox.log(kind, text, package_id, self._at())

    def _at(self) -> str:
        return instant(self._clock.now())

    def _received(self, item: Queued, outcome: Outcome) -> Verdict:
        objects = core_objects(self._outbox.core(item.package_id))
        parts = [sha256 for sha256, _ in item.parts]
        try:
            receipt, payload = read_receipt(outcome.receipt, item.package_id, self._verifier, objects, parts)
        except StatementRejected as error:
            return self._odd(item, error.message)
        assert outcome.receipt is not None
        self._outbox.mark_delivered(item.package_id, outcome.receipt.model_dump_json(), payload, self._at())
        known = outcome.kind is OutcomeKind.DUPLICATE
        self.log("good", phrases.delivered(receipt.receipt_no, known), item.package_id)
        return Verdict.DELIVERED

    def _working(self, item: Queued, outcome: Outcome) -> Verdict:
        missing = set(outcome.missing)
        if len(missing) != len(outcome.missing) or not missing.issubset(sha256 for sha256, _ in item.parts):
            return self._odd(item, "Kho bạc đòi tệp không có trong gói.")
        if item.state != "parts":
            self._outbox.mark_working(item.package_id, outcome.missing, self._at())
        if missing:
            return Verdict.PARTS
        self.rest(item, phrases.WORKING, outcome.retry_after, at_least=policy.ASK_AGAIN, cap=policy.WORKING_CAP)
        return Verdict.REST

    def _refused(self, item: Queued, outcome: Outcome) -> Verdict:
        if not outcome.code:
            return self._odd(item, "Kho bạc từ chối nhưng không nói lý do.")
        message = outcome.message[:2000] or outcome.code
        self._outbox.mark_refused(item.package_id, outcome.code[:64], message, self._at())
        self.log("bad", phrases.refused(message), item.package_id)
        return Verdict.REFUSED

    def _odd(self, item: Queued, why: str) -> Verdict:
        text = phrases.odd_outcome(why)
        self._outbox.mark_doubtful([item.package_id], self._at(), text)
        self.rest(item, text, at_least=policy.BUSY_MINIMUM)
        self.log("bad", text, item.package_id)
        return Verdict.REST

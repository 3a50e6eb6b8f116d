"""What the engine needs from the rest of the program: an outbox, a wire, a clock, a verifier.

The engine knows nothing of SQL or HTTP; another Treasury channel is another `Wire`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, runtime_checkable

from desktop.sync.protocol import FeedPage, Outcome, SignedStatement


class Queued(Protocol):
    """One unfinished package of the outbox; the store has its own class of this shape.

    `priority` 0 is urgent, larger is later; `size` bytes still to send as far as known; `parts` are all (sha256, size)
    sent apart, in the package's order; `state` is queued, sending, doubtful or parts; `attempts` counts sendings and
    delays since the last progress; `next_at` is the instant before which it is left alone.
    """

    @property
    def package_id(self) -> str: ...  # noqa: D102 - see the class

    @property
    def priority(self) -> int: ...  # noqa: D102

    @property
    def size(self) -> int: ...  # noqa: D102

    @property
    def parts(self) -> tuple[tuple[str, int], ...]: ...  # noqa: D102

    @property
    def state(self) -> str: ...  # noqa: D102

    @property
    def attempts(self) -> int: ...  # noqa: D102

    @property
    def next_at(self) -> str | None: ...  # noqa: D102


FeedItem = tuple[int, bytes, str]
"""A verified event as it is stored: seq, the canonical JSON that was signed, the whole SignedStatement as JSON."""


@runtime_checkable
class Outbox(Protocol):
    """The durable queue of sealed packages. Every mark is on the disk when the call returns.

    States: queued → sending → delivered | refused | doubtful | parts. Delivered and refused packages are final: later
    marks for them change nothing and they are never due. Instants are ISO-8601 UTC with Z.
    `tests/contract/outbox_contract.py` says it as tests.
    """

    def due(self, now: str) -> Sequence[Queued]:
        """Return what is unfinished, not paused and whose `next_at` is not after `now`: urgent, then smallest first.

        Packages found `sending` or `doubtful` are among them, in that state.
        """

    def core(self, package_id: str) -> bytes:
        """Return the package's core as sealed."""

    def part(self, sha256: str, offset: int, size: int) -> bytes:
        """Return at most `size` bytes of a part from `offset`; fewer only at its end."""

    def mark_sending(self, package_ids: Sequence[str], at: str) -> None:
        """Say that bytes of these may leave from now on; called before the first byte does."""

    def mark_doubtful(self, package_ids: Sequence[str], at: str, why: str) -> None:
        """Say that it is not known what became of these; they must be asked about before they are sent again."""

    def mark_working(self, package_id: str, missing: Sequence[str], at: str) -> None:
        """Say that the gateway holds the core: state `parts`, `missing` still to be sent (may be none); attempts 0."""

    def mark_progress(self, package_id: str, sha256: str, offset: int) -> None:
        """Note that the gateway confirmed `offset` bytes of a part; attempts start again at 0."""

    def mark_delivered(self, package_id: str, receipt_statement_json: str, receipt_payload: bytes, at: str) -> None:
        """Store the verified receipt and finish, in one transaction. A second receipt changes nothing."""

    def mark_refused(self, package_id: str, code: str, message: str, at: str) -> None:
        """Finish as refused for ever."""

    def mark_later(self, package_id: str, next_at: str, why: str) -> None:
        """Leave it alone until `next_at` and count an attempt.

        `sending` becomes `queued`; `doubtful` and `parts` stay what they are.
        """

    def is_paused(self, package_id: str) -> bool:
        """Tell whether the user holds this package back."""

    def paused(self) -> bool:
        """Tell whether the user paused all sending."""

    def feed_cursor(self) -> int:
        """Return the `seq` of the last applied event, 0 at the beginning."""

    def apply_feed(self, events: Sequence[FeedItem], cursor: int, at: str) -> None:
        """Store events and the cursor in one transaction; an event already stored is skipped."""

    def log(self, kind: str, text: str, package_id: str | None, at: str) -> None:
        """Keep one plain line of what the machine did; `kind` is info, good, wait or bad."""


@dataclass(frozen=True)
class PackedBatch:
    """A compressed batch and the ids in it, in order."""

    package_ids: tuple[str, ...]
    body: bytes


class Wire(Protocol):
    """A channel to a gateway. Every call raises WireError when it fails and returns only answers of the right shape."""

    def open(self) -> None:
        """Connect and prove who we are, if that is not done; nothing of a package is sent."""

    def send(self, batch: PackedBatch) -> list[Outcome]:
        """Send packages; one outcome for each, in order."""

    def outcomes(self, package_ids: Sequence[str]) -> list[Outcome]:
        """Ask what became of packages; one outcome for each, in order."""

    def part_offset(self, sha256: str) -> int:
        """Return how many bytes of a part the gateway holds."""

    def append(self, sha256: str, offset: int, total: int, chunk: bytes) -> int:
        """Append bytes to a part and return the offset the gateway confirms.

        On disagreement that is the gateway's own offset, and 0 when it dropped the part.
        """

    def feed(self, after: int, limit: int) -> FeedPage:
        """Return one page of events after a cursor."""


class Verifier(Protocol):
    """Checks a Treasury statement; given by the signing room."""

    def __call__(self, statement: SignedStatement, context: str) -> bytes:
        """Return the payload's bytes. Raises VungXaError when key, signature or context do not fit."""


class SessionSigner(Protocol):
    """The device key, as the session needs it."""

    def sign(self, text: str) -> str:
        """Return base64 of the signature over `text` in context "session"."""


class Clock(Protocol):
    """The time, given from outside so that tests own it."""

    def now(self) -> datetime:
        """Return the present instant, aware, in UTC."""


class Cancelled(Protocol):
    """Asks whether to stop soon."""

    def __call__(self) -> bool:
        """Return True when the work should end at the next safe place."""

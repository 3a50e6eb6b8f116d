"""What the window shows, as plain values: rooms that know facts make them, the window paints them.

Money is int VND, sizes are bytes, instants ISO-8601 UTC with "Z" ("" when unknown), dates "YYYY-MM-DD", ratios 0..1.
Colours are names of the theme (red, amber, green, blue, violet, teal, slate), icons are Lucide names.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from desktop.dossier.figure_words import FigureView
from desktop.dossier.lifecycle import State, Status
from desktop.dossier.paper_views import PaperView
from desktop.dossier.sign_views import SignFile as SignFile
from desktop.dossier.sign_views import SignItem as SignItem
from desktop.dossier.sign_views import SignProgress as SignProgress
from desktop.dossier.sign_views import StepView as StepView
from desktop.dossier.sign_views import TokenView as TokenView


class ListFilter(StrEnum):
    """The chips over the list of dossiers; FIX is a draft with errors, DRAFT one without."""

    ALL = "all"
    FIX = "fix"
    DRAFT = "draft"
    SIGN = "sign"
    READY = "ready"
    TREASURY = "treasury"
    RETURNED = "returned"
    PAID = "paid"
    CANCELLED = "cancelled"


FILTER_STATES: dict[ListFilter, frozenset[State]] = {
    ListFilter.ALL: frozenset(State),
    ListFilter.FIX: frozenset({State.DRAFT}),
    ListFilter.DRAFT: frozenset({State.DRAFT}),
    ListFilter.SIGN: frozenset({State.TO_SIGN}),
    ListFilter.READY: frozenset({State.SEALED, State.SENDING, State.DOUBTFUL}),
    ListFilter.TREASURY: frozenset({State.SENT, State.PAPER, State.ACCEPTED}),
    ListFilter.RETURNED: frozenset({State.RETURNED, State.SUPPLEMENT, State.REFUSED}),
    ListFilter.PAID: frozenset({State.PAID}),
    ListFilter.CANCELLED: frozenset({State.CANCELLED}),
}
"""Which states a chip gathers. FIX and DRAFT differ by the number of errors only."""


@dataclass(frozen=True)
class DossierRow:
    """One line of the list; `signed` holds one dot per step: "signed", "turn", "waiting" or "bad"."""

    local_id: str
    number: str
    kind_label: str
    title: str
    amount: int
    signed: tuple[str, ...]
    status: Status
    updated_at: str


@dataclass(frozen=True)
class RowQuery:
    """What part of the list to read; `text` needs no diacritics, `filter` is a ListFilter value or None for all.

    `sort` is one of "number", "kind", "title", "amount", "status", "updated". `year` is a budget year, `source` a
    budget source code (mã nguồn).
    """

    text: str = ""
    filter: str | None = None
    year: int | None = None
    source: str | None = None
    sort: str = "updated"
    descending: bool = True
    offset: int = 0
    limit: int = 128


@dataclass(frozen=True)
class ListTotals:
    """How many dossiers a query matches (whatever its window) and their sum in VND."""

    count: int
    amount: int


class FileView(NamedTuple):
    """A signed document or attachment as the detail pane lists it; `sha256` is "" for a document not frozen yet."""

    title: str
    sha256: str
    size: int


@dataclass(frozen=True)
class HistoryEvent:
    """One thing that happened to a dossier, for its timeline; `at` is "" for the step that is still to come."""

    at: str
    title: str
    who: str
    icon: str
    colour: str


class TimeNote(NamedTuple):
    """A time that matters, in words: `title` ends without a colon, `reason` is the source of the limit.

    `date` is the day meant (YYYY-MM-DD), `left` counts working days to a deadline or minutes to a cut-off, negative
    when it is over and None when nothing runs; `rule` is the rule's id or "".
    """

    title: str
    text: str
    reason: str
    colour: str
    date: str
    left: int | None
    rule: str = ""


class DutyView(NamedTuple):
    """Something the unit owes by a day; `days_left` counts days of the calendar and is negative when it is over."""

    key: str
    title: str
    period: str
    date: str
    days_left: int
    detail: str
    colour: str
    rule: str = ""


@dataclass(frozen=True)
class DossierDetail:
    """All the detail pane shows; `reason` is the Treasury's or gateway's words when it was returned or refused.

    `time` is the hour to send by for a dossier on this machine, the day of the answer for one at the Treasury.
    `figures` is what the Treasury wrote into its forms, `papers` what it made out about it. `handover` says where it
    stands when it went to another machine for signatures or came from one, "" otherwise.
    """

    row: DossierRow
    reason: str = ""
    documents: tuple[FileView, ...] = ()
    attachments: tuple[FileView, ...] = ()
    history: tuple[HistoryEvent, ...] = ()
    steps: tuple[StepView, ...] = ()
    source_line: str = ""
    payee: str = ""
    official_code: str = ""
    receipt_no: str = ""
    package_id: str = ""
    time: TimeNote | None = None
    figures: tuple[FigureView, ...] = ()
    papers: tuple[PaperView, ...] = ()
    handover: str = ""


@dataclass(frozen=True)
class QueueItem:
    """One package on its way; `note` is the second line in words, the gateway confirmed `sent` of `size` bytes."""

    package_id: str
    local_id: str
    number: str
    title: str
    amount: int
    priority_label: str
    size: int
    sent: int
    status: Status
    note: str = ""
    urgent: bool = False
    paused: bool = False


@dataclass(frozen=True)
class LinkView:
    """The link in words; `state` is "offline", "captive", "weak", "good", "sending" or "paused".

    `samples` are (instant, bytes per second) of the last hours, oldest first; a rate of 0 means no link.
    """

    state: str
    text: str
    since: str = ""
    bytes_per_second: int = 0
    samples: tuple[tuple[str, int], ...] = ()


class LogLine(NamedTuple):
    """One plain sentence about what the machine did."""

    at: str
    icon: str
    colour: str
    text: str


@dataclass(frozen=True)
class ReceivedLine:
    """What came back from the Treasury, one kind a line: «Biên nhận 1 0423»."""

    icon: str
    label: str
    count: int
    detail: str


@dataclass(frozen=True)
class DeliveryView:
    """The whole page «Gửi kho bạc»: `current` is the package being sent, `eta_seconds` None when it cannot be said."""

    items: tuple[QueueItem, ...]
    link: LinkView
    current: QueueItem | None = None
    total_bytes: int = 0
    sent_bytes: int = 0
    rate: int = 0
    eta_seconds: int | None = None
    log: tuple[LogLine, ...] = ()
    received: tuple[ReceivedLine, ...] = ()
    paused: bool = False
    time: TimeNote | None = None


@dataclass(frozen=True)
class EstimateView:
    """One line of the estimate: left = given − used − held; `confirmed_at` is when the Treasury last said so."""

    given: int
    used: int
    held: int
    left: int
    confirmed_at: str = ""
    account: str = ""
    source: str = ""
    sector: str = ""
    budget_year: int = 0


class Found(NamedTuple):
    """One hit of a code look-up; `note` says more, e.g. how often it was used."""

    code: str
    name: str
    note: str = ""

"""What the signing window shows, as plain values: tokens, what a signature will cover, what is new, how a batch goes.

Money is int VND, instants ISO-8601 UTC with "Z" ("" when unknown), dates "YYYY-MM-DD". Sentences are whole, ready to
be read aloud. All of a dossier's facts come from its frozen bytes, never from its draft.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, NamedTuple

NOBODY: Mapping[str, Sequence[str]] = MappingProxyType({})
NEVER: Mapping[str, str] = MappingProxyType({})
"""What a batch is told when nobody was stood for, and nothing was seen, by dossier."""

NewsKind = Literal["new", "changed"]


class StepView(NamedTuple):
    """One signer's step; `state` is "signed", "turn", "waiting" or "bad", `when` the signing time or ""."""

    title: str
    name: str
    state: str
    when: str


@dataclass(frozen=True)
class TokenView:
    """A plugged-in token and its signing certificate.

    `matches_person_id` is None when no registered person has this certificate; `problem` then says in words why it
    cannot sign ("" when it can) and `problem_code` for machines: not_registered, wrong_person, expired, not_yet_valid,
    key_usage, revoked, untrusted, pin_locked or clock_wrong. `not_after` is an instant, `days_left` may be negative.
    `expiry` is "soon60", "soon30" or "over" when the end is near, `notice` the sentence that announces it or what else
    is worth knowing before the PIN is typed ("" when there is nothing). `pin_min` and `pin_max` are the token's limits
    for the length of a PIN, 0 when it tells none.
    """

    serial: str
    label: str
    owner: str
    role_title: str
    issuer: str
    certificate_serial: str
    not_after: str
    days_left: int
    matches_person_id: str | None
    pin_low: bool = False
    pin_final_try: bool = False
    pin_locked: bool = False
    problem: str = ""
    problem_code: str = ""
    pin_pad: bool = False
    pin_to_change: bool = False
    reader: str = ""
    expiry: Literal["", "soon60", "soon30", "over"] = ""
    notice: str = ""
    pin_min: int = 0
    pin_max: int = 0


class SignFile(NamedTuple):
    """One document or attachment that a signature will cover; `pages` is None when it is not known."""

    title: str
    pages: int | None
    sha256: str


class PayeeNews(NamedTuple):
    """A payee that is new or differs from what was paid last; `key` names it when it is acknowledged.

    `text` is the whole sentence, name and account included.
    """

    key: str
    kind: NewsKind
    name: str
    account: str
    text: str


@dataclass(frozen=True)
class SignItem:
    """A dossier whose next step is one person's; `documents` are documents first, then attachments.

    `compared_with` names the dossier by which this payee or list was paid last ("" for none), `amount_before` is its
    sum and `changes` say what differs. `must_acknowledge` is set when this signer's is the last step and `news` not yet
    stood for. `came_from` names the machine a dossier came from ("" for this one's own), `same_sitting` says that an
    earlier signature was made here in this sitting ("" otherwise). `mark` names what was frozen, to the last byte:
    given back when it is signed, it says what the signer saw.
    """

    local_id: str
    number: str
    title: str
    amount: int
    documents: tuple[SignFile, ...]
    steps: tuple[StepView, ...]
    payee_count: int = 0
    amount_before: int | None = None
    compared_with: str = ""
    changes: tuple[str, ...] = ()
    news: tuple[PayeeNews, ...] = ()
    must_acknowledge: bool = False
    came_from: str = ""
    same_sitting: str = ""
    mark: str = ""


class SignedPage(NamedTuple):
    """One signed file that can be looked at: `draw` is its name among the signed objects («documents/01-M13.json»).

    `sha256` is that of the signed bytes; `drawn` is False for what no page can be drawn of.
    """

    title: str
    draw: str
    sha256: str = ""
    drawn: bool = True


@dataclass(frozen=True)
class SignProgress:
    """Where one dossier of a batch stands: `state` is "waiting", "signing", "signed", "failed" or "stopped".

    `code` is the error's when it failed. `pin_uses` counts how often the token was given the PIN in this batch so far,
    `pin_each` tells that it asks for it before each signature.
    """

    local_id: str
    state: str
    message: str = ""
    at: str = ""
    pin_uses: int = 0
    pin_each: bool = False
    code: str = ""

"""What the window shows of the unit's signers, as plain values: people, certificates, delegations, what happened when.

Instants ISO-8601 UTC with "Z" ("" when unknown), dates "YYYY-MM-DD", money int VND. Sentences are whole, ready to be
read aloud.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

from desktop.dossier.people import Role
from desktop.dossier.registration import WHOLE_SCOPE, Scope

CertificateState = Literal["good", "soon60", "soon30", "over", "not_yet", "unknown"]
"""How a certificate stands: its end is 60 or 30 days away or passed, it begins later, or only its digest is known."""
DelegationState = Literal["now", "coming", "over", "ended"]


@dataclass(frozen=True)
class CertificateView:
    """A registered certificate; names and instants are "" and `days_left` None while only its digest is known.

    `since` is the beginning of its registration ("" when the unit's file did not tell), `awaiting` that it waits for
    its Mẫu 24.
    """

    sha256: str
    subject_name: str
    issuer_name: str
    serial_hex: str
    not_before: str
    not_after: str
    days_left: int | None
    state: CertificateState
    since: str
    awaiting: bool


@dataclass(frozen=True)
class PersonView:
    """One listed person; `role_title` is "" for one who signs only as a delegate, `certificate` None without one."""

    person_id: str
    name: str
    roles: tuple[Role, ...]
    role_title: str
    certificate: CertificateView | None
    delegate_of: tuple[str, ...]
    """In whose place they may sign today, "TUQ. Chủ tài khoản (Vi Đình Thắng)"."""


@dataclass(frozen=True)
class DelegationView:
    """One delegation of one role; `scope` says in words what it covers, `valid_to` "" until it is ended."""

    delegation_id: int
    role_title: str
    by_name: str
    to_name: str
    document_no: str
    valid_from: str
    valid_to: str
    scope: str
    state: DelegationState


class HistoryView(NamedTuple):
    """One registration or delegation that began or ended: an instant or a date ("" unknown), and a sentence."""

    at: str
    text: str


class ExpiryNotice(NamedTuple):
    """A certificate whose end is near or passed, to announce."""

    person_id: str
    name: str
    state: CertificateState
    text: str


class RegisterTask(NamedTuple):
    """An accepted Mẫu 24 that names people the desk cannot register by itself; `text` says what is left to do."""

    package_id: str
    text: str


@dataclass(frozen=True)
class PeopleView:
    """The whole screen «Người ký»."""

    people: tuple[PersonView, ...]
    delegations: tuple[DelegationView, ...]
    history: tuple[HistoryView, ...]
    notices: tuple[ExpiryNotice, ...]
    tasks: tuple[RegisterTask, ...]


@dataclass(frozen=True)
class FoundCertificate:
    """A certificate a person may be given: from a plugged-in token (`where` tells which) or from a file.

    `refusal` says why it cannot be registered ("" when it can), `warning` what a person must confirm first.
    """

    sha256: str
    subject_name: str
    issuer_name: str
    serial_hex: str
    not_before: str
    not_after: str
    where: str
    refusal: str
    refusal_code: str
    warning: str


@dataclass(frozen=True)
class PersonEdit:
    """A person to list or change; `person_id` "" for a new one. `awaiting`: the Treasury has not accepted them yet."""

    name: str
    roles: tuple[Role, ...]
    person_id: str = ""
    awaiting: bool = False


@dataclass(frozen=True)
class DelegationEdit:
    """A delegation to write down: every role of `roles` the delegator holds, dates inclusive, `valid_to` "" open."""

    by_person: str
    to_person: str
    valid_from: str
    valid_to: str = ""
    document_no: str = ""
    roles: tuple[Role, ...] = ()
    """Empty: all roles of the delegator."""
    scope: Scope = WHOLE_SCOPE


class PersonChoice(NamedTuple):
    """One who may sign a step; `note` tells why ("Đã đăng ký", "TUQ. Vi Đình Thắng, đến 31/12/2026")."""

    person_id: str
    name: str
    note: str
    delegate: bool = False


@dataclass(frozen=True)
class StepChoice:
    """Who may sign one step of a dossier, whoever signs when nothing is chosen first."""

    order: int
    title: str
    people: tuple[PersonChoice, ...]


Signers = Mapping[int, str]
"""Person ids by the order of the step they sign."""

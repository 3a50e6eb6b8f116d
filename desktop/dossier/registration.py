"""Who was registered to sign for a unit at which time, and who may sign in whose place.

A person, a role and a certificate belong together for a time. A change ends one registration and begins another, so
that what was signed meanwhile stays good. Source: NĐ 347/2025/NĐ-CP Điều 8 and Mẫu 24, rules R-020 to R-022 and R-129.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict

from desktop.dossier.dates import VIETNAM, instant
from desktop.dossier.fold import fold
from desktop.dossier.people import Person, Role
from desktop.dossier.signers import Step

AWAITING = "awaiting"
"""Source of a registration that waits for its Mẫu 24: it may sign nothing but that Mẫu 24."""
REGISTRATION_FORM = "M24"


class _Fact(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class SigningFacts(_Fact):
    """What a delegation is held against: the ids of a dossier's main forms, its procedure, its amount in VND."""

    forms: tuple[str, ...] = ()
    procedure: str = ""
    amount: int = 0


class Scope(_Fact):
    """What a delegate may sign: ids of forms and procedures (empty: all), and at most so many VND (None: any)."""

    forms: tuple[str, ...] = ()
    procedures: tuple[str, ...] = ()
    max_amount: int | None = None

    def covers(self, facts: SigningFacts) -> bool:
        """Tell whether a dossier lies within the scope; a dossier without forms lies within no list of forms."""
        forms = not self.forms or (bool(facts.forms) and set(facts.forms) <= set(self.forms))
        procedures = not self.procedures or facts.procedure in self.procedures
        return forms and procedures and (self.max_amount is None or abs(facts.amount) <= self.max_amount)


WHOLE_SCOPE = Scope()
"""Every dossier, whatever its amount."""


class Registration(_Fact):
    """A person's certificate under their roles from `since` until `until`, both instants and inclusive.

    "" is open: `since` when nobody told the beginning (the certificate's own dates bound it), `until` while it stands.
    `source` says what it rests on: "unit" (unit.json), "desk", AWAITING, or the package id of a Mẫu 24.
    """

    registration_id: int = 0
    person_id: str
    name: str
    roles: tuple[Role, ...]
    certificate_sha256: str
    since: str = ""
    until: str = ""
    source: str = "unit"

    def stands(self, at: str) -> bool:
        """Tell whether it counts at an instant."""
        return (not self.since or self.since <= at) and (not self.until or at <= self.until)


class Delegation(_Fact):
    """`to_person` signs in place of `by_person` under one role, within days (inclusive) and a scope.

    `valid_to` "" means until it is ended; `until` is the instant at which it was ended, "" while it stands.
    """

    delegation_id: int = 0
    role: Role
    by_person: str
    to_person: str
    document_no: str = ""
    valid_from: str
    valid_to: str = ""
    scope: Scope = WHOLE_SCOPE
    until: str = ""

    def in_force(self, day: str, at: str = "") -> bool:
        """Tell whether it holds on a day, and at an instant of it when one is given."""
        within = self.valid_from <= day and (not self.valid_to or day <= self.valid_to)
        return within and (not self.until or (bool(at) and at <= self.until))


@dataclass(frozen=True)
class Candidate:
    """One who may sign a step: by their own registration, or on behalf of another by a delegation."""

    person: Person
    on_behalf_of: Person | None = None
    delegation: Delegation | None = None


@dataclass(frozen=True)
class Register:
    """The unit's register over time; `people` are those of today."""

    people: tuple[Person, ...] = ()
    registrations: tuple[Registration, ...] = ()
    delegations: tuple[Delegation, ...] = ()

    def was_registered(self, role: str, certificate_sha256: str, at: dt.datetime) -> bool:
        """Tell whether a certificate could stand for a role at an instant, of its own right or by a delegation."""
        return self._own(role, certificate_sha256, instant(at)) or any(self._delegated(role, certificate_sha256, at))

    def for_forms(self, forms: Iterable[str]) -> RegisterFor:
        """Return the same question for a dossier of these forms (ids): a Mẫu 24 is signed before it is accepted."""
        return RegisterFor(self, set(forms) == {REGISTRATION_FORM})

    def awaits(self, role: str, certificate_sha256: str, at: dt.datetime) -> bool:
        """Tell whether a certificate waits for the Mẫu 24 that registers it for a role."""
        found = self._standing(certificate_sha256, instant(at))
        return any(role in item.roles and item.source == AWAITING for item in found)

    def signers_for(self, step: Step, facts: SigningFacts, on: dt.date) -> list[Candidate]:
        """Return who may sign a step on a day: holders of every role of it first, then their delegates.

        Who waits for a Mẫu 24 may sign that Mẫu 24 and nothing else.
        """
        ready = [person for person in self.people if self._ready(person, facts)]
        holders = [Candidate(person) for person in ready if set(step.roles) <= set(person.roles)]
        own = {item.person.person_id for item in holders}
        others = [person for person in ready if person.person_id not in own]
        return holders + [found for person in others for found in self._in_place(person, step, facts, on.isoformat())]

    def may_stand(
        self, certificate: str, roles: Sequence[str], on_behalf_of: str, facts: SigningFacts, at: dt.datetime
    ) -> bool:
        """Tell whether a signature made at an instant is what its package says: of own right, or for the one it names.

        `on_behalf_of` is a name as written, "" for a signature of own right.
        """
        if not on_behalf_of:
            own = [self._own(role, certificate, instant(at)) for role in roles]
            alone = set(facts.forms) == {REGISTRATION_FORM}
            return all(own) or (alone and all(self.awaits(role, certificate, at) for role in roles))
        found = [self._delegated(role, certificate, at, facts, on_behalf_of) for role in roles]
        return bool(found) and bool(set.intersection(*(set(one) for one in found)))

    def delegated_on(self, day: str) -> frozenset[Role]:
        """Return the titles under which somebody may sign on a day in their holder's place, whatever the dossier."""
        return frozenset(item.role for item in self.delegations if item.in_force(day))

    def person_of(self, certificate_sha256: str) -> str:
        """Return whose certificate this is or was (person id), the digest itself when nobody knows."""
        found = (item.person_id for item in self.registrations if item.certificate_sha256 == certificate_sha256)
        return next(found, certificate_sha256)

    def _own(self, role: str, certificate: str, at: str) -> bool:
        return any(role in item.roles and item.source != AWAITING for item in self._standing(certificate, at))

    def _standing(self, certificate: str, at: str) -> Iterator[Registration]:
        return (item for item in self.registrations if item.certificate_sha256 == certificate and item.stands(at))

    def _delegated(
        self, role: str, certificate: str, at: dt.datetime, facts: SigningFacts | None = None, by_name: str = ""
    ) -> Iterator[str]:
        """Yield the person ids for whom a certificate could sign under a role."""
        moment, day = instant(at), at.astimezone(VIETNAM).date().isoformat()
        persons = {item.person_id for item in self._standing(certificate, moment) if item.source != AWAITING}
        for item in self.delegations:
            fits = item.role == role and item.to_person in persons and item.in_force(day, moment)
            named = not by_name or fold(by_name).strip() in self._names(item.by_person)
            covered = facts is None or item.scope.covers(facts)
            if fits and named and covered and self._held(item.by_person, role, moment):
                yield item.by_person

    def _names(self, person_id: str) -> set[str]:
        known = [item.name for item in self.people if item.person_id == person_id]
        known += [item.name for item in self.registrations if item.person_id == person_id]
        return {fold(name).strip() for name in known}

    def _held(self, person_id: str, role: str, at: str) -> bool:
        """A delegator needs the role, not a token: who has none is known from today's people."""
        bare = (item for item in self.people if item.person_id == person_id and not item.certificate_sha256)
        own = (item for item in self.registrations if item.person_id == person_id and item.source != AWAITING)
        return any(role in item.roles for item in bare) or any(role in item.roles and item.stands(at) for item in own)

    def _ready(self, person: Person, facts: SigningFacts) -> bool:
        if not person.certificate_sha256:
            return False
        alone = set(facts.forms) == {REGISTRATION_FORM}
        open_ones = [item for item in self.registrations if not item.until and _is_of(item, person)]
        return any(alone or item.source != AWAITING for item in open_ones)

    def _in_place(self, person: Person, step: Step, facts: SigningFacts, day: str) -> Iterator[Candidate]:
        """One who holds part of a step by own right needs a delegation for the rest, all from one person."""
        lacking = [role for role in step.roles if role not in person.roles]
        for by in self.people:
            given = [self._given(role, by, person, facts, day) for role in lacking]
            if by != person and set(lacking) <= set(by.roles) and all(given):
                yield Candidate(person, by, given[0])

    def _given(self, role: Role, by: Person, to: Person, facts: SigningFacts, day: str) -> Delegation | None:
        fitting = (
            item
            for item in self.delegations
            if (item.role, item.by_person, item.to_person) == (role, by.person_id, to.person_id)
            and item.in_force(day)
            and item.scope.covers(facts)
        )
        return next(fitting, None)


@dataclass(frozen=True)
class RegisterFor:
    """A register asked about one dossier; it is called as verification calls it."""

    register: Register
    registers: bool
    """Whether the dossier is a Mẫu 24 alone, which the people it names may sign already."""

    def __call__(self, role: str, certificate_sha256: str, at: dt.datetime) -> bool:
        """Tell whether a certificate could stand for a role at an instant."""
        asked = (role, certificate_sha256, at)
        return self.register.was_registered(*asked) or (self.registers and self.register.awaits(*asked))


def forms_in(names: Iterable[str]) -> list[str]:
    """Return the ids of the forms among a package's files, as the names say ("documents/01-M13.json" is an "M13")."""
    documents = (name for name in names if name.startswith("documents/"))
    return [name.rpartition("-")[2].removesuffix(".json") for name in documents]


def _is_of(registration: Registration, person: Person) -> bool:
    mine = registration.person_id == person.person_id
    return mine and registration.certificate_sha256 == person.certificate_sha256

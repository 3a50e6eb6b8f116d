"""What must hold between the people and delegations of a unit.json, at the desk and at the Treasury alike."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from desktop.dossier.people import Person, may_hold
from desktop.dossier.registration import Delegation

P = TypeVar("P", bound=Sequence[Person])


def told_apart(people: P) -> P:
    """Return the people, if no two share an id or a certificate and nobody holds two titles that sign one dossier.

    Raises ValueError naming the field at fault.
    """
    certificates = [person.certificate_sha256 for person in people if person.certificate_sha256]
    if len({person.person_id for person in people}) < len(people):
        raise ValueError("person_id")
    if len(set(certificates)) < len(certificates):
        raise ValueError("certificate_sha256")
    if not all(may_hold(person.roles) for person in people):
        raise ValueError("roles")
    return people


def refuse_strangers(people: Sequence[Person], delegations: Sequence[Delegation]) -> None:
    """Raise ValueError for a delegation between people who are not there, to oneself, or of a title not held."""
    known = {person.person_id: person for person in people}
    for item in delegations:
        by, to = known.get(item.by_person), known.get(item.to_person)
        if by is None or to is None or by is to or item.role not in by.roles:
            raise ValueError("delegations")

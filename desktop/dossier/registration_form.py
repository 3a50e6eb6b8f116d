"""What an accepted Mẫu 24 changes in a register: who signs, in whose place, and who no longer does.

The first row of each group of specimens is the holder of the title, the others are «Người được ủy quyền». Source:
NĐ 347/2025/NĐ-CP Điều 8 and Mẫu 24 with its notes, rules R-129 and R-130.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from desktop.dossier.document import Document
from desktop.dossier.fold import fold
from desktop.dossier.form_parts import Choice
from desktop.dossier.pack import form_of
from desktop.dossier.people import Person, Role
from desktop.dossier.registration import REGISTRATION_FORM, Delegation

_BLOCKS: dict[str, tuple[str, tuple[Role, ...]]] = {
    "first_signature": ("account_holder", (Role.HEAD_OF_UNIT, Role.ACCOUNT_HOLDER)),
    "second_signature": ("chief_accountant", (Role.CHIEF_ACCOUNTANT,)),
}
"""Each group of specimens: the field that names its holder, and the titles it stands for."""
_CHANGES = ("new", "additional", "legal_file_change", "signature_change")
"""Requests of Mẫu 24 that may name people; a new seal alone changes nobody."""


@dataclass(frozen=True)
class NamedSigners:
    """One group of specimens: its titles, its holder's name ("" when only delegates are named), its delegates."""

    roles: tuple[Role, ...]
    holder: str
    delegates: tuple[str, ...]


@dataclass(frozen=True)
class RegisterChange:
    """What is to be done to a register; `unknown` are names nobody with a certificate is known by.

    `joins` and `retires` are people as they will be, with the roles that they then hold; `ended` are delegation ids.
    """

    joins: tuple[Person, ...]
    retires: tuple[Person, ...]
    delegations: tuple[Delegation, ...]
    ended: tuple[int, ...]
    unknown: tuple[str, ...]


def named_signers(documents: Iterable[Document]) -> list[NamedSigners]:
    """Return the groups of specimens of every Mẫu 24 that may change people. Raises UnknownForm."""
    return [named for document in documents if _changes(document) for named in _groups(document)]


def _changes(document: Document) -> bool:
    form = form_of(document.form)
    if form.id != REGISTRATION_FORM:
        return False
    choice: Choice = form.choices_by_key["request_kind"]
    return any(kind in _CHANGES for kind in choice.ticked(document.choices.get("request_kind")))


def _groups(document: Document) -> Iterator[NamedSigners]:
    rows = document.tables.get("specimens", [])
    for group, (field, roles) in _BLOCKS.items():
        names = [str(row["person_name"]) for row in rows if row.get("group") == group and row.get("person_name")]
        declared = str(document.fields.get(field) or "")
        others = [name for name in names if not _same(name, declared)]
        if names and declared and len(others) == len(names):
            yield NamedSigners(roles, "", tuple(names))
        elif names:
            holder = declared or names[0]
            yield NamedSigners(roles, holder, tuple(name for name in names if not _same(name, holder)))


def change_of(
    named: NamedSigners,
    people: Sequence[Person],
    waiting: Sequence[Person],
    delegations: Sequence[Delegation],
    day: str,
    document_no: str,
) -> RegisterChange:
    """Work out what one group of specimens changes among registered people and those who wait for this form.

    Only one who waits replaces a holder: a form that repeats the people replaces nobody. A new registration stands in
    the place of the old one, so delegates whom it does not name are none any longer (R-129).
    """
    new = [person for person in waiting if set(named.roles) & set(person.roles) and _same(person.name, named.holder)]
    present = [person for person in people if set(named.roles) & set(person.roles)]
    retires = [person for person in present if new and not _same(person.name, named.holder)]
    holder = next(iter(new), next((one for one in present if _same(one.name, named.holder) or not named.holder), None))
    found = {name: _found(name, named.roles, people, waiting) for name in named.delegates}
    delegates = [person for person in found.values() if person is not None]
    given = list(_given(holder, delegates, named.roles, delegations, day, document_no)) if holder else []
    kept = {(holder.person_id, person.person_id) for person in delegates} if holder else set()
    unknown = [name for name, person in found.items() if person is None]
    if named.holder and holder is None:
        unknown.insert(0, named.holder)
    return RegisterChange(
        joins=(*new, *(person for person in delegates if _is_in(person, waiting))),
        retires=tuple(_without(person, named.roles) for person in retires),
        delegations=tuple(given),
        ended=tuple(
            item.delegation_id
            for item in delegations
            if not item.until and item.role in named.roles and (item.by_person, item.to_person) not in kept
        ),
        unknown=tuple(unknown),
    )


def _given(
    holder: Person,
    delegates: Sequence[Person],
    roles: Sequence[Role],
    delegations: Sequence[Delegation],
    day: str,
    document_no: str,
) -> Iterator[Delegation]:
    standing = {(item.role, item.by_person, item.to_person) for item in delegations if not item.until}
    for person in delegates:
        for role in roles:
            if role in holder.roles and (role, holder.person_id, person.person_id) not in standing:
                yield Delegation(
                    role=role,
                    by_person=holder.person_id,
                    to_person=person.person_id,
                    document_no=document_no,
                    valid_from=day,
                )


def _found(name: str, roles: Sequence[Role], people: Sequence[Person], waiting: Sequence[Person]) -> Person | None:
    """Find a delegate, who holds none of the titles by own right."""
    known = [person for person in (*people, *waiting) if person.certificate_sha256 and _same(person.name, name)]
    return _without(known[0], roles) if known else None


def _without(person: Person, roles: Sequence[Role]) -> Person:
    return person.model_copy(update={"roles": tuple(role for role in person.roles if role not in roles)})


def _is_in(person: Person, people: Sequence[Person]) -> bool:
    return any(one.person_id == person.person_id for one in people)


def _same(left: str, right: str) -> bool:
    return fold(" ".join(left.split())) == fold(" ".join(right.split()))

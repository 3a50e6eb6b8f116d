"""Who may sign in whose place, as the Treasury has it (Mẫu 24, «Người được ủy quyền»)."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from desktop.dossier.dates import instant
from desktop.dossier.people import Person, Role
from desktop.dossier.registration import AWAITING, Delegation, Register, Registration


def delegations_of(connection: sqlite3.Connection, unit_code: str) -> list[Delegation]:
    """Give every delegation of a unit, ended ones too, the oldest first."""
    rows = connection.execute(
        "SELECT delegation_id, data FROM delegation WHERE unit_code = ? ORDER BY delegation_id", (unit_code,)
    )
    return [Delegation.model_validate_json(data).model_copy(update={"delegation_id": key}) for key, data in rows]


def write_delegation(connection: sqlite3.Connection, unit_code: str, delegation: Delegation) -> None:
    """Write one delegation; its number is given here."""
    connection.execute(
        "INSERT INTO delegation (unit_code, data) VALUES (?, ?)", (unit_code, delegation.model_dump_json())
    )


def end_delegation(connection: sqlite3.Connection, delegation: Delegation, at: datetime) -> None:
    """End a delegation at an instant; one that was ended stays as it was."""
    if not delegation.until:
        ended = delegation.model_copy(update={"until": instant(at)})
        connection.execute(
            "UPDATE delegation SET data = ? WHERE delegation_id = ?",
            (ended.model_dump_json(), delegation.delegation_id),
        )


def register_of(
    people: Sequence[Person],
    waiting: Sequence[Person],
    former: Mapping[tuple[str, str], datetime],
    delegations: Sequence[Delegation],
) -> Register:
    """Give the register of a unit; who a former certificate belonged to is known while the person is there."""
    owners = {person.certificate_sha256: person for person in people if person.certificate_sha256}
    registrations = [
        *_registrations(people, "unit"),
        *_registrations(waiting, AWAITING),
        *(_former(owners.get(key), key, role, until) for (key, role), until in former.items()),
    ]
    return Register(tuple(people), tuple(registrations), tuple(delegations))


def _registrations(people: Iterable[Person], source: str) -> Iterator[Registration]:
    for person in people:
        if person.certificate_sha256:
            yield Registration(**person.model_dump(), source=source)


def _former(owner: Person | None, certificate: str, role: str, until: datetime) -> Registration:
    return Registration(
        person_id=owner.person_id if owner else certificate,
        name=owner.name if owner else "",
        roles=(Role(role),),
        certificate_sha256=certificate,
        until=instant(until),
    )

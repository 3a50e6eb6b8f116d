"""Who may sign for a unit changes with an accepted Mẫu 24 (NĐ 347/2025 Điều 8, rules R-020 to R-022).

The office first sees the new person's certificate (`add-person`); until the Mẫu 24 is accepted that person may sign
nothing but the Mẫu 24 itself. Who stands no longer on the form has signed until that moment: what was signed before
still counts.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from pydantic import ValidationError

from desktop.dossier.dates import instant
from desktop.dossier.document import Document, Dossier
from desktop.dossier.fold import fold
from desktop.dossier.form_parts import Choice
from desktop.dossier.pack import form_of
from desktop.dossier.people import Person, Role
from gateway.errors import GatewayError
from gateway.registry import RegisteredUnit, find_unit, people_of

LATE_DAYS = 30
"""How long after the change a package signed before it may still arrive; the time of signing is the signer's own."""
_BLOCKS = {
    "first_signature": (Role.ACCOUNT_HOLDER, Role.HEAD_OF_UNIT),
    "second_signature": (Role.CHIEF_ACCOUNTANT,),
}
"""Which titles a specimen on Mẫu 24 stands for."""
_CHANGES = ("new", "additional", "legal_file_change", "signature_change")
"""Requests of Mẫu 24 that may name people; a new seal alone changes nobody."""


def add_candidate(connection: sqlite3.Connection, unit_code: str, text: str) -> str:
    """Keep a person (JSON as in unit.json) with a certificate until a Mẫu 24 names them; gives their person_id.

    Raises GatewayError `unknown_unit`, `bad_person`.
    """
    find_unit(connection, unit_code)
    try:
        person = Person.model_validate_json(text)
    except ValidationError:
        raise _bad_person() from None  # the cause would quote the person
    if not person.certificate_sha256 or not person.roles:
        raise _bad_person()
    connection.execute(
        "INSERT INTO candidate VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET data = excluded.data",
        (unit_code, person.person_id, person.model_dump_json()),
    )
    return person.person_id


def change_signers(connection: sqlite3.Connection, unit_code: str, dossier: Dossier, at: datetime) -> None:
    """Let the people named by an accepted Mẫu 24 sign from now on, and those it names no longer not any more."""
    for document in dossier.documents:
        if form_of(document.form).id == "M24":
            for block, roles in _BLOCKS.items():
                names = {fold(name).strip() for name in _named(document, block)}
                if names and _changes(document):
                    _replace(connection, unit_code, set(roles), names, at)


def _changes(document: Document) -> bool:
    choice: Choice = form_of(document.form).choices_by_key["request_kind"]
    return any(kind in _CHANGES for kind in choice.ticked(document.choices.get("request_kind")))


def _named(document: Document, block: str) -> Iterator[str]:
    for row in document.tables.get("specimens", []):
        if row.get("group") == block and row.get("person_name"):
            yield str(row["person_name"])


def _replace(connection: sqlite3.Connection, unit_code: str, roles: set[Role], names: set[str], at: datetime) -> None:
    """Only a candidate of these titles replaces anybody: a form that repeats the people changes nothing."""
    waiting = [p for p in people_of(connection, unit_code, "candidate") if _is_one(p, names) and roles & set(p.roles)]
    if not waiting:
        return
    for person in people_of(connection, unit_code, "person"):
        if roles & set(person.roles) and not _is_one(person, names):
            _retire(connection, unit_code, person, roles, at)
    for person in waiting:
        connection.execute(
            "INSERT INTO person VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET data = excluded.data",
            (unit_code, person.person_id, person.model_dump_json()),
        )
        connection.execute("DELETE FROM candidate WHERE unit_code = ? AND person_id = ?", (unit_code, person.person_id))


def _is_one(person: Person, names: set[str]) -> bool:
    return fold(person.name).strip() in names


def _retire(connection: sqlite3.Connection, unit_code: str, person: Person, roles: set[Role], at: datetime) -> None:
    kept = person.model_copy(update={"roles": tuple(role for role in person.roles if role not in roles)})
    connection.execute(
        "UPDATE person SET data = ? WHERE unit_code = ? AND person_id = ?",
        (kept.model_dump_json(), unit_code, person.person_id),
    )
    connection.executemany(
        "INSERT INTO former_signer VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET until = excluded.until",
        [
            (unit_code, person.certificate_sha256, role.value, instant(at))
            for role in roles & set(person.roles)
            if person.certificate_sha256
        ],
    )


def allowed(registered: RegisteredUnit, forms: Iterable[str], at: datetime) -> dict[str, set[str]]:
    """Give by role the certificates that may stand under a dossier of these forms (ids) that arrives at an instant."""
    found = {role: set(certificates) for role, certificates in registered.certificates.items()}
    if set(forms) == {"M24"}:
        for role, certificates in registered.candidates.items():
            found.setdefault(role, set()).update(certificates)
    for (certificate, role), until in registered.former.items():
        if at <= until + timedelta(days=LATE_DAYS):
            found.setdefault(role, set()).add(certificate)
    return found


def too_late(registered: RegisteredUnit, certificate: str, roles: Iterable[str], signed_at: str) -> bool:
    """Tell whether a signature was made under a title that its signer had given up by then."""
    if not signed_at:
        return True
    when = datetime.fromisoformat(signed_at)
    return any(
        certificate not in registered.certificates.get(role, set()) and when > registered.former[certificate, role]
        for role in roles
        if (certificate, role) in registered.former
    )


def _bad_person() -> GatewayError:
    return GatewayError(
        400, "bad_person", "Tệp người ký chưa đúng hoặc thiếu chứng thư, chức danh. Hãy sửa theo mẫu của unit.json."
    )

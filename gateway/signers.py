"""Who may sign for a unit changes with an accepted Mẫu 24 (NĐ 347/2025 Điều 8, rules R-020 to R-022).

The office first sees the new person's certificate (`add-person`); until the Mẫu 24 is accepted that person may sign
nothing but the Mẫu 24 itself. Who stands no longer on the form has signed until that moment: what was signed before
still counts.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from pydantic import ValidationError

from desktop.dossier.descriptor import SignerRef
from desktop.dossier.document import Dossier
from desktop.dossier.people import Person, may_hold
from desktop.dossier.registration import SigningFacts
from desktop.dossier.registration_form import RegisterChange, change_of, named_signers
from desktop.signing.verify import SignerReport
from gateway.clock import local_date
from gateway.delegations import delegations_of, end_delegation, write_delegation
from gateway.errors import GatewayError, Refused
from gateway.registry import RegisteredUnit, find_unit, people_of, write_former

LATE_DAYS = 30
"""How long after the change a package signed before it may still arrive; the time of signing is the signer's own."""


def add_candidate(connection: sqlite3.Connection, unit_code: str, text: str) -> str:
    """Keep a person (JSON as in unit.json) with a certificate until a Mẫu 24 names them; gives their person_id.

    Raises GatewayError `unknown_unit`, `bad_person`.
    """
    find_unit(connection, unit_code)
    try:
        person = Person.model_validate_json(text)
    except ValidationError:
        raise _bad_person() from None  # the cause would quote the person
    if not person.certificate_sha256 or not may_hold(person.roles):
        raise _bad_person()
    connection.execute(
        "INSERT INTO candidate VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET data = excluded.data",
        (unit_code, person.person_id, person.model_dump_json()),
    )
    return person.person_id


def change_signers(connection: sqlite3.Connection, unit_code: str, dossier: Dossier, at: datetime) -> None:
    """Let the people named by an accepted Mẫu 24 sign from now on, and those it names no longer not any more.

    Those named as «Người được ủy quyền» sign in the holder's place. Of whom the office has seen no certificate it
    changes nothing.
    """
    for named in named_signers(dossier.documents):
        change = change_of(
            named,
            people_of(connection, unit_code, "person"),
            people_of(connection, unit_code, "candidate"),
            delegations_of(connection, unit_code),
            local_date(at),
            dossier.number,
        )
        _apply(connection, unit_code, change, at)


def _apply(connection: sqlite3.Connection, unit_code: str, change: RegisterChange, at: datetime) -> None:
    before = {person.person_id: person for person in people_of(connection, unit_code, "person")}
    for person in (*change.retires, *change.joins):
        old = before.get(person.person_id)
        if old is not None:
            same = old.certificate_sha256 == person.certificate_sha256
            gone = [role for role in old.roles if not same or role not in person.roles]
            write_former(connection, unit_code, old.certificate_sha256, gone, at)
        connection.execute(
            "INSERT INTO person VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET data = excluded.data",
            (unit_code, person.person_id, person.model_dump_json()),
        )
    for person in change.joins:
        connection.execute("DELETE FROM candidate WHERE unit_code = ? AND person_id = ?", (unit_code, person.person_id))
    for standing in delegations_of(connection, unit_code):
        if standing.delegation_id in change.ended:
            end_delegation(connection, standing, at)
    for given in change.delegations:
        write_delegation(connection, unit_code, given)


def allowed(registered: RegisteredUnit, forms: Iterable[str], at: datetime) -> dict[str, set[str]]:
    """Give by role the certificates that may stand under a dossier of these forms (ids) that arrives at an instant.

    Whether a delegate's days and scope fit is asked later (`refuse_strangers`), when the dossier can be read.
    """
    found = {role: set(certificates) for role, certificates in registered.certificates.items()}
    if set(forms) == {"M24"}:
        for role, certificates in registered.candidates.items():
            found.setdefault(role, set()).update(certificates)
    own = {person.person_id: person.certificate_sha256 for person in registered.register.people}
    for given in registered.register.delegations:
        found.setdefault(given.role.value, set()).add(own.get(given.to_person, ""))
    for (certificate, role), until in registered.former.items():
        if at <= until + timedelta(days=LATE_DAYS):
            found.setdefault(role, set()).add(certificate)
    return found


def refuse_strangers(
    registered: RegisteredUnit, declared: Sequence[SignerRef], signers: Sequence[SignerReport], facts: SigningFacts
) -> None:
    """Hold every signature to the register at the time it was made: of own right, or in the place of the one it names.

    A time-stamp says when better than the signer does. Raises Refused `not_registered`, `same_person`.
    """
    people: set[str] = set()
    for ref, signer in zip(declared, signers, strict=True):
        when = signer.time_stamp or signer.signed_at
        at = datetime.fromisoformat(when) if when else None
        roles = [role.value for role in ref.roles]
        known = (signer.certificate_sha256, roles, ref.on_behalf_of, facts)
        if at is None or not registered.register.may_stand(*known, at):
            raise Refused("not_registered", _NOT_HELD.format(title=signer.title))
        person = registered.register.person_of(signer.certificate_sha256)
        if person in people:
            raise Refused("same_person", "Một người ký hai chức danh của một hồ sơ. Hãy để hai người ký rồi gửi lại.")
        people.add(person)


_NOT_HELD = (
    "Người ký với tư cách {title} chưa đăng ký, đã thôi đăng ký hoặc không được ủy quyền ký hồ sơ này vào lúc ký. "
    "Hãy trình người có thẩm quyền ký lại hồ sơ."
)


def _bad_person() -> GatewayError:
    return GatewayError(
        400, "bad_person", "Tệp người ký chưa đúng hoặc thiếu chứng thư, chức danh. Hãy sửa theo mẫu của unit.json."
    )

"""Who the Treasury knows: units, who may sign for them, what they were given, and the code that lets a device in."""

from __future__ import annotations

import hashlib
import json
import secrets
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationError, ValidationInfo, field_validator

from desktop.dossier.dates import instant
from desktop.dossier.people import EstimateLine, Person, Role, Unit
from desktop.dossier.registration import Delegation, Register
from desktop.dossier.unit_file import refuse_strangers, told_apart
from gateway.delegations import delegations_of, end_delegation, register_of, write_delegation
from gateway.errors import GatewayError

CODE_DAYS = 14
"""How long a one-time enrolment code may wait on a slip of paper."""
_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


class Registration(BaseModel):
    """The content of unit.json given to `register`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    unit: Unit
    people: Annotated[tuple[Person, ...], AfterValidator(told_apart)] = ()
    delegations: tuple[Delegation, ...] = ()
    estimates: tuple[EstimateLine, ...] = ()

    @field_validator("delegations")
    @classmethod
    def _among_its_people(cls, delegations: tuple[Delegation, ...], info: ValidationInfo) -> tuple[Delegation, ...]:
        refuse_strangers(info.data.get("people", ()), delegations)
        return delegations


@dataclass(frozen=True)
class RegisteredUnit:
    """A unit and, by role, the SHA-256 of the certificates registered for it (rules R-020, R-022).

    `candidates` may sign the Mẫu 24 that registers them; `former` gives by (certificate, role) the instant until which
    it was registered: what was signed before still counts. `register` is the same with people and delegations.
    """

    unit: Unit
    certificates: dict[str, set[str]]
    candidates: dict[str, set[str]] = field(default_factory=dict)
    former: dict[tuple[str, str], datetime] = field(default_factory=dict)
    register: Register = field(default_factory=Register)


def read_registration(text: str) -> Registration:
    """Read unit.json; raises GatewayError `bad_registration` naming the first wrong field, never its value."""
    try:
        return Registration.model_validate_json(text)
    except ValidationError as error:
        where = ".".join(str(step) for step in error.errors(include_input=False)[0]["loc"]) or "toàn bộ tệp"
        raise GatewayError(
            400, "bad_registration", f"Tệp đăng ký đơn vị chưa đúng ở «{where}». Hãy sửa chỗ đó rồi chạy lại."
        ) from None


def register(connection: sqlite3.Connection, registration: Registration, at: datetime) -> str:
    """Write or renew a unit with its people and estimates; gives a one-time enrolment code, kept only as a digest."""
    unit = registration.unit
    connection.execute(
        "INSERT INTO unit VALUES (?, ?, ?) ON CONFLICT(code) DO UPDATE SET data = excluded.data",
        (unit.code, unit.model_dump_json(), instant(at)),
    )
    _replace_people(connection, registration, at)
    _give(connection, unit.code, registration.estimates)
    return invite(connection, unit.code, at)


def _replace_people(connection: sqlite3.Connection, registration: Registration, at: datetime) -> None:
    """Write people and delegations anew; who stands there no longer has signed until now."""
    code = registration.unit.code
    named = {(person.certificate_sha256, role) for person in registration.people for role in person.roles}
    for person in people_of(connection, code, "person"):
        gone = [role for role in person.roles if (person.certificate_sha256, role) not in named]
        write_former(connection, code, person.certificate_sha256, gone, at)
    connection.execute("DELETE FROM person WHERE unit_code = ?", (code,))
    connection.executemany(
        "INSERT INTO person VALUES (?, ?, ?)",
        [(code, person.person_id, person.model_dump_json()) for person in registration.people],
    )
    for standing in delegations_of(connection, code):
        end_delegation(connection, standing, at)
    for given in registration.delegations:
        write_delegation(connection, code, given)


def write_former(
    connection: sqlite3.Connection, unit_code: str, certificate: str, roles: Iterable[Role], at: datetime
) -> None:
    """Write until when a certificate stood for titles."""
    connection.executemany(
        "INSERT INTO former_signer VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET until = excluded.until",
        [(unit_code, certificate, role.value, instant(at)) for role in roles if certificate],
    )


def _give(connection: sqlite3.Connection, unit_code: str, lines: Iterable[EstimateLine]) -> None:
    connection.executemany(
        "INSERT INTO estimate VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET amount = excluded.amount",
        [(unit_code, line.budget_year, line.account, line.source, line.sector, line.amount) for line in lines],
    )


def invite(connection: sqlite3.Connection, unit_code: str, at: datetime) -> str:
    """Make a one-time enrolment code of 80 random bits in groups of four; raises GatewayError `unknown_unit`."""
    find_unit(connection, unit_code)
    letters = "".join(secrets.choice(_ALPHABET) for _ in range(16))
    connection.execute(
        "INSERT INTO invitation VALUES (?, ?, ?, NULL)",
        (code_digest(letters), unit_code, instant(at + timedelta(days=CODE_DAYS))),
    )
    return "-".join(letters[start : start + 4] for start in range(0, 16, 4))


def code_digest(code: str) -> str:
    """Digest a code as typed: case, spaces and dashes do not matter."""
    plain = "".join(letter for letter in code.upper() if letter.isalnum())
    return hashlib.sha256(plain.encode()).hexdigest()


def find_unit(connection: sqlite3.Connection, unit_code: str) -> RegisteredUnit:
    """Give a registered unit; raises GatewayError `unknown_unit`."""
    row = connection.execute("SELECT data FROM unit WHERE code = ?", (unit_code,)).fetchone()
    if row is None:
        raise GatewayError(
            404, "unknown_unit", "Đơn vị chưa đăng ký giao dịch tại cổng này. Liên hệ Kho bạc nơi giao dịch."
        )
    rows = connection.execute("SELECT * FROM former_signer WHERE unit_code = ?", (unit_code,)).fetchall()
    former = {(item["certificate_sha256"], item["role"]): datetime.fromisoformat(item["until"]) for item in rows}
    people, waiting = (people_of(connection, unit_code, table) for table in ("person", "candidate"))
    return RegisteredUnit(
        Unit.model_validate_json(row[0]),
        _certificates(people),
        _certificates(waiting),
        former,
        register_of(people, waiting, former, delegations_of(connection, unit_code)),
    )


def people_of(connection: sqlite3.Connection, unit_code: str, table: str) -> list[Person]:
    """Give the registered people of a unit ("person"), or those who wait for a Mẫu 24 ("candidate")."""
    rows = connection.execute(f"SELECT data FROM {table} WHERE unit_code = ? ORDER BY person_id", (unit_code,))  # noqa: S608 - ours
    return [Person.model_validate(json.loads(data[0])) for data in rows]


def _certificates(people: Iterable[Person]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for person in people:
        for role in person.roles if person.certificate_sha256 else ():
            found.setdefault(role.value, set()).add(person.certificate_sha256)
    return found


def revoke(connection: sqlite3.Connection, device_id: str, at: datetime) -> None:
    """Shut a device out from now on; raises GatewayError `unknown_device`."""
    done = connection.execute(
        "UPDATE device SET revoked_at = coalesce(revoked_at, ?) WHERE device_id = ?", (instant(at), device_id)
    )
    if done.rowcount == 0:
        raise GatewayError(
            404, "unknown_device", "Không có thiết bị nào mang mã này. Xem danh sách bằng «vungxa-gateway report»."
        )

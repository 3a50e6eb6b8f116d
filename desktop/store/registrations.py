"""The register of the unit's signers over time: registrations and delegations, each with its end, never rewritten."""

from __future__ import annotations

import json
from collections.abc import Sequence

from desktop.dossier.people import Person, may_hold
from desktop.dossier.registration import AWAITING, Delegation, Register, Registration, Scope
from desktop.dossier.registration_form import RegisterChange
from desktop.store.clock import Clock, system_clock
from desktop.store.database import Database, Row
from desktop.store.errors import FactError
from desktop.store.journal import Journal
from desktop.store.registration_forms import TAKEN, AcceptedForm, accepted_forms

_REGISTRATIONS = """
SELECT r.*, coalesce(e.until, '') AS until FROM registrations r
LEFT JOIN registration_ends e USING (registration_id) ORDER BY r.registration_id
"""
_DELEGATIONS = """
SELECT d.*, coalesce(e.until, '') AS until FROM delegations d
LEFT JOIN delegation_ends e USING (delegation_id) ORDER BY d.delegation_id
"""
REPLACED, LEFT = "replaced", "left"
"""Reasons of an end that the program writes itself; others are in the user's words."""


class Registrations:
    """Who was registered when. `people` (UnitRecord) says who is registered now and is kept in step."""

    def __init__(self, database: Database, clock: Clock, journal: Journal) -> None:
        self._database = database
        self._clock = clock
        self._journal = journal

    def now(self) -> str:
        """Return the instant that this store would write down, for a beginning or an end that is now."""
        return self._clock()

    def register_view(self) -> Register:
        """Return the whole register as values."""
        return Register(self._people(), self.all(), self.delegations())

    def all(self) -> tuple[Registration, ...]:
        """Return every registration, the oldest first."""
        return tuple(_registration(row) for row in self._database.rows(_REGISTRATIONS))

    def delegations(self) -> tuple[Delegation, ...]:
        """Return every delegation, the oldest first."""
        return tuple(_delegation(row) for row in self._database.rows(_DELEGATIONS))

    def certificates(self) -> dict[str, bytes]:
        """Return the certificates kept in DER, by their SHA-256: from registrations and from tokens seen here."""
        rows = self._database.rows(
            "SELECT certificate_sha256, der FROM tokens_seen"
            " UNION SELECT certificate_sha256, der FROM registrations WHERE der IS NOT NULL"
        )
        return {row["certificate_sha256"]: bytes(row["der"]) for row in rows}

    def register(self, person: Person, der: bytes | None, since: str, source: str, actor: str) -> int:
        """Register a person as given from `since` (instant, "" unknown) and return the registration's number.

        Ends the same person's registration with another certificate or other roles; one that says the same already
        stays, and its number is returned. A person without a certificate is listed only (0). Raises FactError
        roles_conflict, certificate_taken, bad_since.
        """
        now = self._clock()
        if not may_hold(person.roles):
            raise FactError("roles_conflict", _CONFLICT.format(name=person.name))
        if since > now:
            raise FactError("bad_since", "Ngày bắt đầu đăng ký chưa đến. Ghi ngày hôm nay hoặc ngày trước đó.")
        with self._database.transaction():
            self._refuse_taken(person)
            self._list(person)
            mine = [item for item in self._open() if item.person_id == person.person_id]
            same = next((item for item in mine if _same(item, person, source)), None)
            for item in mine:
                if item is not same:
                    self._end(item.registration_id, max(now, item.since), REPLACED, actor)
            if same is not None or not person.certificate_sha256:
                return same.registration_id if same else 0
            return self._write(person, der, since, source, actor)

    def end(self, registration_id: int, until: str, reason: str, actor: str) -> None:
        """End a registration at an instant; the person stays listed, without a certificate.

        Raises FactError not_registered when there is none that stands, bad_until for an instant to come.
        """
        self._refuse_to_come(until)
        with self._database.transaction():
            found = next((item for item in self._open() if item.registration_id == registration_id), None)
            if found is None:
                raise FactError("not_registered", "Đăng ký này không có hoặc đã kết thúc. Xem lại danh sách người ký.")
            self._end(registration_id, until, reason, actor)
            for person in self._people():
                mine = person.person_id == found.person_id
                if mine and person.certificate_sha256 == found.certificate_sha256:
                    self._list(person.model_copy(update={"certificate_sha256": ""}))

    def leave(self, person_id: str, until: str, reason: str, actor: str) -> None:
        """Take a person off the list with every registration and delegation of theirs. Raises FactError bad_until."""
        self._refuse_to_come(until)
        with self._database.transaction():
            for item in self._open():
                if item.person_id == person_id:
                    self._end(item.registration_id, until, reason, actor)
            for given in self.delegations():
                if not given.until and person_id in (given.by_person, given.to_person):
                    self._end_delegation(given.delegation_id, until, LEFT, actor)
            self._database.run("DELETE FROM people WHERE person_id = ?", (person_id,))

    def delegate(self, delegation: Delegation, actor: str) -> int:
        """Write down a delegation and return its number; its own number and end are not read."""
        with self._database.transaction():
            number = self._database.insert(
                "delegations", role=delegation.role.value, by_person=delegation.by_person,
                to_person=delegation.to_person, document_no=delegation.document_no, valid_from=delegation.valid_from,
                valid_to=delegation.valid_to, scope=delegation.scope.model_dump_json(), at=self._clock(), actor=actor,
            )  # fmt: skip
            detail = f"{number} {delegation.role.value} {delegation.by_person} {delegation.to_person}"
            self._journal.append(actor, "delegate", None, detail)
        return number

    def end_delegation(self, delegation_id: int, until: str, reason: str, actor: str) -> None:
        """End a delegation at an instant. Raises FactError no_delegation when none stands, bad_until."""
        self._refuse_to_come(until)
        with self._database.transaction():
            if not any(item.delegation_id == delegation_id and not item.until for item in self.delegations()):
                raise FactError("no_delegation", "Ủy quyền này không có hoặc đã kết thúc. Xem lại danh sách ủy quyền.")
            self._end_delegation(delegation_id, until, reason, actor)

    def waiting_forms(self) -> list[AcceptedForm]:
        """Return the accepted Mẫu 24 that name somebody of whom no certificate is known here."""
        return [item for item in accepted_forms(self._database, self.register_view()) if item.unknown]

    def take_forms(self, actor: str = "") -> None:
        """Bring every accepted Mẫu 24 into the register, in the order of their acceptance.

        What it says of somebody unknown waits, and the form with it, until that person is known or a later form is
        accepted. Doing it again changes nothing.
        """
        with self._database.transaction():
            while forms := list(accepted_forms(self._database, self.register_view())):
                for change in forms[0].changes:
                    self._take(change, forms[0], actor)
                if forms[0].unknown and len(forms) == 1:
                    return
                self._journal.append(actor, TAKEN, forms[0].package_id, forms[0].number)

    def _take(self, change: RegisterChange, form: AcceptedForm, actor: str) -> None:
        now = self._clock()
        since = min(form.at, now)
        for person in change.joins:
            self.register(person, None, since, form.package_id, actor)
        for number in change.ended:
            self._end_delegation(number, now, REPLACED, actor)
        for item in change.delegations:
            self.delegate(item, actor)
        for person in change.retires:
            stays = person.roles or any(item.to_person == person.person_id for item in change.delegations)
            if stays:
                self.register(person, None, since, form.package_id, actor)
            else:
                self.leave(person.person_id, now, REPLACED, actor)

    def keep_in_step(self, people: Sequence[Person]) -> None:
        """Follow a list of people that replaced the one before: new ones begin, others end; called by UnitRecord."""
        first = not self._database.value("SELECT 1 FROM registrations")
        wanted = {person.person_id: person for person in people if person.certificate_sha256}
        now, standing = self._clock(), self._open()
        for item in standing:
            person = wanted.get(item.person_id)
            if person is None or not _same(item, person, item.source):
                self._end(item.registration_id, max(now, item.since), REPLACED if person else LEFT, "")
        for person in wanted.values():
            if not any(item.person_id == person.person_id and _same(item, person, item.source) for item in standing):
                self._write(person, None, "" if first else now, "unit", "")

    def _open(self) -> list[Registration]:
        return [item for item in self.all() if not item.until]

    def _people(self) -> tuple[Person, ...]:
        rows = self._database.rows("SELECT body FROM people ORDER BY position")
        return tuple(Person.model_validate_json(row["body"]) for row in rows)

    def _list(self, person: Person) -> None:
        self._database.run(
            "INSERT INTO people SELECT ?, coalesce(max(position) + 1, 0), ? FROM people WHERE true"
            " ON CONFLICT (person_id) DO UPDATE SET body = excluded.body",
            (person.person_id, person.model_dump_json()),
        )

    def _write(self, person: Person, der: bytes | None, since: str, source: str, actor: str) -> int:
        number = insert(self._database, person, der, since, source, self._clock(), actor)
        roles = ",".join(person.roles)
        self._journal.append(
            actor, "register_person", None, f"{number} {person.person_id} {roles} {person.certificate_sha256}"
        )
        return number

    def _end(self, registration_id: int, until: str, reason: str, actor: str) -> None:
        self._database.insert(
            "registration_ends", registration_id=registration_id, until=until, reason=reason, at=self._clock(),
            actor=actor,
        )  # fmt: skip
        self._journal.append(actor, "end_registration", None, f"{registration_id} {until}")

    def _end_delegation(self, delegation_id: int, until: str, reason: str, actor: str) -> None:
        self._database.insert(
            "delegation_ends", delegation_id=delegation_id, until=until, reason=reason, at=self._clock(), actor=actor
        )
        self._journal.append(actor, "end_delegation", None, f"{delegation_id} {until}")

    def _refuse_taken(self, person: Person) -> None:
        for item in self._open() if person.certificate_sha256 else ():
            if item.certificate_sha256 == person.certificate_sha256 and item.person_id != person.person_id:
                raise FactError(
                    "certificate_taken",
                    f"Chứng thư này đã đăng ký cho {item.name}. Chọn chứng thư của chính người đang thêm.",
                )

    def _refuse_to_come(self, until: str) -> None:
        if until > self._clock():
            raise FactError("bad_until", "Ngày kết thúc chưa đến. Ghi ngày hôm nay hoặc ngày trước đó.")


_CONFLICT = (
    "{name} không thể vừa giữ hai chức danh ký nối nhau trên một hồ sơ (người lập, kế toán trưởng, thủ trưởng hoặc chủ "
    "tài khoản). Chọn lại chức danh."
)

_REPLACED_BEFORE = """
SELECT t.person_id, t.name, t.certificate_sha256, t.roles, max(g.at) AS until FROM submission_steps t
JOIN signatures g ON g.submission_id = t.submission_id AND g.step = t.step
GROUP BY t.person_id, t.certificate_sha256, t.roles ORDER BY until
"""


def register_all(database: Database) -> None:
    """Write registrations for the people that are there, and for those who signed before them (schema step 5)."""
    now, people = system_clock(), database.rows("SELECT body FROM people ORDER BY position")
    present = [Person.model_validate_json(row["body"]) for row in people]
    for person in present:
        if person.certificate_sha256:
            insert(database, person, None, "", "unit", now, "")
    held = {(person.certificate_sha256, role) for person in present for role in person.roles}
    for row in database.rows(_REPLACED_BEFORE):
        person = Person.model_validate({**_named(row), "person_id": row["person_id"]})
        if not {(person.certificate_sha256, role) for role in person.roles} <= held:
            number = insert(database, person, None, "", "unit", now, "")
            database.insert(
                "registration_ends", registration_id=number, until=row["until"], reason=REPLACED, at=now, actor=""
            )


def insert(database: Database, person: Person, der: bytes | None, since: str, source: str, at: str, actor: str) -> int:
    """Write one registration and return its number; call it inside a transaction."""
    return database.insert(
        "registrations", person_id=person.person_id, name=person.name, roles=json.dumps(list(person.roles)),
        certificate_sha256=person.certificate_sha256, der=der, since=since, source=source, at=at, actor=actor,
    )  # fmt: skip


def _same(item: Registration, person: Person, source: str) -> bool:
    told = (item.name, item.roles, item.certificate_sha256) == (person.name, person.roles, person.certificate_sha256)
    return told and (item.source == AWAITING) == (source == AWAITING)


def _named(row: Row) -> dict[str, object]:
    return {
        "name": row["name"],
        "roles": json.loads(row["roles"]),
        "certificate_sha256": row["certificate_sha256"],
    }


def _registration(row: Row) -> Registration:
    names = ("registration_id", "person_id", "since", "until", "source")
    return Registration.model_validate({**{name: row[name] for name in names}, **_named(row)})


def _delegation(row: Row) -> Delegation:
    names = ("delegation_id", "role", "by_person", "to_person", "document_no", "valid_from", "valid_to", "until")
    scope = Scope.model_validate_json(row["scope"])
    return Delegation.model_validate({**{name: row[name] for name in names}, "scope": scope})

"""Give a salvaged store back who signs and who may open it, where their rows are gone, for somebody must go on."""

from __future__ import annotations

import json
from collections.abc import Iterable

from desktop.dossier.duties import Duty
from desktop.dossier.people import Person, Role
from desktop.store.database import Database
from desktop.store.envelope import SlotView

NAMELESS = Person(person_id="p1", name="Chưa rõ tên", roles=(Role.PREPARER,))
_SIGNERS = """
SELECT r.person_id, r.name, r.roles, r.certificate_sha256 FROM registrations r
WHERE r.registration_id NOT IN (SELECT registration_id FROM registration_ends)
    AND r.person_id NOT IN (SELECT person_id FROM people) GROUP BY r.person_id ORDER BY r.registration_id
"""
_LAST_WORD = """
SELECT detail FROM journal WHERE action IN ('user_add', 'user_change') AND substr(detail, 1, length(:start)) = :start
ORDER BY seq DESC LIMIT 1
"""


def signers_again(database: Database) -> None:
    """List who is registered to sign; without anybody somebody nameless, for a store needs one to open."""
    found = [_signer(row) for row in database.rows(_SIGNERS)]
    if not found and not database.value("SELECT 1 FROM people"):
        found = [NAMELESS]
    first = int(database.value("SELECT coalesce(max(position) + 1, 0) FROM people"))
    for position, person in enumerate(found, first):
        database.insert("people", person_id=person.person_id, position=position, body=person.model_dump_json())


def _signer(row: dict[str, str]) -> Person:
    return Person(
        person_id=row["person_id"], name=row["name"], roles=tuple(json.loads(row["roles"])),
        certificate_sha256=row["certificate_sha256"],
    )  # fmt: skip


def users_again(database: Database, slots: Iterable[SlotView], at: str) -> None:
    """Give everybody whose secret opens the store a row again, with the duties that the journal told of last.

    Whose duties nobody told may only look; they are administrators where nobody else is, for somebody must be.
    """
    rows = database.rows("SELECT user_id, duties, disabled_at FROM users WHERE removed_at = ''")
    known = {str(row["user_id"]) for row in database.rows("SELECT user_id FROM users")}
    names = {slot.user: slot.name for slot in slots if slot.enabled and slot.user and slot.user not in known}
    told = {user: _told(database, user) for user in names}
    duties = [
        *(json.loads(row["duties"]) for row in rows if not row["disabled_at"]),
        *(t[0] for t in told.values() if t),
    ]
    fallback = Duty.VIEWER if any(Duty.ADMINISTRATOR in some for some in duties) else Duty.ADMINISTRATOR
    for position, (user, name) in enumerate(names.items(), len(known) + 1):
        some, person = told[user] or ([fallback], "")
        database.insert(
            "users", user_id=user, name=name or user, duties=json.dumps(some), person_id=person, position=position,
            created_at=at,
        )  # fmt: skip


def _told(database: Database, user: str) -> tuple[list[str], str] | None:
    """Read duties and signer out of «u1: preparer, administrator; p3», as `Users.save` writes it."""
    detail = database.value(_LAST_WORD, {"start": f"{user}: "})
    if detail is None:
        return None
    duties, _, person = str(detail).removeprefix(f"{user}: ").rpartition("; ")
    return duties.split(", "), "" if person == "-" else person

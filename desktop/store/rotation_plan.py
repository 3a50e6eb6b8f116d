"""A rotation under way, as it lies beside the store: the next envelope, and the salt by which its database is known.

The database begins with its salt, so its file alone tells whether the rename that commits a rotation has happened; what
is left to do after it needs no key.
"""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from desktop.store.database import salt_of
from desktop.store.durable import publish, sync_folder, write_file
from desktop.store.envelope import MAX_BYTES, Envelope, decode, encode, write_envelope
from desktop.store.errors import fault, in_words

PLAN = "rotation.json"
NEXT = ".next"
DATABASE_FILE = "unit.vx"
KEYS_FILE = "keys.json"
ARCHIVES = "archive-*.vx"
QUEUE_FILE = "queue.vx"
_QUEUES = f"*{QUEUE_FILE}*"
"""The queue of a locked program, and those that could not be read and were set aside."""


class Plan(BaseModel):
    """`envelope` as `encode` writes it; `salt` is what the rotated database will begin with, hex."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    envelope: str = Field(max_length=2 * MAX_BYTES)
    salt: str = Field(pattern=r"^[0-9a-f]{32}$")


def pending(folder: Path) -> bool:
    """Tell whether a rotation was begun and is not done."""
    return (folder / PLAN).exists()


def write_plan(folder: Path, envelope: Envelope, salt: bytes) -> None:
    """Write down what is about to happen, durably."""
    plan = Plan(envelope=encode(envelope).decode(), salt=salt.hex())
    with in_words():
        write_file(folder / PLAN, plan.model_dump_json().encode())


def finish(folder: Path) -> bool:
    """Do what is left once the new database has its name: archives, envelope, and the plan goes. True when it was so.

    Queues go too: what is in them is in the store, and only the key that nobody may use any more opens them.
    Can be cut short and done again at any point; without a plan, or before the commit, nothing happens.
    """
    plan = _read(folder)
    envelope = decode(plan.envelope.encode()) if plan else None
    if plan is None or envelope is None or salt_of(folder / DATABASE_FILE).hex() != plan.salt:
        return False
    with in_words():
        for path in folder.glob(ARCHIVES + NEXT):
            publish(path, path.with_suffix(""))
    write_envelope(folder / KEYS_FILE, envelope)
    with in_words():
        for path in folder.glob(_QUEUES):
            path.unlink(missing_ok=True)
    discard(folder)
    return True


def sweep(folder: Path) -> None:
    """Remove the files that were being made."""
    with in_words():
        for path in folder.glob("*" + NEXT + "*"):
            path.unlink(missing_ok=True)
        sync_folder(folder)


def discard(folder: Path) -> None:
    """Remove the files that were being made, and then the plan: nothing is wanted any more."""
    sweep(folder)
    with in_words():
        (folder / PLAN).unlink(missing_ok=True)
        sync_folder(folder)


def _read(folder: Path) -> Plan | None:
    try:
        with (folder / PLAN).open("rb") as stream:
            return Plan.model_validate_json(stream.read(4 * MAX_BYTES))
    except (FileNotFoundError, ValueError):
        return None
    except OSError as error:
        raise fault("cannot_open") from error

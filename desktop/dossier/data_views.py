"""What is said of the state of the unit's data: damage found, checks made.

Instants are ISO-8601 UTC with "Z", times milliseconds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

DamageKind = Literal["pages", "structure", "journal", "seal", "attachment", "dossier", "package", "schema", "archive"]
"""What is hurt; `pages` are pages of unit.vx that no dossier could be named for."""


@dataclass(frozen=True)
class Damage:
    """One thing that is hurt: `where` a page, table, entry, file or package; `dossiers` the local ids it touches.

    `sentence` says in Vietnamese what is hurt, what is not, and what to do next.
    """

    kind: DamageKind
    where: str
    sentence: str
    dossiers: tuple[str, ...] = ()


@dataclass(frozen=True)
class CheckView:
    """One check that was made; sound when `found` is empty."""

    kind: Literal["start", "full", "upgrade", "restore"]
    at: str
    took_ms: int
    found: tuple[Damage, ...]


@dataclass(frozen=True)
class ArchivedYear:
    """A year put away: its file beside the store, how many dossiers and bytes, when and by whom.

    `actor` is a person_id or user_id, on screen their name.
    """

    year: int
    file: str
    dossiers: int
    size: int
    at: str
    actor: str


@dataclass(frozen=True)
class Room:
    """What the unit's data is and takes: step of its schema, number of attachments, bytes; `free` on its disk."""

    schema: int
    database: int
    attachments: int
    attachments_size: int
    archives_size: int
    free: int


@dataclass(frozen=True)
class DataView:
    """The section «Dữ liệu» of the settings; a check that was never made is None, `due` when the full one is to be.

    `years` were put away, the newest first; `closed` are years and how many dossiers each could put away now.
    """

    start: CheckView | None
    full: CheckView | None
    due: bool
    years: tuple[ArchivedYear, ...] = ()
    closed: tuple[tuple[int, int], ...] = ()
    room: Room | None = None
    program: str = ""

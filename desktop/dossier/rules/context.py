"""What a check may know besides the document itself; every part may be missing and is then not judged."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.dossier.catalogues import PACKAGED, Catalogues
from desktop.dossier.document import Document
from desktop.dossier.ledger import Ledger
from desktop.dossier.people import Person, Role, Unit


@dataclass(frozen=True)
class CheckContext:
    """Surroundings of a check: the day ("YYYY-MM-DD"), the unit, its people and book, the dossier's other documents.

    None means "not known". `siblings` is () when the document is known to be alone in its dossier.
    `catalogues` are the code lists in force for the unit.
    """

    today: str | None = None
    unit: Unit | None = None
    people: tuple[Person, ...] | None = None
    ledger: Ledger | None = None
    siblings: tuple[Document, ...] | None = None
    catalogues: Catalogues = PACKAGED
    delegated: frozenset[Role] = frozenset()
    """Titles under which somebody may sign today in their holder's place."""

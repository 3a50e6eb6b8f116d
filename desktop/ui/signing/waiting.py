"""What waits for whose signature, read at once on another thread."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from desktop.dossier.handover_views import HandoverLine
from desktop.dossier.people import Person
from desktop.dossier.sign_views import SignItem
from desktop.ui.services import Services


@dataclass(frozen=True)
class Waiting:
    """Dossiers by signer, those that travel between machines, and what to warn of."""

    items: Mapping[str, Sequence[SignItem]]
    lines: Sequence[HandoverLine] = ()
    warnings: Sequence[str] = ()

    def out(self) -> list[HandoverLine]:
        """Give the dossiers that another machine has."""
        return [line for line in self.lines if line.kind == "out" and not line.guest]

    def guests(self) -> int:
        """Give how many dossiers of other machines are here and not back yet."""
        return sum(line.guest and line.waiting for line in self.lines)

    def away(self) -> dict[str, str]:
        """Give the words about each dossier that another machine has."""
        return {line.local_id: line.words for line in self.out()}


def read_waiting(services: Services, people: Iterable[Person]) -> Waiting:
    """Read all of it; slow where a thousand dossiers wait."""
    lines = services.handover.lines() if services.handover is not None else ()
    items = {person.person_id: services.signing.items(person.person_id) for person in people}
    return Waiting(items, lines, services.warnings())

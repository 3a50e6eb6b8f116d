"""Begin a dossier by its purpose, say what it still lacks, and answer its questions again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from desktop.desk.allowing import needs, reading
from desktop.desk.drafting import Drafting
from desktop.dossier import beginning
from desktop.dossier.circumstances import facts_of
from desktop.dossier.document import Dossier
from desktop.dossier.duties import Act
from desktop.dossier.pack import under
from desktop.dossier.procedures import Component, components, procedures
from desktop.dossier.purposes import Plan, plan


class Creating(Drafting):
    """Makes drafts from plain words."""

    @reading
    def plan(self, purpose: str, answers: Mapping[str, str]) -> Plan:
        """What a purpose comes to; nothing is made. Raises PurposeError."""
        return plan(purpose, answers)

    @needs(Act.DRAFT)
    def create_for(self, purpose: str, answers: Mapping[str, str] | None = None) -> str:
        """Makes a draft for a purpose, its forms begun, and gives its local_id. Raises PurposeError."""
        context = self._context
        with under(context.pack()):
            begun = beginning.begin(plan(purpose, answers or {}), context.store.unit.get(), context.today())
        return self._new(begun)

    @needs(Act.DRAFT)
    def create_dossier(self, purpose: str, answers: Mapping[str, str] | None = None) -> Dossier:
        """The same, giving the draft itself."""
        return self._context.store.drafts.get(self.create_for(purpose, answers))

    @reading
    def components(self, dossier: Dossier) -> Sequence[Component]:
        """Every component of the dossier's case as it stands; () while nobody said which case it is."""
        store = self._context.store
        ledger = store.ledger(exclude=dossier.local_id, replaces=dossier.replaces)
        with under(dossier.pack):
            if dossier.case not in procedures().cases:
                return ()
            return components(dossier.case, facts_of(dossier, store.unit.get(), ledger))

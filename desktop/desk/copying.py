"""Make this month's dossier from an earlier one, and say what differs before anybody signs."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.desk.allowing import needs, reading
from desktop.desk.drafting import Drafting
from desktop.dossier.copies import CopyOptions, copy_of
from desktop.dossier.differences import Difference, differences
from desktop.dossier.document import Dossier
from desktop.dossier.duties import Act
from desktop.dossier.migrate import carry_over
from desktop.dossier.pack import under
from desktop.store.errors import StoreError


class Copying(Drafting):
    """Copies dossiers from month to month."""

    @needs(Act.DRAFT)
    def copy_month(self, local_id: str, options: CopyOptions | None = None) -> str:
        """Makes a draft like an earlier dossier, for a later month, and gives its local_id. Raises StoreError."""
        context = self._context
        source = context.store.drafts.get(local_id)
        with under(source.pack):
            made = copy_of(source, context.store.unit.get(), context.today(), options or CopyOptions(), self._taken)
        return self._new(made, source.pack)

    @reading
    def differences(self, dossier: Dossier) -> Sequence[Difference]:
        """What differs from the dossier it was made from; () when it was made from none, or that one is gone."""
        if dossier.copied_from is None:
            return ()
        try:
            source = self._context.store.drafts.get(dossier.copied_from)
        except StoreError as error:
            if error.code != "not_found":
                raise
            return ()
        with under(dossier.pack) as pack:
            return differences(dossier, carry_over(source, pack.version).dossier)

    def _taken(self, form: str, number: str) -> bool:
        found = self._context.store.drafts.naming(number)
        return any(
            it.form == form and it.fields.get("document_no") == number for item in found for it in item.documents
        )

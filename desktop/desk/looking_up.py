"""Code lists at the desk: those in force, and what the unit's own dossiers held where nobody gave us a list."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.desk.allowing import reading
from desktop.desk.context import DeskContext
from desktop.dossier.catalogues import NAMES
from desktop.dossier.currencies import CURRENCIES
from desktop.dossier.used_values import HABITS, forms_with, matching, used
from desktop.dossier.views import Found

LOOKUP_LIMIT = 60
_LATEST = 200
"""So many dossiers back a unit's habits are looked for: about half a year of a commune's."""


class LookingUp:
    """Answers the code list under a blank; reads of the GUI thread, well under 100 ms."""

    def __init__(self, context: DeskContext) -> None:
        self._context = context

    @reading
    def lookup(self, name: str, text: str) -> Sequence[Found]:
        """Codes by code or name, diacritics not needed; of the economic items only those a voucher may carry.

        () for a list that nobody gave us (tài khoản kế toán, cơ quan thu …).
        """
        if name == "currency":
            return matching((Found(item.code, item.name) for item in CURRENCIES.values()), text, LOOKUP_LIMIT)
        if name not in NAMES:
            return ()
        hits = self._context.store.catalogues.in_force().get(name).search(text, LOOKUP_LIMIT)
        return [Found(entry.code, entry.name) for entry in hits if entry.level != "muc"]

    @reading
    def written_before(self, name: str) -> Sequence[Found]:
        """What the unit's latest dossiers hold in blanks of a list, most used first, the unit's own leading.

        () for lists that are long and sure enough without (mục, nguồn, xã …).
        """
        if name not in HABITS:
            return ()
        unit = self._context.store.unit.get()
        own = {
            "unit_account": [
                Found(unit.estimate_account, "Tài khoản dự toán"),
                Found(unit.deposit_account, "Tài khoản tiền gửi"),
            ],
            "budget_unit": [Found(unit.code, unit.name)],
            "treasury": [Found(unit.treasury_code, unit.treasury_name)],
        }.get(name, [])
        before = used(name, self._context.store.drafts.latest(forms_with(name), _LATEST))
        told = {value for found in own for value in (found.code, found.name)}
        return [*own, *(found for found in before if (found.code or found.name) not in told)]

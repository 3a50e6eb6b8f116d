"""Carries out the repair a person chose: one undo step each, told with a way back."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from desktop.dossier.document import Row
from desktop.dossier.payee_repairs import Repair, applied
from desktop.ui.context import Context
from desktop.ui.editor.draft import Draft


class Repairing:
    """Writes repairs into the lines of one list of the draft."""

    def __init__(self, context: Context, draft: Draft, rows: Callable[[], Sequence[Row]]) -> None:
        self._context, self._draft, self._rows = context, draft, rows

    def write(self, place: int, table: str, chosen: Sequence[Repair]) -> None:
        """Write repairs as one step; what was changed since they were offered is left alone."""
        before = self._rows()
        after = applied(before, chosen)
        changed = [index for index, (old, new) in enumerate(zip(before, after, strict=True)) if old != new]
        if not changed:
            return
        self._draft.set_rows(place, table, after)
        self._draft.check()
        self._context.bus.said.emit(_said(chosen, changed), self._draft.undo)


def _said(chosen: Sequence[Repair], changed: Sequence[int]) -> str:
    if len(chosen) == 1:
        return f"Dòng {changed[0] + 1}: {chosen[0].shown}."
    return f"Máy đã sửa {len(chosen)} chỗ ở {len(changed)} dòng. Xem lại từng dòng."

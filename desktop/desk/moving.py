"""Drafts of an older form pack: carried over when they are opened, refused where a form of theirs is gone."""

from __future__ import annotations

from desktop.desk.allowing import reading
from desktop.desk.context import DeskContext
from desktop.desk.errors import DeskError
from desktop.dossier.document import Dossier
from desktop.dossier.migrate import Migration, carry_over


class Moving:
    """What the window asks before it shows a draft."""

    def __init__(self, context: DeskContext) -> None:
        self._context = context

    @reading
    def moved(self, dossier: Dossier) -> Migration | None:
        """The draft under the form pack in force with what changed; None when it is there already.

        One with a form that the pack has no more stays whole as it is, and the changes name that form.
        Raises PackError unknown_pack.
        """
        pack = self._context.pack()
        if dossier.pack == pack:
            return None
        done = carry_over(dossier, pack)
        gone = tuple(change for change in done.changes if change.kind == "form_gone")
        return Migration(dossier, gone) if gone else done


def refuse_old(dossier: Dossier, pack: str) -> None:
    """Raises DeskError pack_changed for a draft of another form pack than the one in force: nobody saw it in that."""
    if dossier.pack == pack:
        return
    gone = [change.message for change in carry_over(dossier, pack).changes if change.kind == "form_gone"]
    told = gone or [f"Hồ sơ còn theo bộ mẫu {dossier.pack}. Mở lại hồ sơ để chuyển sang bộ mẫu {pack}."]
    raise DeskError("pack_changed", told[0])

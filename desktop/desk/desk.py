"""The desk as the window sees it: one object for one thread, made of the use cases."""

from __future__ import annotations

from desktop.desk.beneficiaries import Beneficiaries
from desktop.desk.context import DeskContext
from desktop.desk.copying import Copying
from desktop.desk.creating import Creating
from desktop.desk.importing import Importing
from desktop.desk.lists import Lists
from desktop.desk.looking_up import LookingUp
from desktop.desk.paper_filing import PaperFiling
from desktop.desk.papers import Papers
from desktop.desk.submitting import Submitting
from desktop.desk.treasury_papers import TreasuryPapers


class Desk(
    Lists, LookingUp, Creating, Copying, Importing, Beneficiaries, Submitting, Papers, PaperFiling, TreasuryPapers
):
    """Drafts, lists, checks, submission and paper of one unit (the window's DeskService)."""

    def __init__(self, context: DeskContext) -> None:
        super().__init__(context)
        self._context = context

"""«In bộ giấy»: prints a whole dossier for the counter and records that it went on paper (NĐ 347 Điều 3.2)."""

from __future__ import annotations

from pathlib import Path

from desktop.desk import checking
from desktop.desk.allowing import needs
from desktop.desk.context import DeskContext
from desktop.desk.errors import DeskError
from desktop.desk.output import write_whole
from desktop.desk.pictures import pictures
from desktop.dossier.descriptor import NamedBytes
from desktop.dossier.duties import Act
from desktop.dossier.pack import under
from desktop.exchange.paper_pack import print_pack

SHORTEST_REASON = 10
LONGEST_REASON = 300
"""Letters: a reason is a sentence, and it stands on the cover."""

ELECTRONIC = frozenset({"R-002", "R-020", "R-900"})
"""Rules that stand in the way of a dossier on the line only: state secrets, certificates, files too large to travel."""


class PaperFiling:
    """Takes a dossier off the electronic way and onto paper."""

    def __init__(self, context: DeskContext) -> None:
        self._context = context

    @needs(Act.SUBMIT)
    def file_on_paper(self, local_id: str, path: Path, reason: str) -> int:
        """Writes the pack and freezes the dossier as handed in on paper, both or neither; gives the number of pages.

        Raises DeskError reason_missing, has_errors, not_writable; FactError already_sealed, already_on_paper,
        number_used, already_replaced; PrintError; StoreError.
        """
        store, context = self._context.store, self._context
        words = " ".join(reason.split())
        if not SHORTEST_REASON <= len(words) <= LONGEST_REASON:
            raise DeskError(
                "reason_missing",
                f"Ghi vì sao phải nộp giấy ({SHORTEST_REASON}–{LONGEST_REASON} ký tự), ví dụ «Mất mạng từ 20/11».",
            )
        with store.transaction():
            dossier = store.drafts.get(local_id)
            if store.paper_filings.reason(local_id) is None and not store.submissions.steps(local_id):
                found = checking.check(context, dossier)
                checking.refuse_errors(problem for problem in found if problem.rule not in ELECTRONIC)
            with under(dossier.pack):
                images = {name: data for one in dossier.documents for name, data in pictures(store, one).items()}
            pack = print_pack(dossier, store.unit.get(), words, context.today(), images)
            content = NamedBytes("bo-giay.pdf", "application/pdf", pack.pdf)
            store.paper_filings.file(local_id, content, words, context.user.person_id)
            write_whole(path, pack.pdf)
        return pack.pages

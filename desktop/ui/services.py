"""What the window asks of the rest of the program; it knows nothing else of store, token or network.

Errors meant for people are VungXaError (code, Vietnamese message); anything else is a defect.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from desktop.dossier.copies import CopyOptions
from desktop.dossier.differences import Difference
from desktop.dossier.document import Attachment, Document, Dossier, Problem
from desktop.dossier.import_views import ImportReport, Told
from desktop.dossier.list_views import ListProposal, ListTaken, PayeeMark
from desktop.dossier.migrate import Migration
from desktop.dossier.paper_views import NoticeRow, PaperView
from desktop.dossier.people import Person, Unit
from desktop.dossier.people_views import StepChoice
from desktop.dossier.procedures import Component
from desktop.dossier.views import (
    DossierDetail,
    DossierRow,
    EstimateView,
    Found,
    ListTotals,
    RowQuery,
)
from desktop.ui.balances.services import BookService
from desktop.ui.delivery.services import DeliveryService as DeliveryService
from desktop.ui.editor.scan_service import ScanService
from desktop.ui.find_service import FindService as FindService
from desktop.ui.picture import Picture
from desktop.ui.settings.services import SettingsServices
from desktop.ui.signing.services import HandoverService, SigningService
from desktop.ui.switch_unit import UnitsService


class DeskService(Protocol):
    """Drafts, lists and look-ups. Called on the GUI thread, under 100 ms each, except where «slow» is said.

    Slow calls run on a background thread and must bring their own store connection.
    """

    def unit(self) -> Unit:
        """Give the unit whose store is open."""
        ...

    def people(self) -> Sequence[Person]:
        """Give the unit's registered people."""
        ...

    def user(self) -> Person:
        """Give who unlocked the store."""
        ...

    def office(self) -> str:
        """Say as what they are at the desk: their office, else their duties; "" for neither."""
        ...

    def may(self, act: str) -> bool:
        """Tell whether they may do this, by the value of an Act; the desk refuses the rest whatever is shown."""
        ...

    def rows(self, query: RowQuery) -> Sequence[DossierRow]:
        """Give the window `offset`..`offset + limit` of the list."""
        ...

    def totals(self, query: RowQuery) -> ListTotals:
        """Give how many dossiers match, ignoring offset and limit, and their sum."""
        ...

    def counts(self) -> Mapping[str, int]:
        """Give the number on each chip, keyed by ListFilter value."""
        ...

    def detail(self, local_id: str) -> DossierDetail:
        """Give all the detail pane shows."""
        ...

    def dossier(self, local_id: str) -> Dossier:
        """Give the draft, or the frozen dossier once it was submitted."""
        ...

    def moved(self, dossier: Dossier) -> Migration | None:
        """Give a draft under the form pack in force with what changed; None when it is there already."""
        ...

    def save(self, dossier: Dossier) -> str:
        """Save a draft durably and give the instant of it."""
        ...

    def history(self, local_id: str) -> tuple[Sequence[Dossier], int]:
        """Give the undo steps of a draft kept from before, oldest first, and which of them it stands on."""
        ...

    def keep_history(self, local_id: str, moves: Sequence[tuple[str, Dossier]]) -> None:
        """Keep what was done and undone: ("opened", "new", "back" or "forward", the dossier after it), in order."""
        ...

    def create(self, form_ref: str) -> str:
        """Make a draft with one blank form, what is known filled in, and give its local_id."""
        ...

    def create_for(self, purpose: str, answers: Mapping[str, str] | None = None) -> str:
        """Make a draft for a purpose in plain words, its forms begun, and give its local_id."""
        ...

    def components(self, dossier: Dossier) -> Sequence[Component]:
        """Give every component of a dossier's case as it stands; () while nobody said which case it is."""
        ...

    def copy_month(self, local_id: str, options: CopyOptions | None = None) -> str:
        """Make a draft like an earlier dossier for a later month and give its local_id."""
        ...

    def differences(self, dossier: Dossier) -> Sequence[Difference]:
        """Give what differs from the dossier it was made from; () when there is none."""
        ...

    def blank_document(self, form_ref: str) -> Document:
        """Give a blank form to add to a draft, what is known filled in."""
        ...

    def copy(self, local_id: str) -> str:
        """Make a new draft with the same content and give its local_id."""
        ...

    def correct(self, local_id: str) -> str:
        """Make a draft that replaces a returned or refused dossier and give its local_id."""
        ...

    def check(self, dossier: Dossier) -> Sequence[Problem]:
        """Check a dossier as it stands, saved or not, by the Treasury's rules."""
        ...

    def candidates(self, local_id: str) -> Sequence[StepChoice]:
        """Give who may sign each step of a draft today, the one who signs when nothing is chosen first."""
        ...

    def submit(self, local_id: str, acknowledged: Sequence[str] = (), signers: Mapping[int, str] | None = None) -> None:
        """Freeze a checked draft for signing; `acknowledged` are the messages of the warnings the user saw.

        `signers` names a person by the order of the step they sign. Raises VungXaError when errors remain.
        """
        ...

    def withdraw(self, local_id: str) -> None:
        """Take an unsealed dossier back to draft; its signatures lapse."""
        ...

    def delete(self, local_id: str) -> None:
        """Put a draft away; `undelete` brings it back."""
        ...

    def undelete(self, local_id: str) -> None:
        """Bring a deleted draft back."""
        ...

    def estimate(self, dossier: Dossier) -> EstimateView | None:
        """Give the estimate line the dossier draws on, without the dossier itself; None when there is none."""
        ...

    def estimates(self) -> Sequence[EstimateView]:
        """Give every line of the unit's estimate."""
        ...

    def lookup(self, catalogue: str, text: str) -> Sequence[Found]:
        """Find codes by code or name, diacritics not needed, best first, at most a screenful."""
        ...

    def written_before(self, catalogue: str) -> Sequence[Found]:
        """Give what the unit's latest dossiers hold in blanks of a code list, most used first; it may lack codes."""
        ...

    def import_file(self, path: Path) -> str:
        """Make a draft from a voucher of another program and give its local_id. Slow."""
        ...

    def import_files(
        self, paths: Iterable[Path], *, told: Told | None = None, stopped: Callable[[], bool] = lambda: False
    ) -> Sequence[ImportReport]:
        """Make a draft of every voucher among files and folders, and say what became of each file. Slow."""
        ...

    def export_reports(self, path: Path, reports: Sequence[ImportReport]) -> None:
        """Write what became of files to a spreadsheet. Slow."""
        ...

    def propose_list(self, path: Path, form_ref: str, letters: str = "") -> ListProposal:
        """Read a spreadsheet as lines of a form, for a person to confirm; `letters` is what they picked. Slow."""
        ...

    def take_list(self, proposal: ListProposal, columns: Mapping[int, str]) -> ListTaken:
        """Read the rows by the columns confirmed, and remember them for the next list of this source. Slow."""
        ...

    def payee_marks(self, dossier: Dossier, place: int) -> Sequence[PayeeMark]:
        """Give how each row of a list of payees stands to what was paid before."""
        ...

    def acknowledge_payee(self, account_no: str, name: str, signed: str) -> None:
        """Let the user stand for a payee that changed; `signed` is their own name as typed.

        Raises VungXaError not_your_name, no_payee.
        """
        ...

    def export_list(self, path: Path, document: Document) -> None:
        """Write the lines of a list to a spreadsheet. Slow."""
        ...

    def attach(self, path: Path) -> Attachment:
        """Take a file into the encrypted store; the caller adds it to a draft. Slow."""
        ...

    def preview(self, document: Document, width: int, pack: str | None = None) -> Sequence[Picture]:
        """Draw the paper as it will be signed, `width` pixels wide; `pack` is the dossier's form pack. Slow."""
        ...

    def preview_attachment(self, attachment: Attachment, width: int) -> Sequence[Picture]:
        """Draw the pages of an attached PDF or picture; empty when it has none to draw. Slow."""
        ...

    def write_pdf(self, local_id: str, path: Path) -> None:
        """Write the forms of a dossier as one PDF, to print. Slow."""
        ...

    def file_on_paper(self, local_id: str, path: Path, reason: str) -> int:
        """Write a dossier's pack of paper and record it as handed in that way; give the number of its pages. Slow."""
        ...

    def notices(self, text: str = "", sort: str = "at", *, descending: bool = True) -> Sequence[NoticeRow]:
        """Give papers and refunds that others wrote; every word of `text` matches, diacritics not needed."""
        ...

    def write_paper(self, paper: PaperView, path: Path) -> None:
        """Write one such paper as a PDF. Slow."""
        ...

    def export_notices(self, path: Path, rows: Sequence[NoticeRow]) -> None:
        """Write these lines of the list to a spreadsheet. Slow."""
        ...

    def export_rows(self, path: Path, query: RowQuery) -> None:
        """Write the whole list that matches to a spreadsheet. Slow."""
        ...


@dataclass(frozen=True)
class Services:
    """What the window is built with; `lock` hides everything and asks for the password again."""

    desk: DeskService
    signing: SigningService
    delivery: DeliveryService
    lock: Callable[[], None]
    news: Callable[[], Sequence[tuple[str, bool]]] = tuple
    """What is new of form packs since last asked: a sentence, and whether it is bad news."""
    handover: HandoverService | None = None
    """Hand-over between machines; None where the window runs without it."""
    warnings: Callable[[], Sequence[str]] = tuple
    """What to warn of where people sign, a sentence or two each: time-stamps that are late, certificates that end.

    Slow.
    """
    settings: SettingsServices | None = None
    """The place «Danh mục & cài đặt»; None where the window runs without it."""
    find: FindService | None = None
    """Search over everything; None where the window runs without it."""
    scans: ScanService | None = None
    """Scans made smaller; None where the window runs without it."""
    units: UnitsService | None = None
    """The units of this machine; None where the window knows of no other."""
    book: BookService | None = None
    """The place «Số dư & dự toán»; None where the window runs without it."""

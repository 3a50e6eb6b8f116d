"""What the place «Danh mục & cài đặt» asks of the rest of the program, by section.

Everything is slow and runs on a background thread; whatever touches a token runs on the token thread.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from desktop.dossier.doctor_views import DoctorReport, DoctorStep, DriverView
from desktop.dossier.people_views import DelegationEdit, FoundCertificate, PeopleView, PersonEdit
from desktop.dossier.trust_views import RootView, TrustView
from desktop.dossier.users_views import LockView, RotationView, TokenWay, UserEdit, UsersView
from desktop.ui.restore_dialog import RestoreService
from desktop.ui.settings.keeping_services import BackupService, DataService, JournalService


class PeopleService(Protocol):
    """Who signs for the unit; `on_tokens` belongs to the token thread. All raise VungXaError."""

    def view(self) -> PeopleView:
        """Give everything the section shows."""
        ...

    def on_tokens(self, person_id: str = "", name: str = "") -> Sequence[FoundCertificate]:
        """Give the signing certificates plugged in now, with what is to be said of each for this person."""
        ...

    def in_file(self, path: Path, person_id: str = "", name: str = "") -> FoundCertificate:
        """Give the certificate in a file, with what is to be said of it for this person."""
        ...

    def add(self, edit: PersonEdit, certificate: str = "", *, confirmed: bool = False) -> str:
        """List or change a person, with the found certificate of this digest; give the person's id."""
        ...

    def certificate(self, person_id: str, certificate: str, *, confirmed: bool = False) -> None:
        """Give a person another of the found certificates."""
        ...

    def accepted(self, person_id: str) -> None:
        """Say that the Treasury accepted a person who waited for a Mẫu 24."""
        ...

    def end(self, person_id: str, reason: str) -> None:
        """Take a person off the list; what they signed stays good."""
        ...

    def delegate(self, edit: DelegationEdit) -> Sequence[int]:
        """Write down that one signs in another's place."""
        ...

    def end_delegation(self, delegation_id: int, reason: str) -> None:
        """End a delegation from now on."""
        ...


class DoctorService(Protocol):
    """The examination of tokens and the drivers of this machine; on the token thread only. All raise VungXaError."""

    def examine(self, progress: Callable[[DoctorStep], None], cancelled: Callable[[], bool]) -> DoctorReport:
        """Make every step, telling each as it begins and ends; stop between steps when cancelled."""
        ...

    def test_sign(
        self, serial: str, pin: str | None, certificate_sha256: str = "", *, final_try: bool = False
    ) -> DoctorStep:
        """Sign with a token of the last examination and throw it away; `pin` None for a reader with keys of its own."""
        ...

    def write_support(self, path: Path, report: DoctorReport) -> None:
        """Write what a support person needs, without a secret."""
        ...

    def drivers(self) -> Sequence[DriverView]:
        """Give the driver files of this machine, those a person picked first."""
        ...

    def pick_driver(self, path: Path) -> None:
        """Use a driver file before all others."""
        ...

    def forget_driver(self, path: Path) -> None:
        """Use a picked driver file no more."""
        ...

    def restart(self) -> None:
        """End the drivers' processes; the next call starts others."""
        ...


class TrustService(Protocol):
    """Whom the unit trusts and what evidence is still to come. All raise VungXaError."""

    def view(self) -> TrustView:
        """Give everything the section shows."""
        ...

    def import_file(self, path: Path) -> Sequence[str]:
        """Take a trust list or a revocation list; give sentences of what changed, none when nothing is newer."""
        ...

    def look_at_root(self, path: Path) -> RootView:
        """Give what a file would make the unit trust; nothing changes."""
        ...

    def add_root(self, sha256: str) -> None:
        """Trust the certificate that was looked at."""
        ...

    def remove_root(self, sha256: str) -> None:
        """Trust a root of the unit's own no more."""
        ...

    def change(self, name: str, value: str) -> None:
        """Choose tsa_url or evidence_warning_days."""
        ...

    def refresh(self) -> None:
        """Let the next synchronisation ask every source again."""
        ...


class UsersService(Protocol):
    """Who may open the unit's store, and what for. All raise VungXaError; what turns a password into a key is slow."""

    def view(self) -> UsersView:
        """Give everything the section shows."""
        ...

    def add(self, edit: UserEdit, password: str) -> str:
        """Make a user who opens the store with this password; give their id. The first is an administrator."""
        ...

    def change(self, edit: UserEdit) -> None:
        """Change name, duties and signer of a user."""
        ...

    def set_password(self, user_id: str, old: str | None, new: str) -> None:
        """Give another password: to oneself with the old one, to another as an administrator, with `old` None."""
        ...

    def disable(self, user_id: str) -> None:
        """Let a user open the store no more, for now."""
        ...

    def enable(self, user_id: str) -> None:
        """Let them open it again as before."""
        ...

    def remove(self, user_id: str) -> bool:
        """Take a user away for good; tell whether the data key should be changed, for they had it."""
        ...

    def end_token(self, user_id: str) -> None:
        """Let a user's token open the store no more."""
        ...

    def end_shared_password(self) -> None:
        """Let the password that all shared open the store no more."""
        ...

    def new_recovery_code(self) -> str:
        """Make another recovery code, to print once; the one before opens nothing any more."""
        ...

    def confirm_recovery_code(self, code: str) -> None:
        """Check a recovery code as typed back from the paper."""
        ...

    def print_recovery_code(self, path: Path, code: str) -> None:
        """Write a page with the code on it where a person chose, readable by them alone."""
        ...

    def rotation(self) -> RotationView:
        """Give what changing the data key takes; it happens once the window has ended."""
        ...

    def tune(self) -> str:
        """Measure how long a password takes here and use what suits; give a sentence about it."""
        ...


class TokenWaysService(Protocol):
    """Tokens that can open the unit; on the token thread only. Both raise VungXaError."""

    def found(self) -> Sequence[TokenWay]:
        """Give the signing certificates plugged in now; one that decrypts nothing says so."""
        ...

    def give(self, user_id: str, certificate_sha256: str, pin: str | None) -> None:
        """Let a token open the unit for a user, once it has shown that it decrypts; `pin` None for a reader's keys."""
        ...


class LockService(Protocol):
    """When the unit locks by itself. Both raise VungXaError."""

    def view(self) -> LockView:
        """Give what is set."""
        ...

    def change(self, minutes: int, send: bool) -> None:
        """Set after how many idle minutes it locks, and whether sending goes on; not_allowed for who may not."""
        ...


class ExportTable(Protocol):
    """Writes a list to a spreadsheet. Slow."""

    def __call__(self, path: Path, headers: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Write heads and rows, xlsx or csv by the name. Raises VungXaError not_writable."""
        ...


@dataclass(frozen=True)
class SettingsServices:
    """What the place is built with."""

    people: PeopleService
    doctor: DoctorService
    trust: TrustService
    export: ExportTable
    users: UsersService | None = None
    """Users and keys; None where the window runs without them."""
    token_ways: TokenWaysService | None = None
    """Tokens that open the unit; stands beside the users."""
    rotate: Callable[[], object] = lambda: None
    """Ends the window and changes the data key."""
    locking: LockService | None = None
    """When the unit locks by itself; stands beside the users."""
    journal: JournalService | None = None
    """The journal."""
    backup: BackupService | None = None
    """Backups."""
    restore: RestoreService | None = None
    """Units out of backups."""
    data: DataService | None = None
    """Whether the data is whole."""

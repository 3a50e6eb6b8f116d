"""People, the token doctor and trust in memory: only data and the rules a view can see."""

# ruff: noqa: ARG002 - an interface is kept whole even where memory needs less of it

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Event

from desktop.dossier.doctor_views import DoctorReport, DoctorStep, DoctorToken, DriverView, StepState
from desktop.dossier.errors import VungXaError
from desktop.dossier.people_views import DelegationEdit, FoundCertificate, PeopleView, PersonEdit
from desktop.dossier.trust_views import RootView, TrustView
from desktop.ui.settings.services import SettingsServices
from tests.ui.memory_backup import MemoryBackup, MemoryRestore
from tests.ui.memory_data import MemoryData
from tests.ui.memory_journal import MemoryJournal
from tests.ui.settings_sample import FOUND, NEW_ROOT, PEOPLE, STEPS, TOKENS, TRUST

WRONG = "Sai mã PIN. Còn ít lần thử."


def _set() -> Event:
    made = Event()
    made.set()
    return made


@dataclass
class MemoryPeople:
    """Keeps what it was told; `refuse` is raised by every change."""

    shown: PeopleView = PEOPLE
    plugged: Sequence[FoundCertificate] = FOUND
    refuse: VungXaError | None = None
    did: list[tuple[object, ...]] = field(default_factory=list)

    def view(self) -> PeopleView:
        return self.shown

    def on_tokens(self, person_id: str = "", name: str = "") -> Sequence[FoundCertificate]:
        return self.plugged

    def in_file(self, path: Path, person_id: str = "", name: str = "") -> FoundCertificate:
        if path.suffix != ".cer":
            raise VungXaError("bad_certificate", "Tệp không phải là một chứng thư số. Chọn tệp khác.")
        return replace(FOUND[0], where=path.name, sha256="d" * 64)

    def _do(self, *what: object) -> None:
        if self.refuse is not None:
            raise self.refuse
        self.did.append(what)

    def add(self, edit: PersonEdit, certificate: str = "", *, confirmed: bool = False) -> str:
        self._do("add", edit, certificate, confirmed)
        return edit.person_id or "p9"

    def certificate(self, person_id: str, certificate: str, *, confirmed: bool = False) -> None:
        self._do("certificate", person_id, certificate, confirmed)

    def accepted(self, person_id: str) -> None:
        self._do("accepted", person_id)

    def end(self, person_id: str, reason: str) -> None:
        self._do("end", person_id, reason)
        people = tuple(person for person in self.shown.people if person.person_id != person_id)
        self.shown = replace(self.shown, people=people)

    def delegate(self, edit: DelegationEdit) -> Sequence[int]:
        self._do("delegate", edit)
        return [9]

    def end_delegation(self, delegation_id: int, reason: str) -> None:
        self._do("end_delegation", delegation_id, reason)


@dataclass
class MemoryDoctor:
    """Makes the steps it was given; `going` holds it up before the last two."""

    steps: Sequence[DoctorStep] = STEPS
    tokens: Sequence[DoctorToken] = TOKENS
    files: list[DriverView] = field(default_factory=lambda: [DriverView("/usr/lib/libetpkcs11.so", False)])
    pin: str = "123456"
    going: Event = field(default_factory=_set)
    restarts: int = 0
    tried: list[tuple[str, str | None, str, bool]] = field(default_factory=list)
    written: list[DoctorReport] = field(default_factory=list)

    def examine(self, progress: Callable[[DoctorStep], None], cancelled: Callable[[], bool]) -> DoctorReport:
        done: list[DoctorStep] = []
        for place, step in enumerate(self.steps):
            while place == len(self.steps) - 2 and not self.going.wait(0.01) and not cancelled():
                pass
            if cancelled():
                break
            progress(step)
            if step.state is not StepState.RUNNING:
                done.append(step)
        stopped = cancelled()
        return DoctorReport("2026-11-24T07:05:00Z", tuple(done), () if stopped else tuple(self.tokens), stopped)

    def test_sign(
        self, serial: str, pin: str | None, certificate_sha256: str = "", *, final_try: bool = False
    ) -> DoctorStep:
        self.tried.append((serial, pin, certificate_sha256, final_try))
        if pin != self.pin:
            return DoctorStep("test_sign", "pin_wrong", StepState.ERROR, "Ký thử", WRONG, ("Xem lại mã PIN.",))
        return DoctorStep("test_sign", "signed", StepState.OK, "Ký thử", "Chữ ký thử đúng.", key=serial)

    def write_support(self, path: Path, report: DoctorReport) -> None:
        self.written.append(report)
        path.write_bytes(b"PK")

    def drivers(self) -> Sequence[DriverView]:
        return tuple(self.files)

    def pick_driver(self, path: Path) -> None:
        if path.suffix != ".so":
            raise VungXaError("module_unusable", "Tệp này không phải trình điều khiển token. Chọn tệp .so khác.")
        self.files.insert(0, DriverView(str(path), True))

    def forget_driver(self, path: Path) -> None:
        self.files = [one for one in self.files if one.path != str(path)]

    def restart(self) -> None:
        self.restarts += 1


@dataclass
class MemoryTrust:
    """Keeps roots and settings; a file named «cu…» holds nothing new."""

    shown: TrustView = TRUST
    did: list[tuple[str, ...]] = field(default_factory=list)

    def view(self) -> TrustView:
        return self.shown

    def import_file(self, path: Path) -> Sequence[str]:
        if path.suffix not in (".vxtrust", ".crl"):
            raise VungXaError("crl_unreadable", "Tệp không phải danh sách thu hồi. Chọn tệp khác.")
        self.did.append(("import", path.name))
        return [] if path.stem.startswith("cu") else ["Danh sách thu hồi mới của «CA Chính phủ», ngày 20/11/2026."]

    def look_at_root(self, path: Path) -> RootView:
        return NEW_ROOT

    def add_root(self, sha256: str) -> None:
        self.did.append(("add", sha256))
        self.shown = replace(self.shown, roots=(*self.shown.roots, NEW_ROOT))

    def remove_root(self, sha256: str) -> None:
        self.did.append(("remove", sha256))
        self.shown = replace(self.shown, roots=tuple(root for root in self.shown.roots if root.sha256 != sha256))

    def change(self, name: str, value: str) -> None:
        if name == "evidence_warning_days" and not value.isdigit():
            raise VungXaError("bad_setting", "Số ngày cảnh báo phải là số nguyên từ 1 đến 3650.")
        self.did.append((name, value))

    def refresh(self) -> None:
        self.did.append(("refresh",))


@dataclass
class MemorySettings:
    """The three services, and lists written as lines of text."""

    people: MemoryPeople = field(default_factory=MemoryPeople)
    doctor: MemoryDoctor = field(default_factory=MemoryDoctor)
    trust: MemoryTrust = field(default_factory=MemoryTrust)
    backup: MemoryBackup = field(default_factory=MemoryBackup)
    journal: MemoryJournal = field(default_factory=MemoryJournal)
    data: MemoryData = field(default_factory=MemoryData)

    def services(self) -> SettingsServices:
        return SettingsServices(
            self.people,
            self.doctor,
            self.trust,
            self._export,
            backup=self.backup,
            journal=self.journal,
            data=self.data,
            restore=MemoryRestore(),
        )

    def _export(self, path: Path, headers: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        path.write_text("\n".join("|".join(line) for line in (headers, *rows)), "utf-8")

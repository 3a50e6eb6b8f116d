"""The window's services in memory: what the views are tested against. Only data and the rules a view can see."""

# ruff: noqa: ARG002 - an interface is kept whole even where memory needs less of it

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from desktop.dossier.beginning import begin
from desktop.dossier.catalogues import NAMES, catalogue
from desktop.dossier.circumstances import facts_of
from desktop.dossier.copies import CopyOptions, copy_of
from desktop.dossier.currencies import CURRENCIES
from desktop.dossier.differences import Difference, differences
from desktop.dossier.document import Attachment, Document, Dossier, Level, Problem
from desktop.dossier.errors import VungXaError
from desktop.dossier.fold import fold
from desktop.dossier.import_views import ImportReport, Told
from desktop.dossier.lifecycle import Facts, State, project
from desktop.dossier.list_views import LettersView, ListField, ListProposal, ListTaken, PayeeMark
from desktop.dossier.migrate import Migration, carry_over
from desktop.dossier.pack import load_pack
from desktop.dossier.paper_views import NoticeRow, PaperView, RefundView, notice_rows
from desktop.dossier.people import ROLE_TITLES, Person, Role, Unit
from desktop.dossier.people_views import StepChoice
from desktop.dossier.procedures import Component, components, procedures
from desktop.dossier.purposes import plan
from desktop.dossier.used_values import matching, used
from desktop.dossier.views import (
    FILTER_STATES,
    DeliveryView,
    DossierDetail,
    DossierRow,
    EstimateView,
    FileView,
    Found,
    LinkView,
    ListFilter,
    ListTotals,
    RowQuery,
    TimeNote,
)
from desktop.ui.picture import Picture
from desktop.ui.services import Services
from tests.ui.memory_book import MemoryBook
from tests.ui.memory_scans import MemoryScans
from tests.ui.memory_settings import MemorySettings
from tests.ui.memory_signing import MemoryHandover, MemorySigning
from tests.ui.sheets import white_page

UNIT = Unit(
    code="1098765",
    name="Ủy ban nhân dân xã Mường Lý",
    address="Xã Mường Lý, tỉnh Thanh Hóa",
    chapter="800",
    budget_level="4",
    treasury_code="2361",
    treasury_name="Kho bạc Nhà nước Khu vực XI, Phòng Giao dịch số 14",
    estimate_account="9523.4.1098765",
    deposit_account="3713.4.1098765",
)
HANH = Person(person_id="p1", name="Lò Thị Hạnh", roles=(Role.PREPARER,))
TUYEN = Person(person_id="p2", name="Hà Văn Tuyên", roles=(Role.CHIEF_ACCOUNTANT,))
THANG = Person(person_id="p3", name="Vi Đình Thắng", roles=(Role.HEAD_OF_UNIT, Role.ACCOUNT_HOLDER))
NOW = "2026-11-24T07:05:00Z"
DRAFT_FACTS = Facts()


@dataclass
class MemoryDesk:
    """Dossiers in a dict; a state comes from Facts as in the real store."""

    dossiers: dict[str, Dossier] = field(default_factory=dict)
    facts: dict[str, Facts] = field(default_factory=dict)
    details: dict[str, DossierDetail] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    steps: dict[str, tuple[tuple[Dossier, ...], int]] = field(default_factory=dict)
    amounts: dict[str, int] = field(default_factory=dict)
    choices: Sequence[StepChoice] = ()
    signers: dict[int, str] = field(default_factory=dict)
    updated: dict[str, str] = field(default_factory=dict)
    problems: Callable[[Dossier], Sequence[Problem]] = lambda _dossier: ()
    paint: Callable[[Document, int], Sequence[Picture]] = lambda _document, width: [white_page(width)]
    estimate_line: EstimateView | None = None
    hour: TimeNote | None = None
    saves: int = 0
    full: bool = False
    reads: list[RowQuery] = field(default_factory=list)
    submitted: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    before_import: Callable[[Path], None] = lambda _path: None
    mapped: list[dict[int, str]] = field(default_factory=list)
    marks: dict[str, PayeeMark] = field(default_factory=dict)
    papers: list[PaperView] = field(default_factory=list)
    refunds: list[RefundView] = field(default_factory=list)
    denied: set[str] = field(default_factory=set)

    def notices(self, text: str = "", sort: str = "at", *, descending: bool = True) -> Sequence[NoticeRow]:
        return notice_rows(self.papers, self.refunds, text, sort, descending=descending)

    def write_paper(self, paper: PaperView, path: Path) -> None:
        path.write_text(paper.number, "utf-8")

    def export_notices(self, path: Path, rows: Sequence[NoticeRow]) -> None:
        path.write_text("\n".join(row.number for row in rows), "utf-8")

    def unit(self) -> Unit:
        return UNIT

    def people(self) -> Sequence[Person]:
        return (HANH, TUYEN, THANG)

    def user(self) -> Person:
        return HANH

    def office(self) -> str:
        return ROLE_TITLES[HANH.roles[0]]

    def may(self, act: str) -> bool:
        return act not in self.denied

    def _row(self, local_id: str) -> DossierRow:
        dossier, facts = self.dossiers[local_id], self.facts.get(local_id, DRAFT_FACTS)
        errors = sum(p.level is Level.ERROR for p in self.problems(dossier))
        facts = replace(facts, errors=facts.errors or errors)
        return DossierRow(
            local_id,
            dossier.number,
            self.kinds.get(local_id, "Rút dự toán"),
            dossier.title,
            self.amounts.get(local_id, 0),
            dots(facts),
            project(facts),
            self.updated.get(local_id, NOW),
        )

    def _matching(self, query: RowQuery) -> list[DossierRow]:
        rows = [self._row(local_id) for local_id in self.dossiers]
        rows = [r for r in rows if fold(query.text) in fold(f"{r.number} {r.title} {r.amount}")]
        if query.filter:
            rows = [r for r in rows if in_filter(r, ListFilter(query.filter))]
        keys: dict[str, Callable[[DossierRow], object]] = {
            "number": lambda r: r.number,
            "amount": lambda r: r.amount,
            "title": lambda r: fold(r.title),
            "kind": lambda r: r.kind_label,
            "status": lambda r: r.status.label,
            "updated": lambda r: r.updated_at,
        }
        return sorted(rows, key=keys[query.sort], reverse=query.descending)  # type: ignore[arg-type]

    def rows(self, query: RowQuery) -> Sequence[DossierRow]:
        self.reads.append(query)
        return self._matching(query)[query.offset : query.offset + query.limit]

    def totals(self, query: RowQuery) -> ListTotals:
        rows = self._matching(query)
        return ListTotals(len(rows), sum(row.amount for row in rows))

    def counts(self) -> Mapping[str, int]:
        rows = [self._row(local_id) for local_id in self.dossiers]
        return {which.value: sum(in_filter(row, which) for row in rows) for which in ListFilter}

    def detail(self, local_id: str) -> DossierDetail:
        known = self.details.get(local_id)
        files = tuple(FileView(d.form, "", 0) for d in self.dossiers[local_id].documents)
        made = known or DossierDetail(self._row(local_id), documents=files)
        row = self._row(local_id)
        here = row.status.state in (State.DRAFT, State.TO_SIGN, State.SEALED, State.SENDING, State.DOUBTFUL)
        return replace(made, row=row, time=made.time or (self.hour if here else None))

    def dossier(self, local_id: str) -> Dossier:
        return self.dossiers[local_id]

    def moved(self, dossier: Dossier) -> Migration | None:
        return None if dossier.pack == load_pack().version else carry_over(dossier, load_pack().version)

    def save(self, dossier: Dossier) -> str:
        if self.full:
            raise VungXaError("disk_full", "Đĩa đầy nên chưa lưu được.")
        self.dossiers[dossier.local_id] = dossier
        self.saves += 1
        return NOW

    def history(self, local_id: str) -> tuple[Sequence[Dossier], int]:
        return self.steps.get(local_id, ((), 0))

    def keep_history(self, local_id: str, moves: Sequence[tuple[str, Dossier]]) -> None:
        steps, place = self.steps.get(local_id, ((), 0))
        for how, dossier in moves:
            if how == "opened" and (not steps or steps[place] != dossier):
                steps, place = (dossier,), 0
            elif how == "new":
                steps, place = (*steps[: place + 1], dossier), place + 1
            elif how in ("back", "forward"):
                place += 1 if how == "forward" else -1
        self.steps[local_id] = (steps, place)

    def create(self, form_ref: str) -> str:
        local_id = f"new{len(self.dossiers)}"
        self.dossiers[local_id] = Dossier(
            local_id=local_id, number="0443", title="", documents=(self.blank_document(form_ref),)
        )
        return local_id

    def create_for(self, purpose: str, answers: Mapping[str, str] | None = None) -> str:
        local_id = f"new{len(self.dossiers)}"
        made = begin(plan(purpose, answers or {}), UNIT, NOW[:10])
        self.dossiers[local_id] = made.model_copy(update={"local_id": local_id, "number": "0443"})
        return local_id

    def components(self, dossier: Dossier) -> Sequence[Component]:
        return components(dossier.case, facts_of(dossier, UNIT)) if dossier.case in procedures().cases else ()

    def copy_month(self, local_id: str, options: CopyOptions | None = None) -> str:
        made = copy_of(self.dossiers[local_id], UNIT, NOW[:10], options or CopyOptions())
        new = f"{local_id}-{len(self.dossiers)}"
        self.dossiers[new] = made.model_copy(update={"local_id": new, "number": "0443"})
        return new

    def differences(self, dossier: Dossier) -> Sequence[Difference]:
        source = self.dossiers.get(dossier.copied_from or "")
        return differences(dossier, source) if source else ()

    def blank_document(self, form_ref: str) -> Document:
        return Document(form=form_ref)

    def copy(self, local_id: str) -> str:
        return self._derive(local_id, None)

    def correct(self, local_id: str) -> str:
        return self._derive(local_id, local_id)

    def _derive(self, local_id: str, replaces: str | None) -> str:
        new = f"{local_id}-{len(self.dossiers)}"
        change = {"local_id": new, "number": "0443", "replaces": replaces}
        self.dossiers[new] = self.dossiers[local_id].model_copy(update=change)
        return new

    def check(self, dossier: Dossier) -> Sequence[Problem]:
        return self.problems(dossier)

    def candidates(self, local_id: str) -> Sequence[StepChoice]:
        return self.choices

    def submit(self, local_id: str, acknowledged: Sequence[str] = (), signers: Mapping[int, str] | None = None) -> None:
        self.submitted.append((local_id, tuple(acknowledged)))
        self.signers = dict(signers or {})
        self.facts[local_id] = Facts(submitted=True, steps=2)

    def withdraw(self, local_id: str) -> None:
        self.facts[local_id] = DRAFT_FACTS

    def delete(self, local_id: str) -> None:
        self._deleted = self.dossiers.pop(local_id)

    def undelete(self, local_id: str) -> None:
        self.dossiers[local_id] = self._deleted

    def estimate(self, dossier: Dossier) -> EstimateView | None:
        return self.estimate_line

    def estimates(self) -> Sequence[EstimateView]:
        return [self.estimate_line] if self.estimate_line else []

    def written_before(self, catalogue_name: str) -> Sequence[Found]:
        if catalogue_name == "unit_account":
            return [
                Found(UNIT.estimate_account, "Tài khoản dự toán"),
                Found(UNIT.deposit_account, "Tài khoản tiền gửi"),
            ]
        return used(catalogue_name, (d for dossier in self.dossiers.values() for d in dossier.documents))

    def lookup(self, catalogue_name: str, text: str) -> Sequence[Found]:
        if catalogue_name == "currency":
            return matching((Found(item.code, item.name) for item in CURRENCIES.values()), text, 60)
        if catalogue_name not in NAMES:
            return ()
        return [Found(e.code, e.name) for e in catalogue(catalogue_name).search(text)]  # type: ignore[arg-type]

    def import_file(self, path: Path) -> str:
        if path.suffix != ".xml":
            raise VungXaError("not_xml", "Tệp này không phải chứng từ DVC.")
        return self.create("C2-02a/NS")

    def import_files(
        self, paths: Iterable[Path], *, told: Told | None = None, stopped: Callable[[], bool] = lambda: False
    ) -> Sequence[ImportReport]:
        files = [file for path in paths for file in (sorted(path.iterdir()) if path.is_dir() else [path])]
        reports: list[ImportReport] = []
        for file in files:
            if stopped():
                break
            reports.append(self._report(file))
            if told is not None:
                told(len(reports), len(files), reports[-1])
        return reports

    def _report(self, path: Path) -> ImportReport:
        self.before_import(path)
        try:
            local_id = self.import_file(path)
        except VungXaError as error:
            return ImportReport(path, "refused", error.message, error.code)
        number = self.dossiers[local_id].number
        return ImportReport(path, "ok", "Đã nhập.", "", "M13", "12", 5_000, ("content",), (), local_id, number)

    def export_reports(self, path: Path, reports: Sequence[ImportReport]) -> None:
        path.write_text("\n".join(report.path.name for report in reports), "utf-8")

    def propose_list(self, path: Path, form_ref: str, letters: str = "") -> ListProposal:
        made = proposal(path, form_ref)
        ways = {way.key: way for way in (made.letters, *made.others)}
        return replace(made, letters=ways[letters], certain=True) if letters else made

    def take_list(self, found: ListProposal, columns: Mapping[int, str]) -> ListTaken:
        self.mapped.append(dict(columns))
        return ListTaken([{"name": found.path.stem, "amount": 1}], [], len(columns))

    def payee_marks(self, dossier: Dossier, place: int) -> Sequence[PayeeMark]:
        rows = dossier.documents[place].tables.get("lines", [])
        return [self.marks.get(str(row.get("name")), PayeeMark("known")) for row in rows]

    def acknowledge_payee(self, account_no: str, name: str, signed: str) -> None:
        if signed != self.user().name:
            raise VungXaError("not_your_name", "Tên gõ vào chưa đúng. Gõ lại tên của bạn.")
        self.marks[name] = PayeeMark("known", by=signed)

    def export_list(self, path: Path, document: Document) -> None:
        path.write_text("\n".join(str(row.get("name")) for row in document.tables["lines"]), encoding="utf-8")

    def attach(self, path: Path) -> Attachment:
        return Attachment(name=path.name, sha256="a" * 64, size=path.stat().st_size, media_type="application/pdf")

    def preview(self, document: Document, width: int, pack: str | None = None) -> Sequence[Picture]:
        return self.paint(document, width)

    def preview_attachment(self, attachment: Attachment, width: int) -> Sequence[Picture]:
        return [white_page(width)]

    def write_pdf(self, local_id: str, path: Path) -> None:
        path.write_bytes(b"%PDF-1.7\n")

    def file_on_paper(self, local_id: str, path: Path, reason: str) -> int:
        path.write_bytes(b"%PDF-1.7\n")
        self.facts[local_id] = Facts(submitted=True, on_paper=reason)
        self.details[local_id] = replace(self.detail(local_id), reason=reason)
        return 3

    def export_rows(self, path: Path, query: RowQuery) -> None:
        path.write_text("\n".join(row.title for row in self._matching(query)), encoding="utf-8")


def proposal(path: Path, form: str) -> ListProposal:
    """A file of three columns; one named "cu…" is in an old font, one named "la…" has a heading nobody knows."""
    old, strange = path.stem.startswith("cu"), path.stem.startswith("la")
    ways = (LettersView("tcvn3", "TCVN3 (ABC)", "Họ và tên | Số tài khoản"), LettersView("vni", "VNI", "Hä vµ tªn"))
    fields = (ListField("name", "Họ tên", True), ListField("account", "Số tài khoản", False))
    sample = (("Lò Thị Hạnh", "3508205018021", "2700000"), ("Vàng Thị Dợ", "3508205018038", "2700000"))
    headings = ("Cột 1", "Cột 2", "Cột 3") if strange else ("Họ và tên", "Số TK", "Thực lĩnh")
    return ListProposal(
        path,
        form,
        ways[0],
        not old,
        ways[1:],
        headings,
        {} if strange else {0: "name", 1: "account"},
        fields,
        sample,
        "s",
    )


def dots(facts: Facts) -> tuple[str, ...]:
    return tuple(
        "signed" if i < facts.signed else "turn" if i == facts.signed and facts.submitted else "waiting"
        for i in range(facts.steps or 2)
    )


def in_filter(row: DossierRow, which: ListFilter) -> bool:
    if row.status.state not in FILTER_STATES[which]:
        return False
    wrong = row.status.colour == "amber"
    return not (which is ListFilter.FIX and not wrong) and not (which is ListFilter.DRAFT and wrong)


@dataclass
class MemoryDelivery:
    """A queue that stands still until a test changes it."""

    shown: DeliveryView = field(default_factory=lambda: DeliveryView((), LinkView("offline", "Ngoại tuyến")))
    calls: list[str] = field(default_factory=list)

    def view(self) -> DeliveryView:
        return self.shown

    def pause(self) -> None:
        self.calls.append("pause")
        self.shown = replace(self.shown, paused=True)

    def resume(self) -> None:
        self.calls.append("resume")
        self.shown = replace(self.shown, paused=False)

    def send_now(self, package_id: str) -> None:
        self.calls.append(f"now {package_id}")

    def pause_item(self, package_id: str) -> None:
        self._set_paused(package_id, True)

    def resume_item(self, package_id: str) -> None:
        self._set_paused(package_id, False)

    def _set_paused(self, package_id: str, paused: bool) -> None:
        items = tuple(replace(i, paused=paused) if i.package_id == package_id else i for i in self.shown.items)
        self.shown = replace(self.shown, items=items)

    def test_link(self) -> None:
        self.calls.append("test")


@dataclass
class Memory:
    """All services of one window."""

    desk: MemoryDesk = field(default_factory=MemoryDesk)
    signing: MemorySigning = field(default_factory=MemorySigning)
    delivery: MemoryDelivery = field(default_factory=MemoryDelivery)
    handover: MemoryHandover = field(default_factory=MemoryHandover)
    settings: MemorySettings = field(default_factory=MemorySettings)
    book: MemoryBook = field(default_factory=MemoryBook)
    scans: MemoryScans = field(default_factory=MemoryScans)
    warnings: list[str] = field(default_factory=list)
    locks: int = 0

    def services(self) -> Services:
        return Services(
            self.desk,
            self.signing,
            self.delivery,
            self._lock,
            handover=self.handover,
            warnings=lambda: self.warnings,
            settings=self.settings.services(),
            scans=self.scans,
            book=self.book,
        )

    def _lock(self) -> None:
        self.locks += 1

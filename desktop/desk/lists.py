"""What the lists and the detail pane show: projections of facts, read from the store, never kept twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from desktop.desk.allowing import reading
from desktop.desk.context import DeskContext
from desktop.desk.timing import Timing
from desktop.desk.treasury_papers import figures_of
from desktop.dossier.catalogues import catalogue
from desktop.dossier.document import Document, Dossier
from desktop.dossier.duties import Act, titles
from desktop.dossier.forms import Form, UnknownForm
from desktop.dossier.handover_views import handover_words
from desktop.dossier.lifecycle import Facts
from desktop.dossier.pack import PackError, form_of
from desktop.dossier.people import ROLE_TITLES, Person, Unit
from desktop.dossier.views import (
    DossierDetail,
    DossierRow,
    EstimateView,
    FileView,
    ListTotals,
    RowQuery,
    StepView,
)


class Lists:
    """Reads for the GUI thread; each well under 100 ms."""

    def __init__(self, context: DeskContext) -> None:
        self._context = context

    @reading
    def unit(self) -> Unit:
        """The unit of this store."""
        return self._context.store.unit.get()

    @reading
    def people(self) -> Sequence[Person]:
        """The registered people."""
        return self._context.store.unit.people()

    @reading
    def user(self) -> Person:
        """Who is at the desk."""
        return self._context.user

    @reading
    def office(self) -> str:
        """As what they are at the desk: the first office they sign in, else a user's duties."""
        context = self._context
        if context.user.roles:
            return ROLE_TITLES[context.user.roles[0]]
        return titles(context.account.duties) if context.account is not None else ""

    @reading
    def may(self, act: str) -> bool:
        """Whether who is at the desk may do this, an Act's value; the window greys out what they may not."""
        return self._context.may(Act(act))

    @reading
    def rows(self, query: RowQuery) -> Sequence[DossierRow]:
        """A window of the list."""
        return self._context.store.projection.rows(query)

    @reading
    def totals(self, query: RowQuery) -> ListTotals:
        """How many dossiers match and their sum."""
        return self._context.store.projection.totals(query)

    @reading
    def counts(self) -> Mapping[str, int]:
        """The number on each chip."""
        return self._context.store.projection.counts()

    @reading
    def dossier(self, local_id: str) -> Dossier:
        """The draft, or the frozen dossier once it was submitted."""
        return self._context.store.drafts.get(local_id)

    @reading
    def detail(self, local_id: str) -> DossierDetail:
        """Everything the detail pane shows of one dossier."""
        store = self._context.store
        dossier = self.dossier(local_id)
        facts = store.projection.facts(local_id)
        digests = {item.name: (item.sha256, item.size) for item in store.submissions.infos(local_id)}
        documents = [
            FileView(form_title(d, dossier.pack), *_digest(digests, f"documents/{i:02d}-"))
            for i, d in enumerate(dossier.documents, 1)
        ]
        row = store.projection.row(local_id)
        return DossierDetail(
            row=row,
            reason=facts.reason or facts.refused_message or facts.on_paper or "",
            documents=tuple(documents),
            attachments=tuple(FileView(a.name, a.sha256, a.size) for a in dossier.attachments),
            history=tuple(store.projection.history(local_id)),
            steps=step_views(self._context, local_id),
            source_line=_source_line(dossier),
            payee=_list_payee(dossier) or store.projection.payee(local_id),
            official_code=store.projection.official_code(local_id),
            receipt_no=facts.receipt_no or "",
            package_id=facts.package_id or "",
            time=Timing(store, self._context.clock).note(dossier, row.status.state),
            figures=figures_of(self._context, local_id),
            papers=tuple(store.notices.papers_of(local_id)),
            handover=self._handover(local_id, facts),
        )

    def _handover(self, local_id: str, facts: Facts) -> str:
        """Where a standing submission is that travelled between machines."""
        happened = [fact for fact in self._context.store.handovers.facts(local_id) if fact.standing]
        return handover_words(happened[0].kind, happened[0].machine, facts) if happened else ""

    @reading
    def estimate(self, dossier: Dossier) -> EstimateView | None:
        """The estimate line the dossier's first voucher draws on, without the dossier itself."""
        for document in dossier.documents:
            key = _estimate_key(document, dossier.pack)
            if key is not None:
                return self._context.store.estimates.remaining(
                    *key, exclude=dossier.local_id, replaces=dossier.replaces
                )
        return None

    @reading
    def estimates(self) -> Sequence[EstimateView]:
        """Every estimate line with what is left."""
        return self._context.store.estimates.all()


def form_title(document: Document, pack: str) -> str:
    """A document's name in lists: title and symbol in the pack it was made under, or just what it calls its form."""
    form = _form(document, pack)
    if form is None:
        return f"Mẫu {document.form}"
    return f"{form.list_title.split(' (')[0]} ({form.symbol or 'Mẫu số ' + form.number})"


def step_views(context: DeskContext, local_id: str) -> tuple[StepView, ...]:
    """The signers' steps of a submitted dossier, in order; empty for a draft."""
    submissions = context.store.submissions
    signed = submissions.signed_at(local_id)
    views = []
    for step in submissions.steps(local_id):
        order = step["order"]
        state = "signed" if order in signed else "turn" if order == len(signed) + 1 else "waiting"
        views.append(StepView(step["title"], step["name"], state, signed.get(order, "")))
    return tuple(views)


def _digest(digests: Mapping[str, tuple[str, int]], prefix: str) -> tuple[str, int]:
    return next((value for name, value in digests.items() if name.startswith(prefix)), ("", 0))


def _first_line(document: Document) -> Mapping[str, object]:
    lines = document.tables.get("lines") or [{}]
    return lines[0]


def _form(document: Document, pack: str) -> Form | None:
    """The form of a document; None when this machine lacks it: a list shows what there is."""
    try:
        return form_of(document.form, pack)
    except (UnknownForm, PackError):
        return None


def _estimate_key(document: Document, pack: str) -> tuple[int, str, str, str] | None:
    form = _form(document, pack)
    if form is None or not form.is_money_transfer_voucher:
        return None
    line = _first_line(document)
    year = document.fields.get("budget_year") or line.get("budget_year")
    account = document.fields.get("account")
    if not isinstance(year, int) or not isinstance(account, str):
        return None
    return year, account, str(line.get("source") or ""), str(line.get("sector") or "")


def _source_line(dossier: Dossier) -> str:
    for document in dossier.documents:
        line = _first_line(document)
        if line.get("source"):
            sector = str(line.get("sector") or "")
            entry = catalogue("sector").get(sector) if sector else None
            return " / ".join(filter(None, (str(line["source"]), f"{sector} {entry.name if entry else ''}".strip())))
    return ""


def _list_payee(dossier: Dossier) -> str:
    count = sum(len(document.tables.get("lines", [])) for document in dossier.documents if document.form == "M20")
    return f"{count} người theo danh sách" if count else ""

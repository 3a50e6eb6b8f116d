"""How reconciliation of a year stands: the newest table, what of it agrees, and the working day after a mismatch."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from desktop.desk.allowing import reading
from desktop.desk.duties import Duties
from desktop.desk.reconciling import Reconciling, period_of
from desktop.desk.timing import Timing
from desktop.dossier.book import Difference, ReconciliationState
from desktop.dossier.dates import format_date, local_day
from desktop.dossier.document import Dossier
from desktop.dossier.lifecycle import State
from desktop.dossier.money import format_vnd
from desktop.dossier.pack import form_of, load_pack, under
from desktop.dossier.reconciling import QUARTERS, TABLES, Period
from desktop.store.salvage import INCOMPLETE

SALVAGED = "Sổ cứu từ dữ liệu hỏng, số có thể thiếu: nhập lại dự toán đã mất rồi đối chiếu với Kho bạc."
NOTHING = ReconciliationState("none", "", 0, 0, "", "", "")
_SENT = frozenset({State.SENT, State.PAPER, State.ACCEPTED, State.SEALED, State.SENDING, State.DOUBTFUL})


class _Told(NamedTuple):
    """A dossier of tables that was submitted, and the period it is about."""

    local_id: str
    dossier: Dossier
    forms: tuple[str, ...]
    period: Period
    state: State
    mismatch: bool

    @property
    def lines(self) -> int:
        with under(self.dossier.pack):
            return sum(
                len(document.tables.get(TABLES[form_of(document.form).id], []))
                for document in self.dossier.documents
                if form_of(document.form).id in TABLES
            )


class ReconcilingState(Reconciling):
    """Adds how things stand to beginning and comparing."""

    @reading
    def reconciliation(self, year: int) -> ReconciliationState:
        """The mismatch to answer first, then the period that is due, then the newest table.

        A book that was salvaged says so until the Treasury has confirmed a table since.
        """
        told = self._newest(year)
        confirmed = [item for item in told if item.state is State.PAID]
        state = self._compared(year, told, confirmed)
        return state._replace(sentence=f"{SALVAGED} {state.sentence}".rstrip()) if self._salvaged(confirmed) else state

    def _compared(self, year: int, told: list[_Told], confirmed: list[_Told]) -> ReconciliationState:
        before = self._confirmed_words(confirmed[-1]) if confirmed else ""
        for item in reversed(told):
            if item.mismatch:
                return self._mismatch(item, before)
        if told and told[-1].state in _SENT:
            said = "Bảng đối chiếu đã gửi, chờ Kho bạc xác nhận."
            return ReconciliationState("due", _words(told[-1]), 0, told[-1].lines, said, "", told[-1].local_id, before)
        return self._due(year, before) or (self._match(confirmed[-1]) if confirmed else NOTHING)

    def _salvaged(self, confirmed: list[_Told]) -> bool:
        since = self._context.store.settings.get(INCOMPLETE)
        instants = self._context.store.projection.instants
        return bool(since) and not any((instants(item.local_id).decided or "") > since for item in confirmed)

    def _newest(self, year: int) -> list[_Told]:
        """The tables of a year that were submitted, the last of each period, in the order of the periods."""
        store = self._context.store
        kinds = [load_pack().form(form).short_title for form in TABLES]
        newest: dict[tuple[tuple[str, ...], Period], _Told] = {}
        for local_id in store.book.tables(kinds):
            dossier, row = store.drafts.get(local_id), store.projection.row(local_id)
            with under(dossier.pack):
                named = [(form_of(document.form).id, document) for document in dossier.documents]
                periods = [period_of(document, form) for form, document in named if form in TABLES]
            forms = tuple(form for form, _ in named if form in TABLES)
            state, period = row.status.state, periods[0] if periods else None
            if period is None or period.last.year != year or state in (State.DRAFT, State.TO_SIGN, State.CANCELLED):
                continue
            mismatch = state is State.RETURNED and store.projection.facts(local_id).decision == "mismatch"
            newest[forms, period] = _Told(local_id, dossier, forms, period, state, mismatch)
        return sorted(newest.values(), key=lambda item: item.period.last)

    def _mismatch(self, item: _Told, before: str) -> ReconciliationState:
        timing = Timing(self._context.store, self._context.clock)
        deadline = timing.deadline(item.dossier, item.state)
        until = deadline.date.isoformat() if deadline else ""
        found = self.compare(item.local_id)
        wrong = {(one.document, one.row) for one in found}
        unknown = sum(1 for place, row in wrong if row >= _rows(item.dossier, place))
        over = deadline is not None and timing.today() > deadline.date
        lines = item.lines + unknown
        return ReconciliationState(
            "overdue" if over else "differs", _words(item), lines - len(wrong), lines, _first(found), until,
            item.local_id, before,
        )  # fmt: skip

    def _due(self, year: int, before: str) -> ReconciliationState | None:
        duties = Duties(self._context.store, self._context.clock).open()
        mine = [duty for duty in duties if duty.key == "reconcile" and duty.period.endswith(str(year))]
        if not mine or not self._context.store.estimates.all(year):
            return None
        duty = mine[0]
        said = f"Chưa đối chiếu {duty.period[0].lower()}{duty.period[1:]}, hạn {format_date(duty.date)}."
        kind = "overdue" if duty.days_left < 0 else "due"
        return ReconciliationState(kind, duty.period, 0, 0, said, duty.date, "", before)  # type: ignore[arg-type]

    def _match(self, item: _Told) -> ReconciliationState:
        said = self._confirmed_words(item)
        return ReconciliationState("match", _words(item), item.lines, item.lines, said, "", item.local_id)

    def _confirmed_words(self, item: _Told) -> str:
        decided = self._context.store.projection.instants(item.local_id).decided
        return f"{_words(item)} đã khớp hết, {local_day(decided)[:5]}." if decided else f"{_words(item)} đã khớp hết."


def _words(item: _Told) -> str:
    first, last = item.period
    if item.forms[0] == "M32":
        return f"Tháng {last.month}"
    if (last.month - first.month) == 2:
        return f"Quý {QUARTERS[last.month // 3 - 1]}/{last.year}"
    return f"Chuyển nguồn {last.year}"


def _rows(dossier: Dossier, place: int) -> int:
    with under(dossier.pack):
        document = dossier.documents[place]
        return len(document.tables.get(TABLES[form_of(document.form).id], []))


def _first(found: Sequence[Difference]) -> str:
    """The first difference in a sentence, and how many others there are."""
    if not found:
        return "Kho bạc báo không khớp đúng nhưng không ghi số. Xem lý do trong hồ sơ."
    one = found[0]
    more = f" Còn {len(found) - 1} số liệu khác." if len(found) > 1 else ""
    return (
        f"{one.line}, {one.column.lower()}: Kho bạc ghi {format_vnd(one.theirs)} đ, "
        f"bảng của đơn vị {format_vnd(one.ours)} đ.{more}"
    )

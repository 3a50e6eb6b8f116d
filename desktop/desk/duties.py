"""What the unit owes soon, from the calendar of the decrees and from its own book."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable

from desktop.desk.timing import Timing
from desktop.dossier.dates import format_date
from desktop.dossier.errors import VungXaError
from desktop.dossier.ledger import OpenAdvance
from desktop.dossier.money import format_vnd
from desktop.dossier.periodic_duties import UNIT_KINDS, PeriodicDuty, UnitKind, adjustment_ends, periodic_duties
from desktop.dossier.views import DutyView
from desktop.store.store import Store

SETTING = "unit_kind"
"""Name of the unit's setting: a UnitKind value; "" is an ordinary unit."""

NEAR = 7
"""Days before a duty is due from which it is shown as urgent."""

_NOTICES = frozenset({"busy_days", "last_vouchers", "last_withdrawal"})


class DutyError(VungXaError):
    """Says that a unit is of no known kind; code "bad_unit_kind"."""


class Duties:
    """Reads the book of one unit; `clock` says what time it is."""

    def __init__(self, store: Store, clock: Callable[[], dt.datetime]) -> None:
        self._store = store
        self._today = Timing(store, clock).today()

    def kind(self) -> UnitKind:
        """What the unit does beside spending its estimate."""
        return UnitKind(self._store.settings.get(SETTING) or UnitKind.ORDINARY)

    def set_kind(self, text: str) -> None:
        """Keeps the unit's kind ("investor"). Raises DutyError."""
        if text not in set(UnitKind):
            known = ", ".join(f"{kind} ({name})" for kind, name in UNIT_KINDS.items())
            raise DutyError("bad_unit_kind", f"Loại đơn vị là một trong: {known}.")
        self._store.settings.set(SETTING, text)

    def open(self) -> tuple[DutyView, ...]:
        """What is still to do, the nearest first: done reconciliations and years without open advances are left out."""
        done = self._store.projection.reconciled()
        advances = self._advances_by_year()
        found = [
            self._view(duty)
            for duty in periodic_duties(self._today, self.kind())
            if duty.key != "adjustment" and duty.period not in (done if duty.key == "reconcile" else ())
        ]
        found = [view for view in found if view.key not in _NOTICES or view.days_left >= 0]
        found += [self._adjustment(year, held) for year, held in advances.items()]
        return tuple(sorted(found, key=lambda view: view.date))

    def _view(self, duty: PeriodicDuty) -> DutyView:
        deadline = duty.deadline
        detail = deadline.reason_vi
        if duty.key == "last_withdrawal":
            detail = self._estimate_left(deadline.date.year) or detail
        left = duty.days_left(self._today)
        return DutyView(
            duty.key, duty.title, duty.period, deadline.date.isoformat(), left, detail, _colour(left), deadline.rule
        )

    def _adjustment(self, year: int, held: list[OpenAdvance]) -> DutyView:
        ends = adjustment_ends(year)
        left = (ends - self._today).days
        total = format_vnd(sum(advance.open for advance in held))
        oldest = min((advance.date for advance in held if advance.date), default="")
        since = f", lâu nhất từ {format_date(oldest)}" if oldest else ""
        law = "" if left >= 0 else "; xử lý theo Luật NSNN 89/2025 Điều 66"
        title = f"Thanh toán hoặc nộp trả tạm ứng còn lại của năm {year}"
        detail = f"{len(held)} khoản, {total} đ{since}{law}"
        return DutyView("adjustment", title, f"Năm {year}", ends.isoformat(), left, detail, _colour(left), "R-086")

    def _advances_by_year(self) -> dict[int, list[OpenAdvance]]:
        """Open advances by the year they were drawn in; one without a date counts for this year."""
        found: dict[int, list[OpenAdvance]] = defaultdict(list)
        for advance in self._store.ledger().open_advances():
            found[int(advance.date[:4]) if advance.date else self._today.year].append(advance)
        return found

    def _estimate_left(self, year: int) -> str:
        by_source: dict[str, int] = defaultdict(int)
        for line in self._store.estimates.all():
            if line.budget_year == year:
                by_source[line.source] += line.left
        if not by_source:
            return ""
        source, most = max(by_source.items(), key=lambda item: item[1])
        return f"Dự toán còn {format_vnd(sum(by_source.values()))} đ, nhiều nhất ở nguồn {source}: {format_vnd(most)} đ"


def _colour(days_left: int) -> str:
    if days_left < 0:
        return "red"
    return "amber" if days_left <= NEAR else "slate"

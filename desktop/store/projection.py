"""What the list of dossiers shows, read from facts in one query a window; no state is kept anywhere."""

from __future__ import annotations

from typing import NamedTuple

from desktop.dossier.lifecycle import Facts, State, project
from desktop.dossier.views import FILTER_STATES, DossierRow, HistoryEvent, ListFilter, ListTotals, RowQuery
from desktop.store.chips import on_chip
from desktop.store.database import Database, Row
from desktop.store.drafts import search_expression
from desktop.store.errors import fault
from desktop.store.history import history

_SELECT = "SELECT f.*, all_paused.paused AS held FROM dossier_states f, all_paused"
_CORRECTION = f"""
{_SELECT} WHERE id IN (SELECT id FROM drafts WHERE instr(body, ?) > 0 AND json_extract(body, '$.replaces') = ?)
    AND deleted_at IS NULL AND state NOT IN ('returned', 'refused', 'cancelled')
ORDER BY id DESC LIMIT 1
"""  # noqa: S608 - ours
_GUESTS = "SELECT s.local_id FROM guests JOIN active_submissions s USING (submission_id)"
_STATE_ORDER = " ".join(f"WHEN '{state}' THEN {place}" for place, state in enumerate(State))
_INSTANTS = """
SELECT COALESCE((SELECT max(t.at) FROM attempts t WHERE t.package_id = p.package_id), '') AS tried,
    COALESCE(r.received_at, '') AS received,
    COALESCE((SELECT e.at FROM feed_events e WHERE e.package_id = p.package_id AND e.kind = 'decision'
              ORDER BY e.seq DESC LIMIT 1), '') AS decided
FROM packages p LEFT JOIN receipts r USING (package_id) WHERE p.local_id = ?
"""
_RECONCILED = """
SELECT DISTINCT json_extract(doc.value, '$.fields.quarter') AS quarter, json_extract(doc.value, '$.fields.year') AS year
FROM dossier_states s JOIN drafts d ON d.id = s.id, json_each(d.body, '$.documents') doc
WHERE s.state IN ('sent', 'accepted', 'paid', 'paper') AND quarter IS NOT NULL
"""
_SORTS = {
    "number": "number",
    "kind": "kind",
    "title": "title",
    "amount": "amount",
    "status": f"CASE state {_STATE_ORDER} END",
    "updated": "updated_at",
}


class Instants(NamedTuple):
    """When a package was last tried, received whole (by the Treasury's clock) and decided on; ISO-8601 UTC or ""."""

    tried: str
    received: str
    decided: str


class Projection:
    """Rows, counts, facts and history of dossiers, for the desk."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._counted: tuple[tuple[int, int], dict[str, int]] | None = None

    def rows(self, query: RowQuery) -> list[DossierRow]:
        """Return the window `offset`..`offset + limit` of the matching dossiers, in the order asked for."""
        where, values = _where(query)
        direction = "DESC" if query.descending else "ASC"
        order = f"{_SORTS.get(query.sort, 'updated_at')} {direction}, id {direction}"
        # The window is found first, so that only its own rows are worked out in full.
        source = "drafts JOIN standing USING (local_id)" if query.sort == "status" else "drafts"
        window = f"SELECT id FROM {source} WHERE {where} ORDER BY {order} LIMIT ? OFFSET ?"  # noqa: S608 - ours
        sql = f"{_SELECT} WHERE id IN ({window}) ORDER BY {order}"
        return [_row(row) for row in self._database.rows(sql, (*values, query.limit, query.offset))]

    def totals(self, query: RowQuery) -> ListTotals:
        """Return how many dossiers match and their sum in VND, whatever the window; what is a guest here adds none."""
        where, values = _where(query)
        own = f"CASE WHEN local_id IN ({_GUESTS}) THEN 0 ELSE amount END"
        sql = f"SELECT count(*), COALESCE(sum({own}), 0) FROM drafts WHERE {where}"  # noqa: S608 - ours
        row = self._database.one(sql, values)
        return ListTotals(row[0], row[1]) if row else ListTotals(0, 0)

    def counts(self) -> dict[str, int]:
        """Return the number on each chip of the list, keyed by ListFilter value; counted once while nothing changes."""
        moment = self._database.moment()
        if self._counted is None or self._counted[0] != moment:
            self._counted = moment, self._count()
        return dict(self._counted[1])

    def _count(self) -> dict[str, int]:
        rows = self._database.rows("SELECT state, faulty, many FROM counted")
        return {
            chip.value: sum(row["many"] for row in rows if _on_chip(chip, State(row["state"]), bool(row["faulty"])))
            for chip in ListFilter
        }

    def facts(self, local_id: str) -> Facts:
        """Return what is known of one dossier. Raises StoreError not_found."""
        return _facts(self._find(local_id))

    def row(self, local_id: str) -> DossierRow:
        """Return one line of the list. Raises StoreError not_found."""
        return _row(self._find(local_id))

    def correction(self, package_id: str) -> DossierRow | None:
        """Return the dossier made in place of a package, draft or submitted, unless it came back itself."""
        row = self._database.one(_CORRECTION, (package_id, package_id))
        return None if row is None else _row(row)

    def official_code(self, local_id: str) -> str:
        """Return the mã số hồ sơ the Treasury gave, "" before it did."""
        return str(self._find(local_id)["official_code"] or "")

    def payee(self, local_id: str) -> str:
        """Return the payee the list would show, "" when there is none."""
        return str(self._find(local_id)["payee"])

    def instants(self, local_id: str) -> Instants:
        """Return when a dossier's package was sent, received and decided on, each "" while it was not."""
        row = self._database.one(_INSTANTS, (local_id,))
        return Instants("", "", "") if row is None else Instants(row["tried"], row["received"], row["decided"])

    def reconciled(self) -> frozenset[str]:
        """Return the quarters ("Quý IV/2026") whose tables the Treasury has, and did not send back."""
        return frozenset(f"Quý {row['quarter']}/{row['year']}" for row in self._database.rows(_RECONCILED))

    def history(self, local_id: str) -> list[HistoryEvent]:
        """Return what happened to a dossier, the newest first."""
        return history(self._database, local_id)

    def _find(self, local_id: str) -> Row:
        row = self._database.one(f"{_SELECT} WHERE local_id = ?", (local_id,))
        if row is None:
            raise fault("not_found")
        return row


def _on_chip(chip: ListFilter, state: State, faulty: bool) -> bool:
    if chip in (ListFilter.FIX, ListFilter.DRAFT):
        return state is State.DRAFT and faulty == (chip is ListFilter.FIX)
    return state in FILTER_STATES[chip]


def _where(query: RowQuery) -> tuple[str, tuple[object, ...]]:
    parts: list[str] = ["deleted_at IS NULL"]
    values: list[object] = []
    if expression := search_expression(query.text):
        parts.append("id IN (SELECT rowid FROM search WHERE search MATCH ?)")
        values.append(expression)
    if query.year is not None:
        parts.append("budget_year = ?")
        values.append(query.year)
    if query.source is not None:
        parts.append("instr(sources, ?) > 0")
        values.append(f"|{query.source}|")
    if query.filter and query.filter != ListFilter.ALL:
        parts.append(on_chip(ListFilter(query.filter)))
    return " AND ".join(parts), tuple(values)


def _facts(row: Row) -> Facts:
    delivery = row["delivery"]
    refused = delivery == "refused"
    return Facts(
        errors=row["errors"],
        submitted=row["submission_id"] is not None,
        steps=row["steps"],
        signed=row["signed"],
        package_id=row["package_id"],
        queued=row["package_id"] is not None and delivery == "queued",
        paused=bool(row["paused"] or row["held"]),
        sending=delivery == "sending" or (delivery == "parts" and row["missing"] != "[]"),
        progress=row["sent"] / row["size"] if row["size"] else 0.0,
        doubtful=delivery == "doubtful",
        receipt_no=row["receipt_no"],
        decision=row["decision"],
        case=row["accepted_case"] or "",
        reason=row["reason"],
        refused_code=row["code"] if refused else None,
        refused_message=row["text"] if refused else "",
        cancelled=bool(row["cancelled"]),
        on_paper=row["paper_reason"],
        away=bool(row["away"]),
        guest=bool(row["guest"]),
        other_machine=row["other_machine"],
    )


def _row(row: Row) -> DossierRow:
    return DossierRow(
        row["local_id"], row["number"], row["kind"], row["title"], row["amount"],
        _dots(row["steps"], row["signed"]), project(_facts(row)), row["updated_at"],
    )  # fmt: skip


def _dots(steps: int, signed: int) -> tuple[str, ...]:
    waiting = steps - signed
    return ("signed",) * signed + ("turn",) * min(waiting, 1) + ("waiting",) * max(waiting - 1, 0)

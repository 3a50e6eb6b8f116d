"""Pages of the journal for a screen: searched, sorted, read from a key onwards, so that a long journal stays fast."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import NamedTuple

from desktop.dossier.fold import fold
from desktop.store.database import Database, Row
from desktop.store.journal import Entry

OF_TREASURY, OF_MACHINE = "#treasury", "#machine"
"""Whose an entry without an actor is."""
MOST = 2_000
_KEYS = {
    "seq": "j.seq",
    "at": "j.at",
    "who": "coalesce((SELECT rank FROM ranks WHERE kind = 'who' AND code = {who}), 99999)",
    "what": "coalesce((SELECT rank FROM ranks WHERE kind = 'what' AND code = j.action), 99999)",
    "number": "coalesce({number}, '')",
}
_WHO = """CASE WHEN j.actor <> '' THEN j.actor
    WHEN j.action IN (SELECT value FROM json_each(:treasury)) THEN '#treasury' ELSE '#machine' END"""
_MARK = "rtrim(substr(j.detail, 1, instr(j.detail || ' ', ' ') - 1), ':')"
"""Details of a dossier that is no package yet begin with its mark."""
_NUMBER = f"""coalesce(
    (SELECT d.number FROM packages p JOIN drafts d USING (local_id) WHERE p.package_id = j.package_id),
    (SELECT number FROM drafts WHERE local_id = {_MARK}))"""  # noqa: S608 - nothing of a user
_TERM = """(
    j.action IN (SELECT value FROM json_each(:actions{n}))
    OR {who} IN (SELECT value FROM json_each(:whose{n}))
    OR j.detail LIKE :like{n} ESCAPE '\\'
    OR j.seq IN (SELECT value FROM json_each(:folded{n}))
    OR j.at BETWEEN :since{n} AND :until{n}
    OR {mark} IN (SELECT value FROM json_each(:marks{n}))
    OR j.package_id IN (SELECT value FROM json_each(:packages{n}))
    OR j.seq = :seq{n})"""


_BY = {
    OF_TREASURY: "j.actor = '' AND j.action IN (SELECT value FROM json_each(:treasury))",
    OF_MACHINE: "j.actor = '' AND j.action NOT IN (SELECT value FROM json_each(:treasury))",
}


class Term(NamedTuple):
    """One word asked for, folded: matching actions, whose entries (actors, OF_TREASURY, OF_MACHINE), a span of time."""

    word: str
    actions: tuple[str, ...] = ()
    whose: tuple[str, ...] = ()
    since: str = ""
    until: str = ""


class JournalQuery(NamedTuple):
    """A page: every term must match; `before` is the entry after which the page begins in the given order, 0 none.

    `who` and `what` order by rank: code to place; `since` and `until` are instants, "" for open. `by` is whose
    entries alone are wanted (an actor, OF_TREASURY, OF_MACHINE, "" for all), `actions` which acts, () for all.
    """

    terms: tuple[Term, ...] = ()
    sort: str = "seq"
    descending: bool = True
    before: int = 0
    limit: int = 200
    ranks: Mapping[str, Mapping[str, int]] = {}
    treasury: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    by: str = ""
    actions: tuple[str, ...] = ()


class Found(NamedTuple):
    """An entry with the number of the dossier it is about, "" for none."""

    entry: Entry
    number: str


class JournalReading:
    """Reads the journal for people; nothing here writes."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def page(self, query: JournalQuery) -> list[Found]:
        """Return one page in the order asked for, at most MOST entries."""
        key = _KEYS[query.sort].format(who=_WHO, number=_NUMBER)
        values = self._values(query)
        conditions = ["true"] + [self._term(number, term, values) for number, term in enumerate(query.terms)]
        for name, sign in (("since", ">="), ("until", "<=")):
            conditions += [f"j.at {sign} :{name}"] * bool(values[name])
        if query.before:
            conditions.append(_after(query, key))
        conditions += _chosen(query, values)
        rows = self._database.rows(_sql(query, key, " AND ".join(conditions)), values)
        return [Found(_entry(row), row["number"] or "") for row in rows]

    def _values(self, query: JournalQuery) -> dict[str, object]:
        ranks = [[kind, code, rank] for kind, known in query.ranks.items() for code, rank in known.items()]
        return {
            "ranks": json.dumps(ranks), "treasury": json.dumps(query.treasury), "before": query.before,
            "limit": min(query.limit, MOST), "since": query.since, "until": query.until,
        }  # fmt: skip

    def _term(self, number: int, term: Term, values: dict[str, object]) -> str:
        marks = self._marks(term.word)
        values |= {
            f"actions{number}": json.dumps(term.actions), f"whose{number}": json.dumps(term.whose),
            f"like{number}": f"%{_escaped(term.word)}%", f"folded{number}": json.dumps(self._foreign(term.word)),
            f"since{number}": term.since or "~", f"until{number}": term.until,
            f"marks{number}": json.dumps(marks), f"packages{number}": json.dumps(self._packages(marks)),
            f"seq{number}": int(term.word) if term.word.isascii() and term.word.isdigit() and len(term.word) < 16
            else -1,
        }  # fmt: skip
        return _TERM.format(n=number, who=_WHO, mark=_MARK)

    def _marks(self, word: str) -> list[str]:
        rows = self._database.rows(
            "SELECT local_id FROM drafts WHERE number LIKE ? ESCAPE '\\'", (f"%{_escaped(word)}%",)
        )
        return [row["local_id"] for row in rows]

    def _packages(self, marks: list[str]) -> list[str]:
        rows = self._database.rows(
            "SELECT package_id FROM packages WHERE local_id IN (SELECT value FROM json_each(?))", (json.dumps(marks),)
        )
        return [row["package_id"] for row in rows]

    def _foreign(self, word: str) -> list[int]:
        """Details with letters beyond ASCII are few; they are folded here, which SQLite cannot."""
        rows = self._database.rows("SELECT seq, detail FROM journal WHERE detail GLOB '*[^ -~]*'")
        return [row["seq"] for row in rows if word in fold(row["detail"])]


def _entry(row: Row) -> Entry:
    """Texts are texts here even in a journal that was tampered with: it must still be readable."""
    at, actor, action, detail = (str(row[name]) for name in ("at", "actor", "action", "detail"))
    return Entry(row["seq"], at, actor, action, row["package_id"], detail)


def _sql(query: JournalQuery, key: str, where: str) -> str:
    way = "DESC" if query.descending else "ASC"
    order = f"j.seq {way}" if query.sort == "seq" else f"{key} {way}, j.seq {way}"
    # The number is looked up for the entries of the page alone.
    return f"""
WITH ranks (kind, code, rank) AS MATERIALIZED (
    SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]'), json_extract(value, '$[2]') FROM json_each(:ranks)
), page AS MATERIALIZED (SELECT j.* FROM journal j WHERE {where} ORDER BY {order} LIMIT :limit)
SELECT j.*, {_NUMBER} AS number FROM page j ORDER BY {order}
"""  # noqa: S608 - the parts are ours, what people typed is in the values


def _chosen(query: JournalQuery, values: dict[str, object]) -> list[str]:
    """Conditions for one actor and some acts; in the journal's own order the page is cut out of an index first."""
    acts = f"j.action IN ({', '.join(f':act{place}' for place in range(len(query.actions)))})"
    values |= {f"act{place}": action for place, action in enumerate(query.actions)} | {"by": query.by}
    found = [_BY.get(query.by, "j.actor = :by")] * bool(query.by) + [acts] * bool(query.actions)
    if query.sort != "seq" or query.terms or not found:
        return found
    after = [_after(query, "")] * bool(query.before)
    parts = [[*found, *after]] if query.by else [[f"j.action = :act{n}", *after] for n in range(len(query.actions))]
    index = "journal_actor" if query.by else "journal_action"
    way = "DESC" if query.descending else "ASC"
    cut = f"SELECT j.seq FROM journal j INDEXED BY {index} WHERE {{}} ORDER BY j.seq {way} LIMIT :limit"  # noqa: S608 - ours
    wanted = " UNION ALL ".join(f"SELECT seq FROM ({cut.format(' AND '.join(part))})" for part in parts)  # noqa: S608
    return [f"j.seq IN ({wanted})"]


def _after(query: JournalQuery, key: str) -> str:
    sign = "<" if query.descending else ">"
    if query.sort == "seq":
        return f"j.seq {sign} :before"
    return f"({key}, j.seq) {sign} (SELECT {key}, j.seq FROM journal j WHERE j.seq = :before)"  # noqa: S608 - as above


def _escaped(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")

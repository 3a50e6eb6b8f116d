"""The unit's estimates: what each line was given, entry by entry, what is used, what it holds, what is left.

left = given − used − held. A dossier holds its money from «Trình ký» until the Treasury decides; after that the
Treasury's balance change counts and nothing else. The table `estimates` is the sum of the entries by line.
"""

from __future__ import annotations

from collections.abc import Iterable

from desktop.dossier.book import EntryKind, EntryRow, EstimateEntry
from desktop.dossier.people import EstimateLine
from desktop.dossier.views import EstimateView
from desktop.store.clock import Clock
from desktop.store.database import Database, Row
from desktop.store.errors import StoreError
from desktop.store.journal import Journal
from desktop.store.retold import ONCE
from desktop.store.standing import Without
from desktop.store.waiting import AMONG

Line = tuple[int, str, str, str]
"""Budget year, account, source, sector."""

_NO_ONE: Without = {"exclude": "", "replaces": ""}
_LINE = "budget_year, account, source, sector"
_DRAWN = "cause != 'settlement'"
_MOVED = f"""
SELECT {_LINE}, -sum(delta) AS used, max(at) AS at FROM feed_events WHERE kind = 'balance' AND {ONCE}
"""  # noqa: S608 - no input in it
_WAITING = f"""
SELECT {_LINE}, sum(CASE WHEN standing = 'paid' AND {_DRAWN} THEN amount ELSE 0 END) AS paid,
    sum(CASE WHEN standing = 'held' AND amount > 0 AND {_DRAWN} AND local_id != :exclude AND package_id IS NOT :replaces
        THEN amount ELSE 0 END) AS held
FROM posting_standing WHERE {AMONG}
"""  # noqa: S608 - no input in it
_ONE = "budget_year = :year AND account = :account AND source = :source AND sector = :sector"
_NEWEST = "(SELECT max(x.budget_year) FROM estimates x WHERE x.account = :account AND x.sector = '')"
_DEPOSIT = f"account = :account AND sector = '' AND budget_year = {_NEWEST}"
_GIVEN = "SELECT amount FROM estimates WHERE (budget_year, account, source, sector) = (?, ?, ?, ?)"
_ENTRIES = """
SELECT e.*, EXISTS (SELECT 1 FROM estimate_entries c WHERE c.undoes = e.entry_id) AS undone FROM estimate_entries e
"""
_SUMS = """
INSERT INTO estimate_entries (budget_year, account, source, sector, kind, amount, at, actor)
SELECT budget_year, account, source, sector, 'initial', amount, loaded_at, '' FROM estimates WHERE amount > 0
"""


class Estimates:
    """Enter what was given and show where each line stands."""

    def __init__(self, database: Database, clock: Clock, journal: Journal) -> None:
        self._database = database
        self._clock = clock
        self._journal = journal

    def load(self, lines: Iterable[EstimateLine], actor: str = "") -> int:
        """Set the amounts given, line by line; lines not named stay. Returns how many were set.

        Each difference to what a line was given is an entry: «Giao đầu năm» on a new line, «Điều chỉnh» on one that was
        there.
        """
        with self._database.transaction():
            count = 0
            for line in lines:
                key = (line.budget_year, line.account, line.source, line.sector)
                set_given(self._database, key, line.amount, self._clock(), actor=actor)
                count += 1
        return count

    def add(self, entry: EstimateEntry, actor: str) -> int:
        """Write one entry and return its number. Raises StoreError estimate_below_zero."""
        with self._database.transaction():
            number = write_entry(self._database, entry, self._clock(), actor)
            self._journal.append(actor, "estimate", None, f"entry {number}")
        return number

    def undo(self, entry_id: int, actor: str) -> int:
        """Write the counter-entry of an entry and return its number; both stay.

        Raises StoreError entry_unknown, entry_undone (once is enough), entry_counter (enter it anew instead),
        entry_of_treasury, estimate_below_zero.
        """
        with self._database.transaction():
            row = self._database.one(f"{_ENTRIES} WHERE entry_id = ?", (entry_id,))
            _may_be_undone(row)
            entry = _entry(row)
            counter = entry.model_copy(update={"amount": -entry.amount})
            number = write_entry(self._database, counter, self._clock(), actor, undoes=entry_id)
            self._journal.append(actor, "estimate_undo", None, f"entry {entry_id} by {number}")
        return number

    def entries(self, year: int) -> list[EntryRow]:
        """Return the entries of a budget year, the newest first."""
        rows = self._database.rows(f"{_ENTRIES} WHERE budget_year = ? ORDER BY entry_id DESC", (year,))
        return [_entry_row(row) for row in rows]

    def entry(self, entry_id: int) -> EntryRow:
        """Return one entry. Raises StoreError entry_unknown."""
        row = self._database.one(f"{_ENTRIES} WHERE entry_id = ?", (entry_id,))
        if row is None:
            raise _unknown()
        return _entry_row(row)

    def remaining(
        self,
        budget_year: int,
        account: str,
        source: str,
        sector: str,
        *,
        exclude: str | None = None,
        replaces: str | None = None,
    ) -> EstimateView | None:
        """Return one line, without what the dossier `exclude` and the package `replaces` hold; None for no line."""
        key, without = (budget_year, account, source, sector), Without(exclude=exclude or "", replaces=replaces or "")
        return _line(self._database, key, without)

    def all(self, year: int | None = None) -> list[EstimateView]:
        """Return every line, or those of one budget year, the newest year first."""
        where = "1" if year is None else "budget_year = :year"
        return _views(self._database, where, {**_NO_ONE, "year": year})


def line_left(database: Database, key: Line, without: Without) -> int | None:
    """Return VND left on one line (year, account, source, sector); None when it was never loaded."""
    view = _line(database, key, without)
    return None if view is None else view.left


def balance_left(database: Database, account: str, without: Without) -> int | None:
    """Return VND left on a deposit account in the newest year loaded; None when none was."""
    views = _views(database, _DEPOSIT, {**without, "account": account})
    return sum(view.left for view in views) if views else None


def set_given(
    database: Database,
    key: Line,
    amount: int,
    at: str,
    kind: EntryKind | None = None,
    *,
    day: str = "",
    actor: str = "",
) -> None:
    """Set what a line was given in all by an entry of the difference; call it in a transaction.

    Without a kind: «Giao đầu năm» on a new line, «Điều chỉnh» on one that was there. `day` is when it was given.
    """
    known = database.value(_GIVEN, key)
    if amount != (known or 0):
        kind = kind or ("initial" if known is None else "adjusted")
        year, account, source, sector = key
        entry = EstimateEntry.model_construct(
            budget_year=year, account=account, source=source, sector=sector, kind=kind, amount=amount - (known or 0),
            document_date=day,
        )  # fmt: skip
        write_entry(database, entry, at, actor)
    elif known is None:
        _add_to_line(database, key, 0, at)


def write_entry(database: Database, entry: EstimateEntry, at: str, actor: str, undoes: int | None = None) -> int:
    """Write an entry and the new sum of its line; call it in a transaction. Raises StoreError estimate_below_zero."""
    key = (entry.budget_year, entry.account, entry.source, entry.sector)
    _add_to_line(database, key, entry.amount, at)
    return database.insert("estimate_entries", **entry.model_dump(), undoes=undoes, at=at, actor=actor)


def enter_sums(database: Database) -> None:
    """Make an entry of each line that an older program loaded; step 6 of the schema calls it."""
    database.run(_SUMS)


def _add_to_line(database: Database, key: Line, amount: int, at: str) -> None:
    known = database.value(_GIVEN, key)
    if (known or 0) + amount < 0:
        raise StoreError(
            "estimate_below_zero", "Dự toán của dòng này sẽ thành số âm. Xem lại số tiền, chưa có gì được ghi."
        )
    database.run("INSERT OR REPLACE INTO estimates VALUES (?, ?, ?, ?, ?, ?)", (*key, (known or 0) + amount, at))


def _unknown() -> StoreError:
    return StoreError("entry_unknown", "Không có bút toán dự toán này. Xem lại số bút toán trong danh sách.")


def _may_be_undone(row: Row | None) -> None:
    if row is None:
        raise _unknown()
    if row["undone"]:
        raise StoreError("entry_undone", "Bút toán này đã được hủy bằng bút toán ngược. Không cần làm gì thêm.")
    if row["undoes"] is not None:
        raise StoreError("entry_counter", "Đây là bút toán ngược nên không hủy được. Nhập lại bút toán mới.")
    if row["kind"] == "treasury":
        raise StoreError(
            "entry_of_treasury",
            "Số này do Kho bạc ghi nên không hủy ở đây được. Nếu chưa đúng, hỏi Kho bạc rồi nhập điều chỉnh.",
        )


def _line(database: Database, key: Line, without: Without) -> EstimateView | None:
    named = dict(zip(("year", "account", "source", "sector"), key, strict=True))
    views = _views(database, _ONE, {**named, **without})
    return views[0] if views else None


def _views(database: Database, where: str, values: dict[str, object]) -> list[EstimateView]:
    """Read the lines, what moved on them and what waits, each in one go, and set them side by side."""
    lines = database.rows(
        f"SELECT * FROM estimates WHERE {where} ORDER BY budget_year DESC, account, source, sector",  # noqa: S608 - ours
        values,
    )
    moved = {_key(row): row for row in database.rows(f"{_MOVED} AND {where} GROUP BY {_LINE}", values)}
    waiting = {_key(row): row for row in database.rows(f"{_WAITING} AND {where} GROUP BY {_LINE}", values)}
    return [_view(row, moved.get(_key(row)), waiting.get(_key(row))) for row in lines]


def _key(row: Row) -> Line:
    return row["budget_year"], row["account"], row["source"], row["sector"]


def _view(row: Row, moved: Row | None, waiting: Row | None) -> EstimateView:
    used = (moved["used"] if moved else 0) + (waiting["paid"] if waiting else 0)
    held = waiting["held"] if waiting else 0
    return EstimateView(
        given=row["amount"], used=used, held=held, left=row["amount"] - used - held,
        confirmed_at=moved["at"] if moved else "", account=row["account"], source=row["source"], sector=row["sector"],
        budget_year=row["budget_year"],
    )  # fmt: skip


def _entry(row: Row) -> EstimateEntry:
    return EstimateEntry.model_construct(**{name: row[name] for name in EstimateEntry.model_fields})


def _entry_row(row: Row) -> EntryRow:
    return EntryRow(row["entry_id"], _entry(row), row["at"], row["actor"], row["undoes"], bool(row["undone"]))

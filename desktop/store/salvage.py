"""Save what can be read of a damaged store into a new one that opens: page by page, table by table, file by file.

The damaged folder is only read. Nothing salvaged leaves by itself: every package without a receipt is asked about
first, and all sending is held back until a person lets it go on.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from desktop.dossier.people import Unit
from desktop.store import salvaged_rows as rows
from desktop.store.checks import untold
from desktop.store.clock import Clock, system_clock
from desktop.store.database import Database
from desktop.store.draft_files import note_all
from desktop.store.durable import sync_folder
from desktop.store.envelope import read_front, second_copy
from desktop.store.errors import StoreError, fault, in_words
from desktop.store.finding_facts import find_everything
from desktop.store.leftovers import FILLED_BY
from desktop.store.lock import only_one
from desktop.store.masterkey import MasterKey
from desktop.store.raw_pages import Pages
from desktop.store.raw_tables import Named, RawTables
from desktop.store.recording import record_again
from desktop.store.rotation_plan import ARCHIVES
from desktop.store.salvage_folders import undisturbed, work_folder
from desktop.store.salvaged_people import signers_again, users_again
from desktop.store.store import ATTACHMENTS, DATABASE, KEYS, Store
from desktop.store.upgrade import STEPS, make_tables, renew_views, upgrade
from desktop.store.waiting import look_at_all

WHY = "Cứu từ dữ liệu hỏng: hỏi Kho bạc trước khi gửi"
GAP = 20
"""Numbers of dossiers left out after the highest that was saved: those given later may be lost."""
_OF_THE_BOOK = {*rows.BOOK, "submissions", "withdrawals", "guests", "accepted_submissions", "feed_events"}
BALANCES = {*_OF_THE_BOOK, "estimates", "estimate_entries", "packages", "drafts"}
"""Tables without which what is given, used and left may be told too low or too high."""
INCOMPLETE = "book_incomplete"
"""The setting that says since when; the next reconciliation that the Treasury confirms settles it."""
_LINES_OF_ENTRIES = """
INSERT OR IGNORE INTO estimates
SELECT budget_year, account, source, sector, sum(amount), max(at) FROM estimate_entries GROUP BY 1, 2, 3, 4
"""
_OPEN = """
SELECT package_id FROM deliveries WHERE NOT cancelled AND state NOT IN ('delivered', 'refused')
    AND NOT EXISTS (SELECT 1 FROM receipts r WHERE r.package_id = deliveries.package_id)
"""


class SalvageReport(NamedTuple):
    """What came out: rows saved in all, and by table the rows or pages known to be lost.

    `dossiers` and `packages` are counted in the new store, `asked` are packages to be asked about, `left_out` rows that
    belong to nothing any more, `attachments` files saved and `lost_attachments` (SHA-256) those that were not whole.
    """

    folder: Path
    rows: int
    dossiers: int
    packages: int
    asked: int
    left_out: int
    lost: Mapping[str, int]
    attachments: int
    lost_attachments: tuple[str, ...]

    @property
    def whole(self) -> bool:
        """Tell whether nothing is known to be missing."""
        return not (self.lost or self.left_out or self.lost_attachments)


def salvage(
    folder: Path,
    key: MasterKey,
    into: Path,
    progress: Callable[[int, int], None] = untold,
    *,
    clock: Clock = system_clock,
) -> SalvageReport:
    """Make a new store in `into`, which must not exist or be empty, out of what can be read in `folder`.

    `progress` hears tables and files done.
    Raises StoreError no_store, salvage_folder_used, salvage_nothing, bad_folder, disk_full.
    """
    if not (folder / DATABASE).exists():
        raise fault("no_store")
    with in_words(missing="bad_folder"):
        if into.exists() and any(into.iterdir()):
            raise StoreError(
                "salvage_folder_used", "Thư mục mới đã có tệp. Chọn thư mục chưa có gì để cứu dữ liệu vào."
            )
    with undisturbed(folder), work_folder(into) as work:
        with only_one(work / FILLED_BY):
            report = _Salvage(folder, key, work, progress, clock).run()
        with in_words():
            if into.exists():
                into.rmdir()
            work.rename(into)
            sync_folder(into.parent)
    return report._replace(folder=into)


class _Salvage:
    def __init__(
        self, folder: Path, key: MasterKey, work: Path, progress: Callable[[int, int], None], clock: Clock
    ) -> None:
        self._folder = folder
        self._key = key
        self._work = work
        self._progress = progress
        self._clock = clock
        self._lost: dict[str, int] = {}
        self._rows = 0
        self._left_out = 0

    def run(self) -> SalvageReport:
        """Rows first, then files; the new store opens before anybody is told that it does."""
        with in_words():
            pages = Pages(self._folder / DATABASE, self._key)
        try:
            self._tables(RawTables(pages))
        finally:
            pages.close()
        with in_words():
            for name in (KEYS, second_copy(Path(KEYS)).name):
                if (self._folder / name).exists():
                    shutil.copyfile(self._folder / name, self._work / name)
            for path in self._folder.glob(ARCHIVES):
                shutil.copyfile(path, self._work / path.name)
            (self._work / ATTACHMENTS).mkdir(mode=0o700)
        with Store(self._work, self._key, self._clock) as store:
            self._name_unit(store)
            return self._files(store)

    def _tables(self, raw: RawTables) -> None:
        if not raw.shapes:
            raise StoreError(
                "salvage_nothing", "Không đọc được gì trong unit.vx. Khôi phục từ bản sao lưu; giữ nguyên tệp hỏng."
            )
        version = raw.version if 0 < raw.version <= len(STEPS) else _guessed(raw)
        with Database(self._work / DATABASE, self._key) as database:
            database.without_foreign_keys()
            with database.transaction("EXCLUSIVE"):
                make_tables(database, version)
                with rows.without_triggers(database):
                    self._fill(database, raw)
            upgrade(database)
            with database.transaction("EXCLUSIVE"), rows.without_triggers(database):
                self._make_again(database)

    def _fill(self, database: Database, raw: RawTables) -> None:
        known = {str(row["name"]) for row in database.rows("SELECT name FROM sqlite_master WHERE rootpage > 0")}
        names = [name for name in raw.shapes if name in known and not _shadow(name)]
        refused = rows.put(database, self._counted(raw, names))
        missing = [name for name in known if _table(database, name) and name not in raw.shapes and not _shadow(name)]
        self._lost = {name: max(1, one.broken + one.holes) for name, one in raw.results.items() if not one.whole}
        self._lost.update(dict.fromkeys(missing, 1))
        for name, count in refused.items():
            self._lost[name] = self._lost.get(name, 0) + count
        self._left_out = rows.mend(database)
        rows.chain_end(database)
        if {"feed_events", "notices", "feed_cursor"} & self._lost.keys():
            rows.feed_again(database)

    def _counted(self, raw: RawTables, names: list[str]) -> Iterator[tuple[str, Named]]:
        before, total = "", len(names)
        for name, values in raw.read(names):
            if name != before:
                self._progress(names.index(name), total)
                before = name
            self._rows += 1
            yield name, values

    def _make_again(self, database: Database) -> None:
        renew_views(database)
        for table in rows.DERIVED:
            database.run(f"DELETE FROM {table}")  # noqa: S608 - ours
        database.run("DELETE FROM find")
        if self._lost.keys() & _OF_THE_BOOK:
            record_again(database)
        database.run(_LINES_OF_ENTRIES)
        for again in (rows.index_again, note_all, look_at_all, find_everything):
            again(database)

    def _name_unit(self, store: Store) -> None:
        """A store needs a unit and people to open, and must not give a number of a dossier twice."""
        database = store.backups.database
        with store.transaction():
            if not database.one("SELECT 1 FROM unit"):
                database.insert("unit", id=1, body=_unit(self._work).model_dump_json())
            if "people" in self._lost:
                signers_again(database)
            if "users" in self._lost:
                users_again(database, read_front(self._work).slots, self._clock())
            if self._lost.keys() & BALANCES:
                store.settings.set(INCOMPLETE, self._clock())
            highest = database.value("SELECT max(CAST(number AS INTEGER)) FROM drafts") or 0
            store.drafts.count_from(int(highest) + GAP)

    def _files(self, store: Store) -> SalvageReport:
        database = store.backups.database
        found = [
            (str(row["sha256"]), str(row["file"])) for row in database.rows("SELECT sha256, file FROM attachments")
        ]
        lost = []
        for number, (digest, name) in enumerate(found, 1):
            if not self._file(store, digest, name):
                lost.append(digest)
            self._progress(number, len(found))
        asked = self._asked(store, len(lost))
        return SalvageReport(
            self._work, self._rows, _count(database, "drafts"), _count(database, "packages"), asked, self._left_out,
            self._lost, len(found) - len(lost), tuple(lost),
        )  # fmt: skip

    def _file(self, store: Store, digest: str, name: str) -> bool:
        source, target = self._folder / ATTACHMENTS / name, self._work / ATTACHMENTS / name
        try:
            shutil.copyfile(source, target)
            store.attachments.open_bytes(digest)
        except StoreError as error:
            if error.code not in ("attachment_damaged", "store_damaged"):
                raise
            target.unlink()
            return False
        except OSError:
            target.unlink(missing_ok=True)
            if source.exists() and shutil.disk_usage(self._work).free < source.stat().st_size:
                raise fault("disk_full") from None
            return False
        return True

    def _asked(self, store: Store, lost_files: int) -> int:
        with store.transaction():
            packages = [str(row["package_id"]) for row in store.backups.database.rows(_OPEN)]
            store.outbox.mark_doubtful(packages, self._clock(), WHY)
            store.deliveries.pause()
            store.settings.renew_machine_id()
            store.journal.append("", "salvage", None, rows.lost_words({**self._lost, "files": lost_files}))
        return len(packages)


def _unit(folder: Path) -> Unit:
    """What the envelope shows of the unit; what it does not show is for a person to fill in."""
    front = read_front(folder)
    return Unit(
        code=front.unit_code or "0000000", name=front.unit_name or "Đơn vị chưa rõ tên", address=front.unit_address,
        chapter="", budget_level="", treasury_code="", treasury_name=front.treasury_name,
        estimate_account="", deposit_account="",
    )  # fmt: skip


def _guessed(raw: RawTables) -> int:
    """Without its first page a file does not say its step; the tables it has do."""
    marks = ("drafts", "postings", "paper_filings", "notices", "registrations", "users")
    return max((step for step, table in enumerate(marks, 1) if table in raw.shapes), default=len(STEPS))


def _shadow(name: str) -> bool:
    return name.startswith(("sqlite_", "search", "find")) or name in rows.DERIVED


def _table(database: Database, name: str) -> bool:
    return bool(database.value("SELECT 1 FROM sqlite_master WHERE name = ? AND type = 'table'", (name,)))


def _count(database: Database, table: str) -> int:
    return int(database.value(f"SELECT count(*) FROM {table}"))  # noqa: S608 - ours

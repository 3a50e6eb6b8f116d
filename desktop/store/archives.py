"""Closed years in files of their own: their dossiers leave the store whole, are read there, and can be taken back.

The file is made and compared first; one transaction then takes out of the store what the file holds. A crash in between
leaves both, and the next opening clears away the file that nobody counts on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from desktop.dossier.dates import VIETNAM
from desktop.dossier.document import Dossier
from desktop.store import archive_rows as rows
from desktop.store import draft_files, findable
from desktop.store.archive_closed import closed_dossiers
from desktop.store.archive_file import make_file, remove_file, secret_of
from desktop.store.backup_record import digest_of
from desktop.store.clock import Clock
from desktop.store.database import Database
from desktop.store.durable import TEMPORARY
from desktop.store.errors import StoreError, in_words
from desktop.store.find import Archived, Find
from desktop.store.finding_facts import find_draft
from desktop.store.journal import Journal
from desktop.store.lock import only_one
from desktop.store.masterkey import MasterKey
from desktop.store.rotation_plan import ARCHIVES
from desktop.store.summary import summarise

LOCK = "archive.lock"
STEPS_TOLD = 4
Progress = Callable[[int, int], None]
"""Told how many of how many steps are done."""
Cancelled = Callable[[], bool]

_STUB = "json_object('local_id', local_id, 'number', number, 'title', title)"
_FOUND = """
SELECT d.*, COALESCE(r.receipt_no, '') AS receipt_no, COALESCE(e.official_code, '') AS official_code
FROM year.drafts d LEFT JOIN year.packages p USING (local_id) LEFT JOIN year.receipts r USING (package_id)
LEFT JOIN year.feed_events e ON e.seq = (SELECT max(x.seq) FROM year.feed_events x WHERE x.package_id = p.package_id
                                    AND x.kind = 'decision')
WHERE d.local_id = ?
"""


_NOT_HERE = """
SELECT count(*) FROM year.drafts WHERE local_id NOT IN (SELECT local_id FROM main.drafts WHERE deleted_at IS NULL)
"""


class Year(NamedTuple):
    """A year put away: name and size in bytes of its file, how many dossiers, when and by whom."""

    year: int
    file: str
    dossiers: int
    size: int
    sha256: str
    at: str
    actor: str


class Archives:
    """Puts closed years away and takes them out again; `store.archives`."""

    def __init__(
        self, database: Database, folder: Path, key: MasterKey, clock: Clock, journal: Journal, find: Find
    ) -> None:
        self._database = database
        self._folder = folder
        self._key = key
        self._clock = clock
        self._journal = journal
        self._find = find

    def years(self) -> tuple[Year, ...]:
        """Return the years put away, the newest first."""
        return tuple(Year(*row) for row in self._database.rows("SELECT * FROM archives ORDER BY year DESC"))

    def closed(self) -> dict[int, int]:
        """Return how many dossiers each year could put away now."""
        last = self._last_closed()
        counted: dict[int, int] = {}
        for row in closed_dossiers(self._database):
            if row["year"] <= last:
                counted[row["year"]] = counted.get(row["year"], 0) + 1
        return counted

    def path(self, year: int) -> Path:
        """Return the file of a year put away. Raises StoreError archive_unknown, archive_damaged."""
        row = self._known(year)
        path = self._folder / row.file
        if not path.is_file() or digest_of(path).sha256 != row.sha256:
            raise _damaged(row)
        return path

    def put_away(
        self, year: int, actor: str, progress: Progress | None = None, cancelled: Cancelled | None = None
    ) -> Year:
        """Move the closed dossiers of a year into its file. `cancelled` is asked until the one transaction begins.

        Raises StoreError archive_open_year, archive_there, archive_nothing, archive_changed, archive_cancelled,
        disk_full, …; then all is as it was.
        """
        tell = _telling(progress, cancelled)
        with only_one(self._folder / LOCK):
            local_ids = self._leaving(year)
            path = self._folder / f"archive-{year}.vx"
            with self._cleared_on_error():
                tell(1)
                make_file(self._database, self._key, local_ids, path)
                tell(2)
                self._move(year, local_ids, path, actor)
        tell = _telling(progress, None)
        tell(3)
        self._shrink()
        tell(4)
        return self._known(year)

    def taken_out(
        self, year: int, actor: str, progress: Progress | None = None, cancelled: Cancelled | None = None
    ) -> int:
        """Bring a year's dossiers back as they were and delete its file; return how many.

        Raises StoreError archive_unknown, archive_damaged, archive_cancelled, disk_full, …; then all is as it was.
        """
        tell = _telling(progress, cancelled)
        with only_one(self._folder / LOCK):
            tell(1)
            path = self.path(year)
            tell(2)
            with rows.attached(self._database, str(path), self._secret()), self._database.transaction():
                found = self._database.rows("SELECT local_id FROM year.drafts ORDER BY id")
                local_ids = [str(row["local_id"]) for row in found]
                self._bring_back(year, local_ids)
                self._journal.append(actor, "unarchive", None, f"{year} {len(local_ids)}")
            remove_file(path)
        return len(local_ids)

    def recover(self) -> None:
        """Clear away what a crash left: files half made, and a year's file whose dossiers are all here."""
        if not any(self._folder.glob("archive-*")):
            return
        with suppress(StoreError), only_one(self._folder / LOCK):
            self._sweep()

    def _sweep(self) -> None:
        with in_words():
            for path in self._folder.glob(f"archive-*{TEMPORARY}*"):
                path.unlink(missing_ok=True)
        known = {item.file for item in self.years()}
        for path in self._folder.glob(ARCHIVES):
            if path.name not in known and self._all_here(path):
                remove_file(path)
        for item in self.years():
            if not findable.below(self._database, "archive", str(item.year)) and (self._folder / item.file).is_file():
                self._tell_again(item)

    def _tell_again(self, year: Year) -> None:
        """A salvage makes the index of search anew, and what keeps attachments from being swept."""
        path, database = self.path(year.year), self._database
        with rows.attached(database, str(path), self._secret()), database.transaction():
            found = [_found(database, str(row[0])) for row in database.rows("SELECT local_id FROM year.drafts")]
            self._keep(year.year, found)

    def _keep(self, year: int, found: list[Archived]) -> None:
        digests = [str(row[0]) for row in self._database.rows("SELECT sha256 FROM year.attachments")]
        draft_files.keep(self._database, f"archive-{year}", digests)
        self._find.archive(year, found)

    @contextmanager
    def _cleared_on_error(self) -> Iterator[None]:
        """Nothing that was refused stays beside the store; what was committed does, whatever failed after it."""
        try:
            yield
        except BaseException:
            with suppress(StoreError):
                self._sweep()
            raise

    def _all_here(self, path: Path) -> bool:
        with rows.attached(self._database, str(path), self._secret()):
            return not self._database.value(_NOT_HERE)

    def _leaving(self, year: int) -> list[str]:
        if year > self._last_closed():
            raise StoreError(
                "archive_open_year",
                f"Năm {year} chưa cất được: chỉ cất từ năm trước nữa trở về trước, tức đến năm {self._last_closed()}.",
            )
        if any(item.year == year for item in self.years()):
            raise StoreError("archive_there", f"Năm {year} đã cất rồi. Muốn cất thêm, mang năm đó về rồi cất lại.")
        found = [str(row["local_id"]) for row in closed_dossiers(self._database) if row["year"] == year]
        if not found:
            raise StoreError("archive_nothing", f"Năm {year} không có hồ sơ nào đã xong để cất. Dữ liệu vẫn nguyên.")
        return found

    def _last_closed(self) -> int:
        return datetime.fromisoformat(self._clock()).astimezone(VIETNAM).year - 2

    def _move(self, year: int, local_ids: list[str], path: Path, actor: str) -> None:
        """Compare row by row and delete, in one transaction: what changed since the copy was made is seen here."""
        database, digest = self._database, digest_of(path)
        with rows.attached(database, str(path), self._secret()), database.transaction():
            rows.choose(database, local_ids)
            everything = {**rows.COPIED, **rows.MOVED}
            if any(rows.differing(database, table, where) for table, where in everything.items()):
                raise StoreError("archive_changed", "Hồ sơ của năm vừa có thay đổi nên chưa cất. Thử lại.")
            self._take_away()
            self._keep(year, [_found(database, local_id) for local_id in local_ids])
            database.insert(
                "archives", year=year, file=path.name, dossiers=len(local_ids), size=digest.size, sha256=digest.sha256,
                at=self._clock(), actor=actor,
            )  # fmt: skip
            self._journal.append(actor, "archive", None, f"{year} {len(local_ids)}")

    def _take_away(self) -> None:
        database = self._database
        chosen = "local_id IN (SELECT local_id FROM temp.leaving)"
        with rows.unguarded(database):
            database.rows("PRAGMA defer_foreign_keys = ON")
            for table, condition in rows.MOVED.items():
                database.run(f"DELETE FROM main.{table} WHERE {condition}")  # noqa: S608 - ours
            database.run(f"DELETE FROM search WHERE rowid IN (SELECT id FROM main.drafts WHERE {chosen})")  # noqa: S608
            sql = f"UPDATE main.drafts SET body = {_STUB}, deleted_at = ? WHERE {chosen}"  # noqa: S608 - ours
            database.run(sql, (self._clock(),))
            database.run(f"UPDATE main.packages SET core = x'' WHERE {chosen}")  # noqa: S608 - ours

    def _bring_back(self, year: int, local_ids: list[str]) -> None:
        database, owner = self._database, f"archive-{year}"
        rows.choose(database, local_ids)
        with rows.unguarded(database):
            database.rows("PRAGMA defer_foreign_keys = ON")
            for table, names in rows.EMPTIED.items():
                values = ", ".join(f"{name} = y.{name}" for name in names)
                database.run(f"UPDATE main.{table} AS m SET {values} FROM year.{table} y WHERE y.local_id = m.local_id")  # noqa: S608
            for table in rows.MOVED:  # cuts before what they are cuts of: both are numbered by what is here now
                rows.bring_back(database, table)
        self._find.unarchive(year)
        for row in database.rows("SELECT id, local_id, body FROM year.drafts ORDER BY id"):
            dossier = Dossier.model_validate_json(row["body"])
            text = summarise(dossier).text
            database.run("INSERT INTO search (rowid, text) VALUES (?, ?)", (row["id"], text))
            find_draft(database, row["local_id"], dossier.attachments)
        database.run("DELETE FROM draft_files WHERE local_id = ?", (owner,))
        database.run("DELETE FROM archives WHERE year = ?", (year,))

    def _shrink(self) -> None:
        """Give the room back to the disk; nothing depends on it, so a full disk or another reader is no matter."""
        with suppress(StoreError):
            self._database.rows("PRAGMA wal_checkpoint(TRUNCATE)")

    def _known(self, year: int) -> Year:
        found = next((item for item in self.years() if item.year == year), None)
        if found is None:
            raise StoreError(
                "archive_unknown",
                f"Năm {year} chưa được cất. Xem các năm đã cất ở phần «Dữ liệu» hoặc bằng «vungxa archive».",
            )
        return found

    def _secret(self) -> bytes:
        return secret_of(self._key)


def _telling(progress: Progress | None, cancelled: Cancelled | None) -> Callable[[int], None]:
    """Give what is called as a step is done, and ends the work there for whoever was told to stop."""

    def tell(done: int) -> None:
        if progress is not None:
            progress(done, STEPS_TOLD)
        if cancelled is not None and cancelled():
            raise StoreError("archive_cancelled", "Đã dừng theo ý bạn. Hồ sơ vẫn ở nguyên chỗ cũ.")

    return tell


def _found(database: Database, local_id: str) -> Archived:
    """Say how a dossier of the attached year's file is found."""
    row = database.rows(_FOUND, (local_id,))[0]
    dossier = Dossier.model_validate_json(row["body"])
    names = " ".join(file.name for file in dossier.attachments)
    text = " ".join((summarise(dossier).text, names, row["receipt_no"], row["official_code"]))
    return Archived(local_id, row["number"], row["title"], row["payee"], row["amount"], row["created_at"], text)


def _damaged(year: Year) -> StoreError:
    return StoreError(
        "archive_damaged",
        f"Kho lưu năm {year.year} không còn nguyên. Lấy tệp {year.file} từ bản sao lưu đặt lại chỗ cũ.",
    )

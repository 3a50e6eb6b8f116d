"""Code lists that the unit imported: every version is kept, one of each kind is in force, 0 is the packaged one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.dossier.catalogues import Catalogue, Catalogues
from desktop.dossier.imported_codes import CodeRow, catalogue_of
from desktop.store.clock import Clock
from desktop.store.database import Database, Row
from desktop.store.errors import StoreError
from desktop.store.journal import Journal

_VERSIONS = """
SELECT v.*, (SELECT count(*) FROM catalogue_rows r WHERE r.kind = v.kind AND r.version = v.version) AS size,
    EXISTS (SELECT 1 FROM catalogue_used u WHERE u.kind = v.kind AND u.version = v.version) AS used
FROM catalogue_versions v ORDER BY v.kind, v.version
"""


@dataclass(frozen=True)
class CatalogueVersion:
    """One imported list: `label` is the unit's word for it (a date, a circular), `actor` who imported it and `at` when.

    `size` counts its rows; `used` says whether it is in force.
    """

    kind: str
    version: int
    label: str
    file_name: str
    actor: str
    at: str
    size: int
    used: bool


class StoredCatalogues:
    """Keeps imported lists and which of them is in force."""

    def __init__(self, database: Database, clock: Clock, journal: Journal) -> None:
        self._database = database
        self._clock = clock
        self._journal = journal
        self._read: dict[tuple[str, int], Catalogue] = {}

    def add(self, kind: str, rows: Sequence[CodeRow], *, label: str, file_name: str, actor: str) -> int:
        """Keep a list as the next version of its kind, not yet in force, and return the version (from 1)."""
        with self._database.transaction():
            version = self._newest(kind) + 1
            self._database.insert(
                "catalogue_versions",
                kind=kind, version=version, label=label, file_name=file_name, actor=actor, at=self._clock(),
            )  # fmt: skip
            for position, row in enumerate(rows):
                self._database.insert("catalogue_rows", kind=kind, version=version, position=position, **row._asdict())
            self._journal.append(actor, "import_catalogue", None, f"{kind} {version}")
        return version

    def use(self, kind: str, version: int, actor: str) -> None:
        """Put a version in force; 0 is the list that comes with the program. Raises StoreError no_version."""
        with self._database.transaction():
            if version and self._database.value(_FOUND, (kind, version)) is None:
                raise StoreError("no_version", f"Danh mục này chưa có bản {version}. Xem các bản đã nhập rồi chọn lại.")
            self._database.run("INSERT OR REPLACE INTO catalogue_used VALUES (?, ?)", (kind, version))
            self._journal.append(actor, "use_catalogue", None, f"{kind} {version}")

    def used(self, kind: str) -> int:
        """Return the version in force, 0 for the packaged list."""
        return int(self._database.value("SELECT version FROM catalogue_used WHERE kind = ?", (kind,)) or 0)

    def versions(self) -> tuple[CatalogueVersion, ...]:
        """Return everything imported, by kind and version."""
        return tuple(_version(row) for row in self._database.rows(_VERSIONS))

    def in_force(self) -> Catalogues:
        """Return the lists in force; a list is read once, since a version never changes."""
        rows = self._database.rows("SELECT kind, version FROM catalogue_used WHERE version > 0")
        return Catalogues({row["kind"]: self._catalogue(row["kind"], row["version"]) for row in rows})

    def _catalogue(self, kind: str, version: int) -> Catalogue:
        found = self._read.get((kind, version))
        if found is None:
            rows = self._database.rows(_ROWS, (kind, version))
            found = self._read[kind, version] = catalogue_of(kind, (CodeRow(*row) for row in rows))
        return found

    def _newest(self, kind: str) -> int:
        return int(self._database.value("SELECT max(version) FROM catalogue_versions WHERE kind = ?", (kind,)) or 0)


_FOUND = "SELECT 1 FROM catalogue_versions WHERE kind = ? AND version = ?"
_ROWS = f"SELECT {', '.join(CodeRow._fields)} FROM catalogue_rows WHERE kind = ? AND version = ? ORDER BY position"  # noqa: S608


def _version(row: Row) -> CatalogueVersion:
    return CatalogueVersion(
        row["kind"], row["version"], row["label"], row["file_name"], row["actor"], row["at"], row["size"],
        bool(row["used"]),
    )  # fmt: skip

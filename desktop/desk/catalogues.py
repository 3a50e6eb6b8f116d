"""The unit's code lists: import one from a spreadsheet, put a version in force, go back to an earlier one.

The appendices of TT 130/2025/TT-BTC could not be packaged; a unit that has the official table imports it here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from desktop.desk.allowing import needs, reading
from desktop.desk.context import DeskContext
from desktop.desk.errors import DeskError
from desktop.desk.whole_lists import read_whole, refuse_faults, text
from desktop.dossier.catalogues import LABELS, catalogue
from desktop.dossier.duties import Act
from desktop.dossier.imported_codes import CodeRow
from desktop.dossier.pack import load_pack
from desktop.exchange.sheet_kinds import CATALOGUE
from desktop.store.catalogues import CatalogueVersion


class CodeLists:
    """Versions of every kind of list; version 0 is the one that comes with the program."""

    def __init__(self, context: DeskContext) -> None:
        self._context = context

    @reading
    def versions(self) -> list[CatalogueVersion]:
        """Every version of every kind, the kinds in the order of the forms."""
        imported = self._context.store.catalogues.versions()
        kinds = list(LABELS)
        every = [*(self._packaged(kind) for kind in kinds), *imported]
        return sorted(every, key=lambda item: (kinds.index(item.kind), item.version))

    @needs(Act.CATALOGUES)
    def import_file(self, path: Path, kind: str, *, label: str = "", letters: str = "") -> CatalogueVersion:
        """Keep a list as the next version of its kind, not yet in force.

        Raises DeskError unknown_catalogue or bad_list, SpreadsheetError.
        """
        _refuse_unknown(kind)
        found = read_whole(path, CATALOGUE, letters)
        rows = [CodeRow(**{name: text(row, name) for name in CodeRow._fields}) for row in found.rows]
        refuse_faults(list(_faults(kind, rows, found.numbers)))
        version = self._context.store.catalogues.add(
            kind, rows, label=label, file_name=path.name, actor=self._context.user.person_id
        )
        return self._one(kind, version)

    @needs(Act.CATALOGUES)
    def use(self, kind: str, version: int) -> CatalogueVersion:
        """Put a version in force. Raises DeskError unknown_catalogue, StoreError no_version."""
        _refuse_unknown(kind)
        self._context.store.catalogues.use(kind, version, self._context.user.person_id)
        return self._one(kind, version)

    @needs(Act.CATALOGUES)
    def go_back(self, kind: str) -> CatalogueVersion:
        """Put the version before the one in force in its place; the packaged list stays. Raises as `use`."""
        return self.use(kind, max(0, self._context.store.catalogues.used(kind) - 1))

    def _one(self, kind: str, version: int) -> CatalogueVersion:
        return next(item for item in self.versions() if (item.kind, item.version) == (kind, version))

    def _packaged(self, kind: str) -> CatalogueVersion:
        size, used = len(catalogue(kind).entries), self._context.store.catalogues.used(kind) == 0
        return CatalogueVersion(kind, 0, "Kèm chương trình", "", "", "", size, used)


def _refuse_unknown(kind: str) -> None:
    if kind not in LABELS:
        raise DeskError("unknown_catalogue", f"Loại danh mục phải là một trong: {', '.join(LABELS)}. Hãy chọn lại.")


def _faults(kind: str, rows: Sequence[CodeRow], numbers: Sequence[int]) -> Iterator[str]:
    digits = load_pack().code_lengths.get(kind)
    seen: dict[str, int] = {}
    for row, number in zip(rows, numbers, strict=True):
        if digits is not None and not (row.code.isascii() and row.code.isdigit() and len(row.code) == digits):
            yield f"Dòng {number}: mã {row.code[:20]} không gồm {digits} chữ số"
        if row.code in seen:
            yield f"Dòng {number}: mã {row.code[:20]} đã có ở dòng {seen[row.code]}"
        seen.setdefault(row.code, number)

"""Which code list F4 opens for a blank: catalogues, what the unit wrote before, pictures, or the groups of a list."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from itertools import islice

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget

from desktop.dossier.form_parts import FieldType
from desktop.dossier.pack import form_of
from desktop.dossier.used_values import HABITS, LEARNT, matching
from desktop.dossier.views import Found
from desktop.ui.editor.columns import group_name
from desktop.ui.editor.draft import Draft
from desktop.ui.editor.lookup import Chosen, Lookup
from desktop.ui.services import DeskService

TITLES = {
    "econ": "Chọn mã NDKT",
    "sector": "Chọn mã ngành kinh tế",
    "source": "Chọn mã nguồn",
    "chapter": "Chọn mã chương",
    "program": "Chọn CTMT, dự án",
    "bank": "Chọn ngân hàng",
    "bank_or_treasury": "Chọn ngân hàng hoặc kho bạc",
    "treasury": "Chọn Kho bạc Nhà nước",
    "unit_account": "Chọn tài khoản của đơn vị",
    "group": "Chọn nhóm",
    "picture": "Chọn ảnh đã đính kèm",
    "currency": "Chọn loại tiền",
    "area": "Chọn địa bàn hành chính",
    "province": "Chọn tỉnh, thành phố",
    "commune": "Chọn xã, phường, đặc khu",
    "budget_level": "Chọn cấp ngân sách",
    "budget_unit": "Chọn đơn vị, dự án đã dùng",
    "project": "Chọn dự án đã dùng",
    "donor": "Chọn nhà tài trợ đã dùng",
    "country": "Chọn nước đã dùng",
    "reserve": "Chọn mã dự phòng đã dùng",
    "natural_account": "Chọn TK kế toán đã dùng",
    "fee_or_penalty": "Chọn phí, lệ phí đã dùng",
    "collecting_authority": "Chọn cơ quan thu đã dùng",
    "agency_electronic_id": "Chọn mã định danh đã dùng",
}
PICTURE, GROUP = "picture", "group"
PARTS = {"bank_or_treasury": ("bank", "treasury")}
"""Lists made of two others."""
MOST = 60


class CodeFinder:
    """Owns the one popup and feeds it."""

    def __init__(self, parent: QWidget, desk: DeskService, draft: Draft) -> None:
        self._parent, self._desk, self._draft = parent, desk, draft
        self._before: dict[str, Sequence[Found]] = {}

    @cached_property
    def popup(self) -> Lookup:
        """The popup, made when the first list is opened."""
        return Lookup(self._parent)

    def offers(self, catalogue: str | None) -> bool:
        """Whether there is anything to look up: a list that comes with no program has only the unit's own past."""
        return catalogue in TITLES and (catalogue not in LEARNT or bool(self._written(catalogue)))

    def find(self, anchor: QWidget, area: QRect, catalogue: str, where: str, chosen: Chosen) -> None:
        """Open the list of `catalogue` under a rectangle of a widget."""
        if self.offers(catalogue):
            find: Callable[[str], Sequence[Found]] = lambda text: self.search(catalogue, text)  # noqa: E731
            self.popup.ask(TITLES[catalogue], where, (anchor, area), find, chosen)

    def search(self, catalogue: str, text: str) -> Sequence[Found]:
        """Find codes in any of the lists, what was used before first."""
        own = matching(self._own(catalogue), text, MOST)
        told = {hit.name for hit in own}
        listed = (hit for part in PARTS.get(catalogue, (catalogue,)) for hit in self._desk.lookup(part, text))
        return [*own, *islice((hit for hit in listed if hit.name not in told), MOST)]

    def _own(self, catalogue: str) -> Sequence[Found]:
        if catalogue == PICTURE:
            return list(self._pictures())
        return list(self._groups()) if catalogue == GROUP else self._written(catalogue)

    def _written(self, catalogue: str) -> Sequence[Found]:
        """Ask once while the dossier is open: what it says itself meanwhile needs no list."""
        if catalogue not in self._before:
            self._before[catalogue] = self._desk.written_before(catalogue) if catalogue in HABITS else ()
        return self._before[catalogue]

    def _pictures(self) -> Iterator[Found]:
        files = self._draft.dossier.attachments
        return (Found(item.sha256, item.name) for item in files if item.media_type.startswith("image/"))

    def _groups(self) -> Iterator[Found]:
        forms = [form_of(document.form, self._draft.dossier.pack) for document in self._draft.dossier.documents]
        return (Found(g.key, group_name(g)) for form in forms for table in form.line_tables for g in table.row_groups)


def written(hit: Found, kind: FieldType) -> str:
    """Give what a blank of this type holds of an entry: words its name, everything else its code."""
    return (hit.name or hit.code) if kind == "text" else (hit.code or hit.name)

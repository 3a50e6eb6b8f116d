"""Which code list F4 opens for a field: catalogues, the unit's own accounts, or the groups of a list."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget

from desktop.dossier.fold import fold
from desktop.dossier.pack import form_of
from desktop.dossier.views import Found
from desktop.ui.editor.draft import Draft
from desktop.ui.editor.lookup import Lookup
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
    "budget_level": "Chọn cấp ngân sách",
}
PICTURE = "picture"
BY_NAME = {"bank", "treasury", "bank_or_treasury"}
"""Lists whose field holds the name, not the code."""


class CodeFinder:
    """Owns the one popup and feeds it."""

    def __init__(self, parent: QWidget, desk: DeskService, draft: Draft) -> None:
        self.popup = Lookup(parent)
        self._desk, self._draft = desk, draft

    def find(self, anchor: QWidget, area: QRect, catalogue: str, where: str, chosen: Callable[[str], None]) -> None:
        """Open the list of `catalogue` under a rectangle of a widget."""
        title = TITLES.get(catalogue, "Chọn mã")
        self.popup.ask(
            title, where, (anchor, area), lambda text: self.search(catalogue, text), self._named(catalogue, chosen)
        )

    def search(self, catalogue: str, text: str) -> Sequence[Found]:
        """Find codes in any of the lists."""
        if catalogue == "unit_account":
            return self._matching(self._accounts(), text)
        if catalogue == PICTURE:
            return self._matching(self._pictures(), text)
        if catalogue == "group":
            return self._matching(self._groups(), text)
        if catalogue == "bank_or_treasury":
            return [*self._desk.lookup("bank", text), *self._desk.lookup("treasury", text)]
        return self._desk.lookup(catalogue, text) if catalogue in TITLES else ()

    def _accounts(self) -> list[Found]:
        unit = self._desk.unit()
        return [Found(unit.estimate_account, "Tài khoản dự toán"), Found(unit.deposit_account, "Tài khoản tiền gửi")]

    def _pictures(self) -> list[Found]:
        files = self._draft.dossier.attachments
        return [Found(item.sha256, item.name) for item in files if item.media_type.startswith("image/")]

    def _groups(self) -> list[Found]:
        forms = [form_of(document.form) for document in self._draft.dossier.documents]
        return [Found(g.key, g.label) for form in forms for table in form.line_tables for g in table.row_groups]

    def _matching(self, found: Sequence[Found], text: str) -> list[Found]:
        return [hit for hit in found if fold(text) in fold(f"{hit.code} {hit.name}")]

    def _named(self, catalogue: str, chosen: Callable[[str], None]) -> Callable[[str], None]:
        if catalogue not in BY_NAME:
            return chosen
        return lambda code: chosen(next((hit.name for hit in self.popup.hits.found if hit.code == code), code))

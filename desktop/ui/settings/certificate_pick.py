"""Which certificate a person gets: one found on a plugged-in token, or one from a file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFileDialog, QWidget

from desktop.dossier.errors import VungXaError
from desktop.dossier.people_views import FoundCertificate
from desktop.ui.background import Workers
from desktop.ui.kit.basic import announce, button, column, row
from desktop.ui.kit.cells import Cell, Kind
from desktop.ui.kit.signs import Banner
from desktop.ui.settings.list_card import ListCard
from desktop.ui.settings.list_model import Line, sorted_text
from desktop.ui.settings.services import PeopleService
from desktop.ui.theme import px
from desktop.ui.wording import day

COLUMNS = (("Chủ chứng thư", 0), ("Nơi tìm thấy", 150), ("Đến ngày", 104), ("Dùng được", 104))
KINDS = "Chứng thư (*.cer *.crt *.pem *.der);;Mọi tệp (*)"
SEARCHING = "Đang tìm token…"
NONE = "Chưa thấy chứng thư ký nào. Cắm token rồi bấm «Tìm lại», hoặc chọn tệp."
CONFIRM = "Tôi xác nhận đây đúng là một người"


class CertificatePick(QWidget):
    """`changed` is emitted whenever another certificate is under the cursor. `name` gives whose it is to be."""

    changed = Signal()

    def __init__(
        self, workers: Workers, service: PeopleService, person_id: str, name: Callable[[], str], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._workers, self._service, self._person_id, self._name = workers, service, person_id, name
        self.found: dict[str, FoundCertificate] = {}
        box = column(self, gap=6)
        self.list = ListCard("Chứng thư tìm được", COLUMNS, SEARCHING, "chứng thư", lambda _key: self._show())
        self.list.setFixedHeight(px(150))
        box.addWidget(self.list)
        self.said = Banner()
        self.said.setVisible(False)
        self.confirm = QCheckBox(CONFIRM)
        self.confirm.setVisible(False)
        self.confirm.toggled.connect(lambda _on: self.changed.emit())
        line = row(gap=6)
        line.addWidget(button("Tìm lại trên token", "refresh-cw", "small", self.search))
        line.addWidget(button("Chọn từ tệp…", "folder-open", "small", self.ask_file))
        line.addStretch(1)
        box.addLayout(line)
        box.addWidget(self.said)
        box.addWidget(self.confirm)

    @property
    def chosen(self) -> FoundCertificate | None:
        """The certificate under the cursor, usable or not."""
        return self.found.get(self.list.key)

    @property
    def ready(self) -> bool:
        """Whether it can be registered now."""
        found = self.chosen
        return found is not None and not found.refusal and (not found.warning or self.confirm.isChecked())

    def search(self) -> None:
        """Ask the token thread what is plugged in."""
        who, name = self._person_id, self._name()
        self._workers.token.submit(self, lambda: self._service.on_tokens(who, name), self._found, self._failed, "pick")

    def ask_file(self) -> None:
        """Ask for a certificate's file."""
        name, _ = QFileDialog.getOpenFileName(self, "Chọn tệp chứng thư", "", KINDS)
        if name:
            self.take_file(Path(name))

    def take_file(self, path: Path) -> None:
        """Read a certificate from a file and choose it."""
        who, name = self._person_id, self._name()
        self._workers.paper.submit(
            self, lambda: self._service.in_file(path, who, name), lambda one: self._add([one]), self._failed
        )

    def _found(self, found: Sequence[FoundCertificate]) -> None:
        self._add(found)
        if not found:
            self._tell("amber", NONE)

    def _add(self, found: Sequence[FoundCertificate]) -> None:
        self.found |= {one.sha256: one for one in found}
        self.list.fill([_line(one) for one in self.found.values()])
        if found:
            good = next((one for one in found if not one.refusal), found[0])
            self.list.choose(good.sha256)
        self._show()

    def _show(self) -> None:
        found = self.chosen
        self.confirm.setChecked(False)
        self.confirm.setVisible(bool(found and found.warning))
        self.said.setVisible(False)
        if found is not None and (found.refusal or found.warning):
            self._tell("red" if found.refusal else "amber", found.refusal or found.warning)
        self.changed.emit()

    def _failed(self, error: VungXaError) -> None:
        self._tell("amber", error.message)

    def _tell(self, tint: str, words: str) -> None:
        head, _, rest = words.partition(". ")
        self.said.say(tint, "triangle-alert", head.rstrip(".") + ".", rest)
        self.said.setVisible(True)
        announce(self.said, self.said.accessibleName())


def _line(found: FoundCertificate) -> Line:
    words = ("Không", "circle-x", "red") if found.refusal else ("Cần xem", "triangle-alert", "amber")
    if not found.refusal and not found.warning:
        words = ("Được", "circle-check", "green")
    cells = (
        Cell(text=found.subject_name, weight=600),
        Cell(text=found.where, faded=True),
        Cell(text=day(found.not_after), faded=True),
        Cell(Kind.BADGE, words[0], icon=words[1], tint=words[2]),
    )
    sorts = (sorted_text(found.subject_name), sorted_text(found.where), found.not_after, words[0])
    return Line(found.sha256, cells, sorts, tip=f"{found.issuer_name}, số {found.serial_hex}")

"""«Nhận hồ sơ từ USB»: what a file holds, the code to compare, both sides of a conflict; nothing is merged."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QDialog, QWidget

from desktop.dossier.errors import VungXaError
from desktop.dossier.handover_views import HandoverKind, HandoverOutcome, HandoverReport, HandoverView
from desktop.ui.context import Context
from desktop.ui.kit.basic import announce, button, column, label, row
from desktop.ui.kit.signs import Banner
from desktop.ui.kit.tables import ListTable
from desktop.ui.signing.compare_code import CompareCode
from desktop.ui.signing.handover_detail import HandoverDetail
from desktop.ui.signing.handover_model import WIDTHS, HandoverModel
from desktop.ui.signing.services import HandoverService
from desktop.ui.theme import fit
from desktop.ui.wording import stamp

LEFT = (HandoverOutcome.CONFLICT, HandoverOutcome.REFUSED)
"""What stays as it is."""


class HandoverDialog(QDialog):
    """Shows a file that was read and verified; takes it when the user says so."""

    def __init__(
        self,
        context: Context,
        service: HandoverService,
        path: Path,
        view: HandoverView,
        parent: QWidget,
        passphrase: str = "",
    ) -> None:
        super().__init__(parent)
        self._context, self._service, self._path, self._passphrase = context, service, path, passphrase
        back = view.kind is HandoverKind.BACK
        self.setWindowTitle("Nhận lại hồ sơ đã ký ở máy khác" if back else "Nhận hồ sơ từ máy khác để ký")
        fit(self, 900, 640)
        box = column(self, (16, 14, 16, 14), 10)
        box.addWidget(label(f"{len(view.dossiers)} hồ sơ từ máy «{view.machine}»", "h2", wrap=True))
        box.addWidget(label(f"{view.unit_name}, ghi lúc {stamp(view.at)} theo giờ máy đó.", "muted", wrap=True))
        box.addWidget(CompareCode(view.code))
        self.ended = Banner()
        self.ended.setVisible(False)
        box.addWidget(self.ended)
        self.model = HandoverModel(view.dossiers)
        self.table = ListTable("Hồ sơ trong tệp", self.model, WIDTHS)
        self.table.selectionModel().currentRowChanged.connect(lambda now, _before: self._show(now.row()))
        box.addWidget(self.table, 2)
        self.detail = HandoverDetail(self._replace)
        box.addWidget(self.detail, 3)
        foot = row(gap=8)
        foot.addStretch(1)
        self.leave = button("Thôi", run=self.reject)
        self.go = button("Nhận", "download", "primary", self.take)
        foot.addWidget(self.leave)
        foot.addWidget(self.go)
        box.addLayout(foot)
        self.finished.connect(self.deleteLater)
        self.table.choose(self._first())
        self._update()

    def _first(self) -> int:
        """Begin at what needs a person: a conflict, then what is refused."""
        for wanted in LEFT:
            for place, item in enumerate(self.model.dossiers):
                if item.outcome is wanted:
                    return place
        return 0

    def _show(self, place: int) -> None:
        item = self.model.dossiers[place]
        self.detail.show_dossier(item, self.model.results.get(item.local_id), item.local_id in self.model.replace)

    def _replace(self, local_id: str, agreed: bool) -> None:
        (self.model.replace.add if agreed else self.model.replace.discard)(local_id)
        self._update()

    def _update(self) -> None:
        count = len(self.model.to_take())
        self.go.setText(f"Nhận {count} hồ sơ")
        self.go.setAccessibleName(self.go.text())
        self.go.setEnabled(bool(count))

    def take(self) -> None:
        """Take the file in on another thread; what is in conflict stays as it is unless a person gave it up."""
        service, path, passphrase, gone = self._service, self._path, self._passphrase, sorted(self.model.replace)
        self.go.setEnabled(False)
        self._context.workers.paper.submit(self, lambda: service.take(path, passphrase, gone), self._took, self._failed)

    def _took(self, report: HandoverReport) -> None:
        self._context.bus.changed.emit()
        self.model.show_report(report)
        changed = {HandoverOutcome.TAKE, HandoverOutcome.SIGN, HandoverOutcome.SEALED}
        taken = sum(result.outcome in changed for result in report.results)
        left = [
            result for result in report.results if result.outcome in (HandoverOutcome.CONFLICT, HandoverOutcome.REFUSED)
        ]
        more = " ".join(f"{result.number}: {result.message}" for result in left[:3])
        if left:
            self._tell("amber" if taken else "red", f"Đã nhận {taken} hồ sơ, {len(left)} hồ sơ để nguyên.", more)
        else:
            self._tell("green", f"Đã nhận {taken} hồ sơ.", _next(report))
        self.go.setVisible(False)
        self.leave.setText("Xong")
        self.leave.setAccessibleName("Xong")
        self._show(max(0, self.table.current_row()))
        self.leave.setFocus()

    def _failed(self, error: VungXaError) -> None:
        head, _, rest = error.message.partition(". ")
        self._tell("red", head.rstrip(".") + ".", rest)
        self._update()

    def _tell(self, tint: str, title: str, text: str) -> None:
        self.ended.say(tint, "circle-check" if tint == "green" else "triangle-alert", title, text)
        self.ended.setVisible(True)
        announce(self.ended, self.ended.accessibleName())


def _next(report: HandoverReport) -> str:
    """What to do after everything went in."""
    if report.kind is HandoverKind.OUT:
        return "Ký như mọi hồ sơ, rồi bấm «Chuyển máy khác ký…» để ghi lại cho máy kia."
    return "Hồ sơ đủ chữ ký tự vào hàng chờ gửi; hồ sơ còn thiếu chờ người ký tiếp theo."

"""Asks before a root is trusted, or trusted no more: the fingerprint is compared with paper, the yes is explicit."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QWidget

from desktop.dossier.trust_views import RootView
from desktop.ui.background import Worker
from desktop.ui.kit.basic import label
from desktop.ui.settings.ask_dialog import AskDialog
from desktop.ui.settings.trust_lines import fingerprint
from desktop.ui.wording import day

ADD = "Máy sẽ tin mọi chứng thư do nơi này cấp. So dãy số dưới đây với giấy của nơi cấp, đúng từng nhóm mới thêm."
REMOVE = "Chữ ký dựa vào gốc này sẽ không còn kiểm được ở máy này. Hồ sơ và chữ ký vẫn giữ nguyên; thêm lại được."
ADD_YES = "Tôi đã so dãy số với giấy của nơi cấp và chịu trách nhiệm về việc này"
REMOVE_YES = "Tôi muốn thôi tin chứng thư gốc này"


class RootDialog(AskDialog):
    """`work` adds or removes the root shown."""

    def __init__(
        self, worker: Worker, root: RootView, work: Callable[[], object], parent: QWidget, *, adds: bool
    ) -> None:
        title = "Thêm chứng thư gốc" if adds else "Thôi tin chứng thư gốc"
        go = ("Tin chứng thư gốc này", "shield-check") if adds else ("Thôi tin", "ban")
        super().__init__(worker, title, go, parent, (560, 400))
        self._work = work
        self.body.addWidget(label(root.name, "title", wrap=True))
        self.body.addWidget(label(f"Hết hạn {day(root.not_after)}", "caption"))
        self.body.addWidget(label(ADD if adds else REMOVE, wrap=True))
        self.digest = label(fingerprint(root.sha256), "equals", wrap=True)
        self.digest.setAccessibleName(f"SHA-256 {root.sha256}")
        self.digest.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.body.addWidget(label("Dấu vân tay SHA-256", "captionstrong"))
        self.body.addWidget(self.digest)
        self.yes = QCheckBox(ADD_YES if adds else REMOVE_YES)
        self.yes.toggled.connect(lambda _on: self._update())
        self.body.addWidget(self.yes)
        self.body.addStretch(1)
        self._update()

    def _update(self) -> None:
        self.go.setEnabled(self.yes.isChecked() and not self.running)

    def question(self) -> Callable[[], object] | None:
        """Do it once the yes was given."""
        return self._work if self.yes.isChecked() else None

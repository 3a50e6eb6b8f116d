"""Asks a person to stand by name for a payee whose account or name changed; nothing is ticked, the name is typed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QFrame, QLineEdit, QWidget

from desktop.dossier.errors import VungXaError
from desktop.dossier.payees import payees_in
from desktop.ui.editor.draft import Draft
from desktop.ui.kit.basic import button, column, frame, label, picture, row
from desktop.ui.services import DeskService
from desktop.ui.theme import px, tokens

CHANGED = "payee-changed"
"""The rule that stays broken until somebody stands for the payee."""
ADVICE = "Gọi điện hoặc xem giấy tờ của người nhận trước khi xác nhận. Nhật ký ghi tên người xác nhận và giờ."


class NameDialog(QDialog):
    """Shows who is paid now and what was before; `stand` takes the typed name and may refuse it."""

    def __init__(self, now: str, before: str, user: str, stand: Callable[[str], None], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Xác nhận đích danh")
        self._stand = stand
        box = column(self, (16, 14, 16, 14), 10)
        box.addWidget(label("Người nhận tiền khác lần trước", "h2", "red"))
        for words, kind in ((f"Lần này: {now}", "medium"), (before, "medium"), (ADVICE, "muted")):
            box.addWidget(label(words, kind, wrap=True))
        line = row(gap=8)
        name = label(f"Gõ họ tên của bạn ({user})")
        self.name = QLineEdit()
        self.name.setAccessibleName(f"Họ tên người xác nhận, {user}")
        self.name.returnPressed.connect(self.confirm)
        name.setBuddy(self.name)
        line.addWidget(name)
        line.addWidget(self.name, 1)
        box.addLayout(line)
        self.problem = label("", "caption", "red", wrap=True)
        self.problem.setVisible(False)
        box.addWidget(self.problem)
        foot = row(gap=8)
        foot.addStretch(1)
        foot.addWidget(button("Quay lại", run=self.reject))
        self.agree = button("Tôi xác nhận", "shield-check", "primary", self.confirm)
        foot.addWidget(self.agree)
        box.addLayout(foot)
        self.setMinimumWidth(px(480))

    def confirm(self) -> None:
        """Hand the typed name over; a refusal is shown and asks again."""
        try:
            self._stand(self.name.text())
        except VungXaError as error:
            self.problem.setText(error.message)
            self.problem.setVisible(True)
            self.name.setFocus()
        else:
            self.accept()


def ask_name(
    parent: QWidget, desk: DeskService, payee: tuple[str, str, str], before: str, done: Callable[[], object]
) -> None:
    """Ask the person at the desk to stand for a payee (name, account, bank); `done` is called once they did."""
    name, account, bank = payee
    now = ", ".join(part for part in (name, f"tài khoản {account}", bank) if part) + "."
    dialog = NameDialog(
        now, before, desk.user().name, lambda signed: desk.acknowledge_payee(account, name, signed), parent
    )
    dialog.accepted.connect(done)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


class ChangedStrip(QFrame):
    """Stands over a form whose payee changed, until somebody stands for it; a list of payees has its own card."""

    def __init__(self, desk: DeskService, draft: Draft) -> None:
        super().__init__()
        self._desk, self._draft = desk, draft
        self._payee = ("", "", "")
        made = frame("banner")
        made.setProperty("tint", "red")
        column(self, (10, 6, 10, 0)).addWidget(made)
        line = row(made, (10, 7, 10, 7), 10)
        line.addWidget(picture("triangle-alert", tokens().tint("red").ink, 18))
        self.words = label("", "medium", wrap=True)
        self.acknowledge = button("Xác nhận đích danh", "signature", "small", self._ask)
        line.addWidget(self.words, 1)
        line.addWidget(self.acknowledge)
        self.setVisible(False)

    def show_place(self, place: int | None) -> None:
        """Show the first changed payee of a document; None or a document without one hides the strip."""
        found = [p for p in self._draft.problems if p.rule == CHANGED and p.where.document == place]
        self.setVisible(bool(found) and place is not None and self._draft.editable)
        if not found or place is None:
            return
        where, document = found[0].where, self._draft.document(place)
        self.words.setText(found[0].message)
        payee = next(p for p in payees_in(document) if (p.table, p.row) == (where.table, where.row))
        self._payee = (payee.name, payee.account, "")

    def _ask(self) -> None:
        ask_name(self, self._desk, self._payee, self.words.text(), self._draft.check)

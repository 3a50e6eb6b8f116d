"""Signing a batch: the token, the list, what is signed, one PIN, progress and a result per dossier."""

from __future__ import annotations

import threading
from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QTimer
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QDialog, QFrame, QWidget

from desktop.dossier.errors import VungXaError
from desktop.dossier.people import ROLE_TITLES, Person
from desktop.dossier.views import SignItem, SignProgress, TokenView
from desktop.ui.context import Context
from desktop.ui.kit.basic import column, frame, label, picture, row
from desktop.ui.kit.signs import ThinBar, card
from desktop.ui.kit.tables import ListTable
from desktop.ui.signing.batch_model import WIDTHS, BatchModel
from desktop.ui.signing.covered import Covered
from desktop.ui.signing.outcome import Outcome
from desktop.ui.signing.paper_dialog import PaperDialog
from desktop.ui.signing.pin_foot import PinFoot
from desktop.ui.signing.token_banner import TokenBanner, TokenChoice, choose_token
from desktop.ui.theme import fit, px, tokens
from desktop.ui.wording import dong

POLL_MS = 1500
COVERED_FROM = 1000
"""Design pixels of width from which the list leaves room for what is signed."""


class SigningDialog(QDialog):
    """Signs for one person. It may be closed between dossiers; what is signed stays signed."""

    def __init__(self, context: Context, person: Person, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._person, self._signing = context, person, context.services.signing
        self._token: TokenView | None = None
        self._cancel: threading.Event | None = None
        self._closing = False
        self.model = BatchModel(self._signing.items(person.person_id))
        self.setWindowTitle("Ký số hàng loạt")
        self.setAccessibleName("Ký số hàng loạt")
        fit(self, 1178, 688)
        outer = column(self)
        outer.addWidget(self._head())
        body = frame("dialogbody")
        box = column(body, (19, 10, 19, 10), 9)
        self.banner, self.outcome = TokenBanner(), Outcome()
        box.addWidget(self.banner)
        box.addWidget(self.outcome)
        main = row(gap=11)
        main.addWidget(self._list(), 1)
        self.covered = Covered(self.look)
        main.addWidget(self.covered)
        box.addLayout(main, 1)
        outer.addWidget(body, 1)
        self.foot = PinFoot(self.sign, self.leave)
        self.pin, self.later, self.go = self.foot.pin, self.foot.later, self.foot.go
        self.pin.textChanged.connect(self._update)
        outer.addWidget(self.foot)
        QShortcut(QKeySequence("F6"), self).activated.connect(self.look)
        self._poll = QTimer(self)
        self._poll.setInterval(POLL_MS)
        self._poll.timeout.connect(self.find_token)
        self._poll.start()
        self.table.choose(0)
        self._update()
        self.find_token()

    def _head(self) -> QFrame:
        head = frame("head")
        head.setFixedHeight(px(52))
        box = row(head, (19, 0, 19, 0), 10)
        box.addWidget(picture("pen-line", tokens().tint("violet").ink, 20))
        box.addWidget(label("Ký số hàng loạt", "h1"))
        roles = ", ".join(ROLE_TITLES[role].lower() for role in self._person.roles)
        box.addWidget(label(f"{len(self.model.items)} hồ sơ chờ {roles}", "muted"))
        box.addStretch(1)
        self._done = label("", "strong")
        self._bar = ThinBar()
        self._bar.setFixedWidth(px(150))
        box.addWidget(self._done)
        box.addWidget(self._bar)
        return head

    def _list(self) -> QFrame:
        made = card()
        box = column(made, (1, 1, 1, 1))
        self.table = ListTable("Hồ sơ chờ ký", self.model, WIDTHS)
        self.table.setAccessibleDescription("Dấu cách để chọn hoặc bỏ một hồ sơ")
        self.table.selectionModel().currentRowChanged.connect(self._chosen)
        self.table.on_tick(self.toggle)
        box.addWidget(self.table, 1)
        foot = frame("tablefoot")
        foot.setFixedHeight(px(34))
        line = row(foot, (12, 0, 12, 0), 8)
        self._count, self._sum = label("", "strong"), label("", "equals")
        line.addWidget(self._count)
        line.addWidget(label("Bấm dấu cách để chọn hoặc bỏ một hồ sơ", "caption"))
        line.addStretch(1)
        line.addWidget(label("Tổng", "muted"))
        line.addWidget(self._sum)
        box.addWidget(foot)
        return made

    @property
    def running(self) -> bool:
        """Tell whether a batch is being signed now."""
        return self._cancel is not None

    def find_token(self) -> None:
        """Ask the token thread what is plugged in."""
        if not self.running:
            self._context.workers.token.submit(self, self._signing.tokens, self._found, self._no_tokens, "tokens")

    def _found(self, seen: Sequence[TokenView]) -> None:
        self._plugged(choose_token(seen, self._person))

    def _no_tokens(self, error: VungXaError) -> None:
        self._plugged(TokenChoice(None, error.message))

    def _plugged(self, choice: TokenChoice) -> None:
        self._token = None if choice.refusal else choice.token
        self.banner.show_choice(choice)
        if self._token is not None:
            self.foot.warn(self._token)
        self._update()

    def _chosen(self, now: QModelIndex, _before: QModelIndex) -> None:
        self.covered.show_item(self.current(now.row()))

    def current(self, place: int | None = None) -> SignItem | None:
        """Give the dossier with the cursor."""
        place = self.table.current_row() if place is None else place
        return self.model.items[place] if 0 <= place < len(self.model.items) else None

    def toggle(self) -> None:
        """Tick or untick the dossier with the cursor."""
        if not self.running:
            self.model.toggle(self.table.current_row())
            self._update()

    def look(self) -> None:
        """Show the exact paper of the dossier with the cursor."""
        if (item := self.current()) is not None:
            dossier = self._context.services.desk.dossier(item.local_id)
            PaperDialog(self._context, dossier, self).open()

    def _update(self) -> None:
        chosen, done, total = self.model.chosen(), self.model.signed_count(), len(self.model.items)
        self._done.setText(f"Đã ký {done} / {total}")
        self._bar.set_share(done / total if total else 0)
        files = sum(len(item.documents) for item in chosen)
        self._count.setText(f"{len(chosen)} hồ sơ sẽ ký, {files} tài liệu")
        self._sum.setText(dong(sum(item.amount for item in chosen)))
        self.foot.show_batch(len(chosen), done, total - done, self._token is not None, self.running)

    def sign(self) -> None:
        """Hand the PIN and the ticked dossiers to the token thread."""
        chosen, token = self.model.chosen(), self._token
        if not chosen or token is None or self.running:
            return
        if not self.pin.text():
            self.pin.setFocus()
            return
        worker, cancel, pin = self._context.workers.token, threading.Event(), self.pin.take()
        self._cancel = cancel
        self.outcome.setVisible(False)
        ids = [item.local_id for item in chosen]

        def work() -> None:
            worker.assert_here()
            report = lambda p: worker.post(self, lambda: self._progressed(p))  # noqa: E731 - one line, used once
            self._signing.sign(token.serial, pin, ids, report, cancel.is_set)

        worker.submit(self, work, lambda _none: self._finished(), self._failed)
        self._update()

    def _progressed(self, progress: SignProgress) -> None:
        place = self.model.show_progress(progress)
        if progress.state == "signing":
            self.table.choose(place)
        elif place == self.table.current_row():
            self.covered.show_item(self.current())
        self._update()

    def _finished(self) -> None:
        stopped = self._cancel is not None and self._cancel.is_set()
        self._end()
        failed = [p for p in self.model.progress.values() if p.state == "failed"]
        self.outcome.ended(failed, self.model.signed_count(), len(self.model.chosen()), stopped)

    def _failed(self, error: VungXaError) -> None:
        broken = next(
            (i for i in self.model.items if self.model.progress[i.local_id].state in ("signing", "stopped")), None
        )
        self.model.interrupt()
        self._end()
        signed = self.model.signed_count()
        if error.code == "pin_wrong":
            self.foot.refuse(error.message)
        elif error.code == "token_gone":
            self.outcome.pulled_out(broken.number if broken else "", signed, len(self.model.chosen()))
        else:
            self.outcome.broke(error.message, signed)

    def _end(self) -> None:
        self._cancel = None
        self._context.bus.changed.emit()
        self._update()
        self.find_token()
        if self._closing:
            self.accept()

    def leave(self) -> None:
        """Close, or while signing stop after the dossier in work."""
        if self._cancel is not None:
            self._cancel.set()
        else:
            self.accept()

    def reject(self) -> None:
        """Esc does what «Để sau» does."""
        self.leave()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the list all the room in a small window; F6 still shows what is signed."""
        super().resizeEvent(event)
        self.covered.setVisible(self.width() >= px(COVERED_FROM))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Never close over a running signature: stop after this dossier, then close."""
        if self._cancel is not None:
            self._closing = True
            self._cancel.set()
            event.ignore()
        else:
            super().closeEvent(event)

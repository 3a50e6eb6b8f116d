"""Signing a batch: the token, the list, what is signed, one PIN, progress and a result per dossier."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from datetime import UTC, datetime

from PySide6.QtCore import QModelIndex, QTimer
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QFrame, QWidget

from desktop.dossier.errors import VungXaError
from desktop.dossier.people import ROLE_TITLES, Person
from desktop.dossier.views import SignItem, SignProgress, TokenView
from desktop.ui.context import Context
from desktop.ui.kit.basic import button, column, frame, label, picture, row
from desktop.ui.kit.signs import Banner, ThinBar, card
from desktop.ui.kit.tables import ListTable
from desktop.ui.signing.batch_model import WIDTHS, BatchModel
from desktop.ui.signing.covered import Covered
from desktop.ui.signing.paper_dialog import PaperDialog
from desktop.ui.signing.pin_field import PinField
from desktop.ui.signing.token_banner import TokenBanner, choose_token
from desktop.ui.texts import tr
from desktop.ui.theme import px, tokens
from desktop.ui.wording import clock, dong

POLL_MS = 1500


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
        self.resize(px(1178), px(688))
        outer = column(self)
        outer.addWidget(self._head())
        body = frame("dialogbody")
        box = column(body, (19, 10, 19, 10), 9)
        self.banner, self.notice = TokenBanner(), Banner()
        self.notice.setVisible(False)
        box.addWidget(self.banner)
        box.addWidget(self.notice)
        main = row(gap=11)
        main.addWidget(self._list(), 1)
        self.covered = Covered(self.look)
        main.addWidget(self.covered)
        box.addLayout(main, 1)
        outer.addWidget(body, 1)
        outer.addWidget(self._foot())
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
        self.table.clicked.connect(lambda index: self.toggle() if index.column() == 0 else None)
        QShortcut(QKeySequence("Space"), self.table).activated.connect(self.toggle)
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

    def _foot(self) -> QFrame:
        foot = frame("foot")
        foot.setFixedHeight(px(76))
        box = row(foot, (19, 8, 19, 12), 12)
        left = column(gap=2)
        left.addWidget(label("Mã PIN của token, nhập một lần", "captionstrong"))
        self.pin = PinField()
        self.pin.returnPressed.connect(self.sign)
        self.pin.textChanged.connect(self._update)
        left.addWidget(self.pin)
        box.addLayout(left)
        self._wrong = picture("circle-alert", tokens().tint("red").ink, 20)
        words = column(gap=0)
        self._said, self._advice = label("", "strong", "red", wrap=True), label("", "caption", wrap=True)
        words.addStretch(1)
        words.addWidget(self._said)
        words.addWidget(self._advice)
        words.addStretch(1)
        box.addWidget(self._wrong)
        box.addLayout(words, 1)
        self.later = button(tr("Để sau"), "", "big", self.leave)
        self.go = button(tr("Ký số"), "pen-line", "bigprimary", self.sign)
        box.addWidget(self.later)
        box.addWidget(self.go)
        self._say_pin("", "Tắt gõ tiếng Việt trước khi nhập mã PIN.")
        return foot

    def _say_pin(self, strong: str, plain: str) -> None:
        self._wrong.setVisible(bool(strong))
        self._said.setVisible(bool(strong))
        self._said.setText(strong)
        self._advice.setText(plain)

    @property
    def running(self) -> bool:
        """Tell whether a batch is being signed now."""
        return self._cancel is not None

    def find_token(self) -> None:
        """Ask the token thread what is plugged in."""
        if not self.running:
            self._context.workers.token.submit(self, self._signing.tokens, self._found, self._no_tokens, "tokens")

    def _found(self, seen: Sequence[TokenView]) -> None:
        choice = choose_token(seen, self._person)
        self._token = None if choice.refusal else choice.token
        self.banner.show_choice(choice)
        if self._token is not None and (self._token.pin_final_try or self._token.pin_low) and not self._said.text():
            tries = "Chỉ còn 1 lần thử mã PIN." if self._token.pin_final_try else "Còn ít lần thử mã PIN."
            self._say_pin(tries, "Sai hết, token tự khóa và phải mang đến nơi cấp để mở.")
        self._update()

    def _no_tokens(self, error: VungXaError) -> None:
        self._token = None
        self.notice.say("red", "circle-alert", error.message)
        self.notice.setVisible(True)
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
        verb = "Ký tiếp" if done else tr("Ký")
        self.go.setText(f"{verb} {len(chosen)} hồ sơ")
        self.go.setAccessibleName(self.go.text())
        self.go.setEnabled(bool(chosen and self._token) and not self.running)
        self.pin.setEnabled(not self.running and self._token is not None)
        self.later.setText("Dừng sau hồ sơ này" if self.running else tr("Để sau") if chosen else "Xong")
        self.later.setAccessibleName(self.later.text())
        if self.pin.text():
            self._say_pin("", "")

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
        self.notice.setVisible(False)
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
        self._update()

    def _finished(self) -> None:
        stopped = self._cancel is not None and self._cancel.is_set()
        self._end()
        failed = [p for p in self.model.progress.values() if p.state == "failed"]
        if failed:
            self._note("red", "circle-alert", f"{len(failed)} hồ sơ chưa ký được. {failed[0].message}", self._kept())
        elif stopped:
            self._note("amber", "pause", "Đã dừng theo ý bạn.", self._kept())
        elif not self.model.chosen():
            self._note(
                "green",
                "circle-check",
                f"Đã ký xong {self.model.signed_count()} hồ sơ.",
                "Máy tự gửi hồ sơ đủ chữ ký khi có mạng.",
            )

    def _failed(self, error: VungXaError) -> None:
        broken = next(
            (i for i in self.model.items if self.model.progress[i.local_id].state in ("signing", "stopped")), None
        )
        self.model.interrupt()
        self._end()
        if error.code == "pin_wrong":
            self.pin.ask_again(True)
            head, _, rest = error.message.partition(". ")
            self._say_pin(head.rstrip(".") + ".", rest or "Tắt gõ tiếng Việt trước khi nhập.")
            self.pin.setFocus()
        elif error.code == "token_gone":
            where = f" khi đang ký hồ sơ {broken.number}" if broken else ""
            now = clock(datetime.now(UTC).isoformat())
            more = f"Nhập mã PIN để ký tiếp {len(self.model.chosen())} hồ sơ còn lại."
            self._note(
                "amber", "unplug", f"Token bị rút lúc {now}{where}", f"{self._kept()} Không có bản ký dở. {more}"
            )
        else:
            self._note("red", "circle-alert", error.message, self._kept())

    def _kept(self) -> str:
        return f"{self.model.signed_count()} hồ sơ ký xong vẫn giữ nguyên."

    def _note(self, tint: str, icon: str, title: str, text: str) -> None:
        self.notice.say(tint, icon, title, text)
        self.notice.setVisible(True)

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

    def closeEvent(self, event: QCloseEvent) -> None:
        """Never close over a running signature: stop after this dossier, then close."""
        if self._cancel is not None:
            self._closing = True
            self._cancel.set()
            event.ignore()
        else:
            super().closeEvent(event)

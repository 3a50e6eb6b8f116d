"""Signing a batch: the token, the list, what is signed, one PIN, progress and a result per dossier."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QDialog, QWidget

from desktop.dossier.errors import VungXaError
from desktop.dossier.people import Person
from desktop.dossier.sign_views import SignItem, SignProgress, TokenView
from desktop.ui.context import Context
from desktop.ui.kit.basic import column, frame, row
from desktop.ui.signing.batch_list import BatchList
from desktop.ui.signing.batch_model import BatchModel
from desktop.ui.signing.batch_run import BatchRun
from desktop.ui.signing.change_pin import ChangePin
from desktop.ui.signing.covered import Covered, CoveredDialog
from desktop.ui.signing.dialog_head import DialogHead, roles_of
from desktop.ui.signing.digest import Digest
from desktop.ui.signing.outcome import failures
from desktop.ui.signing.paper_dialog import PaperDialog
from desktop.ui.signing.pin_foot import BatchState, PinFoot
from desktop.ui.signing.pin_words import each_time
from desktop.ui.signing.strips import Strips
from desktop.ui.signing.token_choice import TokenChoice
from desktop.ui.signing.token_watch import TokenWatch
from desktop.ui.signing.waiting import Waiting, read_waiting
from desktop.ui.theme import fit, px

COVERED_FROM = 1000
"""Design pixels of width from which the list leaves room for what is signed; below, the dialog fills the window."""
TIGHT_BELOW = 620
"""Design pixels of height under which one strip at most stands between token and list."""
PIN_CODES = frozenset({"pin_wrong", "pin_final_try", "pin_format", "pin_cancelled", "pin_pad_timeout"})
EXAMINE_CODES = frozenset({"module_crashed", "module_error", "module_unusable", "token_timeout", "bad_token_signature"})


class SigningDialog(QDialog):
    """Signs for one person. It may be closed between dossiers; what is signed stays signed."""

    def __init__(
        self, context: Context, person: Person, parent: QWidget | None = None, leave_out: Collection[str] = ()
    ) -> None:
        super().__init__(parent)
        self._context, self._person, self._signing = context, person, context.services.signing
        self._token: TokenView | None = None
        self._closing = self.loaded = False
        self.model = BatchModel()
        self.model.untick(leave_out)
        self.setWindowTitle("Ký số hàng loạt")
        self.setAccessibleName("Ký số hàng loạt")
        self._lay_out()
        self._run = BatchRun(self, context.workers.token, self._signing)
        self._run.progressed.connect(self._progressed)
        self._run.finished.connect(self._finished)
        self._run.failed.connect(self._failed)
        self.watch = TokenWatch(self, context.workers.token, self._signing.tokens, person)
        self.watch.seen.connect(self._plugged)
        QShortcut(QKeySequence("F6"), self).activated.connect(self.look)
        self._update()
        self._read()
        self.watch.start()

    def _lay_out(self) -> None:
        examine = self.examine if self._context.has_place("settings") else None
        fit(self, 1178, 688)
        outer = column(self)
        self.head = DialogHead()
        outer.addWidget(self.head)
        body = frame("dialogbody")
        box = column(body, (19, 10, 19, 10), 9)
        self.strips = Strips(examine)
        self.banner, self.outcome = self.strips.banner, self.strips.outcome
        box.addWidget(self.strips)
        main = row(gap=11)
        self.digest = Digest(self._context, self)
        self.list = BatchList(self.model, self.toggle, self._chosen, self._write_digest, self.open_item)
        self.table = self.list.table
        main.addWidget(self.list, 1)
        self.covered = Covered(self.look, self._stand)
        main.addWidget(self.covered)
        box.addLayout(main, 1)
        outer.addWidget(body, 1)
        self.foot = PinFoot(self.sign, self.leave, self.change_pin)
        self.pin, self.later, self.go = self.foot.pin, self.foot.later, self.foot.go
        outer.addWidget(self.foot)
        self._fold()

    def _read(self) -> None:
        person, services = self._person, self._context.services
        self._context.workers.paper.submit(self, lambda: read_waiting(services, [person]), self._show, self._unread)

    def _show(self, waiting: Waiting) -> None:
        items = waiting.items[self._person.person_id]
        self.loaded = True
        self.model.show(items, waiting.away())
        self.head.say(f"{len(items)} hồ sơ chờ {roles_of(self._person)}")
        self.table.choose(0)
        self._chosen(self.list.item())
        self._update()

    def _unread(self, error: VungXaError) -> None:
        self.outcome.broke(error.message, 0)

    @property
    def running(self) -> bool:
        """Tell whether a batch is being signed now."""
        return self._run.running

    def find_token(self) -> None:
        """Ask the token thread now what is plugged in."""
        self.watch.look()

    def _plugged(self, choice: TokenChoice) -> None:
        self._token = None if choice.refusal else choice.token
        locked = choice.token is not None and choice.token.pin_locked
        self.strips.show_choice(choice)
        self.foot.show_token(choice.token if locked else self._token)
        self._update()

    def _chosen(self, item: SignItem | None) -> None:
        progress = self.model.progress.get(item.local_id) if item else None
        self.covered.show_item(item, progress, self._stood(item), asks=not self.running)

    def _stood(self, item: SignItem | None) -> Collection[str]:
        return self.model.stood_for(item.local_id) if item else ()

    def open_item(self) -> None:
        """Show what is signed of the dossier with the cursor: its paper, or in a small window first the panel."""
        item = self.current()
        if item is None or not self.covered.isHidden():
            self.look()
            return
        stand = None if self.running else self._stand
        CoveredDialog(item, self.model.progress[item.local_id], self._stood(item), self.look, stand, self).open()

    def current(self) -> SignItem | None:
        """Give the dossier with the cursor."""
        return self.list.item()

    def toggle(self) -> None:
        """Tick or untick the dossier with the cursor."""
        if not self.running:
            self.model.toggle(self.table.current_row())
            self._update()

    def _stand(self, local_id: str, keys: Collection[str], stands: bool) -> None:
        if not self.running:
            self.model.stand(local_id, keys, stands)
            self._update()

    def look(self) -> None:
        """Show the exact paper of the dossier with the cursor."""
        if (item := self.current()) is not None:
            PaperDialog(self._context, item, self).open()

    def examine(self) -> None:
        """Leave for the place where tokens are examined."""
        if not self.running:
            self.accept()
            self._context.bus.went.emit("settings/tokens")

    def _write_digest(self) -> None:
        self.digest.ask(self._person, [item.local_id for item in self.model.marked()])

    def change_pin(self) -> None:
        """Ask for the old and the new PIN; the token is left alone meanwhile."""
        if self._token is None or self.running:
            return
        dialog = ChangePin(self._token, self._signing.change_pin, self._context.workers.token, self)
        words = "Đã đổi mã PIN.", "Nhập mã PIN mới để ký."
        dialog.changed.connect(lambda: self.outcome.tell("green", "circle-check", *words))
        dialog.finished.connect(self.find_token)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _update(self) -> None:
        done, total = self.model.signed_count(), len(self.model.items)
        self.head.show_progress(done, total)
        chosen, held = self.model.chosen(), len(self.model.held())
        self.list.sum_up(chosen)
        left = total - done if self.loaded else 1
        self.foot.show_batch(BatchState(len(chosen), held, done, left, self.running, not self.loaded))

    def sign(self) -> None:
        """Hand the PIN and the ticked dossiers to the token thread."""
        chosen, token = self.model.chosen(), self._token
        if token is None or not self.foot.ready:
            return
        if self.foot.needs_pin and not self.pin.text():
            self.pin.setFocus()
            return
        pin, final = self.foot.take()
        self.outcome.setVisible(False)
        self.watch.hold(True)
        stood = {item.local_id: sorted(self.model.stood_for(item.local_id)) for item in chosen if item.must_acknowledge}
        shown = {item.local_id: item.mark for item in chosen}
        self._run.start(token.serial, pin, list(shown), stood, shown, final_try=final)
        self._chosen(self.current())
        self._update()

    def _progressed(self, told: Sequence[SignProgress]) -> None:
        before, signed = self.table.current_row(), self.model.signed_count()
        for progress in told:
            self.model.show_progress(progress)
        last = told[-1]
        self.table.choose(self.model.row_of(last.local_id))
        if self.table.current_row() == before:
            self._chosen(self.current())
        if last.pin_each:
            turn = max(1, min(self._run.count, last.pin_uses))
            self.foot.turn(each_time(turn, self._run.count, pad=not self.foot.needs_pin))
        self._update()
        if self.model.signed_count() > signed:
            self.head.speak()

    def _finished(self, stopped: bool) -> None:
        self._end()
        signed, total = self.model.signed_count(), len(self.model.items)
        failed = failures(self.model.items, self.model.progress)
        self.outcome.ended(failed, signed, total - signed, len(self.model.held()), stopped)

    def _failed(self, error: VungXaError) -> None:
        broken = self.model.at_work()
        self.model.interrupt()
        self._end()
        signed, left = self.model.signed_count(), len(self.model.chosen())
        if error.code in PIN_CODES:
            self.foot.refuse(error.message)
            if signed:
                self.outcome.tell("amber", "pause", f"Đã ký {signed} hồ sơ, còn {left}.", "Nhập lại mã PIN để ký tiếp.")
        elif error.code == "token_gone":
            self.outcome.pulled_out(broken.number if broken else "", signed, left)
        else:
            self.outcome.broke(error.message, signed, left, examine=error.code in EXAMINE_CODES)

    def _end(self) -> None:
        self._context.bus.changed.emit()
        self._update()
        self._chosen(self.current())
        self.watch.hold(False)
        if self._closing:
            self.accept()

    def stop(self) -> None:
        """Stop after the dossier in work, as the window closes."""
        self._run.stop()

    def leave(self) -> None:
        """Close, or while signing stop after the dossier in work."""
        if self.running:
            self._run.stop()
        else:
            self.accept()

    def reject(self) -> None:
        """Esc does what «Để sau» does."""
        self.leave()

    def done(self, result: int) -> None:
        """Ask nothing of the token any more once the dialog is gone."""
        self.watch.stop()
        super().done(result)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the list all the room in a small window; F6 still shows what is signed."""
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        wide = self.width() >= px(COVERED_FROM)
        self.covered.setVisible(wide)
        self.list.details.setVisible(not wide)
        self.strips.tighten(self.height() < px(TIGHT_BELOW))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Never close over a running signature: stop after this dossier, then close."""
        if self.running:
            self._closing = True
            self._run.stop()
            event.ignore()
        else:
            super().closeEvent(event)

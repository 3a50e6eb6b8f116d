"""«Tin cậy & bằng chứng»: whom the unit trusts, how old its revocation lists are, what waits for time-stamps."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog

from desktop.dossier.duties import Act
from desktop.dossier.trust_views import CrlView, RootView, TrustView
from desktop.ui.context import Context
from desktop.ui.kit.allowing import needs
from desktop.ui.kit.basic import button
from desktop.ui.kit.signs import Banner
from desktop.ui.settings.ask_dialog import AskDialog
from desktop.ui.settings.evidence_dialog import EvidenceDialog
from desktop.ui.settings.list_card import ListCard
from desktop.ui.settings.root_dialog import RootDialog
from desktop.ui.settings.section import Section
from desktop.ui.settings.services import TrustService
from desktop.ui.settings.trust_lines import (
    CRLS,
    ROOTS,
    STATE,
    crl_line,
    fingerprint,
    root_key,
    root_line,
    source_words,
    state_lines,
)
from desktop.ui.wording import day

KINDS = "Tin cậy, danh sách thu hồi (*.vxtrust *.crl *.pem *.der);;Mọi tệp (*)"
ROOT_KINDS = "Chứng thư gốc (*.cer *.crt *.pem *.der);;Mọi tệp (*)"
NOTHING_NEW = "Máy đã có bản này hoặc bản mới hơn. Không có gì thay đổi."
STALE = "Danh sách đã cũ hơn 90 ngày nên chứng thư bị thu hồi gần đây chưa thấy được. Nối mạng hoặc nhập tệp mới."
_LIST = "Kho bạc ký danh sách những nơi cấp mà đơn vị được tin. Máy tự nhận khi có mạng, hoặc từ tệp .vxtrust trên USB."
_CRL = "Danh sách thu hồi cho biết chứng thư nào không còn dùng được. Quá 90 ngày thì coi là cũ."
_STAMP = (
    "Dấu thời gian chứng minh chữ ký có trước khi chứng thư hết hạn hay bị thu hồi. "
    "Máy tự xin khi có mạng, không đụng vào chữ ký."
)
MEANS = {"list": _LIST, "crls": _CRL, "sources": _CRL, "tsa": _STAMP, "waiting": _STAMP, "days": _STAMP}
NO_LIST = "Chưa có danh sách tin cậy của Kho bạc."
NO_LIST_DO = "Nối mạng để máy tự lấy, hoặc bấm «Nhập tệp…» để nhập tệp .vxtrust từ USB."


class TrustSection(Section):
    """Takes .vxtrust and revocation lists by button or dropped here."""

    key, title, icon = "trust", "Tin cậy & bằng chứng", "shield-check"

    def __init__(self, context: Context, service: TrustService, fail: Callable[[str], object]) -> None:
        super().__init__(context, fail)
        self._service = service
        self.shown: TrustView | None = None
        self.warning = Banner("amber", "clock")
        self.warning.setVisible(False)
        none = "Chưa tin chứng thư gốc nào. Nhập tệp .vxtrust của Kho bạc."
        no_crl = "Chưa có danh sách thu hồi nào. Nối mạng hoặc nhập tệp từ USB."
        self.roots = ListCard("Chứng thư gốc", ROOTS, none, "chứng thư gốc", self.chosen_in(1), drops=(3,))
        self.crls = ListCard("Danh sách thu hồi", CRLS, no_crl, "danh sách", self.chosen_in(2), drops=(4, 2))
        self.state = ListCard("Tổng quan", STATE, "Đang đọc…", "mục", self.chosen_in(0))
        self.lay_out([self.state, self.roots, self.crls], self.warning)
        self.commands = [
            button("Thêm gốc…", "plus", "", self.ask_root),
            button("Nhập tệp…", "file-up", "primary", self.ask_file),
        ]
        self.setAcceptDrops(True)
        self.show_chosen("")

    def refresh(self) -> None:
        """Read everything again."""
        self.context.workers.paper.submit(self, self._service.view, self.show_view, self.failed, "trust")

    def show_view(self, view: TrustView) -> None:
        """Show what was read."""
        self.shown = view
        self.state.fill(state_lines(view))
        self.roots.fill([root_line(root) for root in view.roots])
        self.crls.fill([crl_line(crl) for crl in view.crls])
        self.count()
        head, _, rest = view.warning.partition(". ")
        if not view.list_version and not view.roots:
            head, rest = NO_LIST, NO_LIST_DO
        self.warning.say("amber", "clock", f"{head.rstrip('.')}." if head else "", rest)
        self.warning.setVisible(bool(head))
        self.show_chosen(self.list().key)

    def root(self) -> RootView | None:
        """Give the root with the cursor."""
        found = self.shown.roots if self.shown else ()
        return next((root for root in found if root_key(root) == self.roots.key), None)

    def crl(self) -> CrlView | None:
        """Give the revocation list with the cursor."""
        return next((crl for crl in self.shown.crls if crl.issuer == self.crls.key), None) if self.shown else None

    def show_chosen(self, key: str) -> None:
        """Tell about the chosen line; beside the overview stand the things to do about it."""
        place, root, crl = self.stack.currentIndex(), self.root(), self.crl()
        if place == 1 and key and root is not None:
            self._show_root(root)
        elif place == 2 and key and crl is not None:
            self._show_crl(crl)
        else:
            self._show_state(key)
        self.pane.end()

    def _show_state(self, key: str) -> None:
        self.pane.begin("Tin cậy & bằng chứng")
        self.pane.say(MEANS.get(key, MEANS["list"]), "muted")
        self.pane.buttons(
            button("Đổi nơi cấp, số ngày…", "settings", "", self.ask_evidence),
            button("Hỏi lại khi có mạng", "refresh-cw", "", self.ask_again),
        )

    def _show_root(self, root: RootView) -> None:
        self.pane.begin(root.name)
        who = f"Đơn vị tự thêm ngày {day(root.added_at)}" if root.own else "Theo danh sách của Kho bạc"
        self.pane.facts(
            ("Ai đưa vào", who), ("Hết hạn", day(root.not_after)), ("Dấu vân tay SHA-256", fingerprint(root.sha256))
        )
        if root.own:
            self.pane.buttons(button("Thôi tin gốc này…", "ban", "", self.remove_root))

    def _show_crl(self, crl: CrlView) -> None:
        self.pane.begin(crl.issuer)
        age = f"{day(crl.this_update)}, cách đây {crl.age_days} ngày"
        self.pane.facts(
            ("Ra ngày", age), ("Bản sau hẹn ngày", day(crl.next_update)), ("Lấy từ", source_words(crl.source))
        )
        if crl.stale:
            self.pane.say(STALE, "", "amber")

    @needs(Act.TRUST)
    def ask_file(self) -> None:
        """Ask for a trust list or a revocation list."""
        name, _ = QFileDialog.getOpenFileName(self, "Nhập danh sách tin cậy, danh sách thu hồi", "", KINDS)
        if name:
            self.take_files([Path(name)])

    @needs(Act.TRUST)
    def take_files(self, paths: Sequence[Path]) -> None:
        """Take files in, one after the other; what is not newer changes nothing."""

        def work() -> list[str]:
            return [sentence for path in paths for sentence in self._service.import_file(path)]

        def done(said: list[str]) -> None:
            self.context.bus.said.emit(" ".join(said[:2]) or NOTHING_NEW, None)
            self.context.bus.changed.emit()

        self.context.workers.paper.submit(self, work, done, self.failed)

    @needs(Act.TRUST)
    def ask_root(self) -> None:
        """Ask for an authority's certificate."""
        name, _ = QFileDialog.getOpenFileName(self, "Thêm chứng thư gốc", "", ROOT_KINDS)
        if name:
            self.look_at_root(Path(name))

    def look_at_root(self, path: Path) -> None:
        """Read a certificate and ask whether it is to be trusted."""
        service = self._service
        self.context.workers.paper.submit(self, lambda: service.look_at_root(path), self._ask_root, self.failed)

    def _ask_root(self, root: RootView) -> None:
        service, worker = self._service, self.context.workers.paper
        dialog = RootDialog(worker, root, lambda: service.add_root(root.sha256), self.window(), adds=True)
        self._ask(dialog, f"Từ nay tin chứng thư gốc «{root.name}». Việc này đã ghi vào nhật ký.")

    @needs(Act.TRUST)
    def remove_root(self) -> None:
        """Ask whether the chosen root is trusted no more."""
        root = self.root()
        if root is not None and root.own:
            service, worker = self._service, self.context.workers.paper
            dialog = RootDialog(worker, root, lambda: service.remove_root(root.sha256), self.window(), adds=False)
            self._ask(dialog, f"Thôi tin chứng thư gốc «{root.name}».")

    @needs(Act.TRUST)
    def ask_evidence(self) -> None:
        """Ask who stamps and when to warn."""
        if self.shown is not None:
            dialog = EvidenceDialog(self.context.workers.paper, self._service, self.shown, self.window())
            self._ask(dialog, "Đã ghi lựa chọn mới.")

    @needs(Act.TRUST)
    def ask_again(self) -> None:
        """Let the next synchronisation ask every source."""
        self.run(self._service.refresh, "Lần đồng bộ sau, máy hỏi lại Kho bạc và mọi nơi cấp.")

    def _ask(self, dialog: AskDialog, said: str) -> None:
        dialog.did.connect(lambda: self.context.bus.said.emit(said, None))
        dialog.did.connect(self.context.bus.changed.emit)
        dialog.open()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files."""
        if _dropped(event) and self.context.allows(Act.TRUST):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Import what was dropped."""
        event.acceptProposedAction()
        self.take_files(_dropped(event))


def _dropped(event: QDropEvent) -> list[Path]:
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]

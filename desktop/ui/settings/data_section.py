"""«Dữ liệu»: whether the unit's data is whole, what is hurt and what to do about it."""

from __future__ import annotations

from collections.abc import Callable

from desktop.dossier.data_views import CheckView, Damage, DataView
from desktop.dossier.errors import VungXaError
from desktop.ui.context import Context
from desktop.ui.kit.basic import button
from desktop.ui.settings.data_lines import DAMAGE, KINDS, check_words, damage_line, data_strip, found_now
from desktop.ui.settings.list_card import ListCard
from desktop.ui.settings.long_work import LongWork, Stopped, Tell
from desktop.ui.settings.section import Section
from desktop.ui.settings.services import DataService
from desktop.ui.settings.work_strip import WorkStrip

NONE = "Không thấy chỗ hỏng nào."
MEANS = (
    "Mỗi lần mở máy có một lần xem nhanh. Kiểm tra toàn bộ đọc lại từng trang, tệp đính kèm và gói đã ký; "
    "nên làm mỗi tuần."
)
RESCUE = "Giữ nguyên máy, đừng xóa gì. Khôi phục từ bản sao lưu, hoặc chạy «vungxa salvage» để cứu phần còn đọc được."


class DataSection(Section):
    """The full check runs on a thread of its own and can be stopped."""

    key, title, icon = "data", "Dữ liệu", "shield-alert"

    def __init__(self, context: Context, service: DataService, fail: Callable[[str], object]) -> None:
        super().__init__(context, fail)
        self._service = service
        self.shown: DataView | None = None
        self.work = LongWork(self, "check")
        self.work.told.connect(self._told)
        self.work.ended.connect(self._ended)
        self.work.failed.connect(self._broke)
        self.strip = WorkStrip(self.work.cancel)
        self.strip.tell("slate", "info", "Đang đọc…")
        self.damage = ListCard("Chỗ hỏng", DAMAGE, NONE, "chỗ hỏng", self.chosen_in(0), drops=(2,))
        self.lay_out([self.damage], self.strip)
        self.now = button("Kiểm tra toàn bộ", "shield-check", "primary", self.check)
        self.commands = [self.now]
        self.show_chosen("")

    def refresh(self) -> None:
        """Read again what the last checks found."""
        self.context.workers.paper.submit(self, self._service.view, self._show, self.failed, "data")

    def _show(self, view: DataView) -> None:
        self.shown = view
        self.damage.fill([damage_line(place, one) for place, one in enumerate(found_now(view))])
        self.count()
        if not self.work.running:
            self.strip.tell(*data_strip(view))
        self.show_chosen(self.damage.key)

    def chosen(self) -> Damage | None:
        """Give what is hurt under the cursor."""
        found = found_now(self.shown) if self.shown else ()
        return found[int(self.damage.key)] if self.damage.key and int(self.damage.key) < len(found) else None

    def show_chosen(self, key: str) -> None:
        """Tell about the chosen damage, then of the checks."""
        damage = self.chosen() if key else None
        if damage is not None:
            self.pane.begin(KINDS[damage.kind], ("Hỏng", "circle-x", "red"))
            self.pane.say(damage.sentence)
            touched = f"{len(damage.dossiers)} hồ sơ" if damage.dossiers else ""
            self.pane.facts(("Ở đâu", damage.where), ("Liên quan", touched))
            self.pane.say(RESCUE, "muted")
            self.pane.head("Các lần kiểm tra")
        else:
            self.pane.begin("Dữ liệu")
        if self.shown is not None:
            self.pane.facts(
                ("Xem nhanh khi mở máy", check_words(self.shown.start)),
                ("Kiểm tra toàn bộ", check_words(self.shown.full)),
            )
        self.pane.say(MEANS, "muted")
        self.pane.end()

    def check(self) -> None:
        """Make the full check."""
        service = self._service

        def work(tell: Tell, stopped: Stopped) -> object:
            return service.check(lambda done, total: tell((done, total)), stopped)

        if self.work.start(work):
            self.strip.under_way("Đang kiểm tra toàn bộ, vẫn làm việc được.", "Đang bắt đầu", 0, 0)
            self.now.setEnabled(False)

    def end(self) -> None:
        """Stop a check under way."""
        self.work.end()

    def _told(self, progress: tuple[int, int]) -> None:
        done, total = progress
        self.strip.under_way("Đang kiểm tra toàn bộ, vẫn làm việc được.", "Đã đọc", done, total)

    def _ended(self, found: CheckView | None) -> None:
        self.now.setEnabled(True)
        if found is None:
            words = "Kết quả lần trước vẫn giữ nguyên; bấm «Kiểm tra toàn bộ» để làm lại từ đầu."
            self.strip.tell("amber", "pause", "Đã dừng kiểm tra theo ý bạn.", words, aloud=True)
            return
        self.refresh()

    def _broke(self, error: VungXaError) -> None:
        self.now.setEnabled(True)
        self.strip.broke(error)

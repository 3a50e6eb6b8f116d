"""«Dữ liệu»: whether the unit's data is whole, the years put away, what the data takes."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from desktop.dossier.data_views import ArchivedYear, CheckView, Damage, DataView
from desktop.dossier.duties import Act
from desktop.dossier.finding import Hit
from desktop.ui.context import Context
from desktop.ui.kit.allowing import needs
from desktop.ui.kit.basic import button
from desktop.ui.settings.archive_dialog import YearDialog, put_away_dialog, take_out_dialog
from desktop.ui.settings.archive_lines import (
    AWAY,
    NO_AWAY,
    NO_YEARS,
    YEARS,
    away_line,
    room_facts,
    year_facts,
    year_lines,
)
from desktop.ui.settings.archived_dialog import ArchivedDialog, Reading
from desktop.ui.settings.data_lines import DAMAGE, KINDS, check_words, damage_line, data_strip, found_now
from desktop.ui.settings.keeping_services import DataService
from desktop.ui.settings.list_card import ListCard
from desktop.ui.settings.long_work import Stopped, Tell
from desktop.ui.settings.work_section import WorkSection

NONE = "Không thấy chỗ hỏng nào."
MEANS = (
    "Mỗi lần mở máy có một lần xem nhanh. Mỗi tuần, lúc không ai dùng, máy tự kiểm tra toàn bộ: "
    "đọc lại từng trang, tệp đính kèm và gói đã ký."
)
RESCUE = "Giữ nguyên máy, đừng xóa gì. Khôi phục từ bản sao lưu, hoặc chạy «vungxa salvage» để cứu phần còn đọc được."
YEARS_MEAN = (
    "Năm đã xong cất vào tệp riêng, chỉ đọc, để danh sách gọn và dữ liệu nhẹ. Số dư và nhật ký không đổi; "
    "hồ sơ vẫn tìm thấy, xem được và mang về được."
)
CHECKING = "Đang kiểm tra toàn bộ, vẫn làm việc được."


class DataSection(WorkSection):
    """Checks and moving years run on a thread of their own and can be stopped."""

    key, title, icon = "data", "Dữ liệu", "shield-alert"

    def __init__(self, context: Context, service: DataService, fail: Callable[[str], object]) -> None:
        super().__init__(context, fail)
        self._service = service
        self.shown: DataView | None = None
        self._words, self._moved = "", 0
        self.damage = ListCard("Chỗ hỏng", DAMAGE, NONE, "chỗ hỏng", self.chosen_in(0), drops=(2,))
        self.years = ListCard("Kho lưu năm cũ", YEARS, NO_YEARS, "năm", self.chosen_in(1), drops=(5, 3))
        self.away = ListCard("Hồ sơ trong kho lưu", AWAY, NO_AWAY, "hồ sơ", self.chosen_in(2), drops=(2,))
        self.away.table.on_open(self.read)
        self.lay_out([self.damage, self.years, self.away], self.strip)
        self.now = button("Kiểm tra toàn bộ", "shield-check", "primary", self.check)
        self.commands = [self.now]
        self.show_chosen("")

    def refresh(self) -> None:
        """Read again what the last checks found and which years are put away."""
        self.context.workers.paper.submit(self, self._service.view, self._show, self.failed, "data")
        self._ask_away()

    def _show(self, view: DataView) -> None:
        self.shown = view
        self.damage.fill([damage_line(place, one) for place, one in enumerate(found_now(view))])
        self.years.fill(year_lines(view))
        self.count()
        if not self.work.running:
            self.strip.tell(*data_strip(view))
        self.show_chosen(self.list().key)

    def narrow(self, text: str) -> None:
        """Narrow the lists; dossiers put away are looked for in all that is known of them."""
        super().narrow(text)
        if text != self._words:
            self._words = text
            self._ask_away()

    def _ask_away(self) -> None:
        words, service = self._words, self._service

        def done(hits: Sequence[Hit]) -> None:
            if words == self._words:
                self.away.fill([away_line(hit, words) for hit in hits])
                self.count()

        self.context.workers.paper.submit(self, lambda: service.archived(words), done, self.failed, "away")

    def chosen(self) -> Damage | None:
        """Give what is hurt under the cursor."""
        found = found_now(self.shown) if self.shown else ()
        return found[int(self.damage.key)] if self.damage.key and int(self.damage.key) < len(found) else None

    def year(self) -> int:
        """Give the year under the cursor, 0 for none."""
        return int(self.years.key.partition("/")[2] or 0)

    def put_away_as(self) -> ArchivedYear | None:
        """Give how the year under the cursor was put away; None while it is here."""
        known = self.shown.years if self.shown else ()
        return next((one for one in known if self.years.key == f"away/{one.year}"), None)

    def show_chosen(self, key: str) -> None:
        """Tell about the chosen line, then how the data stands."""
        place = self.stack.currentIndex()
        if place == 1 and key:
            self._tell_year()
        elif place == 2 and key:
            self.pane.begin("Hồ sơ trong kho lưu")
            self.pane.say("Mở ra để xem giấy đã ký, biên nhận và diễn biến; không sửa được gì.")
            self.pane.buttons(button("Mở xem", "eye", "", self.read))
            self.pane.say(YEARS_MEAN, "muted")
        else:
            self._tell_checks(self.chosen() if key and not place else None)
        if self.shown is not None:
            self.pane.head("Dung lượng và phiên bản")
            self.pane.facts(*room_facts(self.shown))
        self.pane.end()

    def _tell_checks(self, damage: Damage | None) -> None:
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

    def _tell_year(self) -> None:
        made = self.put_away_as()
        if made is not None:
            self.pane.begin(f"Năm {made.year}", ("Đã cất", "package", "slate"))
            self.pane.facts(*year_facts(made))
            command = button("Mang về…", "undo-2", "", self.ask_take_out)
        else:
            self.pane.begin(f"Năm {self.year()}", ("Cất được", "package-open", "blue"))
            command = button("Cất vào kho lưu…", "package", "", self.ask_put_away)
        command.setEnabled(not self.work.running)
        self.pane.buttons(command)
        self.pane.say(YEARS_MEAN, "muted")

    def read(self) -> None:
        """Open the chosen dossier of a closed year, for reading only."""
        hit = self.away.key
        if hit:
            ArchivedDialog(self.context, self._service, Reading(hit, ""), self.window()).open()

    @needs(Act.ARCHIVE)
    def ask_put_away(self) -> YearDialog | None:
        """Ask before the chosen year is put away."""
        year, closed = self.year(), dict(self.shown.closed if self.shown else ())
        if year not in closed:
            return None
        return self._asked(
            put_away_dialog(self.context.workers.paper, year, closed[year], self.window()), self.put_away
        )

    @needs(Act.ARCHIVE)
    def ask_take_out(self) -> YearDialog | None:
        """Ask before the chosen year comes back."""
        made = self.put_away_as()
        if made is None:
            return None
        dialog = take_out_dialog(self.context.workers.paper, made.year, made.dossiers, self.window())
        return self._asked(dialog, self.take_out)

    def _asked(self, dialog: YearDialog, go_on: Callable[[int], object]) -> YearDialog:
        year = self.year()
        dialog.did.connect(lambda: go_on(year))
        dialog.open()
        return dialog

    @needs(Act.ARCHIVE)
    def put_away(self, year: int) -> None:
        """Put a year away; the confirmation offers to bring it back."""
        self._move(year, "Đang cất năm {year} vào kho lưu.", self._service.put_away)

    @needs(Act.ARCHIVE)
    def take_out(self, year: int) -> None:
        """Bring a year back."""
        self._move(year, "Đang mang năm {year} về.", self._service.take_out)

    def check(self) -> None:
        """Make the full check."""
        service = self._service
        if not self.work.running:
            self.doing, self._moved = CHECKING, 0
            self.begin(lambda tell, stopped: service.check(lambda done, total: tell((done, total)), stopped))

    def told(self, progress: tuple[int, int]) -> None:
        """Show how far it is."""
        self.strip.under_way(self.doing, "Đã làm" if self._moved else "Đã đọc", *progress)

    def ended(self, result: CheckView | ArchivedYear | int | None) -> None:
        """Say how it ended; what a check found stands in the list."""
        if isinstance(result, ArchivedYear):
            year = result.year
            said = f"Đã cất {result.dossiers} hồ sơ năm {year} vào kho lưu."
            self.context.bus.said.emit(said, lambda: self.take_out(year))
            self.context.bus.changed.emit()
        elif isinstance(result, int):
            self.context.bus.said.emit(f"Đã mang {result} hồ sơ năm {self._moved} về.", None)
            self.context.bus.changed.emit()
        elif result is None:
            words = "Kết quả lần trước vẫn giữ nguyên; bấm «Kiểm tra toàn bộ» để làm lại từ đầu."
            self.strip.tell("amber", "pause", "Đã dừng kiểm tra theo ý bạn.", words, aloud=True)
            return
        self.refresh()

    def _move(self, year: int, doing: str, work: Callable[..., object]) -> None:
        def moved(tell: Tell, stopped: Stopped) -> object:
            return work(year, lambda done, total: tell((done, total)), stopped)

        if not self.work.running:
            self.doing, self._moved = doing.format(year=year), year
            self.begin(moved)

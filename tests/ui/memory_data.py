"""Checks of the data and years put away, in memory."""

# ruff: noqa: ARG002 - an interface is kept whole even where memory needs less of it

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from threading import Event

from desktop.dossier.data_views import ArchivedYear, CheckView, Damage, DataView, Room
from desktop.dossier.errors import VungXaError
from desktop.dossier.finding import Hit
from desktop.dossier.fold import fold
from desktop.dossier.lifecycle import State
from desktop.dossier.sign_views import SignedPage
from desktop.dossier.views import DossierDetail, DossierRow, FileView, HistoryEvent, Status
from desktop.ui.picture import Picture
from tests.ui.memory_backup import begun
from tests.ui.sheets import white_page

START = CheckView("start", "2026-11-24T00:31:02Z", 41, ())
FULL = CheckView("full", "2026-11-21T09:40:00Z", 38_400, ())
DAMAGE = (
    Damage("attachment", "Hợp đồng 12.pdf", "Tệp đính kèm bị hỏng, hồ sơ vẫn mở được. Đính lại tệp gốc.", ("d0442",)),
    Damage("pages", "trang 2041", "Một trang của unit.vx không đọc được. Không mất hồ sơ nào; hãy sao lưu ngay."),
)  # fmt: skip
YEAR = ArchivedYear(2023, "archive-2023.vx", 812, 61_300_000, "2026-01-12T02:15:00Z", "Lò Thị Hạnh")
ROOM = Room(6, 48_700_000, 615, 412_800_000, YEAR.size, 81_200_000_000)
KEPT = {"years": (YEAR,), "closed": ((2024, 797),), "room": ROOM, "program": "0.9.0"}
GOOD = DataView(START, FULL, due=False, **KEPT)
NEVER = replace(GOOD, full=None, due=True)
DUE = replace(GOOD, full=CheckView("full", "2026-11-02T09:40:00Z", 38_400, ()), due=True)
HURT = replace(GOOD, full=CheckView("full", "2026-11-21T09:40:00Z", 38_400, DAMAGE))
AWAY = (
    Hit("archive", "2023/d0101", "0101 Tiền điện tháng 3/2023", "Điện lực Mường Lát", 4_312_000, "2023-04-05", 3),
    Hit("archive", "2023/d0088", "0088 Lương tháng 3/2023", "", 187_450_000, "2023-03-24", 3),
)
PAID = DossierDetail(
    DossierRow("2023/d0101", "0101", "Giấy rút dự toán", "Tiền điện tháng 3/2023", 4_312_000, ("signed", "signed"),
               Status(State.PAID, "Đã thanh toán", "circle-check", "green"), "2023-04-07T02:10:00Z"),
    documents=(FileView("Giấy rút dự toán ngân sách (C2-02a/NS)", "ab" * 32, 98_304),),
    history=(
        HistoryEvent("2023-04-05T02:00:00Z", "Trình ký", "Lò Thị Hạnh", "pen-line", "violet"),
        HistoryEvent("2023-04-07T02:10:00Z", "Đã thanh toán", "Kho bạc", "circle-check", "green"),
    ),
    source_line="Nguồn 13, khoản 072", payee="Điện lực Mường Lát",
    official_code="G12.2023.0405", receipt_no="BN-230405-17",
)  # fmt: skip
PAPER = (SignedPage("Giấy rút dự toán ngân sách (C2-02a/NS)", "documents/01.json", "ab" * 32),)


@dataclass
class MemoryData:
    """`going` holds a check up at two fifths; `finds` is what it finds."""

    shown: DataView = GOOD
    finds: tuple[Damage, ...] = ()
    going: Event = field(default_factory=begun)
    draw: Callable[[int], Sequence[Picture]] = lambda width: [white_page(width)]

    def view(self) -> DataView:
        return self.shown

    def check(self, progress: Callable[[int, int], None], cancelled: Callable[[], bool]) -> CheckView | None:
        progress(40, 100)
        while not self.going.wait(0.01):
            if cancelled():
                return None
        made = CheckView("full", "2026-11-24T02:00:00Z", 900, self.finds)
        self.shown = replace(self.shown, full=made, due=False)
        return made

    def put_away(self, year: int, progress: Callable[[int, int], None], cancelled: Callable[[], bool]) -> ArchivedYear:
        self._move(progress, cancelled)
        made = replace(YEAR, year=year, dossiers=dict(self.shown.closed)[year])
        closed = tuple(one for one in self.shown.closed if one[0] != year)
        self.shown = replace(self.shown, years=(made, *self.shown.years), closed=closed)
        return made

    def take_out(self, year: int, progress: Callable[[int, int], None], cancelled: Callable[[], bool]) -> int:
        self._move(progress, cancelled)
        taken = next(one for one in self.shown.years if one.year == year)
        years = tuple(one for one in self.shown.years if one != taken)
        self.shown = replace(self.shown, years=years, closed=((year, taken.dossiers), *self.shown.closed))
        return taken.dossiers

    def _move(self, progress: Callable[[int, int], None], cancelled: Callable[[], bool]) -> None:
        progress(1, 4)
        while not self.going.wait(0.01):
            if cancelled():
                raise VungXaError("archive_cancelled", "Đã dừng theo ý bạn. Hồ sơ vẫn ở nguyên chỗ cũ.")

    def archived(self, text: str = "", limit: int = 200) -> Sequence[Hit]:
        words = fold(text).split()
        return [hit for hit in AWAY if all(word in fold(hit.title + hit.snippet) for word in words)][:limit]

    def archived_detail(self, ref: str) -> DossierDetail:
        return replace(PAID, row=replace(PAID.row, local_id=ref))

    def paper(self, ref: str) -> Sequence[SignedPage]:
        return PAPER

    def draw_signed(self, ref: str, place: int, width: int) -> Sequence[Picture]:
        return self.draw(width)

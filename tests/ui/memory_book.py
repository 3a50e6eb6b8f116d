"""The unit's book in memory, with the figures of the picture: what the place «Số dư & dự toán» is looked at with."""

# ruff: noqa: ARG002 - an interface is kept whole even where memory needs less of it

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from desktop.dossier.book import (
    BookLine,
    Cause,
    ContractLine,
    DepositLine,
    Difference,
    Drawn,
    EntryProposal,
    EntryRow,
    EstimateEntry,
    Level,
    MonthUse,
    Movement,
    OpenAdvanceLine,
    ReconciliationState,
)
from desktop.dossier.errors import VungXaError
from desktop.dossier.list_views import LettersView, ListField, ListProposal

AS_OF = "2026-11-24T02:41:00Z"
DIFFERS = ReconciliationState(
    "differs", "Tháng 11", 41, 42, "Kho bạc ghi chi 0401 là 2.550.000 đ, sổ ở đây 2.350.000 đ.", "2026-11-25", "d0409",
    "Tháng 10 đã khớp hết, 02/11.",
)  # fmt: skip
SECTORS = (
    ("13", "Tự chủ", (("341", "Quản lý nhà nước", 4_286_000_000, 3_998_150_000, 105_450_000),)),
    ("12", "Không tự chủ", (
        ("341", "Quản lý nhà nước", 615_000_000, 442_300_000, 38_600_000),
        ("351", "Hoạt động của Đảng", 284_000_000, 231_750_000, 6_200_000),
        ("361", "Chính trị - xã hội", 352_000_000, 289_400_000, 4_500_000),
        ("011", "Quốc phòng", 196_500_000, 171_900_000, 21_000_000),
        ("041", "An ninh, trật tự", 148_000_000, 97_250_000, 4_100_000),
        ("161", "Văn hóa, thông tin", 88_000_000, 61_300_000, 5_600_000),
        ("281", "Nông nghiệp, thủy lợi", 240_000_000, 118_500_000, 32_000_000),
        ("398", "Bảo trợ xã hội", 1_024_800_000, 872_400_000, 86_250_000),
    )),
    ("14", "Cải cách tiền lương", (("341", "Cải cách tiền lương", 318_000_000, 291_500_000, 0),)),
)  # fmt: skip
MONTHS = (412, 498, 571, 586, 602, 655, 620, 639, 703, 731, 552, 0)
ACCOUNT = "3713.4.1098765"


def line(level: Level, source: str, sector: str, name: str, given: int, used: int, held: int) -> BookLine:
    left = given - used - held
    tight = level == "sector" and given > 0 and (used + held) >= 0.98 * given
    warning = ("Vượt dự toán" if left < 0 else "Gần hết") if left < 0 or tight else ""
    return BookLine(level, source, sector, "", "", name, given, used, held, left, AS_OF, warning)


def lines() -> list[BookLine]:
    """The lines of the picture."""
    found: list[BookLine] = []
    for source, name, sectors in SECTORS:
        mine = [line("sector", source, *sector) for sector in sectors]
        found += [_sum("source", source, name, mine), *mine]
    return [*found, _sum("total", "", "Tổng cộng", [one for one in found if one.level == "sector"])]


def _sum(level: Level, source: str, name: str, of: Sequence[BookLine]) -> BookLine:
    sums = (sum(one.given for one in of), sum(one.used for one in of), sum(one.held for one in of))
    return line(level, source, "", name, *sums)


MOVES = (
    Movement("2026-11-24", "Thu phí chứng thực", "", 1_860_000, 41_286_500, "match", 0),
    Movement("2026-11-20", "Thu lệ phí hộ tịch", "", 420_000, 39_426_500, "match", 0),
    Movement("2026-11-18", "0401 Sửa loa truyền thanh bản Ún", "d0401", -2_350_000, 39_006_500, "differs", -200_000),
    Movement("2026-11-14", "Thu hoa lợi công sản", "", 6_200_000, 41_356_500, "match", 0),
    Movement("2026-11-11", "0396 Hỗ trợ hội thi thể thao", "d0409", -1_500_000, 35_156_500, "unconfirmed", 0),
)


@dataclass
class MemoryBook:
    """Plain values; `going` holds every read back while it is cleared, `error` is what writing raises."""

    shown_years: list[int] = field(default_factory=lambda: [2026, 2025])
    shown_lines: list[BookLine] = field(default_factory=lines)
    state: ReconciliationState = DIFFERS
    accounts: list[DepositLine] = field(default_factory=list)
    shown_entries: list[EntryRow] = field(default_factory=list)
    proposal: EntryProposal | None = None
    unmapped: bool = False
    remembered: dict[int, str] = field(default_factory=dict)
    error: VungXaError | None = None
    going: threading.Event = field(default_factory=threading.Event)
    drawn_for: list[tuple[str, ...]] = field(default_factory=list)
    begun: list[tuple[str, int, int]] = field(default_factory=list)
    exported: list[tuple[Path, int]] = field(default_factory=list)
    differs: bool = True

    def __post_init__(self) -> None:
        self.going.set()
        self.accounts = [
            DepositLine(ACCOUNT, "Ngân sách xã", 41_286_500, 0, 41_286_500, AS_OF),
            DepositLine("3714.4.1098765", "Quỹ thiên tai", 63_420_000, 12_000_000, 51_420_000, AS_OF),
            DepositLine("3741.4.1098765", "Đóng góp xây dựng", 18_905_000, 8_700_000, 10_205_000, AS_OF),
        ]
        decided = {"document_no": "01/QĐ-UBND", "document_date": "2026-01-02"}
        self.shown_entries = [
            EntryRow(2, _given("added", 15_000_000, **decided), "2026-07-01T02:00:00Z", "p1", None, False),
            EntryRow(1, _given("initial", 600_000_000, **decided), "2026-01-05T02:00:00Z", "p1", None, False),
        ]

    def years(self) -> Sequence[int]:
        self.going.wait(1)
        return self.shown_years

    def lines(self, year: int) -> Sequence[BookLine]:
        return self.shown_lines if year in self.shown_years else ()

    def months(self, year: int) -> Sequence[MonthUse]:
        held = self.shown_lines[-1].held if self.shown_lines else 0
        used = MONTHS if self.shown_lines else (0,) * 12
        return [MonthUse(place, each * 1_000_000, held if place == 11 else 0) for place, each in enumerate(used, 1)]

    def even_share(self, year: int) -> int:
        return self.shown_lines[-1].given // 12 if self.shown_lines else 0

    def deposits(self, year: int) -> Sequence[DepositLine]:
        return self.accounts

    def movements(self, account: str, year: int, text: str = "") -> Sequence[Movement]:
        return MOVES if account == ACCOUNT else MOVES[:2]

    def advances(self) -> Sequence[OpenAdvanceLine]:
        return [
            OpenAdvanceLine(
                "0318/TU", "2026-09-02", "Công ty TNHH Xây dựng Mường Lát", "Sửa chữa kênh mương bản Xa Lung", "12",
                "6921", 120_000_000, 45_000_000, 75_000_000, 83, "d0409",
            ),
            OpenAdvanceLine(
                "0391/TU", "2026-11-10", "Lò Văn Pó", "Tạm ứng công tác phí", "13", "6702", 8_500_000, 0, 8_500_000, 14,
                "d0439",
            ),
        ]  # fmt: skip

    def contracts(self, text: str = "") -> Sequence[ContractLine]:
        return [
            ContractLine(
                "17/2026/HĐ-XD", "2026-08-20", "Công ty TNHH Xây dựng Mường Lát", 412_000_000, 165_000_000,
                120_000_000, 247_000_000, 34,
            ),
            ContractLine("09/HĐ", "2026-03-02", "Cửa hàng văn phòng phẩm Hồng Thắm", 0, 23_400_000, 0, 0, 12),
        ]  # fmt: skip

    def drawn(self, year: int, source: str, sector: str, econ: str = "", program: str = "") -> Sequence[Drawn]:
        self.drawn_for.append((source, sector, econ, program))
        return [
            Drawn("d0439", "0439", "Chi trực sẵn sàng chiến đấu quý IV", "", 21_000_000, True),
            Drawn("d0409", "0409", "Chi huấn luyện dân quân năm 2026", "2026-10-12", 64_500_000, False),
        ]

    def export(self, path: Path, year: int) -> None:
        self._write()
        self.exported.append((path, year))

    def print_book(self, path: Path, year: int) -> None:
        self.export(path, year)

    def entries(self, year: int) -> Sequence[EntryRow]:
        return tuple(self.shown_entries)

    def propose_columns(self, path: Path, letters: str = "") -> ListProposal:
        self.going.wait(1)
        if self.proposal is None:
            raise VungXaError("bad_list", "Tệp không có dòng dự toán nào. Chọn tệp khác.")
        return self.columns_of(path)

    def columns_of(self, path: Path) -> ListProposal:
        """Give the columns of a decision's list; `unmapped` of them nobody knows."""
        known = {1: "source", 2: "sector", 3: "kind", 4: "amount"}
        return ListProposal(
            path, "", LettersView("unicode", "Unicode", ""), True, (),
            ("STT", "Nguồn", "Khoản", "Nội dung", "Được giao"),
            {} if self.unmapped else known,
            tuple(
                ListField(key, name, key in ("source", "sector", "amount"))
                for key, name in (
                    ("source", "Mã nguồn NSNN"), ("sector", "Mã ngành kinh tế"), ("kind", "Loại giao"),
                    ("amount", "Dự toán giao"),
                )
            ),
            (("1", "13", "341", "Giao đầu năm", "600.000.000"), ("2", "12", "341", "Bổ sung", "15.000.000")), "s",
        )  # fmt: skip

    def propose_entries(self, path: Path, letters: str = "", columns: Mapping[int, str] | None = None) -> EntryProposal:
        assert self.proposal is not None
        headings = self.columns_of(path)
        names = {one.key: one.label for one in headings.fields}
        read = tuple((names[key], headings.headings[place]) for place, key in (columns or {}).items())
        return self.proposal._replace(columns=read)

    def remember_columns(self, path: Path, letters: str, columns: Mapping[int, str]) -> None:
        self.remembered = dict(columns)

    def take_entries(
        self, proposal: EntryProposal, *, told: Callable[[int, int], None], stopped: Callable[[], bool]
    ) -> int:
        self._write()
        for done, entry in enumerate(proposal.entries, 1):
            self.add_entry(entry)
            told(done, len(proposal.entries))
        return len(proposal.entries)

    def add_entry(self, entry: EstimateEntry) -> int:
        self._write()
        number = len(self.shown_entries) + 1
        self.shown_entries.insert(0, EntryRow(number, entry, AS_OF, "p1", None, False))
        return number

    def undo_entry(self, entry_id: int) -> int:
        self._write()
        place = next(place for place, row in enumerate(self.shown_entries) if row.entry_id == entry_id)
        row = self.shown_entries[place]
        self.shown_entries[place] = row._replace(undone=True)
        back = row.entry.model_copy(update={"amount": -row.entry.amount})
        self.shown_entries.insert(0, EntryRow(len(self.shown_entries) + 1, back, AS_OF, "p1", entry_id, False))
        return len(self.shown_entries)

    def reconciliation(self, year: int) -> ReconciliationState:
        return self.state

    def begin_reconciliation(self, form: str, year: int, period: int = 0) -> str:
        self._write()
        self.begun.append((form, year, period))
        return "d0409"

    def compare(self, local_id: str) -> Sequence[Difference]:
        if not self.differs:
            return ()
        said = "Kho bạc chấp nhận hồ sơ 0401 thấp hơn đề nghị 200.000 đ."
        late = "Hồ sơ 0439 được giải quyết ngày 24/11/2026, sau kỳ đối chiếu."
        first = (Cause(said, "d0409"), Cause(late, "d0439"))
        return (
            Difference("12 / 161 / 6921", "Số chi trong kỳ", 2_350_000, 2_550_000, 200_000, first),
            Difference("12 / 161 / 6921", "Số dư cuối kỳ", 21_300_000, 21_100_000, -200_000, ()),
        )

    def _write(self) -> None:
        if self.error is not None:
            raise self.error


def _given(kind: str, amount: int, **more: str) -> EstimateEntry:
    return EstimateEntry(
        budget_year=2026, account="9523.4.1098765", source="12", sector="341", kind=kind, amount=amount, **more
    )  # type: ignore[arg-type]

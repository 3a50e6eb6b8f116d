"""Closed years and the dossiers in them as lines, and what the unit's data takes, in words."""

from __future__ import annotations

from desktop.dossier.data_views import ArchivedYear, DataView
from desktop.dossier.dates import local_time
from desktop.dossier.finding import Hit
from desktop.dossier.money import format_vnd
from desktop.ui.kit.cells import Cell, Kind
from desktop.ui.settings.list_model import Line, sorted_text
from desktop.ui.wording import size

YEARS = (("Năm", 64), ("Tình trạng", 128), ("Số hồ sơ", 84), ("Dung lượng", 96), ("Cất lúc", 136), ("Người cất", 0))
AWAY = (("Năm", 64), ("Hồ sơ", 0), ("Người nhận tiền", 200), ("Số tiền (đ)", 120))
NO_YEARS = "Chưa có năm nào đủ cũ. Cất được từ năm trước nữa trở về trước, khi hồ sơ đã xong."
NO_AWAY = "Chưa có hồ sơ nào trong kho lưu."
Fact = tuple[str, str]


def year_lines(view: DataView) -> list[Line]:
    """Show the years that could be put away, then those that were."""
    away = {year.year for year in view.years}
    open_years = [_closed_line(year, count) for year, count in view.closed if year not in away]
    return [*reversed(open_years), *map(_away_line, view.years)]


def _away_line(year: ArchivedYear) -> Line:
    cells = (
        Cell(text=str(year.year), weight=500),
        Cell(Kind.BADGE, "Đã cất", icon="package", tint="slate"),
        Cell(text=str(year.dossiers), right=True),
        Cell(text=size(year.size), right=True),
        Cell(text=local_time(year.at)),
        Cell(text=year.actor),
    )
    sorts = (year.year, "đã cất", year.dossiers, year.size, year.at, sorted_text(year.actor))
    return Line(f"away/{year.year}", cells, sorts)


def _closed_line(year: int, count: int) -> Line:
    cells = (
        Cell(text=str(year), weight=500),
        Cell(Kind.BADGE, "Cất được", icon="package-open", tint="blue"),
        Cell(text=str(count), right=True),
        Cell(), Cell(), Cell(),
    )  # fmt: skip
    return Line(f"closed/{year}", cells, (year, "cất được", count, 0, "", ""))


def away_line(hit: Hit, words: str) -> Line:
    """Show a dossier put away; it was found by `words`, which need not stand in what is shown."""
    year = hit.ref.partition("/")[0]
    amount = hit.amount or 0
    payee = "" if hit.snippet == format_vnd(amount) else hit.snippet
    cells = (
        Cell(text=year),
        Cell(text=hit.title, weight=500),
        Cell(text=payee),
        Cell(text=format_vnd(amount), right=True, weight=500),
    )
    return Line(hit.ref, cells, (int(year), sorted_text(hit.title), sorted_text(payee), amount), words)


def room_facts(view: DataView) -> tuple[Fact, ...]:
    """Say which version the data has, what it takes and what is left of the disk."""
    room = view.room
    if room is None:
        return ()
    files = f"{room.attachments} tệp, {size(room.attachments_size)}" if room.attachments else "Chưa có"
    return (
        ("Phiên bản", f"Chương trình {view.program}, dữ liệu bước {room.schema}"),
        ("Cơ sở dữ liệu", size(room.database)),
        ("Tệp đính kèm", files),
        ("Kho lưu năm cũ", size(room.archives_size) if view.years else "Chưa có"),
        ("Ổ đĩa còn trống", size(room.free) if room.free >= 0 else ""),
    )


def year_facts(year: ArchivedYear) -> tuple[Fact, ...]:
    """Tell about a year put away."""
    return (
        ("Hồ sơ", str(year.dossiers)),
        ("Tệp", f"{year.file}, {size(year.size)}"),
        ("Cất lúc", local_time(year.at)),
        ("Người cất", year.actor),
    )

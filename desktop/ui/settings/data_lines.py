"""Damage as lines of a list, and how the unit's data stands in words."""

from __future__ import annotations

from desktop.dossier.data_views import CheckView, Damage, DamageKind, DataView
from desktop.dossier.dates import local_time
from desktop.ui.kit.cells import Cell, Kind
from desktop.ui.settings.backup_lines import Strip
from desktop.ui.settings.list_model import Line, sorted_text

DAMAGE = (("Chỗ hỏng", 168), ("Ở đâu", 150), ("Số hồ sơ", 84), ("Nghĩa là gì, làm gì tiếp", 0))
KINDS: dict[DamageKind, str] = {
    "pages": "Trang dữ liệu",
    "structure": "Cấu trúc dữ liệu",
    "journal": "Nhật ký",
    "seal": "Niêm phong",
    "attachment": "Tệp đính kèm",
    "dossier": "Hồ sơ",
    "package": "Gói đã ký",
    "schema": "Phiên bản dữ liệu",
    "archive": "Kho lưu năm cũ",
}
"""Each kind of damage in a word or two."""


def found_now(view: DataView) -> tuple[Damage, ...]:
    """Give what is hurt: the newest check's findings, and of the full check what the quick one cannot see."""
    quick, full = view.start, view.full
    if full is None or quick is None:
        known = full or quick
        return known.found if known is not None else ()
    newer = [one for one in quick.found if one not in full.found] if quick.at > full.at else []
    return (*full.found, *newer)


def damage_line(place: int, damage: Damage) -> Line:
    """Show one thing that is hurt."""
    count = len(damage.dossiers)
    cells = (
        Cell(Kind.BADGE, KINDS[damage.kind], icon="circle-x", tint="red"),
        Cell(text=damage.where),
        Cell(text=str(count) if count else "", right=True),
        Cell(text=damage.sentence),
    )
    sorts = (KINDS[damage.kind], sorted_text(damage.where), count, sorted_text(damage.sentence))
    return Line(str(place), cells, sorts)


def data_strip(view: DataView) -> Strip:
    """Say how the data stands, what is hurt first."""
    found = found_now(view)
    if found:
        return "red", "circle-x", f"Có {len(found)} chỗ hỏng; phần còn lại vẫn dùng được.", found[0].sentence
    if view.full is None:
        return "amber", "clock", "Chưa kiểm tra toàn bộ lần nào.", "Bấm «Kiểm tra toàn bộ»; vẫn làm việc được lúc chờ."
    at = local_time(view.full.at)
    if view.due:
        return (
            "amber",
            "clock",
            f"Lần kiểm tra toàn bộ gần nhất lúc {at}, đã quá một tuần.",
            "Nên kiểm tra hôm nay.",
        )
    return "green", "circle-check", "Dữ liệu nguyên vẹn.", f"Kiểm tra toàn bộ lúc {at}, không thấy chỗ hỏng nào."


def check_words(check: CheckView | None) -> str:
    """Say when a check was made and what it found."""
    if check is None:
        return "Chưa lần nào"
    found = f"{len(check.found)} chỗ hỏng" if check.found else "không thấy chỗ hỏng"
    took = f"{check.took_ms} ms" if check.took_ms < 1000 else f"{check.took_ms / 1000:.1f} giây".replace(".", ",")
    return f"{local_time(check.at)}, {took}, {found}"

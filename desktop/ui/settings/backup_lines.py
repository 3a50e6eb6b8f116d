"""Backups as lines of a list, and how the unit stands with them in words."""

from __future__ import annotations

from desktop.dossier.backup_views import BackupState, BackupView, VerifiedView
from desktop.dossier.dates import local_time
from desktop.ui.kit.cells import Cell, Kind
from desktop.ui.settings.list_model import Line
from desktop.ui.wording import size

BACKUPS = (
    ("Lúc", 140),
    ("Hồ sơ cuối", 100),
    ("Số hồ sơ", 84),
    ("Đính kèm", 104),
    ("Dung lượng", 96),
    ("Tình trạng", 0),
)
NO_PLACE = "Chưa chọn nơi lưu."
Strip = tuple[str, str, str, str]
"""Tint, icon, strong line, plain line."""


def backup_line(view: BackupView) -> Line:
    """Show one backup."""
    bad = bool(view.problem)
    badge = ("Hỏng", "circle-x", "red") if bad else ("Đọc được", "circle-check", "green")
    at = local_time(view.at) if view.at else "Không rõ"
    cells = (
        Cell(text=at, weight=600),
        Cell(text=view.last_number),
        Cell(text="" if bad else str(view.dossiers), right=True),
        Cell(text="" if bad else str(view.attachments), right=True),
        Cell(text=size(view.size), right=True, faded=True),
        Cell(Kind.BADGE, badge[0], icon=badge[1], tint=badge[2]),
    )
    sorts = (view.at, view.last_number, view.dossiers, view.attachments, view.size, badge[0])
    return Line(view.path, cells, sorts, view.path, view.problem)


def state_strip(state: BackupState) -> Strip:
    """Say how the unit stands, what is to be done first."""
    if not state.warning:
        next_one = f" Bản kế tiếp từ {local_time(state.next_due)}." if state.next_due else ""
        last = f"Bản gần nhất lúc {local_time(state.last_at)} đã mở thử được." if state.last_ok else "Chưa có bản nào."
        return "green", "circle-check", last, f"Lưu ở {state.place}.{next_one}"
    head, _, rest = state.warning.partition(". ")
    if state.place:
        return "amber", "triangle-alert", head.rstrip(".") + ".", rest
    rest = state.warning.partition(": ")[2]
    return "red", "triangle-alert", NO_PLACE, rest[:1].upper() + rest[1:]


def state_facts(state: BackupState) -> list[tuple[str, str]]:
    """Give names and values for the pane."""
    free = "" if not state.place else size(state.free) if state.free >= 0 else "Không thấy nơi lưu"
    checked = "đã mở thử được" if state.last_ok else "chưa mở thử"
    return [
        ("Nơi lưu", state.place or "Chưa chọn"),
        ("Còn trống", free),
        ("Bản gần nhất", f"{local_time(state.last_at)}, {checked}" if state.last_at else "Chưa có"),
        ("Bản kế tiếp", f"từ {local_time(state.next_due)}" if state.next_due else ""),
    ]


def verified_strip(found: VerifiedView) -> Strip:
    """Say what opening a backup found."""
    at = local_time(found.backup.at)
    if found.missing:
        some = ", ".join(found.missing[:3]) + ("…" if len(found.missing) > 3 else "")
        words = f"Khôi phục từ bản này sẽ thiếu: {some}. Bấm «Sao lưu ngay» để có bản đủ."
        return "amber", "triangle-alert", f"Bản {at} thiếu {len(found.missing)} tệp đính kèm.", words
    if not found.opened:
        words = "Bản này dùng khóa dữ liệu cũ nên chỉ so được dấu kiểm tra; mở bằng mật khẩu hay mã khôi phục lúc đó."
        return "green", "circle-check", f"Bản {at} còn nguyên.", words
    words = f"{found.backup.dossiers} hồ sơ và {found.backup.attachments} tệp đính kèm đều đọc được."
    return "green", "circle-check", f"Bản {at} mở được, còn nguyên.", words

"""What the unlock screen says: why it is locked, what goes on meanwhile, how many tries are left."""

from __future__ import annotations

from typing import NamedTuple

from desktop.dossier.errors import VungXaError
from desktop.ui.wording import clock

KEYBOARD = "Nếu dùng UniKey, chuyển sang chữ E trước khi gõ."
SAVED = "Việc đang làm đã được lưu."
UNCHANGED = "Mở khóa bằng mật khẩu như cũ để làm tiếp."
WAITS = "Sai 5 lần phải chờ 1 phút"
RESTORE = "Khôi phục từ bản sao lưu…"
OTHER_WAYS = "Không cần chờ nếu dùng mã khôi phục hoặc USB Token."


class WhyLocked(NamedTuple):
    """Why the screen stands there: `reason` idle, suspend, asked, switch, rotated or not_rotated; `at` an instant.

    `minutes` of idleness; `note` says why the data key was not changed.
    """

    reason: str
    at: str
    minutes: int = 0
    note: str = ""


class Sending(NamedTuple):
    """What goes on while the unit is locked: packages that wait, the link's state and since when (an instant)."""

    waiting: int
    state: str
    since: str = ""


class Said(NamedTuple):
    """A strong line and a plain one."""

    title: str
    text: str


def why(locked: WhyLocked) -> Said:
    """Say why it is locked and since when."""
    at = f" lúc {clock(locked.at)}" if locked.at else ""
    if locked.reason == "idle":
        span = f"Không có thao tác trong {locked.minutes} phút. " if locked.minutes else "Đã lâu không có thao tác. "
        return Said(f"Máy tự khóa{at}", span + SAVED)
    if locked.reason == "suspend":
        return Said(f"Đã khóa{at}", f"Máy vừa ngủ hoặc gập nắp. {SAVED}")
    if locked.reason == "switch":
        return Said("Đổi đơn vị", f"Đơn vị trước đã khóa{at}. Mở khóa đơn vị này để làm việc.")
    if locked.reason == "rotated":
        return Said("Đã đổi khóa dữ liệu", "Mở khóa lại để làm tiếp. Mật khẩu của mọi người vẫn như cũ.")
    if locked.reason == "not_rotated":
        return Said("Chưa đổi khóa dữ liệu", f"{locked.note} {UNCHANGED}".lstrip())
    return Said(f"Đã khóa{at}", f"Khóa theo yêu cầu. {SAVED}")


def sending(now: Sending) -> Said | None:
    """Say what goes on being sent, in counts only; None when nothing waits."""
    if not now.waiting:
        return None
    if now.state in ("offline", "captive"):
        since = f" từ {clock(now.since)}" if now.since else ""
        return Said(f"Ngoại tuyến{since}", f"{now.waiting} gói đang chờ. Màn hình khóa vẫn tự gửi khi có mạng.")
    title = "Đang gửi" if now.state == "sending" else "Đã nối với Kho bạc"
    return Said(title, f"Còn {now.waiting} gói. Máy gửi tiếp trong lúc khóa.")


def tries_left(left: int) -> str:
    """Say how many passwords may still be tried before a wait."""
    return f"Còn {left} lần thử, sai nữa phải chờ 1 phút." if left else "Sai lần nữa phải chờ lâu hơn."


def refused(error: VungXaError, left: int) -> tuple[str, str, str, str]:
    """Give tint, icon, strong and plain line of a way in that failed: what was typed is not a disk in trouble."""
    wrong = error.code == "wrong_password"
    typed = wrong or error.code in ("wrong_code", "code_mistyped", "too_many_tries") or "pin" in error.code
    head, _, rest = error.message.partition(". ")
    look = ("red", "circle-alert") if typed else ("amber", "file-warning")
    return *look, head.rstrip(".") + ".", tries_left(left) if wrong else rest


def remaining(seconds: int) -> str:
    """Give what is left of a wait as it stands on the button: «1:05»."""
    return f"{seconds // 60}:{seconds % 60:02}"

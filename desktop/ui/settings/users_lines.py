"""Users as lines of a list."""

from __future__ import annotations

from desktop.dossier.users_views import UserView
from desktop.ui.kit.cells import Cell, Kind
from desktop.ui.settings.list_model import Line, sorted_text
from desktop.ui.wording import clock, day

USERS = (("Họ tên", 190), ("Nhiệm vụ", 0), ("Mở khóa bằng", 130), ("Mở khóa gần nhất", 140), ("Tình trạng", 128))
Sign = tuple[str, str, str]


def ways(user: UserView) -> str:
    """Say what opens the unit for a user."""
    found = (("mật khẩu", user.has_password), ("token", user.has_token))
    return ", ".join(word for word, has in found if has) or "chưa có"


def state_of(user: UserView) -> Sign:
    """Say whether a user may come in: words, icon, tint."""
    return ("Đang dùng", "circle-check", "green") if user.enabled else ("Đã ngừng", "ban", "slate")


def last(user: UserView) -> str:
    """Say when a user opened the unit last."""
    return f"{day(user.last_unlock)} {clock(user.last_unlock)}" if user.last_unlock else "chưa lần nào"


def user_line(user: UserView, mine: str) -> Line:
    """Show one user; who is at the desk is marked in words."""
    name = f"{user.name} (bạn)" if user.user_id == mine else user.name
    words, icon, tint = state_of(user)
    return Line(
        user.user_id,
        (
            Cell(text=name, weight=600),
            Cell(text=user.duty_titles),
            Cell(text=ways(user)),
            Cell(text=last(user), faded=True),
            Cell(Kind.BADGE, words, icon=icon, tint=tint),
        ),
        (sorted_text(user.name), sorted_text(user.duty_titles), ways(user), user.last_unlock, words),
        user.user_id,
    )

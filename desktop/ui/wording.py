"""Numbers and times as people read them here: comma for decimals, the hour today, the day before that."""

from __future__ import annotations

from datetime import UTC, datetime

from desktop.dossier.dates import VIETNAM
from desktop.dossier.money import format_vnd


def local(instant: str) -> datetime | None:
    """Give an ISO-8601 UTC instant as time in Việt Nam; None for ""."""
    if not instant:
        return None
    return datetime.fromisoformat(instant).astimezone(VIETNAM)


def clock(instant: str, seconds: bool = False) -> str:
    """Give hh:mm (or hh:mm:ss); "" when unknown."""
    at = local(instant)
    return "" if at is None else at.strftime("%H:%M:%S" if seconds else "%H:%M")


def day(instant: str) -> str:
    """Give dd/mm/yyyy; "" when unknown."""
    at = local(instant)
    return "" if at is None else at.strftime("%d/%m/%Y")


def short_when(instant: str, now: datetime | None = None) -> str:
    """Give the hour for today, dd/mm for this year, dd/mm/yy before: what fits a narrow column."""
    at, today = local(instant), (now or datetime.now(UTC)).astimezone(VIETNAM)
    if at is None:
        return ""
    if at.date() == today.date():
        return at.strftime("%H:%M")
    return at.strftime("%d/%m" if at.year == today.year else "%d/%m/%y")


def stamp(instant: str) -> str:
    """Give dd/mm hh:mm; "" when unknown."""
    at = local(instant)
    return "" if at is None else at.strftime("%d/%m %H:%M")


def dong(amount: int) -> str:
    """Give an amount with its unit: «15.400.000 đ»."""
    return f"{format_vnd(amount)} đ"


def size(count: int) -> str:
    """Give bytes as «640 KB», «3,4 MB» or «13,8 GB» (1 KB = 1024 bytes)."""
    if count < 1024:
        return f"{count} byte"
    if count < 1024 * 1000:
        return f"{round(count / 1024)} KB"
    in_mb = count / 1024 / 1024
    words = f"{in_mb:.1f} MB" if in_mb < 1000 else f"{in_mb / 1024:.1f} GB"
    return words.replace(".", ",")


def rate(per_second: int) -> str:
    """Give bytes per second as «8,6 KB/s»."""
    return f"{per_second / 1024:.1f} KB/s".replace(".", ",")


def about(seconds: int) -> str:
    """Give a rounded waiting time: «khoảng 3 phút»; never a precision the link does not have."""
    if seconds < 50:
        return "dưới 1 phút"
    if seconds < 3600:
        return f"khoảng {max(1, round(seconds / 60))} phút"
    hours, rest = divmod(round(seconds / 600), 6)
    return f"khoảng {hours} giờ" + (f" {rest * 10} phút" if rest else "")


def short_digest(sha256: str) -> str:
    """Give the ends of a digest, enough to compare by eye: «f55f f16f … d114»."""
    return f"{sha256[:4]} {sha256[4:8]} … {sha256[-4:]}" if len(sha256) == 64 else sha256


def initials(name: str) -> str:
    """Give the first letters of family and given name for the round picture: «LH»."""
    words = name.split()
    return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper() if words else ""

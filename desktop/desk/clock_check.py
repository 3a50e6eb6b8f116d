"""Whether the machine's clock can be signed by: a signature carries its time, and nobody can mend it later."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from desktop.dossier.dates import VIETNAM
from desktop.store.errors import StoreError
from desktop.store.store import Store

_log = logging.getLogger(__name__)

SKEW_SETTING = "clock_skew_seconds"
"""How far the clock is behind the Treasury's, as measured last; set by whoever talks to the gateway."""
MOST_SKEW = 600
"""Seconds: the gateway refuses a machine that is further off (docs/protocol.md, section 3)."""
MOST_BEHIND = timedelta(days=1)
"""A day: what was signed or received is at most so much later than now, whatever time zone a machine was set to."""


def clock_problem(store: Store, now: datetime) -> str:
    """Why the clock must be set before signing, in words; "" when nothing speaks against it."""
    newest = store.seen.newest_instant()
    if newest and now < (seen := datetime.fromisoformat(newest)) - MOST_BEHIND:
        return (
            f"Đồng hồ của máy chỉ {_words(now)}, sớm hơn chữ ký hoặc thư Kho bạc gần nhất ({_words(seen)}). "
            "Chỉnh lại ngày giờ của máy rồi ký."
        )
    skew = int(store.settings.get(SKEW_SETTING) or 0)
    if abs(skew) > MOST_SKEW:
        side = "chậm" if skew > 0 else "nhanh"
        return (
            f"Lần nối mạng gần nhất, đồng hồ của máy {side} {abs(skew) // 60} phút so với Kho bạc. "
            "Chỉnh lại ngày giờ, nối mạng một lần để đo lại rồi ký."
        )
    return ""


def keep_skew(store: Store, seconds: int, *, measured: bool) -> int:
    """Keeps a measured skew for the desk and gives it back; without a measurement what is known stays."""
    try:
        if measured and store.settings.get(SKEW_SETTING) != str(seconds):
            store.settings.set(SKEW_SETTING, str(seconds))
    except StoreError as error:  # a full disk is told elsewhere; the next pass measures again
        _log.warning("clock skew not kept: %s", error.code)
    return seconds


def _words(moment: datetime) -> str:
    return moment.astimezone(VIETNAM).strftime("%H:%M ngày %d/%m/%Y")

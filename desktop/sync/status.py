"""What the sync thread shows to others: a snapshot of the link that any thread may read."""

from __future__ import annotations

import threading
import time
from collections import deque
from dataclasses import dataclass, replace
from typing import Literal

from desktop.sync.faults import Fault
from desktop.sync.tls import Meter

LinkState = Literal["offline", "captive", "weak", "good", "sending"]
_WEAK_BPS = 32_000
_WINDOW = 5.0

_TEXTS: dict[LinkState, str] = {
    "offline": "Không có mạng. Hồ sơ vẫn giữ trong máy và tự gửi khi có mạng.",
    "captive": "Mạng cần đăng nhập, hoặc máy trả lời không phải Kho bạc.",
    "weak": "Mạng yếu. Máy vẫn gửi tiếp, chậm hơn bình thường.",
    "good": "Đã nối với Kho bạc.",
    "sending": "Đang gửi.",
}


@dataclass(frozen=True)
class LinkStatus:
    """The link as the sync thread last saw it.

    `since` is the instant (ISO-8601 UTC) this state began, `rate_bps` bits a second sent lately, `text` Vietnamese;
    `sent` and `received` are bytes of TLS records since the thread began, `deaths` how often the link died, `passes`
    how many ended.
    """

    state: LinkState = "offline"
    since: str = ""
    rate_bps: int = 0
    text: str = _TEXTS["offline"]
    sent: int = 0
    received: int = 0
    deaths: int = 0
    passes: int = 0


class StatusBoard:
    """Holds the present LinkStatus; written by the sync thread, read by any."""

    def __init__(self, meter: Meter) -> None:
        self._meter = meter
        self._lock = threading.Lock()
        self._status = LinkStatus()
        self._samples: deque[tuple[float, int]] = deque(maxlen=64)

    def read(self) -> LinkStatus:
        """Return a snapshot with the rate of the last seconds."""
        with self._lock:
            rate = self._rate(time.monotonic(), self._meter.sent)
            return replace(self._status, rate_bps=rate, sent=self._meter.sent, received=self._meter.received)

    def begin(self, at: str) -> None:
        """Note that a pass begins; what the last one showed stays until this one knows better."""
        with self._lock:
            if self._status.state in {"good", "weak"}:
                self._set("sending", at, "")

    def end(self, fault: Fault | None, message: str, at: str, rate_bps: float) -> None:
        """Note how a pass ended."""
        with self._lock:
            deaths = self._status.deaths + (fault is Fault.LINK_DIED)
            self._status = replace(self._status, deaths=deaths, passes=self._status.passes + 1)
            self._set(_state_after(fault, rate_bps), at, message)

    def _set(self, state: LinkState, at: str, message: str) -> None:
        since = self._status.since if state == self._status.state else at
        self._status = replace(self._status, state=state, since=since, text=message or _TEXTS[state])

    def _rate(self, now: float, sent: int) -> int:
        self._samples.append((now, sent))
        while len(self._samples) > 2 and now - self._samples[0][0] > _WINDOW:
            self._samples.popleft()
        then, before = self._samples[0]
        return int((sent - before) * 8 / (now - then)) if now - then > 0.2 else 0


def _state_after(fault: Fault | None, rate_bps: float) -> LinkState:
    if fault is None:
        return "good" if rate_bps >= _WEAK_BPS else "weak"
    if fault is Fault.CAPTIVE:
        return "captive"
    return "offline" if fault in {Fault.OFFLINE, Fault.AUTH} else "weak"

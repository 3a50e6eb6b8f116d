"""Ends a plain HTTP exchange that takes longer than its bytes explain: no trickle of a stranger holds the engine.

httpx bounds each read, not the whole; its sockets are known here by their copies, since TLS takes the originals over.
"""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any

from desktop.sync.policy import SLOWEST
from desktop.sync.tls import Meter

WHOLE = 30.0
"""Seconds for an exchange on top of what its bytes need at `policy.SLOWEST`."""
_CONNECTED = "connection.connect_tcp.complete"


class Watch:
    """Watches one exchange at a time; `meter` is the engine's, whose `cut` then reaches these connections too."""

    def __init__(self, meter: Meter, whole: float = WHOLE) -> None:
        self._meter = meter
        self._whole = whole
        self._deadline = 0.0
        self._sockets: list[socket.socket] = []

    @contextmanager
    def over(self) -> Iterator[Mapping[str, Any]]:
        """Watch what is done within; gives the extensions of its requests."""
        self._deadline = time.monotonic() + self._whole
        done = threading.Event()
        guard = threading.Thread(target=self._guard, args=(done,), name="sync-watch", daemon=True)
        guard.start()
        try:
            yield {"trace": self._trace}
        finally:
            done.set()
            guard.join()
            for held in self._sockets:
                held.close()
            self._sockets.clear()

    def came(self, size: int) -> None:
        """Give the time that so many bytes more may have taken."""
        self._deadline += size * 8 / SLOWEST

    def _trace(self, event: str, told: Mapping[str, Any]) -> None:
        if event == _CONNECTED:
            held = told["return_value"].get_extra_info("socket").dup()
            self._sockets.append(held)
            try:
                self._meter.know(held)
            except ConnectionAbortedError:  # the engine stops: what is sent or read here now fails
                _shut(held)

    def _guard(self, done: threading.Event) -> None:
        while not done.wait(max(0.0, self._deadline - time.monotonic())):
            if time.monotonic() >= self._deadline:
                break
        for held in [] if done.is_set() else list(self._sockets):
            _shut(held)


def _shut(held: socket.socket) -> None:
    with suppress(OSError):  # closed by the other side meanwhile
        held.shutdown(socket.SHUT_RDWR)

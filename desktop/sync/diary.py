"""Tells in plain lines how the link fared: once when it breaks, once when it is back, never the same over and over."""

from __future__ import annotations

from datetime import datetime, timedelta

from desktop.dossier.dates import instant
from desktop.sync import phrases
from desktop.sync.faults import Fault, WireError
from desktop.sync.ports import Clock, Outbox

_LINK = {Fault.OFFLINE, Fault.LINK_DIED}


class Diary:
    """Keeps the lines of «Máy đã làm gì» and what they need to know: the last fault and how long it lasted."""

    def __init__(self, outbox: Outbox, clock: Clock) -> None:
        self._outbox = outbox
        self._clock = clock
        self._fault: Fault | None = None
        self._down_since: datetime | None = None
        self._outage: timedelta | None = None
        self._first = True

    def say(self, kind: str, text: str, package_id: str | None = None) -> None:
        """Keep a line; `kind` is info, good, wait or bad."""
        self._outbox.log(kind, text, package_id, instant(self._clock.now()))

    def fault(self, error: WireError) -> None:
        """Note why a pass ended; the same reason again adds no line."""
        if error.fault in _LINK and self._down_since is None:
            self._down_since = self._clock.now()
        if error.fault is not self._fault:
            self.say("wait" if error.fault in _LINK else "bad", phrases.fault(error.fault))
        self._fault = error.fault

    def contact(self) -> None:
        """Note that the gateway answered as it should."""
        if self._down_since is not None:
            self._outage = self._clock.now() - self._down_since
            self._down_since = None
            if self._fault is Fault.OFFLINE:
                self.say("good", phrases.back_again(self._outage))
        self._fault = None

    def asking(self, count: int) -> None:
        """Note that the fate of packages is asked for first; said once while the gateway cannot be reached."""
        if self._fault is None or self._outage is not None:
            self.say("wait", phrases.asking(count))

    def resumed(self, offset: int) -> None:
        """Note that a part goes on from `offset` bytes."""
        self.contact()
        if self._outage is not None:
            self.say("good", phrases.resumed(self._outage, offset))
        elif self._first:
            self.say("good", phrases.resumed(None, offset))
        self._outage = None

    def sent_some(self) -> None:
        """Note that a chunk arrived: from now on a resume is no longer one after the program was closed."""
        self._first = False

"""Brings decisions and balances back: page by page, verified before applied, never twice (docs/protocol.md, 6)."""

from __future__ import annotations

from desktop.dossier.dates import instant
from desktop.sync import phrases
from desktop.sync.ports import Clock, FeedItem, Outbox, Verifier, Wire
from desktop.sync.protocol import FeedPage
from desktop.sync.receipts import StatementRejected, read_event

PAGE = 50
_PAGES_A_PASS = 20


class FeedReader:
    """Pulls the feed; a page that cannot be trusted whole is not applied at all."""

    def __init__(self, outbox: Outbox, wire: Wire, verifier: Verifier, clock: Clock) -> None:
        self._outbox = outbox
        self._wire = wire
        self._verifier = verifier
        self._clock = clock
        self.rejected = False
        """Whether the last page was refused: said once, until a good page comes."""

    def pull(self) -> int:
        """Apply what is new and return how many events that was. Raises WireError; a bad page is logged, not raised."""
        applied = 0
        for _ in range(_PAGES_A_PASS):
            cursor = self._outbox.feed_cursor()
            page = self._wire.feed(cursor, PAGE)
            try:
                items = self._checked(page, cursor)
            except StatementRejected as error:
                self._complain(error.message)
                return applied
            self.rejected = False
            if not items:
                return applied
            self._outbox.apply_feed(items, page.cursor, instant(self._clock.now()))
            applied += len(items)
            if not page.more:
                return applied
        return applied

    def _checked(self, page: FeedPage, cursor: int) -> list[FeedItem]:
        items: list[FeedItem] = []
        last = -1
        for statement in page.events:
            event, payload = read_event(statement, self._verifier)
            if event.seq <= last:
                raise StatementRejected("malformed", "Kết quả từ Kho bạc không đúng thứ tự.")
            last = event.seq
            if event.seq > cursor:
                items.append((event.seq, payload, statement.model_dump_json()))
        if page.cursor != (last if page.events else cursor):
            raise StatementRejected("malformed", "Số thứ tự kết quả từ Kho bạc không khớp.")
        return items

    def _complain(self, why: str) -> None:
        if not self.rejected:
            self._outbox.log("bad", f"{why} {phrases.FEED_REJECTED}", None, instant(self._clock.now()))
        self.rejected = True

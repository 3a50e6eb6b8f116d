"""Where trust that comes over the line arrives: the sync thread's TrustSink (desktop/sync/trust.py)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from desktop.desk.errors import DeskError
from desktop.desk.trust_keeping import ASKED_AT, SOURCE_STATE, asks_gateway, crl_sources, keep_crl, keep_list
from desktop.desk.trusting import treasury_list
from desktop.dossier.dates import instant
from desktop.signing.crls import MAX_CRL_BYTES
from desktop.signing.errors import TrustError
from desktop.store.downloads import Downloads
from desktop.store.store import Store
from desktop.sync.trust import CrlNotice, Source

FOLDER = "trust"
EVERY = timedelta(days=1)
FIRST_REST = timedelta(hours=1)


class TrustInbox:
    """Keeps what came in the unit's store; what is under way lies in a folder beside it."""

    def __init__(self, store: Store, keys: Mapping[str, str], clock: Callable[[], datetime]) -> None:
        self._store = store
        self._keys = keys
        self._clock = clock
        self._downloads = Downloads(store.folder / FOLDER)

    def due(self) -> bool:
        """See TrustSink: a day after the last answer, or when the clock was put back since."""
        now, asked = self._clock(), self._store.settings.get(ASKED_AT)
        return not asked or not instant(now - EVERY) < asked <= instant(now)

    def etag(self) -> str:
        """See TrustSink."""
        kept = self._store.trust.newest()
        return "" if kept is None else f"{json.loads(kept.statement)['key_id']}:{kept.version}"

    def asked(self) -> None:
        """See TrustSink."""
        self._store.settings.set(ASKED_AT, instant(self._clock()))

    def keep_list(self, statement: str) -> str | None:
        """See TrustSink; what was refused under the list before may be good under this one. Raises TrustError."""
        words = keep_list(self._store, statement, self._keys, "gateway")
        if words is not None:
            with _kept():
                self._downloads.forgive()
        return words

    def wanted(self) -> Sequence[CrlNotice]:
        """See TrustSink."""
        told = treasury_list(self._store)
        if told is None or not asks_gateway(self._store):
            return []
        here = self._store.trust.crl_digests()
        offers = [offer for offer in told.crls if offer.sha256 not in here]
        return [CrlNotice(o.issuer, o.sha256, o.size) for o in offers if not self._downloads.refused(o.sha256)]

    def held(self, sha256: str) -> int:
        """See TrustSink."""
        return self._downloads.held(sha256)

    def append(self, sha256: str, offset: int, piece: bytes) -> None:
        """See TrustSink. Raises DeskError trust_not_stored."""
        with _kept():
            self._downloads.append(sha256, offset, piece)

    def finish(self, notice: CrlNotice) -> str | None:
        """See TrustSink. Raises TrustError, DeskError trust_not_stored."""
        with _kept():
            content = self._downloads.downloaded(notice.sha256, MAX_CRL_BYTES + 1)
            if hashlib.sha256(content).hexdigest() != notice.sha256:
                self._downloads.drop(notice.sha256)
                return None
            try:
                words = keep_crl(self._store, content, "gateway", self._clock())
            except TrustError:
                self._downloads.refuse(notice.sha256)
                raise
            if words is None:  # ours is newer: these bytes are not wanted again
                self._downloads.refuse(notice.sha256)
            self._downloads.drop(notice.sha256)
            return words or ""

    # Other addresses

    def sources(self) -> Sequence[Source]:
        """See TrustSink."""
        now = instant(self._clock())
        return [source for url in crl_sources(self._store) if (source := self._source(url, now)) is not None]

    def begin_source(self, url: str, mark: str) -> None:
        """See TrustSink."""
        with _kept():
            self._downloads.drop(_name(url))
        self._note(url, part=mark)

    def append_source(self, url: str, offset: int, piece: bytes) -> None:
        """See TrustSink. Raises DeskError trust_not_stored."""
        with _kept():
            self._downloads.append(_name(url), offset, piece)

    def finish_source(self, url: str, mark: str, *, same: bool) -> str | None:
        """See TrustSink. Raises TrustError, DeskError trust_not_stored."""
        words = None
        with _kept():
            if not same:
                content = self._downloads.downloaded(_name(url), MAX_CRL_BYTES + 1)
                self._downloads.drop(_name(url))
                words = keep_crl(self._store, content, url, self._clock())
        self._note(url, part="", mark=mark, tries=0, next=instant(self._clock() + EVERY))
        return words

    def fail_source(self, url: str) -> None:
        """See TrustSink: an hour at first, a day at most."""
        tries = int(self._states().get(url, {}).get("tries", 0)) + 1
        rest = min(EVERY, FIRST_REST * 2 ** min(tries - 1, 5))
        self._note(url, tries=tries, next=instant(self._clock() + rest))

    def _source(self, url: str, now: str) -> Source | None:
        state = self._states().get(url, {})
        if state.get("next", "") > now:
            return None
        return Source(url, state.get("mark", ""), state.get("part", ""), self._downloads.held(_name(url)))

    def _states(self) -> dict[str, dict[str, Any]]:
        found: dict[str, dict[str, Any]] = json.loads(self._store.settings.get(SOURCE_STATE, "{}"))
        return found

    def _note(self, url: str, **values: str | int) -> None:
        known = {name: state for name, state in self._states().items() if name in crl_sources(self._store)}
        known[url] = {**known.get(url, {}), **values}
        self._store.settings.set(SOURCE_STATE, json.dumps(known))


def _name(url: str) -> str:
    return hashlib.sha256(url.encode()).hexdigest()


@contextmanager
def _kept() -> Iterator[None]:
    try:
        yield
    except OSError:
        raise DeskError(
            "trust_not_stored", "Không ghi được vào máy. Kiểm tra chỗ trống và quyền ghi rồi thử lại."
        ) from None

"""Fetches the Treasury's trust list and revocation lists when nothing else wants the line (protocol, section 10).

The list is asked for at most once a day; its revocation lists come piece by piece from where they stopped. Lists of
other authorities come from the addresses the unit chose. What fails here is tried again later and never ends a pass,
unless the line itself is down.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from desktop.dossier.errors import VungXaError
from desktop.sync import phrases
from desktop.sync.elsewhere import Download, Elsewhere
from desktop.sync.faults import Fault, WireError
from desktop.sync.pieces import GoOn, Pieces, PieceSink, Say

_STRIKES = 2
LINK = frozenset({Fault.OFFLINE, Fault.LINK_DIED, Fault.CAPTIVE, Fault.AUTH})
"""Faults of the line to the Treasury, which end the pass; any other concerns only what was asked for."""


@dataclass(frozen=True)
class CrlNotice:
    """A revocation list the Treasury offers: whose, its SHA-256 and its size in bytes."""

    issuer: str
    sha256: str
    size: int


@dataclass(frozen=True)
class Source:
    """An address of a revocation list: `mark` and `part_mark` as in `elsewhere.Download`, `held` bytes of a part."""

    url: str
    mark: str = ""
    part_mark: str = ""
    held: int = 0


class TrustSink(PieceSink, Protocol):
    """Where trust goes; every call may raise VungXaError for what is no good or cannot be kept."""

    def due(self) -> bool:
        """Tell whether the list is to be asked for now."""

    def etag(self) -> str:
        """Return the name of the list that is here, "" for none."""

    def asked(self) -> None:
        """Note that the Treasury answered, whatever it said."""

    def keep_list(self, statement: str) -> str | None:
        """Verify and keep a list; return what it is in words, None when it is not newer than ours."""

    def wanted(self) -> Sequence[CrlNotice]:
        """Return the offered revocation lists that are neither here nor refused."""

    def finish(self, notice: CrlNotice) -> str | None:
        """Verify and keep a revocation list that is here to the last byte; say what it is.

        None when the bytes are others, "" when ours is newer.
        """

    def sources(self) -> Sequence[Source]:
        """Return the other addresses that are to be asked now."""

    def begin_source(self, url: str, mark: str) -> None:
        """Drop what is here of an address's download: another version begins."""

    def append_source(self, url: str, offset: int, piece: bytes) -> None:
        """Add bytes of an address's download, durably."""

    def finish_source(self, url: str, mark: str, *, same: bool) -> str | None:
        """Note that an address answered whole; verify and keep its list, unless it is the `same` as before."""

    def fail_source(self, url: str) -> None:
        """Leave an address alone for a while."""


class TrustWire(Protocol):
    """A channel to the gateway's trust. Raises WireError."""

    def trust(self, etag: str) -> str | None:
        """Return the signed statement as JSON, None when it is the one named by `etag`."""

    def crl(self, sha256: str, offset: int, size: int, total: int) -> bytes:
        """Return `size` bytes of a revocation list of `total` bytes from `offset`."""


class TrustFetcher:
    """The engine's idle work on trust."""

    def __init__(self, sink: TrustSink, wire: TrustWire, elsewhere: Elsewhere, most: int) -> None:
        self._sink = sink
        self._wire = wire
        self._elsewhere = elsewhere
        self._most = most
        self._pieces = Pieces(sink, wire.crl)
        self._strikes: Counter[str] = Counter()
        self._came = False

    def fetch(self, go_on: GoOn, say: Say) -> bool:
        """See `pieces.IdleWork`."""
        self._came = self._pieces.moved = False
        if self._sink.due() and go_on():
            self._ask(say)
        for notice in self._sink.wanted():
            if self._strikes[notice.sha256] < _STRIKES:
                self._load(notice, go_on, say)
        for source in self._sink.sources():
            if go_on():
                self._visit(source, go_on, say)
        return self._came or self._pieces.moved

    def _ask(self, say: Say) -> None:
        try:
            statement = self._wire.trust(self._sink.etag())
        except WireError as error:
            if error.fault in LINK:
                raise
            self._sink.asked()
            return
        self._sink.asked()
        if statement is not None:
            try:
                self._tell(self._sink.keep_list(statement), say)
            except VungXaError as error:
                say("bad", phrases.trust_refused(error.message))

    def _load(self, notice: CrlNotice, go_on: GoOn, say: Say) -> None:
        try:
            if self._pieces.load(notice.sha256, notice.size, go_on):
                words = self._sink.finish(notice)
                self._tell(words, say)
                self._strikes[notice.sha256] += words is None
        except WireError as error:
            if error.fault in LINK:
                self._pieces.shrink()
                raise
            self._strikes[notice.sha256] += 1
        except VungXaError as error:
            self._strikes[notice.sha256] += 1
            say("bad", phrases.crl_refused(notice.issuer, error.message))

    def _visit(self, source: Source, go_on: GoOn, say: Say) -> None:
        url = source.url
        download = Download(
            source.mark,
            source.part_mark,
            source.held,
            begin=lambda mark: self._sink.begin_source(url, mark),
            keep=lambda offset, piece: self._sink.append_source(url, offset, piece),
        )
        try:
            fetched = self._elsewhere.fetch(url, download, self._most, go_on)
            if fetched.state != "stopped":
                self._tell(self._sink.finish_source(url, fetched.mark, same=fetched.state == "same"), say)
        except WireError:
            self._sink.fail_source(url)
            say("wait", phrases.crl_source_silent(url))
        except VungXaError as error:
            self._sink.fail_source(url)
            say("bad", phrases.crl_refused(url, error.message))

    def _tell(self, words: str | None, say: Say) -> None:
        if words:
            self._came = True
            say("good", words)

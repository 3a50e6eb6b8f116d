"""Asks authorities other than the Treasury, over plain HTTP or HTTPS: revocation lists and time-stamps.

What they hand out is signed and verified by who keeps it, so nothing is believed for where it came from. Every answer
is bounded in bytes and time, a redirect is followed only to the same host, and a page instead of a file (the login of a
public Wi-Fi) is no answer.
"""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import httpx

from desktop.sync.faults import Fault, WireError
from desktop.sync.pieces import GoOn
from desktop.sync.policy import SEND_BUFFER
from desktop.sync.protocol import TIMESTAMP_ANSWER_TYPE, TIMESTAMP_QUERY_TYPE
from desktop.sync.tls import Meter
from desktop.sync.watch import WHOLE, Watch

MAX_ANSWER = 128 * 1024
"""Bytes of a time-stamp answer; with its certificates it has about 6 KB."""
_REDIRECTS = 3
_TIMEOUT = httpx.Timeout(6.0, connect=4.0)
"""Short: the line to the Treasury waits meanwhile."""
_MOVED = {301, 302, 303, 307, 308}


@dataclass(frozen=True)
class Fetched:
    """How a fetch ended: `state` is "new" (whole, from 0 or continued), "same" (nothing new) or "stopped".

    `mark` names the version that was fetched, "" when the server names none: then nothing can be continued.
    """

    state: str
    mark: str = ""


@dataclass
class Download:
    """A file on its way: `mark` names the version we have whole, `part_mark` the one we have `held` bytes of.

    `begin` is called with the version's mark before its first byte, `keep` with offset and bytes.
    """

    mark: str
    part_mark: str
    held: int
    begin: Callable[[str], None] = field(repr=False)
    keep: Callable[[int, bytes], None] = field(repr=False)


class Elsewhere:
    """A plain HTTP client with no memory of its own. All calls raise WireError.

    `meter` is the engine's: its `cut` ends what is asked here too.
    """

    def __init__(self, meter: Meter | None = None, whole: float = WHOLE) -> None:
        self._client: httpx.Client | None = None
        self._watch = Watch(meter or Meter(), whole)

    def close(self) -> None:
        """Close the connections."""
        if self._client is not None:
            self._client.close()

    def time_stamp(self, url: str, query: bytes) -> bytes:
        """Ask an authority for a time-stamp (RFC 3161 section 3.4)."""
        headers = {"content-type": TIMESTAMP_QUERY_TYPE, "accept": TIMESTAMP_ANSWER_TYPE}
        with self._open("POST", url, headers, query) as response:
            if response.status_code != 200:
                raise _refused(response)
            media = _media(response)
            if media != TIMESTAMP_ANSWER_TYPE:
                raise WireError(Fault.CAPTIVE if "html" in media else Fault.PROTOCOL, "no time-stamp")
            return b"".join(self._bounded(response, MAX_ANSWER))

    def fetch(self, url: str, download: Download, most: int, go_on: GoOn) -> Fetched:
        """Fetch a file of at most `most` bytes, from where an earlier fetch stopped where the server can."""
        continued = bool(download.held and download.part_mark)
        headers = {"accept": "*/*"}
        if continued:
            headers |= {"range": f"bytes={download.held}-", "if-range": download.part_mark}
        elif download.mark:
            headers["if-none-match" if download.mark.startswith('"') else "if-modified-since"] = download.mark
        with self._open("GET", url, headers) as response:
            if response.status_code == 304:
                return Fetched("same", download.mark)
            offset = _offset(response, download.held if continued else 0)
            if "html" in _media(response):
                raise WireError(Fault.CAPTIVE, "a page instead of a file")
            mark = _mark(response) or (download.part_mark if offset else "")
            return self._receive(response, download, offset, mark, most, go_on)

    def _receive(
        self, response: httpx.Response, download: Download, offset: int, mark: str, most: int, go_on: GoOn
    ) -> Fetched:
        if offset == 0:
            download.begin(mark)
        state, held = "new", bytearray()
        for piece in self._bounded(response, most - offset):
            if not go_on():
                state = "stopped"
                break
            held += piece
            if len(held) >= SEND_BUFFER:
                download.keep(offset, bytes(held))
                offset += len(held)
                held.clear()
        if held:
            download.keep(offset, bytes(held))
        return Fetched(state, mark)

    def _bounded(self, response: httpx.Response, most: int) -> Iterator[bytes]:
        size = 0
        for piece in response.iter_raw():
            size += len(piece)
            if size > most:
                raise WireError(Fault.PROTOCOL, "answer too large")
            self._watch.came(len(piece))
            yield piece

    @contextmanager
    def _open(self, method: str, url: str, headers: Mapping[str, str], body: bytes = b"") -> Iterator[httpx.Response]:
        with self._watch.over() as watched:
            try:
                for _ in range(_REDIRECTS + 1):
                    request = self._request(method, url, headers, body, watched)
                    response = self._made().send(request, stream=True)
                    try:
                        if response.status_code not in _MOVED:
                            yield response
                            return
                        url = _next(url, response)
                    finally:
                        response.close()
            except httpx.HTTPError as error:
                raise _sorted(error) from None
        raise WireError(Fault.PROTOCOL, "too many redirects")

    def _request(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes, watched: Mapping[str, Any]
    ) -> httpx.Request:
        try:
            client = self._made()
            return client.build_request(method, url, headers=dict(headers), content=body or None, extensions=watched)
        except (httpx.InvalidURL, ValueError):
            raise WireError(Fault.PROTOCOL, "not an address") from None

    def _made(self) -> httpx.Client:
        if self._client is None:
            self._client = httpx.Client(
                verify=ssl.create_default_context(),
                timeout=_TIMEOUT,
                headers={"user-agent": "vungxa/1", "accept-encoding": "identity"},
                limits=httpx.Limits(max_connections=2, max_keepalive_connections=0),
                trust_env=False,
                follow_redirects=False,
            )
        return self._client


def _offset(response: httpx.Response, held: int) -> int:
    """Return where the bytes that come now begin: 0 for the whole file, else where we asked from."""
    if response.status_code == 200:
        return 0
    if response.status_code == 206 and held and response.headers.get("content-range", "").startswith(f"bytes {held}-"):
        return held
    raise _refused(response)


def _next(url: str, response: httpx.Response) -> str:
    target = str(httpx.URL(url).join(response.headers.get("location", "")))
    old, new = urlsplit(url), urlsplit(target)
    if (
        new.hostname != old.hostname
        or new.scheme not in ("http", "https")
        or (old.scheme, new.scheme)
        == (
            "https",
            "http",
        )
    ):
        raise WireError(Fault.CAPTIVE, "redirect to another host")
    return target


def _mark(response: httpx.Response) -> str:
    """Name the version of a file by what the server tells of it; weak tags cannot continue a download."""
    tag = str(response.headers.get("etag", ""))
    mark = tag if tag.startswith('"') else str(response.headers.get("last-modified", ""))
    return mark if len(mark) <= 200 else ""


def _media(response: httpx.Response) -> str:
    return str(response.headers.get("content-type", "")).partition(";")[0].strip().lower()


def _refused(response: httpx.Response) -> WireError:
    fault = Fault.SERVER_BUSY if response.status_code >= 500 else Fault.REFUSED
    return WireError(fault, f"status {response.status_code}", status=response.status_code)


def _sorted(error: httpx.HTTPError) -> WireError:
    """Return the fault behind an exception of httpx; its text may hold addresses, so only its type is kept."""
    offline = isinstance(error, httpx.ConnectError | httpx.ConnectTimeout | httpx.PoolTimeout)
    return WireError(Fault.OFFLINE if offline else Fault.LINK_DIED, type(error).__name__)

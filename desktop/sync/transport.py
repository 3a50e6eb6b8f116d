"""One bounded HTTP exchange over the pinned connection; httpx is known here and in elsewhere.py only.

HTTP/1.1 on purpose: httpx 0.28's HTTP/2 raises KeyError when a connection is lost. The body goes out as an iterator of
4 KB pieces with a content length, since httpx's write time-out covers whatever it is given in one go.
"""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

import httpx
from pydantic import BaseModel, ValidationError

from desktop.sync import policy
from desktop.sync.faults import Fault, WireError, fault_of_status
from desktop.sync.protocol import ErrorBody
from desktop.sync.tls import Meter, PinnedContext

MAX_ANSWER = 512 * 1024
_KEEP_ALIVE = 100
_JSON = "application/json"
_FIRST_GUESS_BPS = 64_000.0
Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True)
class Answer:
    """A complete answer with an expected status; header names are lower-case."""

    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)

    def read(self, model: type[Model]) -> Model:
        """Return the body as a wire model. Raises WireError captive (HTML) or protocol (any other shape)."""
        media = self.headers.get("content-type", "").partition(";")[0].strip().lower()
        if media != _JSON:
            fault = Fault.CAPTIVE if "html" in media else Fault.PROTOCOL
            raise WireError(fault, "answer is not JSON", status=self.status)
        try:
            return model.model_validate_json(self.body)
        except ValidationError:
            raise WireError(Fault.PROTOCOL, f"answer is no {model.__name__}", status=self.status) from None

    def number(self, header: str, most: int) -> int:
        """Return a header that must be a whole number from 0 to `most`. Raises WireError protocol."""
        text = self.headers.get(header.lower(), "")
        if not (text.isascii() and text.isdigit() and len(text) < 16 and int(text) <= most):
            raise WireError(Fault.PROTOCOL, f"bad {header}", status=self.status)
        return int(text)


class Transport:
    """Sends requests to one gateway, known by the SHA-256 of its certificate. For one thread, but for `meter.cut`."""

    def __init__(
        self, url: str, pin: str, meter: Meter | None = None, patience: policy.Patience = policy.USUAL
    ) -> None:
        self.meter = meter or Meter()
        self._patience = patience
        self.rate_bps = _FIRST_GUESS_BPS
        self._client = httpx.Client(
            base_url=url,
            transport=httpx.HTTPTransport(
                verify=PinnedContext.make(pin, self.meter),
                limits=httpx.Limits(max_connections=1, keepalive_expiry=_KEEP_ALIVE),
                socket_options=_socket_options(patience.silence),
            ),
            headers={"user-agent": "vungxa/1", "accept": _JSON, "accept-encoding": "identity"},
            trust_env=False,
            follow_redirects=False,
        )

    def close(self) -> None:
        """Close the connection."""
        self._client.close()

    def exchange(
        self,
        method: str,
        path: str,
        *,
        expect: Collection[int],
        body: bytes = b"",
        headers: Mapping[str, str] | None = None,
        coming: int = 0,
    ) -> Answer:
        """Send one request and return its whole answer if its status is expected; `coming` bytes may come back.

        Raises WireError for everything else; the connection is then not used again unless the answer was complete.
        """
        self.meter.arm(self._patience.exchange(len(body) + coming))
        began = time.monotonic()
        try:
            answer = self._stream(method, path, body, dict(headers or {}))
        except httpx.HTTPError as error:
            if isinstance(error, httpx.ReadTimeout):
                # Dead, or slower than believed: the next answer gets more time.
                self.rate_bps = max(policy.SLOWEST, 0.7 * self.rate_bps)
            raise _sorted(error) from None
        if len(body) >= policy.PIECE:
            self.rate_bps = 0.5 * (self.rate_bps + len(body) * 8 / max(time.monotonic() - began, 0.001))
        if answer.status not in expect:
            raise _unexpected(answer)
        return answer

    def _stream(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> Answer:
        if method in {"POST", "PATCH"}:
            headers["content-length"] = str(len(body))
        silence, connect = self._patience.silence, self._patience.connect
        timeout = httpx.Timeout(silence, connect=connect, read=self._patience.answer(len(body), self.rate_bps))
        content = _pieces(body) if body else None
        with self._client.stream(method, path, content=content, headers=headers, timeout=timeout) as response:
            if response.headers.get("content-encoding", "identity") != "identity":
                raise WireError(Fault.PROTOCOL, "compressed answer", status=response.status_code)
            return Answer(response.status_code, dict(response.headers.items()), _bounded(response))


def _pieces(body: bytes) -> Iterator[bytes]:
    for start in range(0, len(body), policy.PIECE):
        yield body[start : start + policy.PIECE]


def _bounded(response: httpx.Response) -> bytes:
    pieces: list[bytes] = []
    size = 0
    for piece in response.iter_raw():
        size += len(piece)
        if size > MAX_ANSWER:
            raise WireError(Fault.PROTOCOL, "answer too large", status=response.status_code)
        pieces.append(piece)
    return b"".join(pieces)


def _socket_options(silence: float) -> list[tuple[int, int, int]]:
    options = [(socket.SOL_SOCKET, socket.SO_SNDBUF, policy.SEND_BUFFER)]
    user_timeout = getattr(socket, "TCP_USER_TIMEOUT", None)  # Linux; elsewhere the write time-out has to do
    if user_timeout is not None:
        options.append((socket.IPPROTO_TCP, user_timeout, int(silence * 1000)))
    return options


def _sorted(error: httpx.HTTPError) -> WireError:
    """Return the fault behind an exception of httpx; its text may hold addresses, so only its type is kept."""
    why = type(error).__name__
    if isinstance(error, httpx.ConnectError | httpx.ConnectTimeout | httpx.PoolTimeout):
        return WireError(Fault.CAPTIVE if _other_party(error) else Fault.OFFLINE, why, sent=False)
    if isinstance(error, httpx.RemoteProtocolError) and "closed" not in str(error) and "disconnected" not in str(error):
        return WireError(Fault.PROTOCOL, why)
    if isinstance(error, httpx.NetworkError | httpx.TimeoutException | httpx.RemoteProtocolError):
        return WireError(Fault.LINK_DIED, why)
    return WireError(Fault.PROTOCOL, why)


def _other_party(error: BaseException) -> bool:
    """Tell whether the handshake failed because another party speaks there, not because the line broke."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLError):
            return not isinstance(cause, ssl.SSLEOFError | ssl.SSLZeroReturnError | ssl.SSLSyscallError)
        cause = cause.__cause__ or cause.__context__
    return False


def _unexpected(answer: Answer) -> WireError:
    try:
        told = answer.read(ErrorBody)
    except WireError:
        told = ErrorBody(code="", message="")
    header = answer.headers.get("retry-after", "")
    waits = [told.retry_after, int(header) if header.isascii() and header.isdigit() and len(header) < 10 else 0]
    return WireError(
        fault_of_status(answer.status, told.code),
        f"status {answer.status}",
        code=told.code[:64],
        status=answer.status,
        retry_after=max(0, *waits),
        server_time=told.time[:32],
    )

"""The gateway's HTTP API as the engine's `Wire`: every answer is checked before anyone may believe it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from urllib.parse import quote

from desktop.sync.faults import Fault, WireError
from desktop.sync.policy import USUAL, Patience
from desktop.sync.ports import Clock, PackedBatch, SessionSigner
from desktop.sync.protocol import (
    BATCH_MEDIA_TYPE,
    LENGTH_HEADER,
    MAX_PART_BYTES,
    OFFSET_HEADER,
    PART_MEDIA_TYPE,
    TIMESTAMP_ANSWER_TYPE,
    TIMESTAMP_QUERY_TYPE,
    VERSION,
    BatchAnswer,
    FeedPage,
    HeadRequest,
    HeadsPage,
    Health,
    Outcome,
    OutcomesRequest,
    SignedStatement,
)
from desktop.sync.session import Session
from desktop.sync.tls import Meter
from desktop.sync.transport import Answer, Transport

_JSON = {"content-type": "application/json"}


class HttpWire:
    """One device's channel to its gateway over one pinned connection: a `ports.Wire`. All calls may raise WireError."""

    def __init__(
        self,
        url: str,
        pin: str,
        device_id: str,
        signer: SessionSigner,
        clock: Clock,
        meter: Meter | None = None,
        patience: Patience = USUAL,
    ) -> None:
        self._transport = Transport(url, pin, meter, patience)
        self._session = Session(self._transport, device_id, pin, signer, clock)
        self._proven = False

    @property
    def meter(self) -> Meter:
        """Bytes on the wire so far, and the way to cut it."""
        return self._transport.meter

    @property
    def rate_bps(self) -> float:
        """Bits a second of the last larger requests, round trips included."""
        return self._transport.rate_bps

    @property
    def skew_seconds(self) -> int:
        """How far our clock is behind the gateway's, 0 while the gateway did not complain."""
        return round(self._session.skew.total_seconds())

    @property
    def clock_measured(self) -> bool:
        """Whether the gateway held our clock against its own: it took a proof of ours, or complained."""
        return self._session.proven or bool(self._session.skew)

    def close(self) -> None:
        """Close the connection."""
        self._transport.close()

    def health(self) -> Health:
        """Ask who is there. Raises WireError captive when it is not a gateway of our version."""
        health = self._transport.exchange("GET", "/v1/health", expect={200}).read(Health)
        if health.version != VERSION:
            raise WireError(Fault.PROTOCOL, "another protocol version")
        return health

    def open(self) -> None:
        """See `Wire.open`: after a failure, find out whether anybody is there before a package is at stake."""
        if not self._proven:
            self.health()
            self._proven = True
        self._session.headers()

    def send(self, batch: PackedBatch) -> list[Outcome]:
        """See `Wire.send`."""
        headers = {"content-type": BATCH_MEDIA_TYPE, "idempotency-key": hashlib.sha256(batch.body).hexdigest()}
        answer = self._call("POST", "/v1/packages", {200}, batch.body, headers)
        return _matching(answer.read(BatchAnswer), batch.package_ids)

    def outcomes(self, package_ids: Sequence[str]) -> list[Outcome]:
        """See `Wire.outcomes`."""
        body = OutcomesRequest(package_ids=list(package_ids)).model_dump_json().encode()
        return _matching(self._call("POST", "/v1/outcomes", {200}, body, _JSON).read(BatchAnswer), package_ids)

    def part_offset(self, sha256: str) -> int:
        """See `Wire.part_offset`."""
        answer = self._call("HEAD", f"/v1/parts/{sha256}", {200, 404})
        return 0 if answer.status == 404 else answer.number(OFFSET_HEADER, MAX_PART_BYTES)

    def append(self, sha256: str, offset: int, total: int, chunk: bytes) -> int:
        """See `Wire.append`."""
        headers = {"content-type": PART_MEDIA_TYPE, OFFSET_HEADER: str(offset), LENGTH_HEADER: str(total)}
        answer = self._call("PATCH", f"/v1/parts/{sha256}", {204, 409, 460}, chunk, headers)
        return 0 if answer.status == 460 else answer.number(OFFSET_HEADER, total)

    def feed(self, after: int, limit: int) -> FeedPage:
        """See `Wire.feed`."""
        return self._call("GET", f"/v1/feed?after={after}&limit={limit}", {200}).read(FeedPage)

    def pack(self, sha256: str, offset: int, size: int, total: int) -> bytes:
        """See `packs.PackWire`: one range, or of a gateway that gives the whole only its part."""
        return self._range(f"/v1/packs/{sha256}", offset, size, total)

    def trust(self, etag: str) -> str | None:
        """See `trust.TrustWire`."""
        headers = {"if-none-match": f'"{etag}"'} if etag else {}
        answer = self._call("GET", "/v1/trust", {200, 304}, headers=headers)
        return None if answer.status == 304 else answer.read(SignedStatement).model_dump_json()

    def crl(self, sha256: str, offset: int, size: int, total: int) -> bytes:
        """See `trust.TrustWire`."""
        return self._range(f"/v1/crls/{sha256}", offset, size, total)

    def time_stamp(self, query: bytes) -> bytes:
        """See `evidence.StampWire`; no session is needed for it."""
        headers = {"content-type": TIMESTAMP_QUERY_TYPE, "accept": TIMESTAMP_ANSWER_TYPE}
        answer = self._transport.exchange("POST", "/v1/tsa", expect={200}, body=query, headers=headers)
        if answer.headers.get("content-type") != TIMESTAMP_ANSWER_TYPE:
            raise WireError(Fault.PROTOCOL, "no time-stamp", status=answer.status)
        return answer.body

    def journal_head(self, request: HeadRequest) -> SignedStatement:
        """See `journal.HeadWire`."""
        body = request.model_dump_json().encode()
        return self._call("POST", "/v1/journal/heads", {200}, body, _JSON).read(SignedStatement)

    def journal_heads(self, device_id: str) -> HeadsPage:
        """Return the newest heads of a device's journal that the gateway countersigned, newest first."""
        return self._call("GET", f"/v1/journal/heads?device={quote(device_id, safe='')}", {200}).read(HeadsPage)

    def _range(self, path: str, offset: int, size: int, total: int) -> bytes:
        last = offset + size - 1
        headers = {"range": f"bytes={offset}-{last}"}
        answer = self._call("GET", path, {200, 206}, headers=headers, coming=size)
        if answer.status == 200 and len(answer.body) == total:
            return answer.body[offset : last + 1]
        if answer.headers.get("content-range") != f"bytes {offset}-{last}/{total}" or len(answer.body) != size:
            raise WireError(Fault.PROTOCOL, "another range", status=answer.status)
        return answer.body

    def _call(
        self,
        method: str,
        path: str,
        expect: set[int],
        body: bytes = b"",
        headers: Mapping[str, str] | None = None,
        coming: int = 0,
    ) -> Answer:
        def send() -> Answer:
            wanted = {**(headers or {}), **self._session.headers()}
            return self._transport.exchange(method, path, expect=expect, body=body, headers=wanted, coming=coming)

        try:
            answer = self._authorised(method, send)
        except WireError:
            self._proven = False
            raise
        self._proven = True
        return answer

    def _authorised(self, method: str, send: Callable[[], Answer]) -> Answer:
        try:
            return send()
        except WireError as error:
            # An answer to HEAD has no body, so it cannot say which 401 it is; a new proof will tell.
            if error.status != 401 or not (error.code == "session_expired" or method == "HEAD"):
                raise
        self._session.forget()
        return send()


def _matching(answer: BatchAnswer, package_ids: Sequence[str]) -> list[Outcome]:
    if [outcome.package_id for outcome in answer.outcomes] != list(package_ids):
        raise WireError(Fault.PROTOCOL, "outcomes for other packages")
    return answer.outcomes

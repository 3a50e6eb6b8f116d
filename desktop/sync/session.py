"""Proves to the gateway which device speaks, and keeps the token while it lives (docs/protocol.md, section 3)."""

from __future__ import annotations

import secrets
import time
from datetime import datetime, timedelta

from desktop.dossier.canonical import canonical
from desktop.dossier.dates import instant
from desktop.sync.faults import Fault, WireError
from desktop.sync.ports import Clock, SessionSigner
from desktop.sync.protocol import SessionAnswer, SessionRequest
from desktop.sync.transport import Transport

_MARGIN = 30.0


def session_text(device_id: str, nonce: str, pin: str, at: str) -> str:
    """Return the canonical JSON that a device signs in context "session"; the gateway makes the same text."""
    return canonical({"device_id": device_id, "nonce": nonce, "pin": pin, "time": at}).decode()


class Session:
    """A bearer token, renewed when it ends. `skew` is the gateway's clock minus ours, 0 until it complained."""

    def __init__(self, transport: Transport, device_id: str, pin: str, signer: SessionSigner, clock: Clock) -> None:
        self._transport = transport
        self._device_id = device_id
        self._pin = pin
        self._signer = signer
        self._clock = clock
        self._token = ""
        self._until = 0.0
        self.skew = timedelta()

    def headers(self) -> dict[str, str]:
        """Return the authorization header, after a new proof where needed. Raises WireError."""
        if not self._token or time.monotonic() >= self._until:
            self._renew()
        return {"authorization": f"Bearer {self._token}"}

    @property
    def proven(self) -> bool:
        """Whether the gateway accepted a proof, and with it our clock."""
        return bool(self._token)

    def forget(self) -> None:
        """Drop the token; the next request proves anew."""
        self._token = ""

    def _renew(self) -> None:
        try:
            self._prove()
        except WireError as error:
            if error.code != "clock_skew" or not self._learn_clock(error.server_time):
                raise
            self._prove()

    def _prove(self) -> None:
        at = instant(self._clock.now() + self.skew)
        nonce = secrets.token_urlsafe(24)
        signature = self._signer.sign(session_text(self._device_id, nonce, self._pin, at))
        request = SessionRequest(device_id=self._device_id, time=at, nonce=nonce, signature=signature)
        answer = self._transport.exchange(
            "POST",
            "/v1/sessions",
            expect={200},
            body=request.model_dump_json().encode(),
            headers={"content-type": "application/json"},
        ).read(SessionAnswer)
        if not 0 < len(answer.token) <= 4096 or not answer.token.isascii() or not answer.token.isprintable():
            raise WireError(Fault.PROTOCOL, "bad token")
        self._token = answer.token
        self._until = time.monotonic() + max(1.0, min(answer.expires_in, 86_400) - _MARGIN)

    def _learn_clock(self, server_time: str) -> bool:
        try:
            told = datetime.fromisoformat(server_time)
            self.skew = told - self._clock.now()
        except (ValueError, TypeError):
            return False
        return True

"""TLS 1.3 to exactly one certificate, with every byte counted and every wait bounded at the socket.

The device knows the gateway by the SHA-256 of its certificate, nothing else: so the usual chain and name checks are off
and `PinnedContext.wrap_socket` compares the certificate itself right after the handshake, before the HTTP library gets
the socket. TLS 1.3's CertificateVerify (RFC 8446, 4.4.3) proves that the peer holds the key of that certificate.
"""

from __future__ import annotations

import hashlib
import hmac
import socket
import ssl
import threading
import time
from typing import Any

_RECORD_OVERHEAD = 22
"""Bytes TLS 1.3 adds to one record: 5 header, 1 type, 16 tag."""


class WrongCertificate(ssl.SSLCertVerificationError):
    """Somebody else answers: the certificate of the handshake is not the pinned one."""


class Meter:
    """Counts bytes on the wire, holds one deadline, and lets another thread cut the connection.

    `sent` and `received` are bytes of TLS records (TCP/IP headers and the handshake are not seen).
    """

    def __init__(self) -> None:
        self.sent = 0
        self.received = 0
        self.deadline = float("inf")
        self._lock = threading.Lock()
        self._sockets: set[socket.socket] = set()
        self._cut = False

    def arm(self, seconds: float) -> None:
        """Give the exchange that begins now so many seconds for everything."""
        self.deadline = time.monotonic() + seconds

    def left(self) -> float:
        """Return the seconds left. Raises TimeoutError when there are none, ConnectionAbortedError after `cut`."""
        if self._cut:
            raise ConnectionAbortedError("cut")
        seconds = self.deadline - time.monotonic()
        if seconds <= 0:
            raise TimeoutError("deadline of the whole exchange")
        return seconds

    def adopt(self, sock: socket.socket) -> None:
        """Know a connection of the exchange that was armed, so that `cut` reaches it."""
        self.know(sock)
        self.left()

    def know(self, sock: socket.socket) -> None:
        """Let `cut` reach any connection. Raises ConnectionAbortedError after `cut`."""
        with self._lock:
            self._sockets = {known for known in self._sockets if known.fileno() >= 0} | {sock}
            if self._cut:
                raise ConnectionAbortedError("cut")

    def cut(self) -> None:
        """End every connection at once and for good; callable from any thread, for a quick stop."""
        with self._lock:
            self._cut = True
            sockets = list(self._sockets)
        for sock in sockets:
            try:
                # Not SSLSocket.shutdown: that drops the TLS state under the thread that is using it.
                socket.socket.shutdown(sock, socket.SHUT_RDWR)
            except OSError:
                continue


class _MeteredSocket(ssl.SSLSocket):
    """A TLS socket that reports to a Meter; made by PinnedContext only."""

    meter: Meter | None = None

    def _bound(self) -> None:
        if self.meter is not None:
            limit = self.gettimeout()
            left = self.meter.left()
            self.settimeout(left if limit is None else min(limit, left))

    def send(self, data: Any, flags: int = 0) -> int:
        self._bound()
        size = super().send(data, flags)
        if self.meter is not None:
            self.meter.sent += size + _RECORD_OVERHEAD
        return size

    def recv(self, buflen: int = 1024, flags: int = 0) -> bytes:
        self._bound()
        data = super().recv(buflen, flags)
        if self.meter is not None and data:
            self.meter.received += len(data) + _RECORD_OVERHEAD
        return data


class PinnedContext(ssl.SSLContext):
    """A client context that completes a handshake only with the one certificate it was given the digest of."""

    sslsocket_class = _MeteredSocket
    _pin: str
    _meter: Meter

    @classmethod
    def make(cls, pin: str, meter: Meter) -> PinnedContext:
        """Return a context for the certificate whose DER has the SHA-256 `pin` (64 hex digits)."""
        context = cls(ssl.PROTOCOL_TLS_CLIENT)
        context.minimum_version = ssl.TLSVersion.TLSv1_3
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        context._pin = pin.lower()
        context._meter = meter
        return context

    def wrap_socket(self, sock: socket.socket, *args: Any, **options: Any) -> ssl.SSLSocket:
        """Shake hands and compare the certificate. Raises WrongCertificate; the socket is then closed."""
        options["do_handshake_on_connect"] = False
        wrapped = super().wrap_socket(sock, *args, **options)
        try:
            assert isinstance(wrapped, _MeteredSocket)
            wrapped.meter = self._meter
            self._meter.adopt(wrapped)
            wrapped.do_handshake()
            digest = hashlib.sha256(wrapped.getpeercert(binary_form=True) or b"").hexdigest()
            if not hmac.compare_digest(digest, self._pin):
                raise WrongCertificate("not the pinned certificate")
        except BaseException:
            wrapped.close()
            raise
        return wrapped

    def wrap_bio(self, *_args: Any, **_options: Any) -> ssl.SSLObject:
        """Refuse: a connection that does not come through `wrap_socket` would not be checked."""
        raise NotImplementedError("only sockets are pinned")

"""The toy gateway's HTTPS side: real TLS 1.3, real sockets, and a script of faults for the requests to come."""

from __future__ import annotations

import json
import socket
import ssl
import threading
from collections import deque
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from pydantic import BaseModel

from desktop.sync.framing import unpack_batch
from desktop.sync.protocol import BatchAnswer, Health, OutcomesRequest, SessionAnswer, SessionRequest
from tests.toyserver.certificate import ServerCertificate
from tests.toyserver.treasury import AT, ToyTreasury

Trick = Callable[["Handler"], bool]
"""Handles one request wrongly; returns True when it answered (or never will), False to let the right answer follow."""


class Handler(BaseHTTPRequestHandler):
    """One connection; `server.toy` is the ToyServer."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Listener

    def setup(self) -> None:
        super().setup()
        assert isinstance(self.request, ssl.SSLSocket)
        self.request.settimeout(20)

    def log_message(self, *_args: Any) -> None:
        """Say nothing."""

    def handle(self) -> None:
        try:
            self.request.do_handshake()
            super().handle()
        except OSError:
            self.close_connection = True

    def finish(self) -> None:
        try:
            super().finish()
        except OSError:
            self.close_connection = True

    @property
    def toy(self) -> ToyServer:
        return self.server.toy

    def serve(self) -> None:
        """Play the next trick for this path, or answer rightly."""
        self.toy.requests.append(f"{self.command} {self.path}")
        trick = self.toy.next_trick(f"{self.command} {self.path}")
        if trick is not None and trick(self):
            return
        self.answer()

    do_GET = do_POST = do_HEAD = do_PATCH = serve  # noqa: N815 - names of the standard library

    def body(self) -> bytes:
        """Read the whole request body."""
        return self.rfile.read(int(self.headers.get("content-length", "0")))

    def answer(self) -> None:
        """Answer as the protocol says."""
        path, _, query = self.path.partition("?")
        treasury = self.toy.treasury
        if path == "/v1/health":
            self.send_model(Health(version=1, time=AT))
        elif path == "/v1/sessions":
            self.toy.proofs.append(SessionRequest.model_validate_json(self.body()))
            self.send_model(SessionAnswer(token="t" * 32, expires_in=3600, time=AT))
        elif path == "/v1/packages":
            self.send_model(BatchAnswer(outcomes=[treasury.take(*package) for package in unpack_batch(self.body())]))
        elif path == "/v1/outcomes":
            ids = OutcomesRequest.model_validate_json(self.body()).package_ids
            self.send_model(BatchAnswer(outcomes=[treasury.outcome(package_id) for package_id in ids]))
        elif path == "/v1/feed":
            values = dict(pair.split("=") for pair in query.split("&"))
            self.send_model(treasury.page(int(values["after"]), int(values["limit"])))
        elif path.startswith("/v1/packs/"):
            self._pack(treasury.packs.get(path.rpartition("/")[2]))
        else:
            self._part(path.rpartition("/")[2])

    def _pack(self, content: bytes | None) -> None:
        if content is None:
            self.send_error_body(404, "pack_unknown")
            return
        first, _, last = self.headers["range"].removeprefix("bytes=").partition("-")
        piece = content[int(first) : int(last) + 1]
        self.send_raw(206, piece, {"Content-Range": f"bytes {first}-{last}/{len(content)}"})

    def _part(self, digest: str) -> None:
        stored = self.toy.treasury.parts.get(digest)
        if self.command == "HEAD":
            self.send_raw(404 if stored is None else 200, b"", {"Upload-Offset": str(len(stored or b""))})
            return
        stored = self.toy.treasury.parts.setdefault(digest, bytearray())
        if int(self.headers["upload-offset"]) != len(stored):
            self.body()
            self.send_raw(409, b"", {"Upload-Offset": str(len(stored))})
            return
        left = int(self.headers["content-length"])
        while left and (piece := self.rfile.read1(min(left, 4096))):
            stored += piece
            left -= len(piece)
        self.send_raw(204, b"", {"Upload-Offset": str(len(stored))})

    def send_model(self, model: BaseModel, status: int = 200) -> None:
        """Send JSON."""
        self.send_raw(status, model.model_dump_json().encode(), {"Content-Type": "application/json"})

    def send_error_body(self, status: int, code: str, **more: Any) -> None:
        """Send the gateway's error shape, the request's body read first."""
        self.body()
        text = json.dumps({"code": code, "message": "không được", **more}).encode()
        self.send_raw(status, text, {"Content-Type": "application/json"})

    def send_raw(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        """Send any answer."""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != 204:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def kill(self) -> bool:
        """Cut the connection without an answer."""
        self.close_connection = True
        socket.socket.shutdown(self.request, socket.SHUT_RDWR)
        return True


class _Listener(ThreadingHTTPServer):
    toy: ToyServer
    daemon_threads = False

    def get_request(self) -> tuple[socket.socket, Any]:
        plain, address = self.socket.accept()
        return self.toy.context.wrap_socket(plain, server_side=True, do_handshake_on_connect=False), address

    def handle_error(self, _request: Any, client_address: Any) -> None:
        self.toy.broken.append(repr(client_address))


class ToyServer:
    """Runs the toy gateway in threads; a context manager."""

    def __init__(self, certificate: ServerCertificate) -> None:
        self.treasury = ToyTreasury()
        self.certificate = certificate
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.minimum_version = ssl.TLSVersion.TLSv1_3
        self.context.load_cert_chain(certificate.pem, certificate.key)
        self.requests: list[str] = []
        self.proofs: list[SessionRequest] = []
        self.broken: list[str] = []
        self.over = threading.Event()
        self._tricks: deque[tuple[str, Trick]] = deque()
        self._always: dict[str, Trick] = {}
        self._listener = _Listener(("127.0.0.1", 0), Handler)
        self._listener.toy = self
        self._thread = threading.Thread(target=self._listener.serve_forever, args=(0.02,))

    @property
    def url(self) -> str:
        return f"https://127.0.0.1:{self._listener.server_address[1]}"

    def trick(self, where: str, what: Trick) -> None:
        """Play `what` for the next request whose "METHOD /path" begins with `where`."""
        self._tricks.append((where, what))

    def always(self, where: str, what: Trick) -> None:
        """Play `what` for every such request."""
        self._always[where] = what

    def next_trick(self, line: str) -> Trick | None:
        """Take the trick for a request, if one waits."""
        for entry in self._tricks:
            if line.startswith(entry[0]):
                self._tricks.remove(entry)
                return entry[1]
        return next((what for where, what in self._always.items() if line.startswith(where)), None)

    def count(self, where: str) -> int:
        """Count requests whose line begins with `where`."""
        return sum(line.startswith(where) for line in self.requests)

    def __enter__(self) -> ToyServer:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.over.set()
        self._listener.shutdown()
        self._thread.join()
        self._listener.server_close()

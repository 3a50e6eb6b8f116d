"""Runs the gateway: one process, TLS 1.3 on a socket of our own, a ready file, a clean stop on SIGTERM."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import socket
import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import uvicorn

from gateway.api import create_app
from gateway.errors import GatewayError
from gateway.home import Home, write_private
from gateway.service import running

KEEP_ALIVE_SECONDS = 180
GRACE_SECONDS = 5


@dataclass(frozen=True)
class Place:
    """Where to listen; `port` 0 takes a free one, `ready_file` gets {"port","pin","pid"} when connections are taken."""

    host: str = "127.0.0.1"
    port: int = 0
    ready_file: Path | None = None


def listen(host: str, port: int) -> socket.socket:
    """Open the listening socket without Nagle's algorithm, which would cost a round trip an answer."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        listener.bind((host, port))
        listener.listen(128)
    except OSError as error:
        listener.close()
        raise GatewayError(
            500, "port_taken", f"Không mở được cổng {host}:{port}. Hãy chọn cổng khác với --port."
        ) from error
    return listener


def serve(home: Home, place: Place, *, decide_after: float, per_second: float) -> None:
    """Serve until SIGTERM or SIGINT; `per_second` is how many requests one sender may make."""
    with contextlib.closing(listen(place.host, place.port)) as listener:
        config = uvicorn.Config(
            create_app(partial(running, home, decide_after=decide_after, per_second=per_second)),
            ssl_certfile=home.certificate,
            ssl_keyfile=home.tls_key,
            lifespan="on",
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,
            ws="none",
            timeout_keep_alive=KEEP_ALIVE_SECONDS,
            timeout_graceful_shutdown=GRACE_SECONDS,
        )
        config.load()
        assert config.ssl is not None
        config.ssl.minimum_version = ssl.TLSVersion.TLSv1_3
        asyncio.run(_Server(config, home, place).serve(sockets=[listener]))


class _Server(uvicorn.Server):
    """Uvicorn that says when it is ready and leaves with success when asked to stop."""

    def __init__(self, config: uvicorn.Config, home: Home, place: Place) -> None:
        super().__init__(config)
        self._home = home
        self._place = place

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then tell whoever waits where we listen."""
        await super().startup(sockets=sockets)
        if self._place.ready_file is not None and sockets:
            ready = {"port": sockets[0].getsockname()[1], "pin": self._home.pin, "pid": os.getpid()}
            write_private(self._place.ready_file, json.dumps(ready).encode())

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Let running requests end, then drop idle connections: a silent TLS peer would hold us for 30 s."""
        for server in self.servers:
            server.close()
        if self.server_state.tasks:
            await asyncio.wait(set(self.server_state.tasks), timeout=GRACE_SECONDS)
        for connection in list(self.server_state.connections):
            if connection.transport is not None:
                connection.transport.abort()
        await asyncio.sleep(0)
        await super().shutdown(sockets=sockets)

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Take SIGTERM and SIGINT as a request to stop; unlike the original, do not raise them again afterwards."""
        before = {number: signal.signal(number, self.handle_exit) for number in (signal.SIGTERM, signal.SIGINT)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

"""A poor network link between client and gateway, as a process: python -m desktop.demo.linksim --target HOST:PORT.

It listens on a free port of loopback, carries TCP connections to the target as `--profile` says, and takes orders as
JSON lines on a second port: {"cmd":"up"}, {"cmd":"down"}, {"cmd":"stats"}, {"cmd":"profile","profile":"edge"},
{"cmd":"drop_next_answer","min_bytes":2000} (the link dies when the gateway, having got a request of so many bytes,
begins to answer). Every order is answered by the counters.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import signal
import socket
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from desktop.demo.linkmodel import PROFILES, LinkModel, Profile
from desktop.demo.linkpipe import Link, narrow

__all__ = ["PROFILES", "Profile", "main"]
_MIN_ANSWERED = 2000
"""More than a TLS handshake or a proof of the device, less than any batch."""
_LONGEST_ORDER = 4096


class LinkServer:
    """Listens for clients and for orders."""

    def __init__(self, link: Link) -> None:
        self._link = link
        self._tasks: set[asyncio.Task[None]] = set()

    async def run(self, ready_file: Path | None, stop: asyncio.Event) -> None:
        """Serve until `stop`; the ports are written to `ready_file` once both listen."""
        listener = _listen()
        orders = await asyncio.start_server(self._orders, "127.0.0.1", 0, limit=_LONGEST_ORDER)
        accepting = asyncio.create_task(self._accept(listener))
        if ready_file is not None:
            ports = {
                "port": listener.getsockname()[1],
                "control": orders.sockets[0].getsockname()[1],
                "pid": os.getpid(),
            }
            _write_whole(ready_file, json.dumps(ports))
        await stop.wait()
        accepting.cancel()
        self._link.switch(on=False)
        orders.close()
        listener.close()

    async def _accept(self, listener: socket.socket) -> None:
        loop = asyncio.get_running_loop()
        while True:
            client, _ = await loop.sock_accept(listener)
            client.setblocking(False)
            task = asyncio.create_task(self._link.serve(client))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _orders(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while line := await reader.readline():
                writer.write(json.dumps(self.obey(line)).encode() + b"\n")
                await writer.drain()
        except (ValueError, ConnectionError):
            return  # an order too long, or whoever gave it has gone
        finally:
            writer.close()

    def obey(self, line: bytes) -> dict[str, Any]:
        """Carry out one order and return the counters, or what was wrong with it."""
        try:
            order = json.loads(line)
            self._carry_out(order["cmd"], order)
        except (ValueError, KeyError, TypeError):
            return {"ok": False, "error": {"code": "bad_order", "message": "Lệnh không đúng."}}
        model = self._link.model
        name = next((name for name, known in PROFILES.items() if known == model.profile), "")
        return {"ok": True, **asdict(model.counters), "up": model.switched_on, "profile": name}

    def _carry_out(self, command: str, order: dict[str, Any]) -> None:
        if command in {"up", "down"}:
            self._link.switch(on=command == "up")
        elif command == "drop_next_answer":
            self._link.drop_next_answer(int(order.get("min_bytes", _MIN_ANSWERED)))
        elif command == "profile":
            self._link.model.set_profile(PROFILES[order["profile"]])
        elif command != "stats":
            raise ValueError(command)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the simulator until SIGTERM or Ctrl-C."""
    parser = argparse.ArgumentParser(prog="linksim", description="Đường truyền yếu giả lập, dùng để thử.")
    parser.add_argument("--target", required=True, help="HOST:PORT")
    parser.add_argument("--profile", choices=sorted(PROFILES), default="demo")
    parser.add_argument("--ready-file", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--down", action="store_true", help="bắt đầu khi chưa có mạng")
    options = parser.parse_args(arguments)
    host, _, port = options.target.rpartition(":")
    model = LinkModel(PROFILES[options.profile], random.Random(options.seed), switched_on=not options.down)
    asyncio.run(_serve(Link(model, (host, int(port))), options.ready_file))
    return 0


async def _serve(link: Link, ready_file: Path | None) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    await LinkServer(link).run(ready_file, stop)


def _listen() -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    narrow(listener)
    listener.bind(("127.0.0.1", 0))
    listener.listen(64)
    listener.setblocking(False)
    return listener


def _write_whole(path: Path, text: str) -> None:
    """Write a file that is there whole or not at all."""
    draft = path.with_name(path.name + ".tmp")
    draft.write_text(text, "utf-8")
    draft.replace(path)


if __name__ == "__main__":
    raise SystemExit(main())

"""Moves bytes between a client and the gateway as the link model says, one pair of sockets a connection."""

from __future__ import annotations

import asyncio
import socket
import struct

from desktop.demo.linkmodel import PACKET, LinkModel

_BUFFER = 8 * 1024
"""Receive buffer asked for: a modem's queue, not a megabyte of loopback."""
_FORGET = 30.0
_LET_GO = 0.01
_RESET = struct.pack("ii", 1, 0)


class Pipe:
    """One connection through the link. `unanswered` counts bytes the gateway got since it last said anything."""

    def __init__(self, link: Link, client: socket.socket, server: socket.socket) -> None:
        self._link = link
        self._client = client
        self._server = server
        self.unanswered = 0
        self._tasks: list[asyncio.Task[None]] = []

    async def run(self) -> None:
        """Carry both directions until one end closes or the link dies."""
        self._tasks = [
            asyncio.create_task(self._lane(self._client, self._server, upward=True)),
            asyncio.create_task(self._lane(self._server, self._client, upward=False)),
        ]
        await asyncio.wait(self._tasks)

    def end(self, *, silent: bool) -> None:
        """Stop carrying: with a reset to both ends, or without a word."""
        for task in self._tasks:
            task.cancel()
        # Not at once: the loop must first let go of the sockets, or it would watch their numbers in other hands.
        asyncio.get_running_loop().call_later(_FORGET if silent else _LET_GO, self._reset)

    def _reset(self) -> None:
        for sock in (self._client, self._server):
            reset(sock)

    async def _lane(self, source: socket.socket, target: socket.socket, *, upward: bool) -> None:
        loop = asyncio.get_running_loop()
        line: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue(maxsize=256)
        delivery = asyncio.create_task(self._deliver(line, target, upward=upward))
        try:
            while data := await loop.sock_recv(source, PACKET):
                left, arrives = self._link.model.carry(len(data), upward=upward)
                if self._link.take_answer(self, upward=upward) or self._link.wear():
                    return
                await line.put((arrives, data))
                await asyncio.sleep(left - self._link.model.clock())
            await line.put((self._link.model.clock() + self._link.model.profile.round_trip / 2, b""))
            await delivery
        except OSError:
            self._link.drop(self)
        finally:
            delivery.cancel()

    async def _deliver(self, line: asyncio.Queue[tuple[float, bytes]], target: socket.socket, *, upward: bool) -> None:
        loop = asyncio.get_running_loop()
        while True:
            arrives, data = await line.get()
            await asyncio.sleep(arrives - self._link.model.clock())
            try:
                if not data:
                    target.shutdown(socket.SHUT_WR)
                    return
                await loop.sock_sendall(target, data)
            except OSError:
                self._link.drop(self)
                return
            self.unanswered = self.unanswered + len(data) if upward else 0


class Link:
    """All connections over one link, and the orders given to it."""

    def __init__(self, model: LinkModel, target: tuple[str, int]) -> None:
        self.model = model
        self._target = target
        self._pipes: set[Pipe] = set()
        self._drop_from = 0

    async def serve(self, client: socket.socket) -> None:
        """Carry one accepted connection to its end."""
        if not await self._reached():
            reset(client)
            return
        server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        narrow(server)
        server.setblocking(False)
        try:
            await asyncio.get_running_loop().sock_connect(server, self._target)
        except OSError:
            reset(client)
            server.close()
            return
        await self._carry(Pipe(self, client, server), client, server)

    async def _reached(self) -> bool:
        """Wait as a repeated SYN does: the connection comes when the link is back. False without a network."""
        if self.model.switched_on:
            await asyncio.sleep(self.model.waits() + self.model.profile.round_trip)
        return self.model.switched_on

    async def _carry(self, pipe: Pipe, client: socket.socket, server: socket.socket) -> None:
        self.model.counters.connections += 1
        self._pipes.add(pipe)
        try:
            await pipe.run()
        finally:
            if pipe in self._pipes:
                self._pipes.discard(pipe)
                client.close()
                server.close()

    def drop_next_answer(self, min_bytes: int) -> None:
        """Let the link die when the gateway begins to answer the next request of at least `min_bytes`."""
        self._drop_from = max(1, min_bytes)

    def take_answer(self, pipe: Pipe, *, upward: bool) -> bool:
        """Kill the link instead of carrying an answer, if that was ordered; return whether it was."""
        if upward or not self._drop_from or pipe.unanswered < self._drop_from:
            return False
        self._drop_from = 0
        self.model.counters.answers_dropped += 1
        self.model.die()
        self._end_all(silent=False)
        return True

    def wear(self) -> bool:
        """Let the link die when it carried enough; return whether it did."""
        if not self.model.worn_out:
            return False
        self._end_all(silent=self.model.die())
        return True

    def switch(self, *, on: bool) -> None:
        """Plug the whole link in or out."""
        self.model.switch(on=on)
        if not on:
            self._end_all(silent=False)

    def drop(self, pipe: Pipe) -> None:
        """End one connection whose end broke."""
        if pipe in self._pipes:
            self._pipes.discard(pipe)
            pipe.end(silent=False)

    def _end_all(self, *, silent: bool) -> None:
        pipes, self._pipes = self._pipes, set()
        for pipe in pipes:
            pipe.end(silent=silent)


def narrow(sock: socket.socket) -> None:
    """Give a socket small buffers and packets, so that the kernel's loopback does not hide the link."""
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _BUFFER)
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    maximum_segment = getattr(socket, "TCP_MAXSEG", None)
    if maximum_segment is not None:
        sock.setsockopt(socket.IPPROTO_TCP, maximum_segment, PACKET)


def reset(sock: socket.socket) -> None:
    """Close with a reset, as a broken line ends."""
    if sock.fileno() >= 0:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
        sock.close()

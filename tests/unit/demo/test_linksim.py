"""The simulator as a process, between a plain TCP echo and its clients."""

from __future__ import annotations

import json
import socket
import socketserver
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest


class _Answering(socketserver.BaseRequestHandler):
    """Answers each message that ends in "!" with how many bytes came so far."""

    def handle(self) -> None:
        count = 0
        try:
            while data := self.request.recv(65536):
                count += len(data)
                if data.endswith(b"!"):
                    self.server.heard.append(count)  # type: ignore[attr-defined]
                    self.request.sendall(b"%d." % count)
        except ConnectionError:
            return


class _Server(socketserver.ThreadingTCPServer):
    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answering)
        self.heard: list[int] = []


@dataclass
class Sim:
    port: int
    control: int
    server: _Server

    def order(self, command: str, **more: object) -> dict[str, Any]:
        return self.raw(json.dumps({"cmd": command, **more}).encode())

    def raw(self, line: bytes) -> dict[str, Any]:
        with (
            socket.create_connection(("127.0.0.1", self.control), 5) as connection,
            connection.makefile("rb") as answers,
        ):
            connection.sendall(line + b"\n")
            answer: dict[str, Any] = json.loads(answers.readline())
            return answer

    def client(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), 10)


@pytest.fixture
def sim(tmp_path: Path) -> Iterator[Sim]:
    ready = tmp_path / "ready.json"
    with _Server() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        target = f"127.0.0.1:{server.server_address[1]}"
        words = ["--target", target, "--profile", "3g", "--seed", "5", "--ready-file", str(ready)]
        process = subprocess.Popen([sys.executable, "-m", "desktop.demo.linksim", *words])
        end = time.monotonic() + 20
        while not ready.exists():
            assert time.monotonic() < end
            threading.Event().wait(0.02)
        told = json.loads(ready.read_text())
        yield Sim(told["port"], told["control"], server)
        process.terminate()
        assert process.wait(10) == 0
        server.shutdown()
        thread.join()


def talk(client: socket.socket, size: int) -> tuple[bytes, float]:
    began = time.monotonic()
    client.sendall(b"x" * (size - 1) + b"!")
    return client.recv(100), time.monotonic() - began


def talk_for_ever(client: socket.socket) -> None:
    while talk(client, 4000)[0]:
        continue
    raise ConnectionError("closed, not broken")


def test_every_byte_arrives_at_the_speed_of_the_link(sim: Sim) -> None:
    with sim.client() as client:
        (_, short), (answer, long) = talk(client, 2), talk(client, 150_000)
    assert answer == b"150002."
    assert short >= 0.15
    assert long >= 0.55, "150,000 bytes at 2 Mbit/s take 0.6 s; the first may be caught up"
    assert sim.order("stats")["bytes_up"] == 150_002


def test_another_profile_is_another_link(sim: Sim) -> None:
    with sim.client() as client:
        slow = talk(client, 150_000)[1]
        assert sim.order("profile", profile="good")["profile"] == "good"
        fast = talk(client, 150_000)[1]
    assert fast < slow


def test_without_a_network_nobody_gets_through(sim: Sim) -> None:
    with sim.client() as open_before:
        talk(open_before, 2)
        assert sim.order("down")["up"] is False
        with pytest.raises(ConnectionError):
            talk(open_before, 2)
    with pytest.raises(ConnectionError), sim.client() as refused:
        refused.recv(1)
    sim.order("up")
    with sim.client() as client:
        assert talk(client, 2)[0] == b"2."


def test_an_answer_is_dropped_after_the_server_heard_all(sim: Sim) -> None:
    sim.order("drop_next_answer", min_bytes=3000)
    with sim.client() as client:
        assert talk(client, 100)[0] == b"100."
        with pytest.raises(ConnectionError):
            talk(client, 5000)
    assert sim.server.heard[-1] == 5100
    stats = sim.order("stats")
    assert (stats["answers_dropped"], stats["deaths"]) == (1, 1)


def test_after_a_death_the_next_connection_waits_for_the_link(sim: Sim) -> None:
    sim.order("drop_next_answer", min_bytes=1)
    with sim.client() as client, pytest.raises(ConnectionError):
        talk(client, 2)
    with sim.client() as client:
        answer, seconds = talk(client, 2)
    assert answer == b"2."
    assert seconds > 1.0


def test_a_link_that_dies_by_bytes_kills_what_is_on_it(sim: Sim) -> None:
    sim.order("profile", profile="rough")
    with sim.client() as client:
        client.settimeout(1.5)
        with pytest.raises(OSError, match=r"reset|timed out|[Bb]roken"):
            talk_for_ever(client)
    assert 20_000 < sim.server.heard[-1] < 100_000
    assert sim.order("stats")["deaths"] == 1


@pytest.mark.parametrize(
    "line", [b"", b"x", b"[]", b"{}", b'{"cmd":"fly"}', b'{"cmd":"profile"}', b'{"cmd":"profile","profile":"moon"}']
)
def test_a_wrong_order_is_refused_and_harms_nobody(sim: Sim, line: bytes) -> None:
    assert sim.raw(line)["error"]["code"] == "bad_order"
    assert sim.order("stats")["ok"] is True

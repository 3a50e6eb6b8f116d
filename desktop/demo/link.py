"""The demo's hand on the link simulator: up, down, lose the next answer, and what it counted."""

from __future__ import annotations

import json
import socket
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop.demo.processes import Part, Processes


@dataclass(frozen=True)
class Link:
    """A running link simulator between the client and the gateway."""

    part: Part
    port: int
    control: int

    @property
    def url(self) -> str:
        """What the client is told: the gateway as seen through the link."""
        return f"https://127.0.0.1:{self.port}"

    def command(self, name: str, **values: object) -> dict[str, Any]:
        """Sends one command and gives its answer."""
        with socket.create_connection(("127.0.0.1", self.control), timeout=10) as connection:
            connection.sendall(json.dumps({"cmd": name, **values}).encode() + b"\n")
            with connection.makefile("rb") as answers:
                answer: dict[str, Any] = json.loads(answers.readline())
        return answer

    def stats(self) -> dict[str, Any]:
        """Bytes each way, connections, deaths, answers dropped."""
        return self.command("stats")


def start(processes: Processes, folder: Path, target: str, profile: str, seed: int) -> Link:
    """Starts the simulator, link down."""
    arguments = ["--target", target, "--profile", profile, "--seed", str(seed), "--down"]
    part, values = processes.start_ready("link", "link", arguments, folder / "link.json")
    return Link(part, int(values["port"]), int(values["control"]))

"""The demo's Treasury: makes, registers, starts and questions the gateway through its own command line only."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop.demo.processes import Part, Processes
from desktop.dossier.people import EstimateLine, Person, Unit


@dataclass(frozen=True)
class Gateway:
    """A running gateway: `port` on loopback, `pin` the SHA-256 of its TLS certificate."""

    part: Part
    home: Path
    port: int
    pin: str

    @property
    def address(self) -> str:
        """host:port of the gateway itself."""
        return f"127.0.0.1:{self.port}"


def init(processes: Processes, home: Path) -> None:
    """Makes a gateway's keys, certificate and database."""
    processes.call("gateway", ["init", "--home", str(home)])


def register(
    processes: Processes,
    home: Path,
    folder: Path,
    unit: Unit,
    people: Sequence[Person],
    estimates: Sequence[EstimateLine],
    trust: Sequence[Path],
) -> str:
    """Registers a unit and gives its one-time enrolment code; `folder` keeps unit.json."""
    registration = folder / "unit.json"
    registration.write_text(registration_json(unit, people, estimates), "utf-8")
    trust_options = [option for path in trust for option in ("--trust", str(path))]
    answer = processes.call("gateway", ["register", "--home", str(home), "--unit", str(registration), *trust_options])
    return str(answer["enrolment_code"])


def registration_json(unit: Unit, people: Sequence[Person], estimates: Sequence[EstimateLine]) -> str:
    """What the gateway and `vungxa init` read: unit, people with their certificates, estimates."""
    values = {
        "unit": unit.model_dump(mode="json"),
        "people": [person.model_dump(mode="json") for person in people],
        "estimates": [line.model_dump(mode="json") for line in estimates],
    }
    return json.dumps(values, ensure_ascii=False, indent=1)


def start(processes: Processes, home: Path) -> Gateway:
    """Starts the gateway on a free loopback port."""
    part, values = processes.start_ready(
        "gateway", "gateway", ["serve", "--home", str(home), "--port", "0"], home / "ready.json"
    )
    return Gateway(part, home, int(values["port"]), str(values["pin"]))


def report(processes: Processes, home: Path) -> dict[str, Any]:
    """What the Treasury's side holds, read from its own database."""
    return processes.call("gateway", ["report", "--home", str(home), "--json"])


def export(processes: Processes, home: Path, package_id: str, out: Path) -> None:
    """Has the gateway rebuild a package as a file."""
    processes.call("gateway", ["export", "--home", str(home), "--package", package_id, "--out", str(out)])

"""Has pictures of the real windows taken at each stage of the story; nothing where PySide6 is not installed."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from desktop.demo.drafts import Made
from desktop.demo.home import DemoHome
from desktop.demo.processes import Part, Processes


@dataclass(frozen=True)
class Photographer:
    """Takes pictures of the demo's windows at each stage of the story; nothing where PySide6 is not installed."""

    processes: Processes
    world: DemoHome
    folder: Path

    def take(self, stage: str, made: Made, person: int = 0) -> None:
        """Takes the pictures of one stage and waits for them. Raises PartError when a window does not open."""
        if find_spec("PySide6") is not None:
            self.processes.call("screens", self._arguments(stage, made, person), stdin=self.world.password + "\n")

    def take_meanwhile(self, stage: str, made: Made) -> Part | None:
        """Starts taking pictures while the story goes on."""
        if find_spec("PySide6") is None:
            return None
        return self.processes.start(
            "screens", "screens", self._arguments(stage, made, 0), stdin=self.world.password + "\n"
        )

    def names(self) -> list[str]:
        """All pictures taken so far."""
        return sorted(path.name for path in self.folder.glob("*.png"))

    def _arguments(self, stage: str, made: Made, person: int) -> list[str]:
        token = self.world.tokens[person]
        options = {
            "home": self.world.unit_folder,
            "out": self.folder,
            "stage": stage,
            "person": token.person.person_id,
            "module": token.module,
            "softhsm": token.environment["SOFTHSM2_CONF"],
            "dossier": made.local_id,
        }
        return [word for name, value in options.items() for word in (f"--{name}", str(value))]

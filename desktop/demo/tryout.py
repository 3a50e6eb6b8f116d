"""A throw-away unit to try the window on (`vungxa run --demo`): some dossiers wait for signatures, some are sent."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from desktop.demo import drafts, home, signing
from desktop.demo.home import DemoHome
from desktop.demo.processes import Processes
from desktop.demo.unit import UNIT
from desktop.desk.desk import Desk
from desktop.dossier.people import Person, Unit
from desktop.signing.tokens import TokenWorker

SEED = 2026
SUBMITTED, SEALED = 9, 4
"""How many of the twelve dossiers are waiting for signatures, and how many of these are signed by all."""


@dataclass(frozen=True)
class Tryout:
    """What the window is opened with."""

    folder: Path
    worker: Callable[[], TokenWorker]
    unit: Unit
    people: Sequence[Person]


@contextmanager
def prepared(folder: Path, say: Callable[[str], None]) -> Iterator[Tryout]:
    """Makes the unit with its gateway and link, which end with the context. Tells password and PINs, made at random."""
    with Processes(folder / "logs") as processes, home.built(processes, folder, "demo", SEED, say) as world:
        with world.store:  # closed before the window opens it: some work there wants to be the only one who has it open
            _fill(world, folder, say)
        world.link.command("up")
        say(f"Mật khẩu dùng thử: {world.password}")
        for token in world.tokens:
            say(f"Mã PIN token của {token.person.name}: {token.pin}")
        yield Tryout(world.unit_folder, world.worker, UNIT, world.people())


def _fill(world: DemoHome, folder: Path, say: Callable[[str], None]) -> None:
    context = world.context(world.people()[0])
    desk = Desk(context)
    made = drafts.make_all(desk, UNIT, context.today(), folder, SEED)
    drafts.submit(desk, made[:SUBMITTED])
    signing.sign_some(world, made[:SEALED], say)

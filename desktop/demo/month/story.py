"""The month from the first salary list to the corrected table of reconciliation, in one folder."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from desktop.demo import signing
from desktop.demo.home import DemoHome
from desktop.demo.month import home, notices, pictures
from desktop.demo.month.drafting import Made, draft, submit
from desktop.demo.month.entry import STAGES, Entry
from desktop.demo.month.home import MonthHome
from desktop.demo.month.plan import PLAN
from desktop.demo.month.sending import Sending
from desktop.demo.month.summary import Told, summarise
from desktop.demo.month.units import COMMUNE_KEY, NEW_HOLDER
from desktop.demo.processes import Processes
from desktop.demo.story import empty
from desktop.demo.summary import Summary
from desktop.desk.desk import Desk
from desktop.dossier.people import Person, Role

GOES_BY = (0.0, 0.25, 0.5, 0.75, 0.9, 0.97, 1.0)
"""Where each stage begins and ends within the month."""
CHANGE_STAGE, KILLED_STAGE = 3, 1
"""The stage in which the commune gets another account holder, and the one in which its client is killed."""


@dataclass
class _Month:
    """The month while it is told."""

    processes: Processes
    world: MonthHome
    out: Path
    seed: int
    say: Callable[[str], None]
    made: dict[tuple[str, str], Made] = field(default_factory=dict)
    signatures: int = 0
    pdfs: list[str] = field(default_factory=list)

    def stage(self, number: int, sending: Sending) -> None:
        """Everything of one stage, from the drafts to the Treasury's decisions."""
        if number == CHANGE_STAGE:
            change_holder(self.processes, self.world.units[COMMUNE_KEY])
            notices.publish(self.processes, self.world.units[COMMUNE_KEY], self.world.clock)
        entries = [entry for entry in PLAN if entry.stage == number]
        begins, ends = GOES_BY[number], GOES_BY[number + 1]
        made = []
        for place, entry in enumerate(entries):
            self.world.clock.share = begins + (ends - begins) * place / len(entries)
            made.append(self._one(entry))
        self.world.clock.share = ends
        for unit in self.world.units.values():
            self.signatures += signing.sign_everything(unit, lambda _words: None)
        seconds = sending.run(made, kill=COMMUNE_KEY if number == KILLED_STAGE else "")
        self.say(f"{STAGES[number]}: {len(made)} hồ sơ lập, ký, gửi và có kết quả sau {seconds:.0f} giây.")

    def _one(self, entry: Entry) -> Made:
        unit = self.world.units[entry.unit]
        local_id = draft(unit, self.world.clock, entry, self.made, self.seed)
        pictures.of_draft(self.processes, unit, self.out / "screens", entry, local_id)
        made = self.made[entry.unit, entry.title] = submit(unit, entry, local_id)
        self._print(unit, local_id)
        return made

    def _print(self, unit: DemoHome, local_id: str) -> None:
        desk = Desk(unit.context(unit.people()[0]))
        if desk.dossier(local_id).documents:
            name = f"{unit.folder.name}-{desk.file_stem(local_id)}.pdf"
            desk.write_pdf(local_id, self.out / "pdf" / name)
            self.pdfs.append(name)


def run(out: Path, profile: str, seed: int, say: Callable[[str], None]) -> Summary:
    """Runs the whole month into `out`. Raises NotOurFolder, PlanError; VungXaError when a part cannot even start."""
    empty(out)
    with (
        Processes(out / "work" / "logs") as processes,
        home.built(processes, out / "work", profile, seed, say) as world,
    ):
        began = time.monotonic()
        month = _Month(processes, world, out, seed, say)
        sending = Sending(processes, world.units)
        world.link.command("drop_next_answer")
        for number in range(len(STAGES)):
            month.stage(number, sending)
        shots = pictures.at_the_end(processes, world, out / "screens", month.made)
        told = Told(list(month.made.values()), sending, month.signatures, shots, month.pdfs, time.monotonic() - began)
        return summarise(processes, world, out, told, profile)


def change_holder(processes: Processes, unit: DemoHome) -> None:
    """The Treasury's office sees the new holder's certificate; at the desk the new head takes the old one's place."""
    new = next(token.person for token in unit.tokens if token.person.person_id == NEW_HOLDER.person_id)
    file = unit.folder / "chu-tai-khoan-moi.json"
    file.write_text(new.model_dump_json(), "utf-8")
    code = unit.store.unit.get().code
    where = ["--home", str(unit.gateway.home), "--unit", code, "--person", str(file)]
    processes.call("gateway", ["add-person", *where])
    unit.store.unit.save(unit.store.unit.get(), [*_staying(unit.people()[:-1]), new])


def _staying(people: Sequence[Person]) -> list[Person]:
    return [person for person in people if Role.ACCOUNT_HOLDER not in person.roles]

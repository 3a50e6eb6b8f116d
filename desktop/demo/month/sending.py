"""Both units send over the one link at the same time: a client process each, until the Treasury has decided on all."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from desktop.demo.home import DemoHome
from desktop.demo.month.drafting import Made
from desktop.demo.processes import Part, PartError, Processes, wait_until
from desktop.dossier.lifecycle import Facts

SETTLED = frozenset({"paid", "returned", "supplement", "mismatch"})
LONGEST = 900.0


@dataclass
class Sending:
    """Runs the clients of a stage; `seconds` by local_id from the start of its stage to the Treasury's decision."""

    processes: Processes
    units: Mapping[str, DemoHome]
    seconds: dict[str, float] = field(default_factory=dict)
    kills: int = 0

    def run(self, made: Sequence[Made], *, kill: str = "") -> float:
        """Sends everything sealed and waits for the decisions; gives the seconds it took.

        `kill` is the unit whose client is killed once something of it arrived. Raises PartError.
        """
        began = time.monotonic()
        keys = sorted({item.entry.unit for item in made})
        clients = {key: self._client(key) for key in keys}
        if kill:
            self._wait(lambda: self._some_arrived(made, kill), clients, "chưa gói nào tới")
            clients[kill].kill()
            self.kills += 1
            clients[kill] = self._client(kill)
        self._wait(lambda: self._all_settled(made, began), clients, "chưa đủ kết quả")
        for client in clients.values():
            client.stop()
        return time.monotonic() - began

    def _client(self, key: str) -> Part:
        home = self.units[key]
        arguments = ["sync", "--home", str(home.unit_folder), "--password-stdin", "--json"]
        return self.processes.start(f"client-{home.store.unit.get().code}", "vungxa", arguments, home.password + "\n")

    def _wait(self, condition: Callable[[], bool], clients: Mapping[str, Part], what: str) -> None:
        wait_until(lambda: condition() or not all(part.running for part in clients.values()), LONGEST, what, every=0.1)
        stopped = next((part for part in clients.values() if not part.running), None)
        if stopped is not None and not condition():
            raise PartError("part_failed", f"Tiến trình gửi dừng sớm, {what}:\n{stopped.tail()}")

    def _some_arrived(self, made: Sequence[Made], key: str) -> bool:
        return any(self._facts(item).receipt_no for item in made if item.entry.unit == key)

    def _all_settled(self, made: Sequence[Made], began: float) -> bool:
        for item in made:
            facts = self._facts(item)
            if item.local_id not in self.seconds and (facts.decision in SETTLED or facts.refused_code):
                self.seconds[item.local_id] = time.monotonic() - began
        return all(item.local_id in self.seconds for item in made)

    def _facts(self, item: Made) -> Facts:
        return self.units[item.entry.unit].store.projection.facts(item.local_id)

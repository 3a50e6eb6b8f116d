"""The demo's bad morning: the link comes, dies, loses an answer, the client is killed twice; all must arrive once."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from desktop.demo.link import Link
from desktop.demo.processes import Part, PartError, Processes, wait_until
from desktop.dossier.lifecycle import Facts
from desktop.store.store import Store

SETTLED = frozenset({"paid", "returned", "supplement"})
LONGEST = 1500.0


@dataclass(frozen=True)
class Sent:
    """What sending took. `seconds` until the last decision, `delivered_seconds` until the last receipt, both since the
    link came; `lost_to_kills` seconds in which no client had connected again after a kill."""

    kills: int
    seconds: float
    delivered_seconds: float
    lost_to_kills: float


@dataclass
class Sending:
    """Runs client processes over the link until every package has its receipt and its decision."""

    processes: Processes
    link: Link
    home: Path
    password: str
    store: Store
    local_ids: list[str]
    scan_bytes: int
    say: Callable[[str], None]
    kills: int = 0
    lost: float = 0.0

    def run(self, midway: Callable[[], Part | None]) -> Sent:
        """Sends everything through two kills and a lost answer; `midway` is called while the scan is on its way.

        Raises PartError when it takes too long.
        """
        client = self._client()
        self.link.command("drop_next_answer")
        start = time.monotonic()
        self.link.command("up")
        self.say("Có mạng. Máy bắt đầu gửi.")
        self._wait(lambda: int(self.link.stats()["answers_dropped"]) >= 1, client, "chưa có câu trả lời nào bị mất")
        self.say("Mạng đứt sau khi Kho bạc đã nhận, trước khi máy nghe trả lời. Tắt ngang máy lần 1.")
        client = self._kill(client)
        before = int(self.link.stats()["bytes_up"])
        self._wait(
            lambda: int(self.link.stats()["bytes_up"]) - before > self.scan_bytes // 3,
            client,
            "bản quét chưa đi được một phần ba",
        )
        self.say("Đang gửi dở bản quét 600 KB. Tắt ngang máy lần 2.")
        client = self._kill(client)
        aside = midway()
        self._wait(self._all_delivered, client, "chưa đủ biên nhận")
        delivered = time.monotonic() - start
        self._wait(self._all_settled, client, "chưa đủ kết quả")
        seconds = time.monotonic() - start
        client.stop()
        if aside is not None:
            wait_until(lambda: not aside.running, LONGEST, "chưa chụp xong cửa sổ")
        return Sent(self.kills, seconds, delivered, self.lost)

    def _client(self) -> Part:
        arguments = ["sync", "--home", str(self.home), "--password-stdin", "--json"]
        return self.processes.start("client", "vungxa", arguments, stdin=self.password + "\n")

    def _kill(self, client: Part) -> Part:
        client.kill()
        self.kills += 1
        before, killed = self._contacts(), time.monotonic()
        again = self._client()
        self._wait(lambda: self._contacts() > before, again, "máy chưa nối lại được")
        self.lost += time.monotonic() - killed
        return again

    def _contacts(self) -> int:
        return int(self.link.stats()["connections"])

    def _wait(self, condition: Callable[[], bool], client: Part, what: str) -> None:
        wait_until(lambda: condition() or not client.running, LONGEST, what, every=0.1)
        if not client.running and not condition():
            raise PartError("part_failed", f"Tiến trình gửi dừng sớm, {what}:\n{client.tail()}")

    def _all_delivered(self) -> bool:
        return all(facts.receipt_no or facts.refused_code for facts in self._facts())

    def _all_settled(self) -> bool:
        return all((facts.decision in SETTLED) or facts.refused_code for facts in self._facts())

    def _facts(self) -> list[Facts]:
        return [self.store.projection.facts(local_id) for local_id in self.local_ids]

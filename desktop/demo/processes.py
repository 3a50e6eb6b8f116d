"""Starts and ends the real processes of the demo: gateway, link simulator, client. Nothing outlives the demo."""

from __future__ import annotations

import json
import os
import subprocess
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from desktop.commands.parts import command_for
from desktop.dossier.errors import VungXaError

READY_SECONDS = 40.0
CALL_SECONDS = 180.0


class PartError(VungXaError):
    """A process of the demo did not start or ended too early (part_failed)."""


@dataclass
class Part:
    """One running process; its output goes to `log` so that a full pipe can never stop it."""

    name: str
    process: subprocess.Popen[bytes]
    log: Path
    _handle: IO[bytes] = field(repr=False)

    @property
    def running(self) -> bool:
        """Whether the process is still there."""
        return self.process.poll() is None

    def kill(self) -> None:
        """SIGKILL: what a power cut looks like to a process."""
        self.process.kill()
        self.process.wait()

    def stop(self, seconds: float = 15.0) -> int:
        """Asks the process to end, kills it after `seconds`; gives its exit code."""
        if self.running:
            self.process.terminate()
        try:
            code = self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.kill()
            code = self.process.returncode
        self._handle.close()
        return code

    def tail(self) -> str:
        """The last lines of its output, to explain a failure."""
        return "\n".join(self.log.read_text("utf-8", "replace").splitlines()[-8:])


class Processes:
    """All processes of one demo, with their logs in one folder; leaving the context ends them all."""

    def __init__(self, logs: Path, environment: dict[str, str] | None = None) -> None:
        logs.mkdir(parents=True, exist_ok=True)
        self._logs = logs
        self._environment = {**os.environ, **(environment or {}), "PYTHONUNBUFFERED": "1"}
        self._stack = ExitStack()
        self._count = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def start(self, name: str, part: str, arguments: Sequence[str], stdin: str = "") -> Part:
        """Starts one part; `stdin` is written and closed, which is how a password reaches a process."""
        self._count += 1
        log = self._logs / f"{self._count:02d}-{name}.log"
        handle = log.open("wb")
        process = subprocess.Popen(
            [*command_for(part), *arguments],
            stdin=subprocess.PIPE,
            stdout=handle,
            stderr=subprocess.STDOUT,
            env=self._environment,
        )
        running = Part(name, process, log, handle)
        self._stack.callback(running.stop)
        assert process.stdin is not None
        with suppress(BrokenPipeError):  # it ended already; whoever waits for it sees that and reads its log
            process.stdin.write(stdin.encode())
            process.stdin.close()
        return running

    def start_ready(self, name: str, part: str, arguments: Sequence[str], ready: Path) -> tuple[Part, dict[str, Any]]:
        """Starts a server and waits for its ready file; gives what the file says. Raises PartError."""
        ready.unlink(missing_ok=True)
        running = self.start(name, part, [*arguments, "--ready-file", str(ready)])
        wait_until(lambda: ready.exists() or not running.running, READY_SECONDS, f"{name} không khởi động")
        if not ready.exists():
            raise PartError("part_failed", f"Tiến trình {name} dừng khi khởi động:\n{running.tail()}")
        values: dict[str, Any] = json.loads(ready.read_text("utf-8"))
        return running, values

    def call(self, part: str, arguments: Sequence[str], stdin: str = "") -> dict[str, Any]:
        """Runs one command of a part to its end and gives the JSON it prints. Raises PartError."""
        try:
            done = subprocess.run(
                [*command_for(part), *arguments],
                input=stdin.encode(),
                capture_output=True,
                env=self._environment,
                timeout=CALL_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise PartError("part_failed", f"Lệnh {part} {arguments[0]} quá {CALL_SECONDS:.0f} giây.") from error
        if done.returncode != 0:
            raise PartError(
                "part_failed", f"Lệnh {part} {arguments[0]} không xong:\n{(done.stdout + done.stderr).decode()}"
            )
        answer: dict[str, Any] = json.loads(done.stdout)
        return answer


def wait_until(condition: Callable[[], bool], seconds: float, what: str, every: float = 0.05) -> float:
    """Waits for a condition and gives the seconds it took. Raises PartError after `seconds`."""
    start = time.monotonic()
    while not condition():
        if time.monotonic() - start > seconds:
            raise PartError("part_failed", f"Quá {seconds:.0f} giây: {what}.")
        time.sleep(every)
    return time.monotonic() - start

"""`vungxa` as a process of its own, spoken to as docs/cli.md says."""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from tests.e2e.ready import Ready

VUNGXA = Path(sys.executable).with_name("vungxa")
UNPRIVILEGED = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if os.geteuid() == 0 else []
"""Even for root, the marks on a folder count then."""


@dataclass(frozen=True)
class Ran:
    """A process that has ended."""

    code: int
    out: str
    err: str

    @property
    def answer(self) -> dict[str, Any]:
        """The last line of standard output."""
        return dict(json.loads(self.out.splitlines()[-1]))

    @property
    def error(self) -> tuple[int, str]:
        """Exit code and error code."""
        assert self.answer["ok"] is False
        assert self.answer["error"]["message"].strip().endswith((".", ")"))
        return self.code, str(self.answer["error"]["code"])


def start(*words: object, environment: Mapping[str, str] | None = None) -> subprocess.Popen[bytes]:
    """Start `vungxa … --json` with its three streams as pipes and no terminal to fall back on."""
    command = [*UNPRIVILEGED, str(VUNGXA), *map(str, words), "--json"]
    pipe = subprocess.PIPE
    full = {**os.environ, **(environment or {})}
    return subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, env=full, start_new_session=True)


def finish(process: subprocess.Popen[bytes], stdin: str = "", seconds: float = 60) -> Ran:
    out, err = process.communicate(stdin.encode(), timeout=seconds)
    return _checked(Ran(process.returncode, out.decode(), err.decode()))


@cache
def ready() -> Ready:
    """Give the process that waits, one for all tests of this worker."""
    made = Ready(UNPRIVILEGED)
    atexit.register(made.close)
    return made


def vungxa(*words: object, stdin: str = "", environment: Mapping[str, str] | None = None) -> Ran:
    """Run one command to its end; `stdin` holds the secrets, one a line."""
    full = {**os.environ, **(environment or {})}
    code, out, err = ready().run([*map(str, words), "--json"], stdin.encode(), full)
    return _checked(Ran(code, out.decode(), err.decode()))


def _checked(ran: Ran) -> Ran:
    assert "Traceback" not in ran.out + ran.err, ran
    return ran

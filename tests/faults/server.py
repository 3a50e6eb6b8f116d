"""Processes on a disk that misbehaves: one waits with the program loaded and disk.c over it, each round is a fork.

A round that is killed costs some tens of milliseconds so.
"""

from __future__ import annotations

import ctypes
import errno
import json
import os
import socket
import subprocess
import sys
import traceback
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import NamedTuple, NoReturn

from desktop.dossier.errors import VungXaError
from tests.faults.room import Room, Said, lines
from tests.faults.works import WORKS

KILL, FAIL = 1, 2


class Fate(NamedTuple):
    """What happens at call `at`: `how` KILL or FAIL (with an errno), 0 for nothing."""

    how: int = 0
    at: int = 0
    number: int = 0


class Ended(NamedTuple):
    """What a round told, its exit code (-9 for a kill), and the log of what it did to the disk."""

    said: list[Said]
    code: int
    log: bytes


class Server:
    """The waiting process."""

    def __init__(self, shim: Path) -> None:
        self._line, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        environment = {**os.environ, "LD_PRELOAD": str(shim)}
        command = [sys.executable, "-m", __name__, str(theirs.fileno())]
        self._process = subprocess.Popen(command, pass_fds=[theirs.fileno()], env=environment, start_new_session=True)
        theirs.close()

    def run(self, work: str, world: Path, mark: str, password: str, fate: Fate = Fate()) -> Ended:  # noqa: B008
        """Run one round to its end."""
        files = [os.memfd_create(name) for name in ("told", "log")]
        try:
            asked = json.dumps([work, str(world), mark, password, fate])
            socket.send_fds(self._line, [asked.encode()], files)
            self._line.settimeout(120)
            code = int(self._line.recv(32))
            told, log = (os.pread(file, os.fstat(file).st_size, 0) for file in files)
            return Ended(lines(told), code, log)
        finally:
            for file in files:
                os.close(file)

    def close(self) -> None:
        """End the process."""
        self._line.close()
        self._process.wait(10)


def _serve(line: socket.socket) -> None:
    while True:
        asked, files, _flags, _address = socket.recv_fds(line, 65536, 2)
        if not asked:
            return
        pid = os.fork()
        if pid == 0:
            line.close()
            _round(json.loads(asked), *files)
        for file in files:
            os.close(file)
        line.send(str(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])).encode())


def _round(asked: list[object], told: int, log: int) -> NoReturn:
    work, world, mark, password, (how, at, number) = asked  # type: ignore[misc]
    room = Room(Path(str(world)), str(mark), str(password), told)
    disk, root = ctypes.CDLL(None), str(world).encode()
    code = 1
    try:
        disk.disk_arm(root, 0, 0, ctypes.c_long(0), -1)
        if how == FAIL and room.dice.random() < 0.5:
            room.store.check()  # half of the troubles meet a store that was opened long ago
        disk.disk_arm(root, how, number, ctypes.c_long(at), log)
        _run(WORKS[str(work)], room, number, lambda: disk.disk_arm(root, 0, 0, ctypes.c_long(0), -1))
        room.say("calls", "", "", disk.disk_calls())
        code = 0
    except Exception as error:  # noqa: BLE001 - said, with where it was, by the round itself
        room.say("stuck", "", f"{type(error).__name__} {error}", _where(error))
    finally:
        os._exit(code)


def _run(work: Callable[[Room], None], room: Room, number: int, heal: Callable[[], object]) -> None:
    try:
        work(room)
        room.close()
    except VungXaError as error:
        room.say("refused", "", error.code, error.message)
    except Exception as error:  # noqa: BLE001 - whatever leaves the program but its own errors is a defect to be told
        room.say("broke", "", type(error).__name__, _where(error))
    else:
        return
    heal()
    try:
        work(room)  # the disk is back: in the same process, with the same open store, it goes on
    except VungXaError as again:
        # What was open on a disk that was pulled out is dead for ever, which the first write meets.
        if number != errno.ENODEV or again.code != "disk_error":
            raise
        work(room)
    room.close()


def _where(error: BaseException) -> str:
    """Say the last calls of an error and of what caused it."""
    cause = error.__cause__ or error.__context__
    frames = traceback.extract_tb(error.__traceback__)[-4:]
    number = errno.errorcode.get(getattr(error, "errno", 0) or 0, "")
    places = " ".join(f"{Path(frame.filename).stem}:{frame.lineno}" for frame in frames)
    return f"{number} {places}" + (f" because {type(cause).__name__} {cause} {_where(cause)}" if cause else "")


LOADED = ("backup", "archive", "data", "keys")
"""Commands that rounds run; loaded once, before the rounds."""

if __name__ == "__main__":
    for module in LOADED:
        import_module(f"desktop.commands.{module}")
    _serve(socket.socket(fileno=int(sys.argv[1])))

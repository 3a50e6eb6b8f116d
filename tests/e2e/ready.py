"""A process that has loaded the program and waits: each command runs in a fork of it, spared the seconds of loading.

What runs is `desktop.cli.main` in a process of its own, with its own session, environment, folder and streams, as when
the shell starts it. Tests that care how a process starts, or end one half-way, start a real one (command.start).
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import NoReturn

LOADED = (
    "desktop.cli",
    "desktop.desk.desk",
    "desktop.commands.unit",
    "desktop.commands.files",
    "desktop.desk.connection",
)
_REQUEST = 1 << 20


class Ready:
    """The waiting process; `prefix` is what stands before its command, such as setpriv with its options."""

    def __init__(self, prefix: Sequence[str] = ()) -> None:
        self._line, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        command = [*prefix, sys.executable, "-m", __name__, str(theirs.fileno())]
        self._process = subprocess.Popen(command, pass_fds=[theirs.fileno()], start_new_session=True)
        theirs.close()

    def run(
        self,
        words: Sequence[str],
        stdin: bytes = b"",
        environment: Mapping[str, str] | None = None,
        *,
        folder: Path | None = None,
        seconds: float = 60,
    ) -> tuple[int, bytes, bytes]:
        """Run one command to its end; its exit code, negative for a signal, and what it wrote."""
        streams = [os.memfd_create(name) for name in ("in", "out", "err")]
        try:
            os.write(streams[0], stdin)
            os.lseek(streams[0], 0, os.SEEK_SET)
            asked = json.dumps(
                {
                    "words": list(words),
                    "environment": dict(environment or os.environ),
                    "folder": str(folder or Path.cwd()),
                }
            )
            socket.send_fds(self._line, [asked.encode("utf-8", "surrogateescape")], streams)
            return self._ended(seconds), _written(streams[1]), _written(streams[2])
        finally:
            for stream in streams:
                os.close(stream)

    def close(self) -> None:
        """End the process."""
        self._line.close()
        self._process.wait(10)

    def _ended(self, seconds: float) -> int:
        pid = int(self._line.recv(32))
        self._line.settimeout(seconds)
        try:
            return int(self._line.recv(32))
        except TimeoutError:
            os.kill(pid, signal.SIGKILL)
            self._line.settimeout(None)
            self._line.recv(32)  # or the next command would be told of this one's end
            raise
        finally:
            self._line.settimeout(None)


def _written(stream: int) -> bytes:
    with os.fdopen(os.dup(stream), "rb") as file:
        file.seek(0)
        return file.read()


def _serve(line: socket.socket) -> None:
    while True:
        asked, streams, _flags, _address = socket.recv_fds(line, _REQUEST, 3)
        if not asked:
            return
        pid = os.fork()
        if pid == 0:
            line.close()
            _become(json.loads(asked.decode("utf-8", "surrogateescape")), streams)
        for stream in streams:
            os.close(stream)
        line.send(str(pid).encode())
        _, status = os.waitpid(pid, 0)
        line.send(str(os.waitstatus_to_exitcode(status)).encode())


def _become(asked: dict[str, object], streams: Sequence[int]) -> NoReturn:
    os.setsid()
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    os.environ.clear()
    os.environ.update(asked["environment"])  # type: ignore[call-overload]
    os.chdir(str(asked["folder"]))
    sys.argv = ["vungxa", *map(str, asked["words"])]  # type: ignore[call-overload]
    sys.stdin, sys.stdout, sys.stderr = os.fdopen(0), os.fdopen(1, "w"), os.fdopen(2, "w")
    signal.signal(signal.SIGINT, signal.default_int_handler)
    code = 1
    try:
        code = import_module("desktop.cli").main()
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else 1
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def main() -> None:
    for name in LOADED:
        import_module(name)
    _serve(socket.socket(fileno=int(sys.argv[1])))


if __name__ == "__main__":
    main()

"""Our side of the token process: starts it, asks it with a time limit, ends it when it misbehaves."""

from __future__ import annotations

import contextlib
import multiprocessing
import threading
from collections.abc import Mapping, Sequence
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from desktop.signing.child import MAX_SECRET, STOP, serve
from desktop.signing.errors import TokenError, WorkerTimeout
from desktop.signing.refusals import refusal

START_TIMEOUT = 40.0
"""Seconds until a fresh process must have loaded the module: a cold Python on a slow disk takes several."""
_STOP_TIMEOUT = 3.0
_WORTH_ANOTHER = ("module_error", "module_crashed", "session_lost")
_HARMLESS = ("pin_final_try",)
"""Refusals of our own, before the module was asked for anything that could go wrong."""


class ModuleProcess:
    """One PKCS#11 module in a process of its own, started at the first call and again after it had to be ended.

    Used from one thread only (asserted). `environment` is added to the child's own, e.g. SOFTHSM2_CONF; `timeout` in
    seconds is the limit of each call.
    """

    def __init__(self, module: Path, timeout: float, environment: Mapping[str, str]) -> None:
        self._module = module
        self._timeout = timeout
        self._environment = dict(environment)
        self._process: BaseProcess | None = None
        self._connection: Connection | None = None
        self._thread: int | None = None
        self._waiting, self._interrupted = threading.Event(), threading.Event()
        self.generation = 0

    @property
    def running(self) -> bool:
        """Tell whether a process is there to be asked."""
        return self._connection is not None

    def call(self, operation: str, *arguments: object, secrets: Sequence[str] = (), waits: float | None = None) -> Any:
        """Ask the driver, once. `secrets` travel apart from the rest, in buffers that are wiped.

        `waits`: seconds a person has to type on a PIN pad; then this is the time limit, and `interrupt` ends it. Raises
        TokenError; an error of the driver ends the process, as python-pkcs11 cannot close what a failure leaves.
        """
        if not all(0 < len(secret.encode(errors="replace")) <= MAX_SECRET for secret in secrets):
            raise refusal("pin_format")
        self._thread = self._thread or threading.get_ident()
        assert self._thread == threading.get_ident(), "token calls belong to one thread"
        connection = self._connection or self._start()
        try:
            connection.send((operation, arguments, len(secrets)))
            for secret in secrets:
                _send_secret(connection, secret)
        except OSError:
            self.kill()
            raise refusal("module_crashed") from None
        if waits is None:
            return self._receive(connection, self._timeout)
        return self._wait_for_person(connection, waits)

    def ask(self, operation: str, *arguments: object) -> Any:
        """Ask what spends no PIN try: once more, in a fresh process, when one that ran before has gone wrong.

        After a sleep, say, a module may answer anything. Raises TokenError.
        """
        ran_before = self.running
        try:
            return self.call(operation, *arguments)
        except TokenError as error:
            if not ran_before or error.code not in _WORTH_ANOTHER:
                raise
        return self.call(operation, *arguments)

    def interrupt(self) -> None:
        """End a call that waits for a person, from any thread; it raises TokenError pin_cancelled."""
        process = self._process
        if process is not None and self._waiting.is_set():
            self._interrupted.set()
            with contextlib.suppress(ValueError):  # ended and closed by its own thread meanwhile
                process.kill()

    def stop(self) -> None:
        """Let the process log out and end; kill it if it does not."""
        connection, self._connection = self._connection, None
        process, self._process = self._process, None
        self._thread = None
        if connection is not None:
            with contextlib.suppress(OSError):  # it may have ended first, which is what is wanted
                connection.send((STOP, (), 0))
            connection.close()
        if process is not None:
            process.join(_STOP_TIMEOUT)
            _end(process)

    def kill(self) -> None:
        """End the process at once; its sessions die with it."""
        if self._connection is not None:
            self._connection.close()
        process, self._process, self._connection = self._process, None, None
        if process is not None:
            _end(process)

    def _start(self) -> Connection:
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(
            target=serve, args=(theirs, str(self._module), self._environment), daemon=True, name="vungxa-token"
        )
        process.start()
        theirs.close()
        self._process, self._connection = process, ours
        self.generation += 1
        self._receive(ours, START_TIMEOUT)
        return ours

    def _wait_for_person(self, connection: Connection, seconds: float) -> Any:
        self._interrupted.clear()
        self._waiting.set()
        try:
            return self._receive(connection, seconds)
        except WorkerTimeout:
            raise refusal("pin_pad_timeout") from None
        except TokenError:
            if self._interrupted.is_set():
                raise refusal("pin_cancelled") from None
            raise
        finally:
            self._waiting.clear()

    def _receive(self, connection: Connection, timeout: float) -> Any:
        try:
            if not connection.poll(timeout):
                self.kill()
                raise WorkerTimeout
            good, value, flags = connection.recv()
        except (EOFError, OSError):
            self.kill()
            raise refusal("module_crashed") from None
        if good:
            return value
        if value not in _HARMLESS:
            self.stop()
        raise refusal(value, flags)


def _send_secret(connection: Connection, secret: str) -> None:
    buffer = bytearray(secret.encode(errors="replace"))
    try:
        connection.send_bytes(buffer)
    finally:
        buffer[:] = bytes(len(buffer))


def _end(process: BaseProcess) -> None:
    if process.is_alive():
        process.kill()
        process.join()
    process.close()

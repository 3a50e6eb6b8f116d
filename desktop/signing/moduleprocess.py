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
from desktop.signing.errors import (
    CertificateNotFound,
    ModuleError,
    PinLocked,
    PinWrong,
    TokenError,
    TokenGone,
    WorkerTimeout,
)

START_TIMEOUT = 40.0
"""Seconds until a fresh process must have loaded the module: a cold Python on a slow disk takes several."""
_STOP_TIMEOUT = 3.0
_PLAIN = {
    "pin_expired": "Mã PIN đã hết hạn. Hãy đổi mã PIN bằng phần mềm của nơi cấp token rồi ký lại.",
    "pin_format": "Mã PIN không đúng độ dài hoặc ký tự mà token cho phép. Hãy xem lại rồi nhập lại.",
    "pin_not_set": "Token chưa đặt mã PIN. Hãy đặt mã PIN bằng phần mềm của nơi cấp token.",
    "session_lost": "Phiên làm việc với token đã đóng. Hãy nhập lại mã PIN để ký tiếp.",
}


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
        self.generation = 0

    @property
    def running(self) -> bool:
        """Tell whether a process is there to be asked."""
        return self._connection is not None

    def call(self, operation: str, *arguments: object, secrets: Sequence[str] = ()) -> Any:
        """Ask the driver. `secrets` travel apart from the rest, in buffers that are wiped.

        Raises TokenError; an error of the driver ends the process, as python-pkcs11 cannot close what a failure leaves.
        """
        if not all(0 < len(secret.encode(errors="replace")) <= MAX_SECRET for secret in secrets):
            raise TokenError("pin_format", _PLAIN["pin_format"])
        self._thread = self._thread or threading.get_ident()
        assert self._thread == threading.get_ident(), "token calls belong to one thread"
        connection = self._connection or self._start()
        try:
            connection.send((operation, arguments, len(secrets)))
            for secret in secrets:
                _send_secret(connection, secret)
        except OSError:
            self.kill()
            raise _module_crashed() from None
        return self._receive(connection, self._timeout)

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

    def _receive(self, connection: Connection, timeout: float) -> Any:
        try:
            if not connection.poll(timeout):
                self.kill()
                raise WorkerTimeout
            good, value, flags = connection.recv()
        except (EOFError, OSError):
            self.kill()
            raise _module_crashed() from None
        if good:
            return value
        self.stop()
        raise _error(value, flags)


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


def _module_crashed() -> ModuleError:
    return ModuleError(
        "module_crashed", "Trình điều khiển token bị dừng đột ngột. Hãy rút token, cắm lại rồi thử lần nữa."
    )


def _error(code: str, flags: tuple[bool, bool]) -> TokenError:
    low, final_try = flags
    known: dict[str, TokenError] = {
        "pin_wrong": PinWrong(few_left=low or final_try or None, final_try=final_try),
        "pin_locked": PinLocked(),
        "token_gone": TokenGone(),
        "certificate_not_found": CertificateNotFound(),
        "module_unusable": ModuleError(
            "module_unusable", "Không nạp được trình điều khiển token. Hãy cài lại trình điều khiển của nơi cấp token."
        ),
    }
    if code in _PLAIN:
        return TokenError(code, _PLAIN[code])
    return known.get(code) or ModuleError()

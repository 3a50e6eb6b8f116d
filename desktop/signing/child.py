"""The token process: loads the vendor's module and serves one request at a time over a pipe until told to stop.

A module that hangs, crashes or writes to the terminal does it here, away from the person's unsaved form.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Mapping
from multiprocessing.connection import Connection
from typing import Any

import pkcs11

from desktop.signing import driver_keys, driver_pins, driver_setup
from desktop.signing.driver import Driver
from desktop.signing.driver_refusals import DriverError
from desktop.signing.pin import Pin
from desktop.signing.seclusion import seclude

MAX_SECRET = 255
STOP = "stop"
Answer = tuple[bool, Any, tuple[bool, bool]]
"""(True, value, _) or (False, error code, PIN flags)."""
_NO_FLAGS = (False, False)
_SETUP: dict[str, Callable[..., Any]] = {
    "replace_pins": driver_setup.replace_pins,
    "generate_key": driver_setup.generate_key,
    "write_certificate": driver_setup.write_certificate,
    "serials": driver_setup.serials,
    "prepare_change": driver_pins.prepare_change,
    "change": driver_pins.change,
    "keys_seen": driver_keys.keys_seen,
}


def serve(connection: Connection, module: str, environment: Mapping[str, str]) -> None:
    """Run until the pipe closes. The first message sent says whether the module could be loaded."""
    _silence()
    seclude()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.environ.update(environment)
    try:
        driver = Driver(module)
    except DriverError as error:
        connection.send((False, error.code, _NO_FLAGS))
        return
    connection.send((True, None, _NO_FLAGS))
    while True:
        try:
            operation, arguments, secret_count = connection.recv()
        except (EOFError, OSError):
            break
        secrets = [_read_secret(connection) for _ in range(secret_count)]
        if operation == STOP:
            break
        answer = _answer(driver, operation, [*arguments, *secrets])
        for secret in secrets:
            secret.wipe()
        connection.send(answer)
    _finish(driver)


def _answer(driver: Driver, operation: str, arguments: list[Any]) -> Answer:
    try:
        setup = _SETUP.get(operation)
        value = setup(driver, *arguments) if setup else _OWN[operation](driver, *arguments)
    except DriverError as error:
        return False, error.code, error.flags
    except pkcs11.PKCS11Error as error:
        return False, driver.code_of(error), _NO_FLAGS
    except Exception:  # noqa: BLE001  the process boundary: whatever a module provokes must reach the other side as a code
        return False, "module_error", _NO_FLAGS
    return True, value, _NO_FLAGS


_OWN: dict[str, Callable[..., Any]] = {
    "tokens": Driver.tokens,
    "readers": Driver.readers,
    "flags": Driver.flags,
    "prepare": Driver.prepare,
    "login": Driver.login,
    "sign": Driver.sign,
    "decrypt": Driver.decrypt,
    "close": Driver.close,
}


def _read_secret(connection: Connection) -> Pin:
    buffer = bytearray(MAX_SECRET)
    length = connection.recv_bytes_into(buffer)
    secret = Pin(buffer[:length])
    buffer[:] = bytes(MAX_SECRET)
    return secret


def _silence() -> None:
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (1, 2):
        os.dup2(nowhere, stream)


def _finish(driver: Driver) -> None:
    try:
        driver.finish()
    except pkcs11.PKCS11Error:
        return

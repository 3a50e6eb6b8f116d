"""All drivers of a machine as one: an office has tokens of several makers, and nobody knows which driver is whose."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeVar

from desktop.signing.errors import ModuleError, TokenError, TokenGone
from desktop.signing.modules import each_once
from desktop.signing.tokens import ReaderInfo, TokenInfo, TokenKey, TokenWorker

REST = 15.0
"""Seconds a driver that failed is left alone before it is asked again; doubled each time up to `LONGEST_REST`."""
LONGEST_REST = 300.0
Listed = TypeVar("Listed")


class Tokens(Protocol):
    """What lists tokens and opens their keys: one driver's worker, or all of them."""

    def readers(self) -> list[ReaderInfo]:
        """List the readers, empty ones too. Raises TokenError."""
        ...

    def tokens(self) -> list[TokenInfo]:
        """List what is plugged in now; cheap enough to be polled. Raises TokenError."""
        ...

    def open(self, serial: str, certificate_sha256: str, pin: str | None, *, final_try: bool = False) -> TokenKey:
        """Log in to a token and take the key of one certificate. Raises TokenError."""
        ...

    def decrypt(
        self, serial: str, certificate_sha256: str, pin: str | None, ciphertext: bytes, *, final_try: bool = False
    ) -> bytes:
        """Decrypt a secret with the key of one certificate. Raises TokenError."""
        ...

    def change_pin(self, serial: str, old: str | None, new: str | None, *, final_try: bool = False) -> None:
        """Change a token's PIN. Raises TokenError."""
        ...

    def interrupt(self) -> None:
        """Give up a call that waits for a PIN pad; may be called from any thread."""
        ...

    def restart(self) -> None:
        """End and forget the processes; the next call starts others."""
        ...

    def close(self) -> None:
        """End every process that was started."""
        ...


@dataclass
class _Asked:
    """A driver and how it is: after `failure` it rests until `until`, as the clock tells."""

    worker: TokenWorker
    failure: TokenError | None = None
    until: float = 0.0
    rest: float = REST


class AllDrivers:
    """A worker for each module; a broken driver hides no token of another. Use from one thread.

    `clock` counts seconds.
    """

    def __init__(
        self,
        modules: Sequence[Path],
        timeout: float = 20.0,
        environment: Mapping[str, str] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        if not modules:
            raise ModuleError(
                "no_module",
                "Máy chưa có trình điều khiển token. Cài trình điều khiển do nơi cấp token đưa rồi thử lại.",
            )
        self._clock = clock
        self._drivers = [_Asked(TokenWorker(module, timeout, environment)) for module in each_once(modules)]
        self._owners: dict[str, TokenWorker] = {}

    def readers(self) -> list[ReaderInfo]:
        """List the readers of every driver that works. Raises the first TokenError when none shows a reader."""
        return [reader for _, found in self._of_all(TokenWorker.readers) for reader in found]

    def tokens(self) -> list[TokenInfo]:
        """List the tokens of every driver that works. Raises the first TokenError when none shows a token."""
        self._owners, found = {}, list[TokenInfo]()
        for worker, listed in self._of_all(TokenWorker.tokens):
            fresh = [token for token in listed if not any(_same(token, other) for other in found)]
            self._owners |= {token.serial: worker for token in fresh}
            found += fresh
        return found

    def open(self, serial: str, certificate_sha256: str, pin: str | None, *, final_try: bool = False) -> TokenKey:
        """Log in through the driver that shows the token; no other driver ever gets the PIN. Raises TokenError."""
        return self._owner(serial).open(serial, certificate_sha256, pin, final_try=final_try)

    def decrypt(
        self, serial: str, certificate_sha256: str, pin: str | None, ciphertext: bytes, *, final_try: bool = False
    ) -> bytes:
        """Decrypt through the driver that shows the token. Raises TokenError."""
        return self._owner(serial).decrypt(serial, certificate_sha256, pin, ciphertext, final_try=final_try)

    def change_pin(self, serial: str, old: str | None, new: str | None, *, final_try: bool = False) -> None:
        """Change the PIN through the driver that shows the token. Raises TokenError."""
        self._owner(serial).change_pin(serial, old, new, final_try=final_try)

    def interrupt(self) -> None:
        """Give up a call that waits for a PIN pad; may be called from any thread."""
        for driver in self._drivers:
            driver.worker.interrupt()

    def restart(self) -> None:
        """End every driver's process and ask every driver again at the next call."""
        self._owners = {}
        for driver in self._drivers:
            driver.worker.restart()
            driver.failure, driver.until, driver.rest = None, 0.0, REST

    def close(self) -> None:
        """End every driver's process."""
        for driver in self._drivers:
            driver.worker.close()

    def _owner(self, serial: str) -> TokenWorker:
        if serial not in self._owners:
            self.tokens()
        if serial not in self._owners:
            raise TokenGone
        return self._owners[serial]

    def _of_all(self, ask: Callable[[TokenWorker], list[Listed]]) -> list[tuple[TokenWorker, list[Listed]]]:
        answers = [(driver.worker, self._ask(driver, ask)) for driver in self._drivers]
        failures = [driver.failure for driver in self._drivers if driver.failure is not None]
        if failures and not any(listed for _, listed in answers):
            raise failures[0]
        return answers

    def _ask(self, driver: _Asked, ask: Callable[[TokenWorker], list[Listed]]) -> list[Listed]:
        if driver.failure is not None and self._clock() < driver.until:
            return []
        try:
            listed = ask(driver.worker)
        except TokenError as error:
            driver.failure, driver.until = error, self._clock() + driver.rest
            driver.rest = min(driver.rest * 2, LONGEST_REST)
            return []
        driver.failure, driver.rest = None, REST
        return listed


def _same(token: TokenInfo, other: TokenInfo) -> bool:
    """Tell whether two drivers show one token: they may spell its serial in two ways, but its tries are one."""
    ours, theirs = ({info.sha256 for info in found.certificates if info.can_sign} for found in (token, other))
    return token.serial == other.serial or (bool(ours) and ours == theirs)

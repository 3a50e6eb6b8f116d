"""All drivers of a machine as one: an office has tokens of several makers, and nobody knows which driver is whose."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

from desktop.signing.errors import ModuleError, TokenError, TokenGone
from desktop.signing.tokens import TokenInfo, TokenKey, TokenWorker


class Tokens(Protocol):
    """What lists tokens and opens their keys: one driver's worker, or all of them."""

    def tokens(self) -> list[TokenInfo]:
        """List what is plugged in now. Raises TokenError."""
        ...

    def open(self, serial: str, certificate_sha256: str, pin: str) -> TokenKey:
        """Log in to a token and take the key of one certificate. Raises TokenError."""
        ...

    def close(self) -> None:
        """End every process that was started."""
        ...


class AllDrivers:
    """A worker for each module; a broken driver hides no token of another. Use from one thread."""

    def __init__(
        self, modules: Sequence[Path], timeout: float = 20.0, environment: Mapping[str, str] | None = None
    ) -> None:
        if not modules:
            raise ModuleError(
                "no_module",
                "Máy chưa có trình điều khiển token. Cài trình điều khiển do nơi cấp token đưa rồi thử lại.",
            )
        self._workers = [TokenWorker(module, timeout, environment) for module in modules]
        self._owners: dict[str, TokenWorker] = {}

    def tokens(self) -> list[TokenInfo]:
        """List the tokens of every driver that works. Raises the first TokenError when none shows a token."""
        self._owners = {}
        found: list[TokenInfo] = []
        failures: list[TokenError] = []
        for worker in self._workers:
            try:
                listed = worker.tokens()
            except TokenError as error:
                failures.append(error)
                continue
            fresh = [token for token in listed if token.serial not in self._owners]
            self._owners |= {token.serial: worker for token in fresh}
            found += fresh
        if failures and not found:
            raise failures[0]
        return found

    def open(self, serial: str, certificate_sha256: str, pin: str) -> TokenKey:
        """Log in through the driver that shows the token; no other driver ever gets the PIN. Raises TokenError."""
        if serial not in self._owners:
            self.tokens()
        if serial not in self._owners:
            raise TokenGone
        return self._owners[serial].open(serial, certificate_sha256, pin)

    def close(self) -> None:
        """End every driver's process."""
        for worker in self._workers:
            worker.close()

"""Slow down whoever guesses passwords, and remember it over a restart; the next unlock writes the number down.

This holds off a colleague at the keyboard. Whoever copies keys.json guesses elsewhere: only Argon2id slows that down.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from desktop.store.durable import write_file
from desktop.store.errors import StoreError, fault, in_words
from desktop.store.journal import Journal

TRIES = "tries.json"
FREE = 5
"""Wrong passwords before the first wait."""
WAITS = (60, 120, 240, 480, 900)
"""Seconds after the fifth wrong password, the sixth, …; the last one from then on."""
_MAX_BYTES = 4096
Seconds = Callable[[], float]


class TooManyTries(StoreError):
    """So many wrong passwords that the next one must wait; `seconds` says how long."""

    def __init__(self, code: str, message: str, seconds: int = 0) -> None:
        super().__init__(code, message)
        self.seconds = seconds

    @classmethod
    def for_now(cls, wrong: int, seconds: int) -> TooManyTries:
        """Say how long to wait, in whole minutes when it is more than one."""
        wait = f"{-(-seconds // 60)} phút" if seconds > 60 else f"{seconds} giây"
        message = f"Đã gõ sai mật khẩu {wrong} lần. Chờ {wait} rồi gõ lại, hoặc dùng mã khôi phục."
        return cls("too_many_tries", message, seconds)


class _Tries(BaseModel):
    """`wrong` in a row; `untold` not in the journal yet; `at` and `until` are seconds since 1970."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    wrong: int = Field(default=0, ge=0, le=10_000_000)
    untold: int = Field(default=0, ge=0, le=10_000_000)
    at: int = 0
    until: int = 0


def begin(folder: Path, seconds: Seconds = time.time) -> None:
    """Count a try as wrong before it is made, so that no kill in the middle hides it. Raises TooManyTries.

    With the clock set back the whole wait begins again.
    """
    tries, now = _read(folder), int(seconds())
    wait = _wait(tries.wrong)
    if wait and now < tries.at:
        tries = tries.model_copy(update={"at": now, "until": now + wait})
        _write(folder, tries)
    if wait and now < tries.until:
        raise TooManyTries.for_now(tries.wrong, tries.until - now)
    wrong = tries.wrong + 1
    _write(folder, _Tries(wrong=wrong, untold=tries.untold + 1, at=now, until=now + _wait(wrong)))


def succeeded(folder: Path) -> None:
    """Take back the count of the try that was right; those before it wait to be told."""
    tries = _read(folder)
    _keep(folder, _Tries(untold=max(0, tries.untold - 1)))


def untold(folder: Path) -> int:
    """Give how many wrong passwords are not in the journal yet."""
    return _read(folder).untold


def tell(folder: Path, journal: Journal) -> int:
    """Write the wrong passwords into the journal, once, and give how many there were."""
    tries = _read(folder)
    if tries.untold:
        journal.append("", "wrong_password", None, str(tries.untold))
        _keep(folder, tries.model_copy(update={"untold": 0}))
    return tries.untold


def waiting(folder: Path, seconds: Seconds = time.time) -> int:
    """Give how many seconds are left to wait, for a screen that counts down."""
    tries = _read(folder)
    return max(0, tries.until - int(seconds())) if _wait(tries.wrong) else 0


def left(folder: Path) -> int:
    """Give how many wrong passwords there may still be before the first wait."""
    return max(0, FREE - _read(folder).wrong)


def at_instant(clock: Callable[[], str]) -> Seconds:
    """Turn a clock of instants into one of seconds."""
    return lambda: datetime.fromisoformat(clock()).timestamp()


def _wait(wrong: int) -> int:
    return 0 if wrong < FREE else WAITS[min(wrong - FREE, len(WAITS) - 1)]


def _keep(folder: Path, tries: _Tries) -> None:
    if tries.wrong or tries.untold:
        _write(folder, tries)
        return
    with in_words():
        (folder / TRIES).unlink(missing_ok=True)


def _write(folder: Path, tries: _Tries) -> None:
    with in_words():
        write_file(folder / TRIES, tries.model_dump_json().encode())


def _read(folder: Path) -> _Tries:
    """A file that is not whole counts as none: whoever can spoil it can delete it as well."""
    try:
        with (folder / TRIES).open("rb") as stream:
            return _Tries.model_validate_json(stream.read(_MAX_BYTES))
    except (FileNotFoundError, ValueError):
        return _Tries()
    except OSError as error:
        raise fault("cannot_open") from error

"""Readers and tokens that come and go, computers that sleep, drivers that must be started again to notice."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desktop.signing.drivers import REST, AllDrivers
from desktop.signing.tokens import ModuleError, TokenError, TokenWorker, WorkerTimeout
from tests.fixtures.tokens import TokenFault, open_key


@pytest.fixture
def faulty(fault: TokenFault) -> Iterator[TokenWorker]:
    with fault.worker() as worker:
        yield worker


def _within(seconds: float, count: Callable[[], int], wanted: int) -> bool:
    """Poll as the window does."""
    end = time.monotonic() + seconds
    while count() != wanted and time.monotonic() < end:
        time.sleep(0.05)
    return count() == wanted


@pytest.mark.parametrize("words", ["absent", "late absent", "reader_only"])
def test_plugging_and_pulling_is_seen_within_two_seconds(fault: TokenFault, faulty: TokenWorker, words: str) -> None:
    fault.set(words)
    assert faulty.tokens() == []
    for now, wanted in ((words.replace("absent", "").replace("reader_only", ""), 3), (words, 0), ("late", 3)):
        fault.set(now)
        assert _within(2.0, lambda: len(faulty.tokens()), wanted)
    assert faulty._process.generation == 1


def test_a_poll_reads_no_certificate_twice(fault: TokenFault, faulty: TokenWorker) -> None:
    first = faulty.tokens()
    fault.set("deaf tries=0")
    again = faulty.tokens()
    assert [token.certificates for token in again] == [token.certificates for token in first]
    assert [(before.pin_locked, after.pin_locked) for before, after in zip(first, again, strict=True)] == [
        (False, True)
    ] * 3


def test_a_token_plugged_in_again_is_read_again(fault: TokenFault, faulty: TokenWorker) -> None:
    assert len(faulty.tokens()) == 3
    fault.set("absent")
    assert faulty.tokens() == []
    fault.set("deaf")
    assert len(faulty.tokens()) == 2


def test_readers_are_told_with_and_without_a_token(fault: TokenFault, faulty: TokenWorker) -> None:
    full = [reader.token_present for reader in faulty.readers()]
    fault.set("reader_only")
    empty = faulty.readers()
    assert (full.count(True) >= 3, [reader.token_present for reader in empty]) == (True, [False] * len(full))
    assert {(reader.module, reader.hardware, "SoftHSM" in reader.description) for reader in empty} == {
        (str(fault.module), False, True)
    }


def test_a_token_tells_its_make_and_the_lengths_of_its_pin(fault: TokenFault, faulty: TokenWorker) -> None:
    token = next(token for token in faulty.tokens() if token.serial == fault.token.serial)
    assert (token.model, token.manufacturer, token.hardware) == ("SoftHSM v2", "SoftHSM project", False)
    assert (token.pin_min, token.pin_max, token.module) == (4, 255, str(fault.module))
    assert (token.pin_pad, token.pin_not_set, token.pin_to_change, token.login_required) == (False, False, False, True)
    assert "SoftHSM" in token.reader


def test_after_a_sleep_the_driver_is_started_again_by_itself(fault: TokenFault, faulty: TokenWorker) -> None:
    assert len(faulty.tokens()) == 3
    fault.set("slept tries=3")
    with open_key(faulty, fault.token) as key:
        assert key.sign(b"x")
    assert faulty._process.generation == 2


def test_a_sleep_in_the_middle_asks_for_the_pin_again(fault: TokenFault, faulty: TokenWorker) -> None:
    with open_key(faulty, fault.token) as key:
        fault.set("slept")
        assert len(faulty.tokens()) == 3
        with pytest.raises(TokenError) as caught:
            key.sign(b"x")
    assert caught.value.code == "session_lost"


def test_a_driver_that_never_answers_is_ended(fault: TokenFault) -> None:
    with fault.worker(timeout=0.3) as worker:
        worker.restart()
        fault.set("hang")
        with pytest.raises(WorkerTimeout):
            worker.tokens()
        assert not worker._process.running
        fault.set("")
        assert len(worker.tokens()) == 3


def test_restarting_forgets_the_process(faulty: TokenWorker) -> None:
    faulty.tokens()
    faulty.restart()
    assert not faulty._process.running
    assert (len(faulty.tokens()), faulty._process.generation) == (3, 2)


def test_a_library_that_is_no_module_is_not_loaded(no_functions: Path) -> None:
    with TokenWorker(no_functions) as worker, pytest.raises(ModuleError) as caught:
        worker.tokens()
    assert caught.value.code == "module_no_functions"


def test_a_driver_that_failed_rests_before_it_is_asked_again(no_functions: Path) -> None:
    now = [0.0]
    drivers = AllDrivers([no_functions], clock=lambda: now[0])
    worker = drivers._drivers[0].worker
    for seconds, starts in ((0.0, 1), (REST - 1, 1), (REST + 1, 2), (REST * 2, 2), (REST * 3 + 2, 3)):
        now[0] = seconds
        with pytest.raises(ModuleError):
            drivers.tokens()
        assert worker._process.generation == starts
    drivers.restart()
    with pytest.raises(ModuleError):
        drivers.readers()
    assert worker._process.generation == 4
    drivers.close()

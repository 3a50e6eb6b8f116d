"""Tokens and drivers that misbehave, through a driver of our own between us and SoftHSM."""

from collections.abc import Iterator

import pytest

from desktop.signing.tokens import (
    ModuleError,
    PinFinalTry,
    PinLocked,
    PinWrong,
    TokenError,
    TokenGone,
    TokenKey,
    TokenWorker,
    WorkerTimeout,
)
from tests.fixtures.tokens import TokenFault, open_key


@pytest.fixture
def faulty(fault: TokenFault) -> Iterator[TokenWorker]:
    with fault.worker() as worker:
        yield worker


def _open(worker: TokenWorker, fault: TokenFault, pin: str | None, *, final_try: bool = False) -> TokenKey:
    return worker.open(fault.token.serial, fault.token.person.certificate_sha256, pin, final_try=final_try)


def _wrong_pin(worker: TokenWorker, fault: TokenFault) -> TokenError:
    with pytest.raises(TokenError) as caught:
        _open(worker, fault, "0000", final_try=True)
    return caught.value


def test_tries_run_out_as_the_flags_tell(fault: TokenFault, faulty: TokenWorker) -> None:
    fault.set("tries=3")
    first, second, third = (_wrong_pin(faulty, fault) for _ in range(3))
    assert isinstance(first, PinWrong)
    assert (first.few_left, first.final_try, "Còn ít lần thử." in first.message) == (True, False, True)
    assert isinstance(second, PinWrong)
    assert (second.final_try, "Chỉ còn 1 lần thử." in second.message) == (True, True)
    assert isinstance(third, PinLocked), "the try that was spent was the last: the token says so itself"
    with pytest.raises(PinLocked, match="nơi cấp"):
        open_key(faulty, fault.token)
    assert faulty.tokens()[0].pin_locked or any(token.pin_locked for token in faulty.tokens())


def test_the_right_pin_gives_all_tries_back(fault: TokenFault, faulty: TokenWorker) -> None:
    fault.set("tries=2")
    assert isinstance(_wrong_pin(faulty, fault), PinWrong)
    assert [token.pin_final_try for token in faulty.tokens() if token.serial == fault.token.serial] == [True]
    with pytest.raises(PinFinalTry):
        open_key(faulty, fault.token)
    _open(faulty, fault, fault.token.pin, final_try=True).close()
    assert [token.pin_low for token in faulty.tokens() if token.serial == fault.token.serial] == [False]


def test_a_token_without_flags_promises_no_number(fault: TokenFault, faulty: TokenWorker) -> None:
    fault.set("tries=3 noflags")
    error = _wrong_pin(faulty, fault)
    assert isinstance(error, PinWrong)
    assert error.few_left is None
    assert "lần thử" not in error.message


def test_a_token_pulled_out_before_is_not_listed(fault: TokenFault, faulty: TokenWorker) -> None:
    fault.set("absent")
    assert faulty.tokens() == []
    with pytest.raises(TokenGone):
        open_key(faulty, fault.token)


def test_a_token_that_cannot_be_read_hides_no_other(fault: TokenFault, faulty: TokenWorker) -> None:
    fault.set("deaf")
    assert len(faulty.tokens()) == 2


def test_a_token_pulled_out_while_signing_is_gone_then_works_again(fault: TokenFault, faulty: TokenWorker) -> None:
    fault.set("absent_after=2")
    with open_key(faulty, fault.token) as key:
        assert key.sign(b"1") != key.sign(b"2")
        with pytest.raises(TokenGone):
            key.sign(b"3")
    fault.set("")
    with open_key(faulty, fault.token) as key:
        assert key.sign(b"3")


@pytest.mark.parametrize("words", ["rawonly", "emptyid", "noise", "rawonly emptyid noise slow=50"])
def test_odd_tokens_still_sign(
    fault: TokenFault, faulty: TokenWorker, words: str, capfd: pytest.CaptureFixture[str]
) -> None:
    fault.set(words)
    with open_key(faulty, fault.token) as key:
        assert key.sign(b"x")
    assert capfd.readouterr() == ("", "")


def test_a_driver_that_hangs_is_ended_and_can_be_started_again(fault: TokenFault) -> None:
    with fault.worker(timeout=0.5) as worker:
        key = open_key(worker, fault.token)
        fault.set("slow=60000")
        with pytest.raises(WorkerTimeout, match="không trả lời"):
            key.sign(b"x")
        fault.set("")
        assert open_key(worker, fault.token).sign(b"x")


def test_a_driver_that_crashes_takes_nothing_with_it(fault: TokenFault, faulty: TokenWorker) -> None:
    key = open_key(faulty, fault.token)
    fault.set("crash")
    with pytest.raises(ModuleError) as caught:
        key.sign(b"x")
    assert caught.value.code == "module_crashed"
    fault.set("")
    assert faulty.tokens()


def test_a_wrong_signature_is_not_taken_on_faith(fault: TokenFault, faulty: TokenWorker) -> None:
    key = open_key(faulty, fault.token)
    fault.set("wrong")
    with pytest.raises(ModuleError) as caught:
        key.sign(b"x")
    assert caught.value.code == "bad_token_signature"

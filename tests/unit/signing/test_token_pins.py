"""The PIN: no try is spent unasked, none twice, and each signature gets it where the token wants that."""

import threading
from collections.abc import Iterator
from dataclasses import replace

import pytest

from desktop.demo.pki import DemoToken
from desktop.signing.pin import Pin
from desktop.signing.tokens import (
    CertificateNotFound,
    PinFinalTry,
    PinFlags,
    PinWrong,
    TokenError,
    TokenInfo,
    TokenKey,
    TokenWorker,
)
from tests.fixtures.tokens import TokenFault


@pytest.fixture
def faulty(fault: TokenFault) -> Iterator[TokenWorker]:
    with fault.worker() as worker:
        yield worker


@pytest.fixture
def spare(fault: TokenFault, odd_tokens: list[DemoToken]) -> TokenFault:
    """A token whose PIN no other test needs."""
    return replace(fault, token=odd_tokens[0])


def _open(worker: TokenWorker, fault: TokenFault, pin: str | None = "", *, final_try: bool = False) -> TokenKey:
    typed = fault.token.pin if pin == "" else pin
    return worker.open(fault.token.serial, fault.token.person.certificate_sha256, typed, final_try=final_try)


def _shown(worker: TokenWorker, fault: TokenFault) -> TokenInfo:
    return next(token for token in worker.tokens() if token.serial == fault.token.serial)


def _left(fault: TokenFault) -> str:
    file = fault.state.with_name(f"{fault.state.name}.left")
    return file.read_text() if file.exists() else "untouched"


def test_the_last_try_is_spent_only_on_an_explicit_yes(fault: TokenFault, faulty: TokenWorker) -> None:
    fault.set("tries=1")
    with pytest.raises(PinFinalTry, match="Chỉ còn 1 lần thử"):
        _open(faulty, fault, "sai")
    assert (_left(fault), faulty._process.running) == ("untouched", True)
    with _open(faulty, fault, final_try=True) as key:
        assert key.sign(b"x")


def test_flags_are_read_before_and_after(fault: TokenFault, faulty: TokenWorker) -> None:
    fault.set("tries=2")
    with pytest.raises(PinWrong):
        _open(faulty, fault, "0000")
    assert (_shown(faulty, fault).pin_low, _shown(faulty, fault).pin_final_try) == (True, True)
    with _open(faulty, fault, final_try=True) as key:
        assert key.flags() == PinFlags(low=False, final_try=False, locked=False)


def test_what_the_token_lacks_is_told_before_a_try_is_spent(fault: TokenFault, faulty: TokenWorker) -> None:
    fault.set("tries=3")
    with pytest.raises(CertificateNotFound):
        faulty.open(fault.token.serial, "0" * 64, "0000")
    assert _left(fault) == "untouched"


def test_a_login_that_finds_somebody_logged_in_is_not_repeated(fault: TokenFault, faulty: TokenWorker) -> None:
    fault.set("tries=3 loggedin")
    with pytest.raises(TokenError) as caught:
        _open(faulty, fault)
    assert (caught.value.code, _left(fault)) == ("session_lost", "untouched")
    fault.set("tries=3")
    with _open(faulty, fault) as key:
        assert key.sign(b"x")


@pytest.mark.parametrize(("kind", "words", "logins"), [(0, "", 1), (2, "", 1), (2, "emptyid", 2)])
def test_a_key_that_wants_the_pin_each_time_gets_it_and_it_is_counted(
    fault: TokenFault, demo_tokens: list[DemoToken], kind: int, words: str, logins: int
) -> None:
    each = replace(fault, token=demo_tokens[kind])
    each.set(f"always tries=3 {words}")
    with each.worker() as worker, _open(worker, each) as key:
        assert (key.pin_each, key.pin_uses) == (True, logins)
        assert key.sign(b"1") != key.sign(b"2")
        assert (key.pin_uses, _left(each)) == (logins + 2, "3")


def test_a_usual_key_takes_the_pin_once(fault: TokenFault, faulty: TokenWorker) -> None:
    with _open(faulty, fault) as key:
        assert key.sign(b"1") != key.sign(b"2")
        assert (key.pin_each, key.pin_uses) == (False, 1)


def test_a_wrong_pin_in_the_middle_ends_it_after_one_try(fault: TokenFault, faulty: TokenWorker) -> None:
    fault.set("always pad tries=3")
    fault.type_on_pad(fault.token.pin)
    with _open(faulty, fault, None) as key:
        assert key.sign(b"1")
        fault.type_on_pad("0000")
        with pytest.raises(PinWrong):
            key.sign(b"2")
        assert _left(fault) == "2"
        with pytest.raises(TokenError) as caught:
            key.sign(b"3")
    assert (caught.value.code, key.pin_uses, _left(fault)) == ("session_lost", 3, "2")


def test_the_pin_is_typed_on_a_pin_pad(fault: TokenFault, faulty: TokenWorker) -> None:
    fault.set("pad")
    fault.type_on_pad(fault.token.pin)
    assert _shown(faulty, fault).pin_pad
    with _open(faulty, fault, None) as key:
        assert key.sign(b"x")


def test_giving_up_on_the_pad_says_so(fault: TokenFault, faulty: TokenWorker) -> None:
    fault.set("pad")
    fault.type_on_pad("cancel")
    with pytest.raises(TokenError, match="Đã bỏ nhập") as caught:
        _open(faulty, fault, None)
    assert caught.value.code == "pin_cancelled"


def test_nobody_at_the_pad_is_not_waited_for_without_end(fault: TokenFault) -> None:
    fault.set("pad")
    with fault.worker(pad_timeout=0.2) as worker, pytest.raises(TokenError) as caught:
        _open(worker, fault, None)
    assert caught.value.code == "pin_pad_timeout"


def test_waiting_for_the_pad_can_be_given_up_from_another_thread(fault: TokenFault, faulty: TokenWorker) -> None:
    fault.set("pad")
    over = threading.Event()

    def give_up() -> None:
        while not over.wait(0.01):
            faulty.interrupt()

    thread = threading.Thread(target=give_up)
    thread.start()
    with pytest.raises(TokenError) as caught:
        _open(faulty, fault, None)
    over.set()
    thread.join()
    assert caught.value.code == "pin_cancelled"
    assert faulty.tokens()


def test_no_pin_and_no_pad_is_no_login(fault: TokenFault, faulty: TokenWorker) -> None:
    with pytest.raises(TokenError) as caught:
        _open(faulty, fault, None)
    assert caught.value.code == "pin_format"


def test_a_pin_that_must_be_changed_is_changed_and_then_used(spare: TokenFault) -> None:
    spare.set("tochange tries=3")
    with spare.worker() as worker:
        with pytest.raises(TokenError) as caught:
            _open(worker, spare)
        assert (caught.value.code, _shown(worker, spare).pin_to_change) == ("pin_to_change", True)
        worker.change_pin(spare.token.serial, spare.token.pin, "13579246")
        assert not _shown(worker, spare).pin_to_change
        _open(worker, spare, "13579246").close()
        worker.change_pin(spare.token.serial, "13579246", spare.token.pin)


def test_a_driver_may_want_a_login_to_change_a_pin(spare: TokenFault) -> None:
    spare.set("wantslogin")
    with spare.worker() as worker:
        worker.change_pin(spare.token.serial, spare.token.pin, "24681357")
        worker.change_pin(spare.token.serial, "24681357", spare.token.pin)


@pytest.mark.parametrize(("new", "said"), [("123", "từ 4 đến 255"), ("é" * 128, "từ 4 đến 255"), (None, "nhập lại")])
def test_a_new_pin_of_the_wrong_length_spends_no_try(spare: TokenFault, new: str | None, said: str) -> None:
    spare.set("tries=3")
    with spare.worker() as worker, pytest.raises(TokenError, match=said) as caught:
        worker.change_pin(spare.token.serial, spare.token.pin, new)
    assert (caught.value.code, _left(spare)) == ("pin_format", "untouched")


def test_a_wrong_old_pin_spends_one_try_and_the_last_one_not_unasked(spare: TokenFault) -> None:
    spare.set("tries=2")
    with spare.worker() as worker:
        with pytest.raises(PinWrong):
            worker.change_pin(spare.token.serial, "0000", "13579246")
        with pytest.raises(PinFinalTry):
            worker.change_pin(spare.token.serial, "0000", "13579246")
    assert _left(spare) == "1"


def test_a_pin_is_changed_on_the_pad(spare: TokenFault) -> None:
    spare.set("pad tochange")
    spare.type_on_pad(spare.token.pin)
    with spare.worker() as worker:
        worker.change_pin(spare.token.serial, None, None)
        assert not _shown(worker, spare).pin_to_change


def test_a_wiped_pin_is_gone_from_its_buffer() -> None:
    buffer = bytearray(b"13579246")
    kept = Pin(buffer).copy()
    Pin(buffer).wipe()
    assert (buffer, kept.encode(), "1357" in repr(kept)) == (bytes(8), b"13579246", False)

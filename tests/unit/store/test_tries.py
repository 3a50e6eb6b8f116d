"""Wrong passwords slow down, over restarts and with the clock set back, and the next unlock tells of them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.store import tries
from desktop.store.envelope import KdfParameters
from desktop.store.errors import WrongPassword
from desktop.store.keys import create_envelope, open_with_password, open_with_recovery_code, recovery_code
from desktop.store.store import Store
from desktop.store.tries import FREE, TRIES, TooManyTries, begin, waiting
from tests.contract.store_kit import PASSWORD, make

CHEAP = KdfParameters(memory_kib=8, passes=1, lanes=1)


def at(second: int) -> Callable[[], float]:
    return lambda: float(1_800_000_000 + second)


def refused(folder: Path, second: int) -> int:
    """Seconds that are left to wait."""
    with pytest.raises(TooManyTries) as error:
        begin(folder, at(second))
    assert error.value.code == "too_many_tries"
    return error.value.seconds


def test_each_wait_is_longer_up_to_a_quarter_of_an_hour(tmp_path: Path) -> None:
    now, waits = 0, []
    for _ in range(FREE):
        begin(tmp_path, at(now))
    for _ in range(7):
        waits.append(refused(tmp_path, now))
        now += waits[-1]
        begin(tmp_path, at(now))
    assert waits == [60, 120, 240, 480, 900, 900, 900]


def test_a_clock_set_back_begins_the_wait_again(tmp_path: Path) -> None:
    for _ in range(FREE):
        begin(tmp_path, at(0))
    assert refused(tmp_path, -86_400) == 60
    assert refused(tmp_path, -86_400 + 59) == 1
    begin(tmp_path, at(-86_400 + 60))


def test_the_right_password_forgets_and_the_journal_remembers(tmp_path: Path) -> None:
    folder = tmp_path / "unit"
    make(folder).close()
    for _ in range(3):
        with pytest.raises(WrongPassword):
            Store.open(folder, "không phải mật khẩu")
    with Store.open(folder, PASSWORD) as store:
        told = [entry for entry in store.journal.entries() if entry.action == "wrong_password"]
        assert [entry.detail for entry in told] == ["3"]
    assert not (folder / TRIES).exists()


def test_even_the_right_password_waits_but_the_recovery_code_does_not(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    key = create_envelope(path, PASSWORD, kdf=CHEAP)
    printed = recovery_code(path, key)
    for _ in range(FREE):
        with pytest.raises(WrongPassword):
            open_with_password(path, "không phải mật khẩu")
    with pytest.raises(TooManyTries, match="Chờ 60 giây"):
        open_with_password(path, PASSWORD)
    assert 0 < waiting(tmp_path) <= 60
    assert open_with_recovery_code(path, printed).key == key


@pytest.mark.parametrize("content", [b"", b"[]", b'{"wrong": -1}', b"\xff" * 9000])
def test_a_spoiled_file_counts_as_none(tmp_path: Path, content: bytes) -> None:
    (tmp_path / TRIES).write_bytes(content)
    begin(tmp_path, at(0))
    assert tries.untold(tmp_path) == 1

"""Slots of users: given, stopped, ended; older envelopes brought up; the recovery code typed back."""

import shutil
from pathlib import Path

import pytest

from desktop.store.envelope import KdfParameters, Shown, read_envelope, read_front, second_copy
from desktop.store.errors import StoreError, WrongPassword
from desktop.store.keys import (
    MasterKey,
    confirm_recovery_code,
    create_envelope,
    disable,
    drop,
    enable,
    give_password,
    open_with_password,
    open_with_recovery_code,
    recovery_code,
    show,
    unlock,
)
from desktop.store.recovery_codes import code_of, read_code, same_code
from desktop.store.rotation import left_behind
from desktop.store.tuning import LEAST, MOST_KIB, fitting, tune

CHEAP = KdfParameters(memory_kib=8, passes=1, lanes=1)
MINE, HERS = "Mật khẩu của tôi", "Mật khẩu của chị"
OLD = Path(__file__).parents[2] / "data" / "keys-1.json"
"""Written by the program of format 1: a shared password, one of tuyen, a recovery code."""
OLD_KEY = "c673b025dcddccf198363f593049df119ced0445de020658df37321e8dd151b1"
OLD_CODE = "FSLL-Y4JH-INA7-5M3O-KEF5-WW6P-VDT6-5UT6"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "keys.json"


@pytest.fixture
def key(path: Path) -> MasterKey:
    key = create_envelope(path, MINE, user="toi", kdf=CHEAP, shown=Shown(unit_code="1098765", unit_name="UBND xã"))
    give_password(path, key, "chi", "Lò Thị Hạnh", "Người lập", HERS, kdf=CHEAP)
    return key


@pytest.fixture
def old(path: Path) -> Path:
    shutil.copy(OLD, path)
    return path


def code(error: pytest.ExceptionInfo[StoreError]) -> str:
    return error.value.code


def test_it_is_known_whose_password_opened(path: Path, key: MasterKey) -> None:
    assert open_with_password(path, HERS) == (key, "chi")
    assert open_with_password(path, MINE, "toi") == (key, "toi")
    with pytest.raises(WrongPassword):
        open_with_password(path, MINE, "chi")


def test_the_front_is_shown_before_anybody_unlocks(path: Path, key: MasterKey) -> None:
    front = read_front(path.parent)
    assert (front.unit_code, front.unit_name) == ("1098765", "UBND xã")
    assert [(slot.user, slot.name, slot.title) for slot in front.slots] == [
        ("toi", "", ""),
        ("chi", "Lò Thị Hạnh", "Người lập"),
    ]


def test_another_name_of_the_unit_is_shown_and_proved(path: Path, key: MasterKey) -> None:
    show(path, key, Shown(unit_name="UBND xã Mường Lý"))
    assert read_front(path.parent).unit_name == "UBND xã Mường Lý"
    assert unlock(path, MINE) == key


def test_a_disabled_user_is_told_so_and_comes_back(path: Path, key: MasterKey) -> None:
    disable(path, key, "chi")
    assert [slot.enabled for slot in read_front(path.parent).slots] == [True, False]
    with pytest.raises(StoreError) as error:
        open_with_password(path, HERS)
    assert code(error) == "user_disabled"
    enable(path, key, "chi")
    assert open_with_password(path, HERS).key == key


@pytest.mark.parametrize("end", [disable, drop])
def test_the_last_way_in_is_never_ended(path: Path, key: MasterKey, end: object) -> None:
    drop(path, key, "chi")
    with pytest.raises(StoreError) as error:
        end(path, key, "toi")  # type: ignore[operator]
    assert code(error) == "last_slot"
    assert unlock(path, MINE) == key


def test_a_wiped_key_is_zeros_and_gives_nothing(key: MasterKey) -> None:
    copy = key.copy()
    key.wipe()
    assert key.raw == bytes(32)
    with pytest.raises(StoreError) as error:
        key.derive("database")
    assert code(error) == "store_locked"
    assert len(copy.derive("database")) == 32


def test_an_older_envelope_opens_and_each_slot_is_brought_up_by_its_own_secret(old: Path) -> None:
    assert unlock(old, "Mật khẩu một").raw.hex() == OLD_KEY
    assert [slot.old for slot in read_envelope(old).slots] == [False, True, True]
    assert read_envelope(second_copy(old)) == read_envelope(old)
    assert open_with_password(old, "Mật khẩu hai").user == "tuyen"
    assert [(slot.kind, slot.user) for slot in left_behind(old.parent)] == [("recovery", "")]
    assert open_with_recovery_code(old, OLD_CODE.lower()).key.raw.hex() == OLD_KEY
    assert left_behind(old.parent) == ()
    assert unlock(old, "Mật khẩu một") == unlock(old, "Mật khẩu hai")


def test_a_new_code_counts_beside_the_old_one_until_it_is_typed_back(path: Path, key: MasterKey) -> None:
    first = recovery_code(path, key)
    second = recovery_code(path, key)
    assert open_with_recovery_code(path, first).key == open_with_recovery_code(path, second).key == key
    with pytest.raises(StoreError) as error:
        confirm_recovery_code(path, first)
    assert code(error) == "code_not_newest"
    confirm_recovery_code(path, second.lower())
    with pytest.raises(WrongPassword) as wrong:
        open_with_recovery_code(path, first)
    assert wrong.value.code == "wrong_code"


PRINTED = code_of(bytes(range(20)))


@pytest.mark.parametrize("typed", [PRINTED.lower(), PRINTED.replace("-", " "), PRINTED.replace("O", "0")])
def test_a_code_is_read_however_it_is_written(typed: str) -> None:
    assert read_code(typed) == bytes(range(20))
    assert same_code(typed, PRINTED)


@pytest.mark.parametrize("group", range(1, 10))
def test_a_slip_of_the_pen_is_told_by_its_group(group: int) -> None:
    groups = PRINTED.split("-")
    letter = "Z" if groups[group - 1][2] != "Z" else "Y"
    groups[group - 1] = groups[group - 1][:2] + letter + groups[group - 1][3]
    with pytest.raises(StoreError, match=f"nhóm thứ {group}") as error:
        read_code("-".join(groups))
    assert code(error) == "code_mistyped"


@pytest.mark.parametrize("typed", ["", PRINTED[:-1], PRINTED + "A", "@" * 36, PRINTED.replace("-", "")[::-1], "9" * 36])
def test_any_other_code_is_mistyped(typed: str) -> None:
    with pytest.raises(StoreError) as error:
        read_code(typed)
    assert code(error) == "code_mistyped"


@pytest.mark.parametrize(
    ("pace", "chosen"),
    [
        (1e-9, (MOST_KIB, 8)),
        (0.5 / (64 * 1024 * 3), (64 * 1024, 3)),
        (0.5 / (19 * 1024 * 2), (19 * 1024, 2)),
        (1.0, (LEAST.memory_kib, LEAST.passes)),
    ],
)
def test_the_cost_fits_the_machine_and_has_bounds(pace: float, chosen: tuple[int, int]) -> None:
    fit = fitting(pace, 0.5)
    assert (fit.memory_kib, fit.passes) == chosen


def test_what_is_measured_here_is_within_the_bounds() -> None:
    found = tune(0.05)
    assert LEAST.memory_kib <= found.memory_kib <= MOST_KIB
    assert found.passes >= 2

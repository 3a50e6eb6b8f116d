"""The envelope: only the right password opens it, and only damage is called damage."""

import hashlib
import json
import pickle
from pathlib import Path

import pytest

from desktop.dossier.canonical import canonical
from desktop.store.envelope import KdfParameters, read_envelope, second_copy, write_envelope
from desktop.store.errors import DamagedEnvelope, StoreError, WrongPassword
from desktop.store.keys import (
    STANDARD_KDF,
    MasterKey,
    add_recovery_slot,
    change_password,
    create_envelope,
    set_password,
    unlock,
    unlock_with_recovery_code,
)
from desktop.store.ways_in import verified

CHEAP = KdfParameters(memory_kib=64, passes=1, lanes=1)
PASSWORD = "Mật khẩu một"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "keys.json"


@pytest.fixture
def key(path: Path) -> MasterKey:
    return create_envelope(path, PASSWORD, user="hanh", kdf=CHEAP)


def test_unlocks_to_the_same_key(path: Path, key: MasterKey) -> None:
    assert unlock(path, PASSWORD) == key


def test_typing_in_another_unicode_form_is_the_same_password(path: Path, key: MasterKey) -> None:
    assert unlock(path, "Mâ\u0323t khâ\u0309u mô\u0323t") == key


@pytest.mark.parametrize("wrong", ["", PASSWORD + " ", PASSWORD.lower(), "Mat khau mot", "\ud800"])
def test_any_other_password_is_wrong(path: Path, key: MasterKey, wrong: str) -> None:
    with pytest.raises(WrongPassword):
        unlock(path, wrong)


def test_changed_password_rewraps_the_same_key_and_ends_the_old(path: Path, key: MasterKey) -> None:
    change_password(path, PASSWORD, "Mật khẩu hai", kdf=CHEAP)
    assert unlock(path, "Mật khẩu hai") == key
    for copy in (path, second_copy(path)):
        copy.replace(path)
        with pytest.raises(WrongPassword):
            unlock(path, PASSWORD)


def test_a_change_that_may_hold_after_all_is_told_and_goes_through_when_done_again(path: Path, key: MasterKey) -> None:
    change_password(path, PASSWORD, "Mật khẩu hai", kdf=CHEAP)
    second_copy(path).unlink()
    second_copy(path).mkdir()
    with pytest.raises(StoreError) as error:
        write_envelope(path, read_envelope(path))
    assert (error.value.code, [made.name for made in path.parent.glob("*.tmp")]) == ("keys_unsettled", [])
    second_copy(path).rmdir()
    change_password(path, PASSWORD, "Mật khẩu hai", kdf=CHEAP)
    assert path.read_bytes() == second_copy(path).read_bytes()


def test_each_user_has_a_password_of_their_own(path: Path, key: MasterKey) -> None:
    set_password(path, key, "tuyen", "Mật khẩu ba", kdf=CHEAP)
    assert unlock(path, PASSWORD) == unlock(path, "Mật khẩu ba") == key
    set_password(path, key, "tuyen", "Mật khẩu bốn", kdf=CHEAP)
    with pytest.raises(WrongPassword):
        unlock(path, "Mật khẩu ba")


def test_recovery_code_opens_however_it_is_typed(path: Path, key: MasterKey) -> None:
    code = add_recovery_slot(path, key)
    assert len(code) == 44
    assert unlock_with_recovery_code(path, code.lower().replace("-", " ")) == key
    for wrong in ("A" * 32, add_recovery_slot(path, key) and code):
        with pytest.raises(WrongPassword):
            unlock_with_recovery_code(path, wrong)


def test_wrong_old_password_changes_nothing(path: Path, key: MasterKey) -> None:
    before = path.read_bytes()
    with pytest.raises(WrongPassword):
        change_password(path, "không phải", "Mật khẩu hai", kdf=CHEAP)
    assert path.read_bytes() == before


@pytest.mark.parametrize("harm", [b"", b"{", b"[]", b"\x00" * 300, b'{"envelope": {}}'])
def test_both_copies_gone_is_damage(path: Path, key: MasterKey, harm: bytes) -> None:
    for copy in (path, second_copy(path)):
        copy.write_bytes(harm)
    with pytest.raises(DamagedEnvelope):
        unlock(path, PASSWORD)


def test_any_changed_byte_is_damage_never_a_wrong_password(path: Path, key: MasterKey) -> None:
    whole = path.read_bytes()
    second_copy(path).unlink()
    for at in range(0, len(whole) - 1, 7):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        with pytest.raises(DamagedEnvelope):
            unlock(path, PASSWORD)


def forge_cost(path: Path, **cost: int) -> None:
    """Write both copies with another cost and a checksum that fits, as somebody who knows the format can."""
    body = json.loads(path.read_text())["envelope"]
    body["slots"][0]["kdf"].update(cost)
    for copy in (path, second_copy(path)):
        copy.write_bytes(canonical({"envelope": body, "sha256": hashlib.sha256(canonical(body)).hexdigest()}))


@pytest.mark.parametrize("cost", [{"memory_kib": 256 * 1024 + 1}, {"passes": 9}, {"lanes": 17}, {"memory_kib": 2**40}])
def test_forged_cost_cannot_eat_the_machine(path: Path, key: MasterKey, cost: dict[str, int]) -> None:
    forge_cost(path, **cost)
    with pytest.raises(DamagedEnvelope):
        unlock(path, PASSWORD)


def test_a_forged_lower_cost_opens_nothing_and_is_never_taken_over(path: Path, key: MasterKey) -> None:
    """The private half stays under the cost it was wrapped with; what is believed is written by whoever has the key."""
    forge_cost(path, memory_kib=32)
    before = path.read_bytes()
    with pytest.raises(WrongPassword):
        unlock(path, PASSWORD)
    with pytest.raises(StoreError) as error:
        verified(path, key)
    assert error.value.code == "keys_changed"
    assert path.read_bytes() == before


def test_second_envelope_is_refused(path: Path, key: MasterKey) -> None:
    with pytest.raises(StoreError) as error:
        create_envelope(path, PASSWORD, kdf=CHEAP)
    assert error.value.code == "store_exists"


def test_standard_cost_is_the_second_choice_of_rfc_9106() -> None:
    assert (STANDARD_KDF.memory_kib, STANDARD_KDF.passes, STANDARD_KDF.lanes) == (65_536, 3, 4)


def test_keys_never_show(path: Path, key: MasterKey) -> None:
    assert key.raw.hex() not in repr(key) + str(vars(key).keys())
    assert repr(key.raw) not in repr(key)
    assert key.raw.hex().encode() not in path.read_bytes()
    assert key.derive("a") != key.derive("b")


@pytest.mark.parametrize("error", [WrongPassword(), DamagedEnvelope(), StoreError("x", "y")])
def test_errors_cross_process_borders(error: StoreError) -> None:
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), again.code, again.message) == (type(error), error.code, error.message)

"""Packs of a machine: imported once verified, kept as files, loaded again, used and given up."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.desk.packs import Packs, words
from desktop.dossier.forms import Pack
from desktop.dossier.pack import VERSION, PackError, Shelf
from desktop.signing.device import DeviceKey
from desktop.store.packs import PackFolder
from tests.fixtures.packs import NEXT, moved_seat, newer, signed

TREASURY = DeviceKey.generate()
KEYS = {TREASURY.key_id: TREASURY.public_b64}
BEFORE, AFTER = "2026-12-31", "2027-01-01"


class Machine:
    """A folder of packs, and a new process on it whenever asked."""

    def __init__(self, folder: Path) -> None:
        self.folder = PackFolder(folder / "packs")
        self.usb = folder / "usb.vxpack"
        self.packs = self.started()

    def started(self, day: str = AFTER, keys: dict[str, str] = KEYS) -> Packs:
        self.shelf = Shelf()
        self.packs = Packs(keys, self.folder, self.shelf)
        self.said = self.packs.load(day)
        return self.packs

    def bring(self, pack: Pack, key: DeviceKey = TREASURY) -> Path:
        self.usb.write_bytes(signed(pack, key))
        return self.usb

    def states(self, day: str = AFTER) -> dict[str, str]:
        return {view.version: view.state for view in self.packs.views(day)}


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def code_of(machine: Machine, path: Path) -> str:
    before = machine.states(), sorted(machine.folder.folder.glob("*"))
    with pytest.raises(PackError) as caught:
        machine.packs.import_file(path, AFTER)
    assert (machine.states(), sorted(machine.folder.folder.glob("*"))) == before, "something changed"
    return caught.value.code


def test_a_pack_from_a_stick_is_kept_and_used_from_its_day(machine: Machine) -> None:
    view = machine.packs.import_file(machine.bring(moved_seat()), BEFORE)
    assert (view.version, view.state, view.built_in) == (NEXT, "waiting", False)
    assert words(view) == "Bộ mẫu 999-2027 (Nghị định 347/2025/NĐ-CP), 37 mẫu, dùng từ 01/01/2027."
    machine.started(BEFORE)
    assert (machine.said, machine.states(BEFORE)) == ([], {VERSION: "in_use", NEXT: "waiting"})
    assert machine.shelf.get().version == VERSION
    machine.started(AFTER)
    assert (machine.states(), machine.shelf.get().version) == ({VERSION: "older", NEXT: "in_use"}, NEXT)


def test_the_same_file_again_changes_nothing(machine: Machine) -> None:
    path = machine.bring(moved_seat())
    assert machine.packs.import_file(path, AFTER) == machine.packs.import_file(path, AFTER)
    assert len(machine.folder.files()) == 1


def test_a_pack_is_given_up_and_taken_up_again(machine: Machine) -> None:
    machine.packs.import_file(machine.bring(moved_seat()), AFTER)
    assert machine.packs.go_back(AFTER).version == VERSION
    machine.started()
    assert machine.states() == {VERSION: "in_use", NEXT: "aside"}
    assert machine.packs.use(NEXT, AFTER).state == "in_use"
    machine.started()
    assert machine.states() == {VERSION: "older", NEXT: "in_use"}


def test_a_later_pack_is_used_although_one_was_given_up(machine: Machine) -> None:
    machine.packs.import_file(machine.bring(moved_seat()), AFTER)
    machine.packs.go_back(AFTER)
    machine.packs.import_file(machine.bring(newer("1000-2028", "2027-06-01")), "2027-07-01")
    assert machine.states("2027-07-01") == {VERSION: "older", NEXT: "aside", "1000-2028": "in_use"}


@pytest.mark.parametrize(
    ("version", "day", "code"),
    [("1-1999", AFTER, "unknown_pack"), (NEXT, BEFORE, "pack_not_in_force")],
)
def test_what_cannot_be_used_is_said(machine: Machine, version: str, day: str, code: str) -> None:
    machine.packs.import_file(machine.bring(moved_seat()), BEFORE)
    with pytest.raises(PackError) as caught:
        machine.packs.use(version, day)
    assert caught.value.code == code


def test_before_the_first_pack_there_is_none(machine: Machine) -> None:
    with pytest.raises(PackError) as caught:
        machine.packs.go_back(AFTER)
    assert caught.value.code == "pack_no_earlier"


def test_a_refused_file_changes_nothing(machine: Machine) -> None:
    assert code_of(machine, machine.bring(moved_seat(), DeviceKey.generate())) == "pack_unknown_key"
    assert code_of(machine, machine.bring(newer(VERSION))) == "pack_version_taken"
    assert code_of(machine, machine.usb.parent / "none.vxpack") == "pack_unreadable"


def test_a_version_means_one_content_for_ever(machine: Machine) -> None:
    machine.packs.import_file(machine.bring(moved_seat()), AFTER)
    assert code_of(machine, machine.bring(newer())) == "pack_version_taken"
    machine.started()
    assert code_of(machine, machine.bring(newer())) == "pack_version_taken"


def test_a_machine_that_knows_no_treasury_takes_nothing(machine: Machine) -> None:
    machine.started(keys={})
    assert code_of(machine, machine.bring(moved_seat())) == "pack_no_key"


def test_a_folder_that_cannot_be_written_is_said(machine: Machine) -> None:
    machine.folder.folder.write_bytes(b"a file where the folder should be")
    with pytest.raises(PackError) as caught:
        machine.packs.import_file(machine.bring(moved_seat()), AFTER)
    assert (caught.value.code, machine.states()) == ("pack_not_stored", {VERSION: "in_use"})


def damage(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def test_a_pack_damaged_on_the_disk_is_said_and_the_program_goes_on(machine: Machine) -> None:
    machine.packs.import_file(machine.bring(moved_seat()), AFTER)
    damage(machine.folder.files()[0])
    machine.started()
    assert len(machine.said) == 1
    assert "lưu trong máy không dùng được" in machine.said[0]
    assert (machine.states(), machine.shelf.get().version) == ({VERSION: "in_use"}, VERSION)


def test_a_pack_of_another_treasury_on_the_disk_is_refused(machine: Machine) -> None:
    machine.packs.import_file(machine.bring(moved_seat()), AFTER)
    stranger = DeviceKey.generate()
    machine.started(keys={stranger.key_id: stranger.public_b64})
    assert "khóa lạ" in machine.said[0]


def test_a_running_process_sees_a_pack_that_another_one_brought(machine: Machine) -> None:
    other = Packs(KEYS, machine.folder, Shelf())
    other.import_file(machine.bring(moved_seat()), AFTER)
    came, said = machine.packs.look(AFTER)
    assert ([view.version for view in came], said) == ([NEXT], [])
    assert machine.shelf.get().version == NEXT
    assert machine.packs.look(AFTER) == ([], [])


def test_keys_of_units_are_remembered_for_commands_without_one(machine: Machine) -> None:
    machine.folder.pin(KEYS)
    machine.folder.pin({"0" * 16: "AAAA"})
    assert machine.folder.keys() == {**KEYS, "0" * 16: "AAAA"}
    assert Packs(None, machine.folder, Shelf()).import_file(machine.bring(moved_seat()), AFTER).version == NEXT


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b'{"a": 1}', b"[" * 100_000])
def test_damaged_lists_are_as_if_they_were_not_there(machine: Machine, content: bytes) -> None:
    machine.folder.folder.mkdir()
    (machine.folder.folder / "keys.json").write_bytes(content)
    assert machine.folder.keys() == {}

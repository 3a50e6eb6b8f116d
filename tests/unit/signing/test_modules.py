"""Drivers are found by name, and looked at before they are loaded."""

import os
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.signing.modulefile import PE_X64, problem_of
from desktop.signing.modules import ENVIRONMENT, each_once, find_modules, look_at, softhsm_module, windows_modules
from desktop.signing.vendors import WINDOWS_NAMES, provider_files
from tests.unit.signing.libraries import a_dll, an_elf


def _windows(folder: Path, files: Iterable[str], content: bytes) -> dict[str, str]:
    """Put files into a Windows folder of a machine that is none, and give its environment."""
    for name in files:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return {"SYSTEMROOT": str(folder), "PROGRAMFILES": str(folder / "Program Files")}


def _told(values: dict[str, str], *images: str) -> list[tuple[str, str]]:
    return [(module.path.name, module.code) for module in windows_modules(values, images, PE_X64)]


@pytest.fixture
def softhsm() -> Path:
    module = softhsm_module()
    assert module is not None
    return module


def test_softhsm_is_found_and_can_be_loaded(softhsm: Path) -> None:
    assert look_at(softhsm).usable


def test_named_modules_come_first_and_each_once(tmp_path: Path, softhsm: Path) -> None:
    link = tmp_path / "link.so"
    link.symlink_to(softhsm)
    value = os.pathsep.join([str(link), str(softhsm), str(tmp_path / "none.so")])
    found = [module.path for module in find_modules([(ENVIRONMENT, value)])]
    assert (found[0], found.count(softhsm.resolve())) == (softhsm.resolve(), 1)


def test_picked_files_come_before_all_and_are_missed_when_gone(tmp_path: Path, softhsm: Path) -> None:
    gone = tmp_path / "gone.so"
    found = find_modules([(ENVIRONMENT, str(softhsm))], picked=[gone, softhsm])
    assert [(module.path, module.usable) for module in found[:2]] == [(gone, False), (softhsm.resolve(), True)]
    assert "Không đọc được tệp" in found[0].problem


def test_two_spellings_of_a_module_are_one(tmp_path: Path, softhsm: Path) -> None:
    roundabout = softhsm.parent / ".." / softhsm.parent.name / softhsm.name
    assert each_once([tmp_path, roundabout, softhsm]) == [tmp_path, softhsm.resolve()]


@pytest.mark.skipif(sys.platform == "win32", reason="says what a Linux process can load")
@pytest.mark.parametrize(
    ("content", "said"),
    [
        (an_elf(machine=3), "32 bit"),
        (an_elf(machine=40), "loại máy khác"),
        (a_dll(), "loại máy khác"),
        (a_dll(machine=0x14C), "32 bit"),
        (an_elf(exports=[b"C_GetFunctionLists", b"C_Initialize"]), "C_GetFunctionList"),
        (an_elf(exports=[]), "C_GetFunctionList"),
        (an_elf(exports=[b"C_GetFunctionList"], defined=False), "C_GetFunctionList"),
        (b"MZ" + bytes(10), "không phải trình điều khiển"),
        (b"", "không phải trình điều khiển"),
        (b"#!/bin/sh", "không phải trình điều khiển"),
    ],
)
def test_a_file_of_the_wrong_kind_is_told_before_loading(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "module.so"
    path.write_bytes(content)
    found = look_at(path)
    assert not found.usable
    assert said in found.problem


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.so")
    for name in ("none.so", "pipe.so"):
        assert "quyền đọc" in look_at(tmp_path / name).problem


@pytest.mark.parametrize("whole", [a_dll(), an_elf()])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=80)
@given(data=st.data())
def test_a_hostile_file_breaks_nothing(tmp_path: Path, whole: bytes, data: st.DataObject) -> None:
    """Any byte changed, and any piece cut off."""
    changed = bytearray(whole[: data.draw(st.integers(0, len(whole)))])
    for place in data.draw(st.lists(st.integers(0, max(len(changed) - 1, 0)), max_size=4)):
        changed[place : place + 1] = data.draw(st.binary(min_size=1, max_size=1))
    path = tmp_path / "module"
    path.write_bytes(changed)
    machine = PE_X64 if whole[:2] == b"MZ" else ("elf", 62)
    assert problem_of(path, machine) in ("", "module_unusable", "module_wrong_bits", "module_no_functions")


def test_software_tokens_count_only_where_somebody_set_them_up(softhsm: Path) -> None:
    assert softhsm.resolve() not in [found.path for found in find_modules([])]
    assert [found.path for found in find_modules([("SOFTHSM2_CONF", "/x")])].count(softhsm.resolve()) == 1


def test_every_known_windows_driver_is_found_in_its_place(tmp_path: Path) -> None:
    places = ["Program Files/Bkav Corporation/BkavCA Token Manager/st3csp11.dll"]
    values = _windows(tmp_path, [*(f"System32/{name}" for name in WINDOWS_NAMES), *places], a_dll())
    found = windows_modules(values, (), PE_X64)
    assert {module.path.relative_to(tmp_path.resolve()).as_posix() for module in found if module.usable} == {
        *(f"System32/{name}" for name in WINDOWS_NAMES), *places
    }  # fmt: skip


def test_a_32_bit_driver_is_told_of_unless_the_64_bit_one_is_there(tmp_path: Path) -> None:
    names = ["viettel-ca_v6.dll", "fca_v1.dll"]
    _windows(tmp_path, [f"SysWOW64/{name}" for name in names], a_dll(machine=0x14C))
    values = _windows(tmp_path, ["System32/fca_v1.dll"], a_dll())
    assert _told(values) == [("fca_v1.dll", ""), ("viettel-ca_v6.dll", "module_wrong_bits")]


@pytest.mark.parametrize(
    ("image", "expected"),
    [
        ("vnptca_p11_v8_s.dll", ["System32/vnptca_p11_v8.dll", "System32/vnptca_p11_v8_s.dll"]),
        (r"%SystemRoot%\system32\X_S.DLL", ["system32/X.DLL", "system32/X_S.DLL"]),
        (r'"D:\CA\x.dll"', ["D:/CA/x.dll"]),
        ("%nothing%.dll", ["System32/%nothing%.dll"]),
    ],
)
def test_the_module_lies_beside_the_shell_windows_knows(image: str, expected: list[str]) -> None:
    found = provider_files([image], {"SYSTEMROOT": "C:/W"})
    assert [path.as_posix().removeprefix("C:/W/") for path in found] == expected


def test_a_key_provider_gives_its_module_and_others_of_windows_are_not_told_of(tmp_path: Path) -> None:
    values = _windows(tmp_path, ["System32/newtoken.dll"], a_dll())
    _windows(tmp_path, ["System32/newtoken_s.dll", "System32/rsaenh.dll"], a_dll(exports=[b"CPSignHash"]))
    assert _told(values, "newtoken_s.dll", "rsaenh.dll", "none.dll") == [("newtoken.dll", "")]

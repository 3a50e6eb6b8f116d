"""Drivers are found by name, and looked at before they are loaded."""

import os
import struct
import sys
from pathlib import Path

import pytest

from desktop.signing.modules import ENVIRONMENT, find_modules, look_at, softhsm_module


def _elf(machine: int) -> bytes:
    return b"\x7fELF\x02\x01\x01" + bytes(9) + struct.pack("<HH", 3, machine) + bytes(40)


def _pe(machine: int) -> bytes:
    return b"MZ" + bytes(58) + struct.pack("<I", 64) + b"PE\0\0" + struct.pack("<H", machine) + bytes(20)


def test_softhsm_is_found_and_can_be_loaded() -> None:
    module = softhsm_module()
    assert module is not None
    assert look_at(module).usable


def test_named_modules_come_first_and_each_once(tmp_path: Path) -> None:
    module = softhsm_module()
    assert module is not None
    link = tmp_path / "link.so"
    link.symlink_to(module)
    value = os.pathsep.join([str(link), str(module), str(tmp_path / "none.so")])
    assert [found.path for found in find_modules([(ENVIRONMENT, value)])][:1] == [module.resolve()]
    assert len({found.path for found in find_modules([(ENVIRONMENT, value)])}) == len(
        find_modules([(ENVIRONMENT, value)])
    )


@pytest.mark.skipif(sys.platform == "win32", reason="says what a Linux process can load")
@pytest.mark.parametrize(
    ("content", "said"),
    [
        (_elf(3), "32 bit"),
        (_elf(40), "loại máy khác"),
        (_pe(0x8664), "loại máy khác"),
        (_pe(0x14C), "32 bit"),
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
    assert "quyền đọc" in look_at(tmp_path / "none.so").problem


def test_software_tokens_count_only_where_somebody_set_them_up() -> None:
    softhsm = softhsm_module()
    assert softhsm is not None
    assert softhsm.resolve() not in [found.path for found in find_modules([])]
    assert [found.path for found in find_modules([("SOFTHSM2_CONF", "/x")])].count(softhsm.resolve()) == 1

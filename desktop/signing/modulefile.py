"""Looks into a library file before it is loaded: which machine it is for, and whether it is a PKCS#11 module at all.

Read by hand, as pefile and pyelftools read whole files and trust the counts they find there. Here every read is bounded
(`_LIMIT`) and every place is checked against the file, so a hostile file costs a refusal and nothing more.
"""

from __future__ import annotations

import os
import struct
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

ENTRY = b"C_GetFunctionList"
"""The one name every PKCS#11 module exports (PKCS#11 v2.40 base specification, section 5.4)."""
Machine = tuple[str, int]
PE_X64: Machine = ("pe", 0x8664)
_ELF_X64: Machine = ("elf", 62)
_ELF_ARM64: Machine = ("elf", 183)
_LIMIT = 8 * 1024 * 1024
_MAX_SECTIONS, _MAX_NAMES = 96, 65536
_DYNAMIC_SYMBOLS = 11
Read = Callable[[int, int], bytes]
"""Bytes at an offset, exactly as many as asked. Raises ValueError when the file has fewer or too many are asked."""


def problem_of(path: Path, machine: Machine | None = None) -> str:
    """Give the code of what keeps a file from being a module for `machine` (default: this one), "" when nothing does.

    Codes: module_unusable, module_wrong_bits, module_no_functions.
    """
    if not path.is_file():  # a pipe or a device would be waited for
        return "module_unusable"
    try:
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size

            def read(offset: int, length: int) -> bytes:
                if not (0 <= offset <= offset + length <= size and length <= _LIMIT):
                    raise ValueError(offset)
                file.seek(offset)
                return file.read(length)

            return _problem(read, machine or this_machine())
    except (OSError, ValueError, struct.error):
        return "module_unusable"


def this_machine() -> Machine:
    """Tell which libraries this process can load."""
    if sys.platform == "win32":
        return PE_X64
    return _ELF_ARM64 if os.uname().machine == "aarch64" else _ELF_X64


def _problem(read: Read, machine: Machine) -> str:
    found = _machine(read)
    if found != machine:
        return "module_wrong_bits"
    names = _pe_exports(read) if found[0] == "pe" else _elf_exports(read)
    return "" if ENTRY in names else "module_no_functions"


def _machine(read: Read) -> Machine:
    magic = read(0, 4)
    if magic == b"\x7fELF":
        little = read(5, 1) == b"\x01"
        return "elf", _number(read, 18, "<H" if little else ">H")
    header = _number(read, 60, "<I") if magic[:2] == b"MZ" else -1
    if header < 0 or read(header, 4) != b"PE\0\0":
        raise ValueError("no library")
    return "pe", _number(read, header + 4, "<H")


def _pe_exports(read: Read) -> Iterator[bytes]:
    """Names in the export directory (PE format, section 6.3); a 64-bit file's directories begin 112 bytes in."""
    header = _number(read, 60, "<I")
    sections, optional_size = _number(read, header + 6, "<H"), _number(read, header + 20, "<H")
    table = header + 24 + optional_size
    spans = [struct.unpack("<4I", read(table + 40 * i + 8, 16)) for i in range(min(sections, _MAX_SECTIONS))]

    def place(address: int) -> int:
        for size, start, raw_size, raw in spans:
            if start <= address < start + max(size, raw_size):
                return int(raw + address - start)
        raise ValueError(address)

    exports = _number(read, header + 24 + 112, "<I")
    if not exports:
        return
    directory = place(exports)
    count = min(_number(read, directory + 24, "<I"), _MAX_NAMES)
    names = place(_number(read, directory + 32, "<I")) if count else 0
    for (address,) in struct.iter_unpack("<I", read(names, 4 * count)):
        yield _text(read, place(address))


def _elf_exports(read: Read) -> Iterator[bytes]:
    """Defined names among the dynamic symbols of a 64-bit file (ELF, sections .dynsym and .dynstr)."""
    table, entry, count = _number(read, 40, "<Q"), _number(read, 58, "<H"), _number(read, 60, "<H")
    for index in range(count):
        if _number(read, table + index * entry + 4, "<I") == _DYNAMIC_SYMBOLS:
            offset, size, link = struct.unpack("<QQI", read(table + index * entry + 24, 20))
            strings = _number(read, table + link * entry + 24, "<Q")
            for name, section in struct.iter_unpack("<I2xH16x", read(offset, size - size % 24)):
                if section:
                    yield _text(read, strings + name)


def _text(read: Read, offset: int) -> bytes:
    """The name at a place, if it is as long as the one looked for."""
    try:
        return read(offset, len(ENTRY) + 1).removesuffix(b"\0")
    except ValueError:
        return b""  # a shorter name at the end of the file


def _number(read: Read, offset: int, form: str) -> int:
    return int(struct.unpack(form, read(offset, struct.calcsize(form)))[0])

"""The smallest libraries that Windows and Linux would take for ones, with a list of exported names."""

import struct
from collections.abc import Sequence

ENTRY = (b"C_Finalize", b"C_GetFunctionList", b"C_Initialize")


def a_dll(machine: int = 0x8664, exports: Sequence[bytes] = ENTRY) -> bytes:
    """A PE file with one section, loaded 0x1000 above its place, that holds the export directory."""
    start, load = 0x200, 0x1000
    directory = load
    table = directory + 40
    texts, places = b"", []
    for name in exports:
        places.append(table + 4 * len(exports) + len(texts))
        texts += name + b"\0"
    section = struct.pack("<24xI4xI4x", len(exports), table) + struct.pack(f"<{len(places)}I", *places) + texts
    head = b"MZ" + bytes(58) + struct.pack("<I", 64)
    coff = b"PE\0\0" + struct.pack("<HH12xHH", machine, 1, 240, 0x2022)
    optional = struct.pack("<H110x", 0x20B) + struct.pack("<II", directory, 40) + bytes(120)
    spans = b".edata\0\0" + struct.pack("<4I16x", len(section), load, len(section), start)
    return (head + coff + optional + spans).ljust(start, b"\0") + section


def an_elf(machine: int = 62, exports: Sequence[bytes] = ENTRY, *, defined: bool = True) -> bytes:
    """An ELF file with the sections .dynsym and .dynstr; `defined` False makes the names ones it wants of others."""
    strings, symbols = b"\0", bytes(24)
    for name in exports:
        symbols += struct.pack("<IBBHQQ", len(strings), 0x12, 0, 1 if defined else 0, 0, 0)
        strings += name + b"\0"
    at_symbols = 64
    at_strings = at_symbols + len(symbols)
    at_sections = at_strings + len(strings)
    ident = b"\x7fELF\x02\x01\x01".ljust(16, b"\0")
    head = ident + struct.pack("<HHIQQQIHHHHHH", 3, machine, 1, 0, 0, at_sections, 0, 64, 0, 0, 64, 3, 0)
    sections = bytes(64)
    sections += struct.pack("<IIQQQQIIQQ", 0, 11, 0, 0, at_symbols, len(symbols), 2, 0, 8, 24)
    sections += struct.pack("<IIQQQQIIQQ", 0, 3, 0, 0, at_strings, len(strings), 0, 0, 1, 0)
    return head + symbols + strings + sections

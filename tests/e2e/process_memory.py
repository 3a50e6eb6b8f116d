"""Reads the memory of another process and looks for what may stand in it, however it is written there."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

CHUNK = 1024 * 1024
NOTHING = bytes(64 * 1024)


def shapes(text: str) -> set[bytes]:
    """A text as Python, C and Qt keep it: UTF-8, UTF-16, UCS-4."""
    return {text.encode(), text.encode("utf-16-le"), text.encode("utf-32-le")}


def amount_shapes(amount: int) -> set[bytes]:
    """An amount in VND as text, plain and as people write it, and as a number of 64 bits or of a database row."""
    dotted = f"{amount:,}".replace(",", ".")
    numbers = {amount.to_bytes(8, "little"), amount.to_bytes(6, "big")}
    return numbers | shapes(str(amount)) | shapes(dotted)


def found(pid: int, secrets: Mapping[str, set[bytes]]) -> set[str]:
    """Names of the secrets that stand anywhere in what the process can write to."""
    sought, seen = dict(secrets), set[str]()
    longest = max(len(shape) for each in secrets.values() for shape in each)
    with Path(f"/proc/{pid}/mem").open("rb", buffering=0) as memory:
        for start, end in regions(pid):
            for at in range(start, end, CHUNK):
                content = read(memory.fileno(), at, min(CHUNK + longest, end - at))
                if content.startswith(NOTHING) and not content.strip(b"\0"):
                    continue  # never written to: thread stacks, reserves
                seen |= {name for name, each in sought.items() if any(shape in content for shape in each)}
                sought = {name: each for name, each in sought.items() if name not in seen}
    return seen


def regions(pid: int) -> Iterator[tuple[int, int]]:
    """Address ranges that can be read and written: heaps, stacks, buffers."""
    for line in Path(f"/proc/{pid}/maps").read_text().splitlines():
        place, rights = line.split()[:2]
        if rights.startswith("rw"):
            start, _, end = place.partition("-")
            yield int(start, 16), int(end, 16)


def read(handle: int, at: int, size: int) -> bytes:
    try:
        return os.pread(handle, size, at)
    except OSError:  # a page that is gone, or a device's
        return b""


def maps(pid: int) -> str:
    """Names of what the process has loaded, "" when it is gone."""
    try:
        return Path(f"/proc/{pid}/maps").read_text()
    except OSError:
        return ""


def open_files(pid: int) -> set[str]:
    """Names of the files a process has open."""
    names = set()
    for path in Path(f"/proc/{pid}/fd").iterdir():
        try:
            names.add(path.readlink().name)
        except OSError:  # closed meanwhile
            continue
    return names

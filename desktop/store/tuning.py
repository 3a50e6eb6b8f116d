"""Choose the cost of Argon2id for this machine: about half a second, whatever the machine, within fixed bounds.

Never below the least that OWASP names (19 MiB, 2 passes, 1 lane), never above 256 MiB: the store must open on another,
smaller machine too.
"""

from __future__ import annotations

import time

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from desktop.store.envelope import KdfParameters

SECONDS = 0.5
LEAST = KdfParameters(memory_kib=19 * 1024, passes=2, lanes=1)
"""OWASP Password Storage Cheat Sheet: Argon2id with m=19456, t=2, p=1."""
MOST_KIB = 256 * 1024
_MOST_PASSES = 8
_LANES = 4
_PROBE = KdfParameters(memory_kib=32 * 1024, passes=1, lanes=_LANES)
_MEMORY = (256, 192, 128, 96, 64, 48, 32, 24, 19)
"""MiB to choose from: much memory is worth more than many passes."""


def tune(seconds: float = SECONDS) -> KdfParameters:
    """Give the cost that takes about `seconds` on this machine now; measuring takes a tenth of that or so."""
    return fitting(_measured(_PROBE) / (_PROBE.memory_kib * _PROBE.passes), seconds)


def fitting(pace: float, seconds: float) -> KdfParameters:
    """Choose memory and passes where one KiB in one pass takes `pace` seconds: 3 passes if there is time, else 2."""
    budget = int(seconds / pace)
    for mib in _MEMORY:
        passes = min(budget // (mib * 1024), _MOST_PASSES)
        if passes >= 3 or (passes == 2 and mib <= 64):
            return KdfParameters(memory_kib=mib * 1024, passes=passes, lanes=_LANES)
    return LEAST


def _measured(kdf: KdfParameters) -> float:
    """The faster of two: whatever else the machine does just now must not make the key cheap for ever."""
    taken = []
    for _ in range(2):
        started = time.perf_counter()
        _once(kdf)
        taken.append(time.perf_counter() - started)
    return min(taken)


def _once(kdf: KdfParameters) -> None:
    maker = Argon2id(salt=b"s" * 16, length=32, iterations=kdf.passes, lanes=kdf.lanes, memory_cost=kdf.memory_kib)
    maker.derive(b"measured")

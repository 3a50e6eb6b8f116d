"""Chooses what goes into the next micro-batch: as many packages as fit the aim, in the outbox's order."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from desktop.sync.framing import pack_batch
from desktop.sync.ports import PackedBatch, Queued
from desktop.sync.protocol import MAX_BATCH_PACKAGES, MAX_BATCH_RAW_BYTES

WARY = 3
"""From this many attempts on a package travels alone, so that one that cannot pass holds nobody up."""


def next_batch(ready: Sequence[Queued], core_of: Callable[[str], bytes], target: int) -> PackedBatch:
    """Return the first packages of `ready` (not empty) whose compressed batch is within `target`, at least one."""
    first = ready[0]
    alone = [(first.package_id, core_of(first.package_id))] if first.attempts >= WARY else []
    chosen = alone or _candidates(ready, core_of)
    body = pack_batch(chosen)
    while len(body) > target and len(chosen) > 1:
        # The share that should fit, but always fewer than now, so that this ends.
        chosen = chosen[: max(1, min(len(chosen) - 1, len(chosen) * target // len(body)))]
        body = pack_batch(chosen)
    return PackedBatch(tuple(package_id for package_id, _ in chosen), body)


def _candidates(ready: Sequence[Queued], core_of: Callable[[str], bytes]) -> list[tuple[str, bytes]]:
    chosen: list[tuple[str, bytes]] = []
    room = MAX_BATCH_RAW_BYTES
    for item in ready:
        if item.attempts >= WARY:
            continue
        core = core_of(item.package_id)
        room -= len(core) + 36
        if chosen and (room < 0 or len(chosen) == MAX_BATCH_PACKAGES):
            break
        chosen.append((item.package_id, core))
    return chosen

"""What physics allows: the fewest bytes that carry the packages, and the time a perfect link would need for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.demo.linksim import PROFILES
from desktop.store.store import Store
from desktop.sync.framing import pack_batch
from desktop.sync.protocol import MAX_BATCH_PACKAGES


@dataclass(frozen=True)
class Limit:
    """`bytes_minimum`: all cores in full compressed batches, every part once. `seconds`: that over the bandwidth."""

    profile: str
    bytes_minimum: int
    seconds: float


def physical_limit(store: Store, package_ids: Sequence[str], profile: str) -> Limit:
    """The limit for some sealed packages over one of the simulator's links."""
    packages = [store.packages.get(package_id) for package_id in package_ids]
    cores = [(package.package_id, package.core) for package in packages]
    batches = [cores[start : start + MAX_BATCH_PACKAGES] for start in range(0, len(cores), MAX_BATCH_PACKAGES)]
    parts = {digest: size for package in packages for digest, size in package.parts}
    total = sum(len(pack_batch(batch)) for batch in batches) + sum(parts.values())
    return Limit(profile, total, total * 8 / PROFILES[profile].bits_per_second)

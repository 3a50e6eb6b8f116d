"""A sealed package as the one file that any tool can verify, rebuilt from what the store keeps apart."""

from __future__ import annotations

from desktop.signing.asice import join, write
from desktop.store.store import Store


def container(store: Store, package_id: str) -> bytes:
    """The ASiC-E file of a package, the same bytes every time. Raises StoreError not_found."""
    package = store.packages.get(package_id)
    parts = {digest: store.outbox.part(digest, 0, size) for digest, size in package.parts}
    return write(join(package.core, parts))

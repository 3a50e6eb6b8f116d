"""A sealed package as the one file that any tool can verify, rebuilt from what the store keeps apart."""

from __future__ import annotations

from desktop.desk.evidence import with_evidence
from desktop.signing.asice import Package, join, write
from desktop.store.store import Store


def container(store: Store, package_id: str) -> bytes:
    """The ASiC-E file of a package with the best evidence there is, under the same id. Raises StoreError not_found."""
    return write(whole(store, package_id))


def as_sent(store: Store, package_id: str) -> bytes:
    """The ASiC-E file as it was sealed and sent, the same bytes every time. Raises StoreError not_found."""
    return write(_sealed(store, package_id))


def whole(store: Store, package_id: str) -> Package:
    """The package itself, with the best evidence there is. Raises StoreError not_found."""
    return with_evidence(store, package_id, _sealed(store, package_id))


def _sealed(store: Store, package_id: str) -> Package:
    package = store.packages.get(package_id)
    parts = {digest: store.outbox.part(digest, 0, size) for digest, size in package.parts}
    return join(package.core, parts)

"""Judges the receipts that a locked program brought: its queue's key may be known to others, the Treasury's is not."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.desk.connection import TreasuryVerifier
from desktop.store.store import Store
from desktop.sync.protocol import SignedStatement
from desktop.sync.receipts import StatementRejected, core_objects, read_receipt


@dataclass(frozen=True)
class ReceiptProof:
    """What `Store.lock_for_sync` asks about each receipt; the keys and the package are the store's, not the queue's."""

    store: Store

    def __call__(self, package_id: str, statement: str, payload: bytes) -> bool:
        """Tell whether the Treasury of the enrolment signed that it holds this very package."""
        config, package = self.store.device.get(), self.store.packages.get(package_id)
        if config is None:
            return False
        verifier, objects = TreasuryVerifier(config.statement_keys), core_objects(package.core)
        try:
            said = SignedStatement.model_validate_json(statement)
            _, proved = read_receipt(said, package_id, verifier, objects, [sha256 for sha256, _ in package.parts])
        except (StatementRejected, ValueError):
            return False
        return proved == payload

"""Proves the demo's promises by asking both sides: the unit's store and the Treasury's own database."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from desktop.desk.verifying import verify_file
from desktop.signing.asice import join, write
from desktop.signing.device import verify_statement
from desktop.store.store import Store
from desktop.sync.protocol import Receipt, SignedStatement


@dataclass
class Proof:
    """Counts that must hold, and in words what did not."""

    delivered: int = 0
    duplicates: int = 0
    lost: int = 0
    altered: int = 0
    receipts_verified: int = 0
    packages_verified: int = 0
    broken: list[str] = field(default_factory=list)

    def need(self, holds: bool, promise: str) -> None:
        """Notes a promise that does not hold."""
        if not holds:
            self.broken.append(promise)


def prove(
    store: Store, ours: list[str], witness: dict[str, Any], out: Path, trust: list[Path], keys: dict[str, str]
) -> Proof:
    """Writes packages and receipts to `out` and compares both sides by digests."""
    proof = Proof()
    there = {item["package_id"]: item for item in witness["packages"]}
    for package_id in ours:
        _one_package(proof, store, package_id, there.get(package_id), out, trust, keys)
    extra = set(there) - set(ours)
    proof.duplicates = len(extra) + _doubled(witness)
    proof.need(proof.delivered == len(ours), f"Chỉ {proof.delivered} trên {len(ours)} gói đã tới.")
    proof.need(proof.duplicates == 0, f"{proof.duplicates} tác động bị lặp ở Kho bạc.")
    proof.need(proof.lost == 0, f"{proof.lost} gói bị mất.")
    proof.need(proof.altered == 0, f"{proof.altered} gói khác nhau giữa hai bên.")
    proof.need(proof.receipts_verified == len(ours), f"Chỉ {proof.receipts_verified} biên nhận kiểm tra được.")
    proof.need(proof.packages_verified == len(ours), f"Chỉ {proof.packages_verified} gói có chữ ký hợp lệ.")
    return proof


def _one_package(
    proof: Proof,
    store: Store,
    package_id: str,
    there: dict[str, Any] | None,
    out: Path,
    trust: list[Path],
    keys: dict[str, str],
) -> None:
    sealed = store.packages.get(package_id)
    parts = {digest: store.outbox.part(digest, 0, size) for digest, size in sealed.parts}
    container = write(join(sealed.core, parts))
    path = out / "packages" / f"{store.drafts.get(sealed.local_id).number}-{package_id[:12]}.asice"
    path.write_bytes(container)
    proof.packages_verified += bool(verify_file(path, trust)["ok"])
    if there is None or there["kind"] != "accepted":
        proof.lost += 1
        return
    proof.delivered += 1
    proof.altered += there["container_sha256"] != hashlib.sha256(container).hexdigest()
    proof.receipts_verified += _receipt_holds(store, package_id, out, keys)


def _receipt_holds(store: Store, package_id: str, out: Path, keys: dict[str, str]) -> bool:
    statement_json = store.packages.receipt(package_id)
    if statement_json is None:
        return False
    statement = SignedStatement.model_validate_json(statement_json)
    receipt = Receipt.model_validate(json.loads(verify_statement(statement, "receipt", keys)))
    (out / "receipts" / f"{receipt.receipt_no}.receipt.json").write_text(statement_json, "utf-8")
    return receipt.package_id == package_id


def _doubled(witness: dict[str, Any]) -> int:
    """Effects that happened more than once: money moved, receipts given or decisions made twice for one package."""
    doubled = 0
    for kind in ("paid_effects", "receipt_numbers", "final_decisions"):
        counts = Counter(witness[kind])
        doubled += sum(count - 1 for count in counts.values())
    return doubled

"""Proves the demo's promises by asking both sides: the unit's store and the Treasury's own database."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from desktop.desk.sealed import as_sent
from desktop.desk.verifying import verify_file
from desktop.signing.device import verify_statement
from desktop.signing.errors import StatementError
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


@dataclass(frozen=True)
class Evidence:
    """What is compared: the unit's store and packages, the Treasury's own `vungxa-gateway report`, and who vouches.

    `out` is the folder that gets packages/ and receipts/; `trust` are PEM files, `keys` the Treasury's statement keys.
    """

    store: Store
    ours: list[str]
    witness: dict[str, Any]
    out: Path
    trust: list[Path]
    keys: dict[str, str]


def prove(evidence: Evidence) -> Proof:
    """Writes packages and receipts and compares both sides by digests."""
    proof, ours = Proof(), evidence.ours
    there = {item["package_id"]: item for item in evidence.witness["packages"]}
    for package_id in ours:
        _one_package(proof, evidence, package_id, there.get(package_id))
    proof.duplicates = len(set(there) - set(ours)) + _doubled(evidence.witness)
    proof.need(proof.delivered == len(ours), f"Chỉ {proof.delivered} trên {len(ours)} gói đã tới.")
    proof.need(proof.duplicates == 0, f"{proof.duplicates} tác động bị lặp ở Kho bạc.")
    proof.need(proof.lost == 0, f"{proof.lost} gói bị mất.")
    proof.need(proof.altered == 0, f"{proof.altered} gói khác nhau giữa hai bên.")
    proof.need(proof.receipts_verified == len(ours), f"Chỉ {proof.receipts_verified} biên nhận kiểm tra được.")
    proof.need(proof.packages_verified == len(ours), f"Chỉ {proof.packages_verified} gói có chữ ký hợp lệ.")
    return proof


def _one_package(proof: Proof, evidence: Evidence, package_id: str, there: dict[str, Any] | None) -> None:
    store = evidence.store
    content = as_sent(store, package_id)
    number = store.drafts.get(store.packages.get(package_id).local_id).number
    path = evidence.out / "packages" / f"{number}-{package_id[:12]}.asice"
    path.write_bytes(content)
    proof.packages_verified += bool(verify_file(path, evidence.trust)["ok"])
    if there is None or there["kind"] != "accepted":
        proof.lost += 1
        return
    proof.delivered += 1
    proof.altered += there["container_sha256"] != hashlib.sha256(content).hexdigest()
    proof.receipts_verified += _receipt_holds(evidence, package_id, there["receipt_no"])


def _receipt_holds(evidence: Evidence, package_id: str, number_there: str) -> bool:
    """Whether our receipt is signed by the Treasury, names this package, and has the number that the Treasury keeps."""
    statement_json = evidence.store.packages.receipt(package_id)
    if statement_json is None:
        return False
    try:
        statement = SignedStatement.model_validate_json(statement_json)
        receipt = Receipt.model_validate(json.loads(verify_statement(statement, "receipt", evidence.keys)))
    except (StatementError, ValidationError, ValueError):
        return False
    (evidence.out / "receipts" / f"{receipt.receipt_no}.receipt.json").write_text(statement_json, "utf-8")
    return (receipt.package_id, receipt.receipt_no) == (package_id, number_there)


def _doubled(witness: dict[str, Any]) -> int:
    """Effects that happened more than once: a package stored, money moved, a receipt given or a decision made twice."""
    stored = [item["package_id"] for item in witness["packages"]]
    effects = [stored, *(witness[kind] for kind in ("paid_effects", "receipt_numbers", "final_decisions"))]
    return sum(count - 1 for names in effects for count in Counter(names).values())

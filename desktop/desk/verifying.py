"""Verifies a package file as `vungxa verify` reports it."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from desktop.desk.receipts import verify_receipt
from desktop.exchange.sniff import Kind, sniff
from desktop.signing.asice import read
from desktop.signing.trust import Trust
from desktop.signing.verify import SignerReport, VerifyReport, verify


def verify_file(path: Path, trust_paths: Sequence[Path]) -> dict[str, Any]:
    """The answer of docs/cli.md for `vungxa verify` on a package, or on a receipt.

    Raises ContainerError when the file is no package, TrustError when a PEM cannot be read; UnknownFile or
    StatementError for a receipt.
    """
    if sniff(path) is Kind.RECEIPT:
        return verify_receipt(path, trust_paths)
    trust = Trust.load(trust_paths, authorities=True) if trust_paths else None
    return report_json(verify(read(path), trust))


def report_json(report: VerifyReport) -> dict[str, Any]:
    """A verification report as plain JSON values."""
    return {
        "ok": report.ok,
        "package_id": report.package_id,
        "signers": [_signer(signer) for signer in report.signers],
        "objects": [{"name": name, "size": size, "sha256": sha256} for name, size, sha256 in report.objects],
        "problems": [dataclasses.asdict(problem) for problem in report.problems],
    }


def _signer(signer: SignerReport) -> dict[str, Any]:
    values = dataclasses.asdict(signer)
    values["roles"] = list(signer.roles)
    return values

"""Verifies a package file as `vungxa verify` reports it: by files of trust, or by what a unit trusts and recorded."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from asn1crypto import x509

from desktop.desk.receipts import verify_receipt
from desktop.desk.trusting import unit_trust
from desktop.dossier.acknowledgements import acknowledged_digest
from desktop.dossier.document import Level
from desktop.dossier.registration import forms_in
from desktop.exchange.sniff import Kind, sniff
from desktop.signing.asice import Package, package_id, read
from desktop.signing.errors import ContainerError
from desktop.signing.findings import Finding
from desktop.signing.reports import Expected, SignerReport, VerifyReport
from desktop.signing.trust import Trust
from desktop.signing.verify import verify
from desktop.store.store import Store

_UNKNOWN_STAMPER = "time_stamp_untrusted"
NO_AUTHORITY = (
    "Chưa kiểm được dấu thời gian của chữ ký {order}: chưa chỉ ra chứng thư của nơi cấp dấu thời gian. "
    "Thêm chứng thư đó bằng --trust."
)
FEWER_THAN_RECEIPT = "Biên nhận của Kho bạc ghi {there} chữ ký, tệp này có {here}. Lấy lại tệp từ máy đã ký."
OTHER_STANDS = (
    "Người nhận mà người ký cuối đã xác nhận trong chữ ký khác với kho dữ liệu của đơn vị. Kho có thể đã bị sửa: "
    "so với nhật ký và bản sao lưu."
)
UNSIGNED_STANDS = "Kho ghi người ký cuối đã xác nhận người nhận, nhưng chữ ký không mang xác nhận đó (ký từ bản cũ)."
NOT_HERE = "Kho dữ liệu của đơn vị không có gói này, nên chỉ kiểm được nội dung của tệp."


def verify_file(path: Path, trust_paths: Sequence[Path]) -> dict[str, Any]:
    """The answer of docs/cli.md for `vungxa verify` on a package, or on a receipt.

    Raises ContainerError when the file is no package, TrustError when a PEM cannot be read; UnknownFile or
    StatementError for a receipt.
    """
    if sniff(path) is Kind.RECEIPT:
        return verify_receipt(path, trust_paths)
    trust = Trust.load(trust_paths, authorities=True) if trust_paths else None
    report = verify(read(path), trust)
    return report_json(report if trust is None or _names_stamper(trust) else _stampers_unknown(report))


def verify_at_home(path: Path, store: Store) -> dict[str, Any]:
    """The same by what the unit trusts, compared with what its store recorded of the package and with its receipt.

    Raises ContainerError, UnknownFile, StoreError.
    """
    if sniff(path) is Kind.RECEIPT:
        device = store.device.get()
        return verify_receipt(path, (), device.statement_keys if device else {})
    package = read(path)
    levels = store.evidence.levels(_id(package))
    expected = Expected(len(levels), levels) if levels else None
    register = store.registrations.register_view().for_forms(forms_in(item.name for item in package.objects))
    registered = register if levels else None
    report = verify(package, unit_trust(store), registered=registered, expected=expected)
    found = [*_recorded(store, package, known=bool(levels)), *_stands(store, package, report, known=bool(levels))]
    errors = any(finding.level is Level.ERROR for finding in found)
    report = dataclasses.replace(report, ok=report.ok and not errors, problems=(*report.problems, *found))
    return {**report_json(report), "recorded": list(levels)}


def report_json(report: VerifyReport) -> dict[str, Any]:
    """A verification report as plain JSON values."""
    return {
        "ok": report.ok,
        "package_id": report.package_id,
        "level": report.level,
        "signers": [_signer(signer) for signer in report.signers],
        "objects": [{"name": name, "size": size, "sha256": sha256} for name, size, sha256 in report.objects],
        "problems": [dataclasses.asdict(problem) for problem in report.problems],
    }


def _signer(signer: SignerReport) -> dict[str, Any]:
    values = dataclasses.asdict(signer)
    values["roles"], values["missing"] = list(signer.roles), list(signer.missing)
    return values


def _recorded(store: Store, package: Package, *, known: bool) -> list[Finding]:
    """What the unit's own record says against a file, or that there is none."""
    if not known:
        return [Finding("not_in_store", NOT_HERE, Level.WARNING)]
    receipt = store.packages.receipt(_id(package))
    there = json.loads(json.loads(receipt)["payload"])["signers"] if receipt else len(package.signatures)
    if there == len(package.signatures):
        return []
    return [Finding("signers_differ", FEWER_THAN_RECEIPT.format(there=there, here=len(package.signatures)))]


def _stands(store: Store, package: Package, report: VerifyReport, *, known: bool) -> list[Finding]:
    """Whom the last signer stood for, by the signature and by the unit's record; who signed long ago said nothing."""
    recorded = acknowledged_digest(store.payee_stands.of_package(_id(package))).hex()
    signed = report.signers[-1].acknowledged if report.signers else ""
    if not known or signed == recorded:
        return []
    if not signed:
        return [Finding("acknowledgement_unsigned", UNSIGNED_STANDS, Level.WARNING)]
    return [Finding("acknowledgement_differs", OTHER_STANDS)]


def _id(package: Package) -> str:
    try:
        return package_id(package)
    except ContainerError:
        return ""


def _names_stamper(trust: Trust) -> bool:
    """Tell whether whoever chose whom to trust thought of time-stamps too."""
    uses = (x509.Certificate.load(der).extended_key_usage_value for der in (*trust.roots, *trust.intermediates))
    return bool(trust.tsa_roots) or any(use is not None and "time_stamping" in use.native for use in uses)


def _stampers_unknown(report: VerifyReport) -> VerifyReport:
    """Files that name only the signers' authorities say nothing of time-stamps: told, and judged without."""
    signers = tuple(_without_stamp(signer) for signer in report.signers)
    errors = any(problem.level is Level.ERROR for problem in report.problems)
    return dataclasses.replace(report, signers=signers, ok=not errors and all(signer.ok for signer in signers))


def _without_stamp(signer: SignerReport) -> SignerReport:
    told = Finding(_UNKNOWN_STAMPER, NO_AUTHORITY.format(order=signer.order), Level.WARNING)
    problems = tuple(told if problem.code == _UNKNOWN_STAMPER else problem for problem in signer.problems)
    return dataclasses.replace(
        signer, problems=problems, ok=not any(problem.level is Level.ERROR for problem in problems)
    )

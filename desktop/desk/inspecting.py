"""Says what a file is: a voucher of another program, a list, a signed package, a receipt or a document."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from desktop.desk.receipts import read_receipt_file
from desktop.dossier.descriptor import DESCRIPTOR_NAME, read_descriptor
from desktop.exchange.inspect import inspect
from desktop.exchange.inspect_list import inspect_list
from desktop.exchange.sniff import LISTS, Kind, sniff
from desktop.signing.asice import package_id, read


def inspect_file(path: Path, letters: str = "", kind: str = "", form: str = "") -> dict[str, Any]:
    """The answer of docs/cli.md for `vungxa inspect`; the choices concern spreadsheets only.

    Raises the errors of the reader concerned: DvcError, SpreadsheetError, ContainerError, UnknownFile, ExchangeError.
    """
    sniffed = sniff(path)
    if sniffed is Kind.PACKAGE:
        return _package(path)
    if sniffed is Kind.RECEIPT:
        return _receipt(path)
    if sniffed in LISTS:
        return inspect_list(path, letters, kind, form)
    return inspect(path)


def _package(path: Path) -> dict[str, Any]:
    package = read(path)
    descriptor = next((item.content for item in package.objects if item.name == DESCRIPTOR_NAME), None)
    objects = [
        {"name": item.name, "size": len(item.content), "sha256": hashlib.sha256(item.content).hexdigest()}
        for item in package.objects
    ]
    return {
        "ok": True,
        "kind": "package",
        "package_id": package_id(package),
        "signatures": len(package.signatures),
        "objects": objects,
        "dossier": read_descriptor(descriptor).model_dump(mode="json") if descriptor else None,
    }


def _receipt(path: Path) -> dict[str, Any]:
    statement, receipt = read_receipt_file(path)
    return {"ok": True, "kind": "receipt", "receipt": receipt.model_dump(mode="json"), "key_id": statement.key_id}

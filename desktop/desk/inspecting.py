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
from desktop.signing.errors import ContainerError
from desktop.signing.handover import looks_like_handover, read_handover

_HEAD = 200
"""Bytes that tell a hand-over file."""


def inspect_file(path: Path, letters: str = "", kind: str = "", form: str = "") -> dict[str, Any]:
    """The answer of docs/cli.md for `vungxa inspect`; the choices concern spreadsheets only.

    Raises the errors of the reader concerned: DvcError, SpreadsheetError, ContainerError, UnknownFile, ExchangeError.
    """
    if _begins_as_handover(path):
        return _handover(path)
    sniffed = sniff(path)
    if sniffed is Kind.PACKAGE:
        return _package(path)
    if sniffed is Kind.RECEIPT:
        return _receipt(path)
    if sniffed in LISTS:
        return inspect_list(path, letters, kind, form)
    return inspect(path)


def _begins_as_handover(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return looks_like_handover(file.read(_HEAD))
    except OSError:  # said by the reader that is asked next
        return False


def _handover(path: Path) -> dict[str, Any]:
    """What a hand-over file says of itself; whether it holds is said where it is taken."""
    try:
        read = read_handover(path)
    except ContainerError as error:
        if error.code != "handover_locked":
            raise
        return {"ok": True, "kind": "handover", "locked": True}
    drafts = [item.part.draft for item in read.dossiers]
    return {
        "ok": True,
        "kind": "handover",
        "locked": False,
        "direction": read.contents.kind,
        "unit": read.contents.unit,
        "machine": read.contents.machine,
        "at": read.contents.at,
        "dossiers": [{"local_id": one.local_id, "number": one.number, "title": one.title} for one in drafts],
    }


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

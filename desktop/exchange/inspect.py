"""Answers "what is this file?" for the files this room reads, in the shape the command line prints."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from desktop.exchange.dvc import NO_FORM, read_dvc_file
from desktop.exchange.dvc_statement import Statement
from desktop.exchange.inspect_list import inspect_list
from desktop.exchange.sniff import LISTS, Kind, sniff, unknown_file


def inspect(path: Path) -> dict[str, Any]:
    """Give {"ok": true, "kind": "dvc" | "document" | a kind of list, …} as docs/cli.md says.

    Raises DvcError, SpreadsheetError, or ExchangeError (unknown_kind) for a file of another room or of none.
    """
    kind = sniff(path)
    if kind in (Kind.DVC_XML, Kind.DVC_ZIP):
        return _voucher(path)
    if kind in LISTS:
        return inspect_list(path)
    if kind is Kind.DOCUMENT_JSON:
        return _document(path)
    raise unknown_file()


def _document(path: Path) -> dict[str, Any]:
    content = json.loads(path.read_bytes().decode("utf-8-sig"))
    if "form" in content:
        return {"ok": True, "kind": "document", "form": str(content["form"])}
    documents = content["documents"] if isinstance(content["documents"], list) else []
    forms = [str(item["form"]) if isinstance(item, dict) and "form" in item else None for item in documents]
    return {"ok": True, "kind": "document", "form": None, "documents": forms}


def _voucher(path: Path) -> dict[str, Any]:
    result = read_dvc_file(path)
    if isinstance(result, Statement):
        return _statement(result)
    return {
        "ok": True,
        "kind": "dvc",
        "form": result.form,
        "number": result.number,
        "date": result.date,
        "total": result.total,
        "lines": result.lines,
        "document": result.document.model_dump(mode="json"),
        "missing": result.missing,
        "differences": result.differences,
        "report": result.report,
    }


def _statement(found: Statement) -> dict[str, Any]:
    """A list of payments has rows to copy, and no form."""
    return {
        "ok": True,
        "kind": "dvc",
        "form": None,
        "number": found.number,
        "date": None,
        "total": found.total,
        "lines": len(found.rows),
        "document": None,
        "rows": found.rows,
        "missing": [],
        "differences": [NO_FORM, *found.differences],
        "report": "M01",
    }

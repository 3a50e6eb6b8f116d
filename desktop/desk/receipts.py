"""Receipts as files: read them, and check the Treasury's signature on them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from desktop.dossier.errors import VungXaError
from desktop.signing.device import verify_statement
from desktop.signing.errors import StatementError
from desktop.signing.statement_keys import load_keys
from desktop.sync.protocol import Receipt, SignedStatement

MAX_RECEIPT_BYTES = 256 * 1024
NO_KEY = "Chưa có khóa của Kho bạc nên chưa kiểm tra được chữ ký. Thêm --trust với tệp khóa lấy từ Kho bạc."


class UnknownFile(VungXaError):
    """It looks like a receipt and is none (unknown_kind)."""


def read_receipt_file(path: Path) -> tuple[SignedStatement, Receipt]:
    """The statement in a file and what it says; nothing is verified. Raises UnknownFile."""
    try:
        with path.open("rb") as handle:
            statement = SignedStatement.model_validate_json(handle.read(MAX_RECEIPT_BYTES))
        receipt = Receipt.model_validate(json.loads(statement.payload))
    except (OSError, ValueError, ValidationError) as error:
        raise UnknownFile(
            "unknown_kind", f"Tệp {path.name} giống biên nhận nhưng không đọc được. Lấy lại tệp từ máy đã nhận."
        ) from error
    return statement, receipt


def verify_receipt(path: Path, key_paths: Sequence[Path], known: Mapping[str, str] | None = None) -> dict[str, Any]:
    """The answer of docs/cli.md for `vungxa verify` on a receipt, by keys in files or those a unit knows.

    Raises UnknownFile, StatementError bad_key.
    """
    statement, receipt = read_receipt_file(path)
    problem = _problem(statement, {**load_keys(key_paths), **(known or {})})
    return {
        "ok": problem is None,
        "kind": "receipt",
        "receipt": receipt.model_dump(mode="json"),
        "key_id": statement.key_id,
        "problems": [problem] if problem else [],
    }


def _problem(statement: SignedStatement, keys: dict[str, str]) -> dict[str, str] | None:
    if not keys:
        return {"code": "key_not_given", "message": NO_KEY}
    try:
        verify_statement(statement, "receipt", keys)
    except StatementError as error:
        return {"code": error.code, "message": error.message}
    return None

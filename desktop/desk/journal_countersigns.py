"""Reads what the Treasury signed of a journal's head."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import ValidationError

from desktop.desk.errors import DeskError
from desktop.signing.device import verify_statement
from desktop.sync.protocol import JournalHead, SignedStatement


def read_countersign(statement: SignedStatement, keys: Mapping[str, str]) -> JournalHead:
    """Verify a statement of context "journal" and give what it says.

    Raises StatementError unknown_key, bad_signature, DeskError bad_countersign.
    """
    payload = verify_statement(statement, "journal", keys)
    try:
        return JournalHead.model_validate_json(payload)
    except ValidationError:
        raise DeskError(
            "bad_countersign", "Chữ ký xác nhận nhật ký không đúng quy cách. Cập nhật chương trình rồi thử lại."
        ) from None

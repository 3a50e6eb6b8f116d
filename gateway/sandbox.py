"""What the sandbox Treasury is told to do with a dossier that is to come, so that every ending can be practised."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence

from pydantic import TypeAdapter, ValidationError

from desktop.dossier.document import Dossier
from desktop.dossier.pack import form_of
from desktop.dossier.vouchers import same_number
from desktop.sync.protocol import DecisionKind, Figure
from gateway.decisions import Wish
from gateway.errors import GatewayError
from gateway.registry import find_unit

OUTCOMES = {
    "accept": DecisionKind.PAID,
    "return": DecisionKind.RETURNED,
    "supplement": DecisionKind.SUPPLEMENT,
    "mismatch": DecisionKind.MISMATCH,
}
_REASONS = {
    "return": "Hồ sơ chưa đúng quy định. Đề nghị đơn vị lập lại chứng từ và gửi hồ sơ mới.",
    "supplement": "Hồ sơ còn thiếu thành phần. Đề nghị đơn vị bổ sung một lần rồi gửi lại.",
    "mismatch": "Số liệu không khớp đúng. Hãy kiểm tra sổ và gửi lại bảng đối chiếu.",
    "accept": "",
}
_FIGURES: TypeAdapter[tuple[Figure, ...]] = TypeAdapter(tuple[Figure, ...])


def wish_for(
    connection: sqlite3.Connection,
    unit_code: str,
    number: str,
    outcome: str,
    amount: int | None = None,
    reason: str = "",
    figures: str = "[]",
) -> int:
    """Set what becomes of the next dossier of a number: a voucher's, the dossier's own, or a form's id ("M32").

    `amount` is VND to accept at most, `figures` JSON of Figure. Gives the wish's number. Raises GatewayError
    `unknown_unit`, `bad_wish`.
    """
    find_unit(connection, unit_code)
    try:
        _FIGURES.validate_json(figures)
    except ValidationError:
        raise _bad_wish() from None
    if not number.strip() or (amount is not None and (amount < 0 or outcome != "accept")):
        raise _bad_wish()
    row = connection.execute(
        "INSERT INTO wish (unit_code, number, outcome, amount, reason, figures) VALUES (?, ?, ?, ?, ?, ?) RETURNING id",
        (unit_code, same_number(number), outcome, amount, reason or _REASONS[outcome], figures),
    ).fetchone()
    return int(row[0])


def take_wish(connection: sqlite3.Connection, unit_code: str, dossier: Dossier, package_id: str) -> Wish | None:
    """Give what was set for this dossier, the oldest first, and use it up; None when nothing was."""
    names = _names(dossier)
    places = ", ".join("?" * len(names))
    row = connection.execute(
        f"SELECT * FROM wish WHERE unit_code = ? AND used_by IS NULL AND number IN ({places}) ORDER BY id LIMIT 1",  # noqa: S608 - ours
        (unit_code, *names),
    ).fetchone()
    if row is None:
        return None
    connection.execute("UPDATE wish SET used_by = ? WHERE id = ?", (package_id, row["id"]))
    figures = tuple(Figure.model_validate(item) for item in json.loads(row["figures"]))
    return Wish(OUTCOMES[row["outcome"]], row["reason"], row["amount"], figures)


def _names(dossier: Dossier) -> Sequence[str]:
    numbers = [str(document.fields.get("document_no") or "") for document in dossier.documents]
    forms = [form_of(document.form).id for document in dossier.documents]
    return sorted({same_number(name) for name in (dossier.number, *numbers, *forms) if name.strip()}) or [""]


def _bad_wish() -> GatewayError:
    return GatewayError(
        400,
        "bad_wish",
        "Lệnh cho kho bạc thử chưa đúng: cần số chứng từ, và số tiền chỉ đi với «accept». Hãy sửa rồi chạy lại.",
    )

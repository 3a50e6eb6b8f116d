"""Papers that the Treasury or a collector writes, refunds of revenue: announced to a unit as signed events."""

from __future__ import annotations

import json
import sqlite3
from datetime import datetime
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from desktop.dossier.dates import VIETNAM, instant
from desktop.dossier.document import Document
from desktop.dossier.errors import VungXaError
from desktop.dossier.pack import VERSION, form_of
from desktop.sync.protocol import PaperNotice, RefundNotice
from gateway.database import count
from gateway.errors import GatewayError
from gateway.feed import next_seq, publish
from gateway.registry import find_unit
from gateway.statements import StatementKey

if TYPE_CHECKING:
    from gateway.effects import Ruled

PAPERS = ("M04", "M05", "M06", "M07", "M33")
"""What only others write (forms.json: client_editable false)."""


def refusal(connection: sqlite3.Connection, ruled: Ruled, reason: str, seq: int) -> PaperNotice:
    """Write the Mẫu 33 of a refused dossier (Điều 6.2.k, 7.2.d), numbered within the office's year."""
    day = ruled.at.astimezone(VIETNAM)
    office = ruled.unit.treasury_code
    number = count(connection, f"notice-{office}-{day:%Y}")
    fields: dict[str, str | int | bool | None] = {
        "dossier_code": ruled.official_code,
        "issuer": ruled.unit.treasury_name.upper(),
        "notice_no": f"{number}/TB-{office}",
        "place_date": f"{day:%Y-%m-%d}",
        "after_check_by": ruled.unit.treasury_name,
        "refused_dossier_no": ruled.official_code,
        "refused_dossier_date": f"{day:%Y-%m-%d}",
        "refused_content": ruled.dossier.title,
        "reason": reason,
        "recipients": f"{ruled.unit.name}; lưu: VT, hồ sơ",
    }
    document = Document(form=form_of("M33").ref, fields=fields)
    return PaperNotice(
        seq=seq,
        at=instant(ruled.at),
        package_id=ruled.package_id,
        form="M33",
        pack=VERSION,
        document=document.model_dump(mode="json"),
        dossier_no=ruled.dossier.number,
    )


def publish_paper(connection: sqlite3.Connection, unit_code: str, text: str, key: StatementKey, at: datetime) -> int:
    """Hand a unit a paper that only others write, a Document as JSON; gives the event's number.

    Raises GatewayError `unknown_unit`, `bad_paper`.
    """
    find_unit(connection, unit_code)
    try:
        document = Document.model_validate_json(text)
        form = form_of(document.form)
    except (ValidationError, VungXaError):
        raise _bad_paper() from None  # the cause would quote the paper
    if form.id not in PAPERS:
        raise _bad_paper()
    seq = next_seq(connection, unit_code)
    content = document.model_dump(mode="json")
    publish(
        connection, unit_code, key, PaperNotice(seq=seq, at=instant(at), form=form.id, pack=VERSION, document=content)
    )
    return seq


def publish_refund(connection: sqlite3.Connection, unit_code: str, text: str, key: StatementKey, at: datetime) -> int:
    """Tell a unit where a refund stands, the members of RefundNotice as JSON without kind, seq, at.

    Gives the event's number. Raises GatewayError `unknown_unit`, `bad_refund`.
    """
    find_unit(connection, unit_code)
    seq = next_seq(connection, unit_code)
    try:
        told = RefundNotice.model_validate({**_members(text), "kind": "refund", "seq": seq, "at": instant(at)})
    except ValidationError as error:
        raise _bad_refund(".".join(str(step) for step in error.errors(include_input=False)[0]["loc"])) from None
    publish(connection, unit_code, key, told)
    return seq


def _members(text: str) -> dict[str, Any]:
    try:
        members = json.loads(text)
    except (ValueError, RecursionError):
        raise _bad_refund("") from None
    if not isinstance(members, dict):
        raise _bad_refund("")
    return members


def _bad_refund(where: str) -> GatewayError:
    return GatewayError(
        400,
        "bad_refund",
        f"Tệp lệnh hoàn trả chưa đúng ở «{where or 'toàn bộ tệp'}». Hãy sửa chỗ đó rồi chạy lại.",
    )


def _bad_paper() -> GatewayError:
    return GatewayError(
        400, "bad_paper", "Tệp không phải biên lai (Mẫu 04 đến 07) hay thông báo (Mẫu 33). Hãy chọn đúng tệp JSON."
    )

"""What a check looks at, and how it names the dossiers that something hurt belongs to."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from desktop.dossier.data_views import Damage
from desktop.store.attachments import Attachments
from desktop.store.database import Database
from desktop.store.errors import StoreError
from desktop.store.journal import Journal

RESTORE = "Khôi phục từ bản sao lưu gần nhất; nếu không có, cứu dữ liệu bằng «vungxa salvage»."
SHOWN = 5
_OWNERS = """
SELECT local_id FROM submissions JOIN submission_objects USING (submission_id) WHERE sha256 = :sha256
UNION SELECT local_id FROM drafts WHERE instr(body, :sha256) > 0 AND deleted_at IS NULL
"""


class Parts(NamedTuple):
    """One open store, as a check sees it; `attachments_folder` holds the sealed files."""

    database: Database
    attachments: Attachments
    journal: Journal
    folder: Path
    attachments_folder: Path


def owners(database: Database, sha256: str) -> tuple[str, ...]:
    """Return the local ids of the dossiers that hold a content; () when even that cannot be read."""
    try:
        return tuple(str(row["local_id"]) for row in database.rows(_OWNERS, {"sha256": sha256}))
    except StoreError:
        return ()


def named(database: Database, dossiers: Iterable[str]) -> str:
    """Return «hồ sơ số 0443, 0444» for local ids, "" for none; five are named, the rest counted."""
    ids = list(dossiers)
    if not ids:
        return ""
    words = ", ".join(_number(database, one) for one in ids[:SHOWN])
    more = f" và {len(ids) - SHOWN} hồ sơ khác" if len(ids) > SHOWN else ""
    return f"hồ sơ số {words}{more}"


def hurt_attachment(database: Database, sha256: str, *, gone: bool) -> Damage:
    """Say that the file of an attachment is gone or changed, and whose it is."""
    dossiers = owners(database, sha256)
    whose = named(database, dossiers)
    what = "không còn trong máy" if gone else "bị hỏng trong máy"
    sentence = (
        f"Một tệp đính kèm{f' của {whose}' if whose else ''} {what}. "
        "Lấy lại từ bản sao lưu, hoặc đính kèm lại tệp gốc; các hồ sơ khác không sao."
    )
    return Damage("attachment", sha256, sentence, dossiers)


def _number(database: Database, local_id: str) -> str:
    try:
        return str(database.value("SELECT number FROM drafts WHERE local_id = ?", (local_id,)) or local_id)
    except StoreError:
        return local_id

"""What a store must know once it was restored: that others may have heard more of it than it remembers.

Whatever has no receipt may have been sent after the backup, so the Treasury is asked before a byte of it leaves again;
numbers may have been given, so counting goes on further up; and the machine has a new name, since two may hold copies.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence

from desktop.dossier.backup_days import RECENT_DAYS, number_after
from desktop.dossier.dates import instant, local_time
from desktop.store.backup_file import Manifest
from desktop.store.store import Store

WHY = "Khôi phục từ bản sao lưu: hỏi Kho bạc trước khi gửi"
NAMES_SHOWN = 100


def mark(store: Store, manifest: Manifest, lost: Sequence[str]) -> tuple[int, tuple[str, ...]]:
    """Write it all down in one transaction; return how many packages are asked about and what is missing, by name."""
    database, at = store.backups.database, store.backups.now()
    with store.transaction():
        open_packages = [str(row["package_id"]) for row in database.rows(_OPEN)]
        store.outbox.mark_doubtful(open_packages, at, WHY)
        store.settings.renew_machine_id()
        _count_on(store, manifest, at)
        store.journal.append("", "restore", None, f"{manifest.at} {len(open_packages)}")
        store.outbox.log("info", _line(manifest, len(open_packages)), None, at)
    return len(open_packages), names(store, lost)


_OPEN = """
SELECT package_id FROM deliveries WHERE NOT cancelled AND state NOT IN ('delivered', 'refused')
    AND NOT EXISTS (SELECT 1 FROM receipts r WHERE r.package_id = deliveries.package_id)
ORDER BY queued_at, package_id
"""
_RECENT = "SELECT count(*) FROM drafts WHERE created_at >= ?"
_NAMED = """
SELECT d.number || ' · ' || json_extract(f.value, '$.name') AS name FROM drafts d, json_each(d.body, '$.attachments') f
WHERE json_extract(f.value, '$.sha256') IN (SELECT value FROM json_each(?)) ORDER BY d.number, name LIMIT ?
"""


def _count_on(store: Store, manifest: Manifest, at: str) -> None:
    """Leave a gap in the numbers of dossiers: nobody else knows which were given after the backup."""
    since = instant(dt.datetime.fromisoformat(manifest.at) - dt.timedelta(days=RECENT_DAYS))
    recent = int(store.backups.database.value(_RECENT, (since,)))
    counter = store.drafts.numbers_given()
    store.drafts.count_from(number_after(counter, recent, manifest.at, dt.datetime.fromisoformat(at)))


def _line(manifest: Manifest, asked: int) -> str:
    first = f"Đã khôi phục từ bản sao lưu lúc {local_time(manifest.at)}."
    return f"{first} Hỏi Kho bạc về {asked} gói trước khi gửi gì." if asked else first


def names(store: Store, lost: Sequence[str]) -> tuple[str, ...]:
    """Say missing attachments as people know them: the dossier's number and the file's name."""
    rows = store.backups.database.rows(_NAMED, (json.dumps(list(lost)), NAMES_SHOWN))
    return tuple(str(row["name"]) for row in rows)

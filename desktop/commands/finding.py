"""`vungxa find` and `vungxa shrink`: search over everything, and scans made smaller before they travel."""

from __future__ import annotations

from argparse import Namespace
from typing import Any

from desktop.commands.answer import NO, OK, Answer
from desktop.commands.creating import local_id_of
from desktop.commands.opening import opened
from desktop.desk.desk import Desk
from desktop.desk.finding import Finding
from desktop.desk.scanning import Scanning
from desktop.dossier.document import Attachment
from desktop.dossier.duties import Act
from desktop.dossier.errors import VungXaError
from desktop.dossier.finding import KIND_LABELS, Hit
from desktop.dossier.money import format_vnd
from desktop.dossier.scan_views import time_words


def find(args: Namespace) -> Answer:
    """Searches; exit 1 when nothing is found. Raises StoreError, DeskError."""
    with opened(args, Act.READ) as context:
        hits = Finding(context).find(args.text, args.limit, tuple(args.kind or ()))
    payload = {"ok": bool(hits), "hits": [hit._asdict() for hit in hits]}
    return Answer(payload, [_line(hit) for hit in hits] or ["Không tìm thấy gì."], OK if hits else NO)


def shrink(args: Namespace) -> Answer:
    """Makes a draft's scans smaller, or puts the originals back. Exit 1 when no file changed.

    Raises StoreError draft_frozen, not_found, DeskError.
    """
    with opened(args, Act.DRAFT) as context:
        scans, local_id = Scanning(context), local_id_of(Desk(context), args.number)
        found = scans.put_back_all(local_id) if args.put_back else scans.shrink_all(local_id)
    files = [_told(file, made) for file, made in found]
    changed = any(file["ok"] for file in files)
    lines = [_told_line(file, made) for file, made in found] or ["Hồ sơ này không có tệp đính kèm."]
    return Answer({"ok": changed, "local_id": local_id, "files": files}, lines, OK if changed else NO)


def _line(hit: Hit) -> str:
    parts = [KIND_LABELS[hit.kind], hit.title, hit.snippet, format_vnd(hit.amount) if hit.amount else ""]
    return " | ".join(part for part in parts if part)


def _told(file: Attachment, made: Attachment | VungXaError) -> dict[str, Any]:
    if isinstance(made, VungXaError):
        return {"ok": False, "name": file.name, "size": file.size, "code": made.code, "message": made.message}
    return {"ok": True, "name": made.name, "before": file.size, "after": made.size, "sha256": made.sha256}


def _told_line(file: Attachment, made: Attachment | VungXaError) -> str:
    if isinstance(made, VungXaError):
        return f"{file.name}: {made.message}"
    return f"{made.name}: {file.size} -> {made.size} byte, gửi mất {time_words(made.size)} ở 64 kbit/s"

"""`vungxa print --paper-pack`: a whole dossier on paper, recorded as handed in that way."""

from __future__ import annotations

from argparse import Namespace

from desktop.commands.answer import Answer
from desktop.commands.creating import local_id_of, opened_desk
from desktop.dossier.errors import VungXaError


class NoHome(VungXaError):
    """The pack of a dossier needs the unit's folder (no_home)."""


def paper_pack(args: Namespace) -> Answer:
    """Writes the pack and records the filing, both or neither. Raises NoHome, DeskError, StoreError."""
    if args.home is None:
        raise NoHome("no_home", "Ghi --home THƯ_MỤC của đơn vị để in bộ giấy của một hồ sơ.")
    with opened_desk(args) as desk:
        local_id = local_id_of(desk, args.paper_pack)
        pages = desk.file_on_paper(local_id, args.pdf, args.reason)
        number = desk.dossier(local_id).number
    payload = {"ok": True, "pdf": str(args.pdf), "pages": pages, "local_id": local_id, "number": number}
    return Answer(payload, [f"Đã ghi {args.pdf} ({pages} trang). Hồ sơ {number} đã ghi là nộp giấy."])

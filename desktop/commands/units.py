"""`vungxa units`: the units on this machine."""

from __future__ import annotations

from argparse import Namespace

from desktop.commands.answer import Answer
from desktop.desk.units_here import UnitHere, UnitsHere
from desktop.dossier.dates import local_time


def units(args: Namespace) -> Answer:
    """Lists the units, puts one on the list or takes one off. Raises DeskError no_unit, not_writable, StoreError."""
    here, said = UnitsHere(), list[str]()
    if args.add is not None:
        here.take(args.add)
        said.append("Đã ghi đơn vị vào danh sách.")
    if args.forget is not None:
        here.forget(args.forget)
        said.append("Đã bỏ khỏi danh sách; dữ liệu vẫn ở thư mục của đơn vị.")
    found = here.all()
    payload = {"ok": True, "units": [{**unit.model_dump(mode="json"), "there": unit.there} for unit in found]}
    return Answer(payload, [*said, *map(_line, found)] or ["Máy này chưa mở đơn vị nào."])


def _line(unit: UnitHere) -> str:
    last = f"mở gần nhất {local_time(unit.last_opened)}" if unit.last_opened else "chưa mở"
    return f"{unit.code}  {unit.name}: {unit.folder} ({last if unit.there else 'thư mục không có ở đây lúc này'})"

"""Whether a unit's own book and the Treasury's agree: given − used − held = left, line by line.

What the unit shows as used is the Treasury's word once that came, so what its own dossiers moved is added up besides.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from desktop.demo.home import DemoHome
from desktop.demo.month.books import booked
from desktop.store.store import Store

Line = tuple[int, str, str, str]
KEY = ("budget_year", "account", "source", "sector")


def balanced(unit: DemoHome, witness: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Sets each line of the unit's book beside that of `vungxa-gateway report`; amounts in VND."""
    record = unit.store.unit.get()
    there = {
        tuple(line[name] for name in KEY): line for line in witness["balances"] if line["unit_code"] == record.code
    }
    moved = _moved(unit.store)
    found = []
    for line in unit.store.estimates.all():
        key = (line.budget_year, line.account, line.source, line.sector)
        theirs = there.pop(key, None)
        left = line.given - line.used - line.held
        same = theirs is not None and (line.given, left) == (theirs["given"], theirs["remaining"])
        agrees = same and line.held == 0 and left == line.left and line.used == moved[key]
        found.append(
            {
                "unit": record.name,
                **dict(zip(KEY, key, strict=True)),
                "given": line.given,
                "used": line.used,
                "held": line.held,
                "left": line.left,
                "treasury": theirs["remaining"] if theirs else None,
                "agrees": agrees,
            }
        )
    found += [{"unit": record.name, **line, "agrees": False} for line in there.values()]
    return found


def _moved(store: Store) -> Counter[Line]:
    """VND that left each line by the dossiers the Treasury accepted; a settlement moves nothing, its money had left."""
    moved: Counter[Line] = Counter()
    for posting in booked(store):
        if posting.cause != "settlement":
            moved[posting.budget_year, posting.account, posting.source, posting.sector] += posting.amount
    return moved

"""The recovery code on paper, to be locked away: the code in groups, what it opens and how it is used.

The page is made in memory; whoever asked for it decides where it goes.
"""

from __future__ import annotations

import json

from desktop.dossier.people import Unit
from desktop.exchange.paper_values import day_parts, plain
from desktop.exchange.printing import compile_page

_LONGEST = 24


def print_recovery(code: str, unit: Unit, day: str, store: str) -> bytes:
    """Give the PDF (A4, one page) of a code as `code_of` writes it: nine groups with dashes, the last one checks.

    `day` is YYYY-MM-DD, `store` the name of the unit's folder. Raises PrintError, AssetMissingError.
    """
    *groups, check = code.split("-")
    data = {
        "plain-title": "Mã khôi phục",
        "size": 12,
        "landscape": False,
        "secondary": False,
        "unit": plain(unit.name, _LONGEST),
        "unit-code": unit.code,
        "store": plain(store, _LONGEST),
        "day": day_parts(day),
        "groups": groups,
        "check": check,
    }
    return compile_page("recovery.typ", {"data": json.dumps(data, ensure_ascii=False)})

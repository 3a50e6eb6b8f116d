"""Shows results: an aligned table for people, JSON for programs."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence

from tests.bench.measure import Line

HEADINGS = ("what", "this", "baseline", "ratio", "unit", "baseline is")
Results = Sequence[tuple[str, Line]]


def text(results: Results) -> str:
    """Lay out the results under their rooms' names; numbers stand at the right."""
    rows = [(room, (line.what, *map(figure, (line.this, line.baseline, line.ratio)), line.unit, line.against))
            for room, line in results]  # fmt: skip
    widths = [max(len(row[place]) for row in (HEADINGS, *(row for _, row in rows))) for place in range(len(HEADINGS))]
    shown = [_row(HEADINGS, widths)]
    last = ""
    for room, row in rows:
        shown += [f"[{room}]"] if room != last else []
        shown.append(_row(row, widths))
        last = room
    return "\n".join(shown) + "\n"


def as_json(results: Results, *, quick: bool) -> dict[str, object]:
    """Give the results with what they were measured on: {"quick", "cores", "python", "results": [{…}]}."""
    return {
        "quick": quick,
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "results": [
            {
                "room": room,
                "what": line.what,
                "this": line.this,
                "baseline": line.baseline,
                "ratio": line.ratio,
                "unit": line.unit,
                "against": line.against,
            }
            for room, line in results
        ],
    }


def figure(value: float) -> str:
    """Write a number with three significant digits, whole from 100 on."""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}"


def _row(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = [
        cell.rjust(width) if place in (1, 2, 3) else cell.ljust(width)
        for place, (cell, width) in enumerate(zip(cells, widths, strict=True))
    ]
    return "  ".join(padded).rstrip()

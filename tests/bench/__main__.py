"""Runs the benchmarks: python -m tests.bench [--quick] [--only ROOM]… [--json FILE]."""

from __future__ import annotations

import argparse
import importlib
import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.bench.measure import Line
from tests.bench.table import as_json, text
from tests.bench.workbench import Workbench

ROOMS = (
    "dossier",
    "paper",
    "exchange",
    "store",
    "keys",
    "attachments",
    "backup",
    "journal",
    "signing",
    "verifying",
    "delivery",
    "editor",
    "startup",
)
"""Modules of this package; each has `lines(bench)`."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure what was asked for, print the table, write the JSON."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--only", action="append", choices=ROOMS, help="measure this room only; may be repeated")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the results as JSON too")
    parser.add_argument("--quick", action="store_true", help="fewer rounds and smaller data")
    options = parser.parse_args(arguments)
    results = list(_measure(options.only or ROOMS, quick=options.quick))
    sys.stdout.write(text(results))
    if options.json:
        content = json.dumps(as_json(results, quick=options.quick), ensure_ascii=False, indent=1)
        options.json.write_text(content + "\n", "utf-8")
    return 0


def _measure(rooms: Sequence[str], *, quick: bool) -> list[tuple[str, Line]]:
    results = []
    with tempfile.TemporaryDirectory(prefix="vungxa-bench-") as folder, Workbench(Path(folder), quick=quick) as bench:
        for room in rooms:
            module = importlib.import_module(f"tests.bench.{room}")
            for line in module.lines(bench):
                sys.stderr.write(f"{room}: {line.what}\n")
                results.append((room, line))
    return results


if __name__ == "__main__":
    sys.exit(main())

"""Writes the journal for others to keep: a spreadsheet, a CSV file, or a PDF laid out as a paper to be signed."""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from desktop.dossier.journal_views import JournalReport, JournalRow
from desktop.dossier.journal_words import told_time
from desktop.dossier.people import Unit
from desktop.exchange.errors import ExchangeError
from desktop.exchange.export import export_rows
from desktop.exchange.paper_values import day_parts, plain
from desktop.exchange.printing import compile_page

HEADERS = ("Mục", "Thời gian", "Người làm", "Việc", "Mã hồ sơ", "Chi tiết")
MOST_ON_PAPER = 5_000
"""Entries of one PDF, some 120 pages: laying out takes memory by the page, and nobody reads more on paper."""
_LONGEST = 24


class Period(NamedTuple):
    """The days of an export, "YYYY-MM-DD" in Việt Nam, "" for open."""

    since: str = ""
    until: str = ""


def export_journal(path: Path, rows: Iterable[JournalRow]) -> None:
    """Write entries as .xlsx or .csv, whole or not at all. Raises ExchangeError not_writable."""
    export_rows(path, HEADERS, ((row.seq, told_time(row.at), *row[2:]) for row in rows))


def print_journal(rows: Iterable[JournalRow], unit: Unit, period: Period, report: JournalReport, at: str) -> bytes:
    """Give the PDF (A4) of entries, with what an examination at `at` ("2026-11-23 14:05") said of the whole journal.

    Raises ExchangeError journal_too_long, PrintError, AssetMissingError.
    """
    shown = list(islice(rows, MOST_ON_PAPER + 1))
    if len(shown) > MOST_ON_PAPER:
        raise ExchangeError(
            "journal_too_long",
            f"Bản PDF chứa tối đa {MOST_ON_PAPER:,} mục. Chọn khoảng ngày ngắn hơn, hoặc xuất tệp .xlsx.".replace(
                ",", "."
            ),
        )
    day, _, hour = at.partition(" ")
    data = {
        "plain-title": "Nhật ký",
        "size": 10,
        "landscape": True,
        "secondary": False,
        "unit": _text(unit.name),
        "unit-code": unit.code,
        "hour": hour,
        "day": day_parts(day),
        "since": day_parts(period.since) if period.since else None,
        "until": day_parts(period.until) if period.until else None,
        "entries": report.entries,
        "sealed": report.sealed,
        "countersigned": report.countersigned,
        "hash": report.hash,
        "findings": [_text(finding.sentence) for finding in report.findings],
        "sound": report.ok,
        "rows": [[str(row.seq), told_time(row.at), *map(_text, row[2:])] for row in shown],
    }
    return compile_page("journal.typ", {"data": json.dumps(data, ensure_ascii=False)})


def _text(words: str) -> str:
    return plain(words, _LONGEST)

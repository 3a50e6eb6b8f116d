"""The book of a year as a paper: estimates line by line and deposit accounts, to be looked at and signed by hand."""

from __future__ import annotations

import json
from collections.abc import Sequence

from desktop.dossier.book import BookLine, DepositLine
from desktop.dossier.dates import local_time
from desktop.dossier.money import format_vnd
from desktop.dossier.people import Unit
from desktop.exchange.paper_values import day_parts, plain
from desktop.exchange.printing import compile_page

_LONGEST = 40
Row = dict[str, bool | list[str]]


def print_book(unit: Unit, year: int, lines: Sequence[BookLine], deposits: Sequence[DepositLine], at: str) -> bytes:
    """Give the PDF (A4, lying) of a year as of `at` ("2026-11-23 14:05"). Raises PrintError, AssetMissingError."""
    day, _, hour = at.partition(" ")
    as_of = max((line.as_of for line in lines), default="")
    data = {
        "plain-title": f"Số dư và dự toán năm {year}",
        "size": 10,
        "landscape": True,
        "secondary": False,
        "unit": plain(unit.name, _LONGEST),
        "unit-code": unit.code,
        "year": str(year),
        "hour": hour,
        "day": day_parts(day),
        "as-of": f"Kho bạc xác nhận lúc {local_time(as_of)}." if as_of else "Kho bạc chưa xác nhận số nào.",
        "lines": [_line(line) for line in lines],
        "deposits": [_deposit(line) for line in deposits],
    }
    return compile_page("book.typ", {"data": json.dumps(data, ensure_ascii=False)})


def _line(line: BookLine) -> Row:
    code = {"source": f"Nguồn {line.source}", "sector": line.sector, "item": line.econ or line.program, "total": ""}
    name = plain(f"{code[line.level]} {line.name}".strip(), _LONGEST)
    amounts = [format_vnd(amount) for amount in (line.given, line.used, line.held, line.left)]
    return {"bold": line.level in ("source", "total"), "cells": [name, *amounts, f"{round(line.ratio * 100)} %"]}


def _deposit(line: DepositLine) -> Row:
    amounts = [format_vnd(amount) for amount in (line.balance, line.held, line.usable)]
    return {"bold": False, "cells": [plain(f"{line.account} {line.name}", _LONGEST), *amounts]}

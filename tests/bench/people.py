"""Long lists of invented payees, all different, as Mẫu 20 and as a spreadsheet."""

from __future__ import annotations

from pathlib import Path

from desktop.demo.payroll import BANKS, FAMILY, GIVEN, GROUPS, HEADERS, MIDDLE
from desktop.dossier.document import Document, Row
from desktop.exchange.export import export_rows
from tests.unit.dossier.samples import LIST, change

GROUP_KEYS = ("civil_servants", "public_employees", "contract_workers", "others")


def beneficiaries(count: int) -> Document:
    """A Mẫu 20 with so many payees, which every rule is content with."""
    rows: list[Row] = [
        {"group": GROUP_KEYS[n * 4 // count], "name": _name(n), "account": _account(n), "bank": _bank(n),
         "amount": _amount(n)}
        for n in range(count)
    ]  # fmt: skip
    return change(LIST, rows=rows)


def spreadsheet(path: Path, count: int) -> Path:
    """An .xlsx with so many payees, as a payroll program exports it."""
    export_rows(path, HEADERS, payee_rows(count)[1:])
    return path


def payee_rows(count: int) -> list[tuple[str | int, ...]]:
    """A heading and so many payees, as a payroll program writes them."""
    rows = [(n + 1, _name(n), _account(n), _bank(n), _amount(n), GROUPS[n * 4 // count][0]) for n in range(count)]
    return [tuple(HEADERS), *rows]


def _name(n: int) -> str:
    return f"{FAMILY[n % len(FAMILY)]} {MIDDLE[n // 3 % len(MIDDLE)]} {GIVEN[n // 7 % len(GIVEN)]}"


def _account(n: int) -> str:
    return f"35082{n:08d}"


def _bank(n: int) -> str:
    return BANKS[n % len(BANKS)][0]


def _amount(n: int) -> int:
    return 2_340_000 + n * 1_000

"""Breaches in cells that follow from others of their row."""

from __future__ import annotations

from desktop.dossier.compute import fill
from desktop.dossier.document import Document, Value
from desktop.dossier.pack import form_of
from tests.unit.dossier.rule_case import Case


def line(form: str, **cells: Value) -> Document:
    """A form that holds one line in its last table, and nothing else."""
    found = form_of(form)
    return Document(form=found.ref, tables={found.line_tables[-1].key: [dict(cells)]})


def broken(rule: str, column: str, wrong: Value, says: str = "", level: str = "error", **cells: Value) -> Case:
    """A line whose computed cell is wrong, against the same line as the program fills it."""
    form = rule.split("-")[0]
    table = form_of(form).line_tables[-1].key
    place: dict[str, str | int] = {"table": table, "row": 0, "column": column}
    good = fill(line(form, **cells))
    return Case(rule, line(form, **cells | {column: wrong}), place, level, good, says=says, name=f"{column} {wrong}")


_SPLIT: dict[str, Value] = {"remit_amount": 1_000_000, "payee_amount": 10_000_000}
_TABLE_26: dict[str, Value] = {"carried": 5, "to_date": 20, "used_to_date": 12}
_TABLE_28: dict[str, Value] = {"advance_period": 3, "actual_period": 4, "advance_balance": 10, "actual_balance": 20}
_TABLE_31: dict[str, Value] = {
    "carried_estimate": 5,
    "carried_advance": 2,
    "initial": 10,
    "adjusted": -4,
    "used": 3,
    "cancelled": 1,
}
_WORK: dict[str, Value] = {"q_contract": "10", "q_before": "2.50", "q_now": "1.25", "price": 1000}

FORMULAS = [
    broken("M14-6", "amount", 11_500_000, "cột «Tổng số tiền» phải là 11.000.000 (cột (10) + cột (11))", **_SPLIT),
    broken("M14-6", "amount", None, "phải là 11.000.000", **_SPLIT),
    broken("M14-6", "amount", 5, "phải là 0"),
    broken("M18-6", "amount", 10_999_999, "(cột (9) + cột (10))", **_SPLIT),
    broken("I05A-1", "amount", 1, "(cột (8) + cột (9))", tax_amount=1, payee_amount=1),
    broken("M23-4", "total_vnd", 99, "phải là 100 (cộng 6 cột chi tiết)", dev_local_vnd=60, rec_local_vnd=40),
    broken("M23-4", "total_fc", "100.10", "phải là 100,00", dev_local_fc="60.50", rec_local_fc="39.50"),
    broken("M26-1", "usable", 24, "phải là 25", **_TABLE_26),
    broken("M26-2", "remaining", 8, "phải là 13 (cột (5) − cột (7))", **_TABLE_26),
    broken("M27-1", "usable", 24, **_TABLE_26),
    broken("M27-2", "remaining", 8, **_TABLE_26),
    broken("M28-1", "total_period", 8, "phải là 7", **_TABLE_28),
    broken("M28-2", "total_balance", 29, "phải là 30", **_TABLE_28),
    broken("M29-1", "total_period", 0, **_TABLE_28),
    broken("M29-2", "total_balance", 0, **_TABLE_28),
    broken("M31-1", "estimate_total", 21, "phải là 13", **_TABLE_31),
    broken("M31-2", "carry_estimate", 17, "phải là 9", **_TABLE_31),
    broken("M32-1", "closing", 2, "phải là 1 («Số dư đầu kỳ» + «", opening=1, increase=2, decrease=2),
    broken("I03A-1", "q_cum", "3.7", "phải là 3,75", "warning", **_WORK),
    broken("I03A-1", "v_now", 1000, "phải là 1.250 (cột (6) × cột (8))", "warning", **_WORK),
]

"""What one dossier of the month is: which unit makes it, when, how it is filled in, how it should end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from desktop.demo.month.writing import Writer

STAGES = ("Đầu tháng", "Tuần 2", "Tuần 3", "Tuần 4", "Cuối tháng", "Đối chiếu lại")
"""Stages in order: all of one is decided before the next begins."""
LAST_DAY = 4
"""The stage in which the books are compared."""
KNOWN, FIRST = {"year": "no"}, {"year": "first"}
"""Whether the Treasury has the decision on the estimate, or gets it with this dossier."""


@dataclass(frozen=True)
class Entry:
    """One dossier of the plan; `corrects` names the title of the one it is made in place of.

    `unit` is the key of an Office; `scan_bytes` the size of each paper that the case asks for, `record_bytes` that of
    the acceptance record where one is attached besides.
    """

    stage: int
    unit: str
    title: str
    purpose: str
    write: Writer
    answers: Mapping[str, str] = field(default_factory=dict)
    expect: str = "paid"
    corrects: str = ""
    scan_bytes: int = 6_000
    record_bytes: int = 0

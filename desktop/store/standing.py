"""Parts of SQL that every question to the book shares: whose postings count, and which amounts count already."""

from __future__ import annotations

from typing import TypedDict


class Without(TypedDict):
    """The dossier being checked and the package that it replaces, by local_id and package_id; "" for none."""

    exclude: str
    replaces: str


POSTED = "FROM posting_standing WHERE local_id != :exclude AND package_id IS NOT :replaces"
"""Postings but those of `Without`."""

CONFIRMED = "standing IN ('paid', 'booked')"
"""The Treasury decided."""

COMMITTED = "sum(CASE WHEN standing != 'released' AND (amount > 0 OR standing != 'held') THEN amount END)"
"""VND that is gone or may go: what takes counts at once, what gives back only when decided."""

"""The day that commands go by."""

from __future__ import annotations

import datetime as dt

from desktop.dossier.dates import VIETNAM


def today() -> str:
    """Today's date in Vietnam, YYYY-MM-DD."""
    return dt.datetime.now(VIETNAM).date().isoformat()

"""The errors of files in and out: one clear sentence in Vietnamese each, with a code that never changes."""

from __future__ import annotations

from desktop.dossier.errors import VungXaError


class ExchangeError(VungXaError):
    """A file could not be read or made; `message` says what to do next and holds nothing of the file's content."""


class DvcError(ExchangeError):
    """A voucher file of accounting software was refused; nothing of it was kept or run."""


class SpreadsheetError(ExchangeError):
    """A spreadsheet or CSV list could not be read as a whole; single bad cells are problems, not errors."""


class PrintError(ExchangeError):
    """A form could not be laid out on paper."""

"""What a use case refuses, apart from the rooms that it joins, so that light commands need not load those rooms."""

from __future__ import annotations

from desktop.dossier.errors import VungXaError


class DeskError(VungXaError):
    """A use case cannot be carried out as asked; the message says what to do next."""

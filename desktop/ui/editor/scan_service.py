"""What the tab of attachments asks to make a scan smaller. «Slow» calls run on a background thread."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from desktop.dossier.document import Attachment
from desktop.dossier.scan_views import ScanProposal
from desktop.ui.picture import Picture


class ScanService(Protocol):
    """Smaller scans, looked at before they are taken."""

    def propose(self, attachment: Attachment) -> ScanProposal:
        """Make a scan smaller and keep nothing. Raises VungXaError for what is no scan or small already. Slow."""
        ...

    def draw_before(self, proposal: ScanProposal, width: int) -> Sequence[Picture]:
        """Draw the scan as it is, `width` pixels wide. Slow."""
        ...

    def draw_after(self, proposal: ScanProposal, width: int) -> Sequence[Picture]:
        """Draw the smaller scan. Slow."""
        ...

    def take(self, proposal: ScanProposal) -> Attachment:
        """Keep the smaller scan; the caller puts it in the other's place. Slow."""
        ...

    def has_original(self, attachment: Attachment) -> bool:
        """Tell whether a smaller scan's original can be put back."""
        ...

    def put_back(self, attachment: Attachment) -> Attachment:
        """Give the original to be put back in place; both stay stored until somebody signs."""
        ...

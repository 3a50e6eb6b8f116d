"""What the page «Gửi kho bạc» asks of the rest of the program."""

from __future__ import annotations

from typing import Protocol

from desktop.dossier.views import DeliveryView


class DeliveryService(Protocol):
    """The queue as the store knows it, and the user's wishes about it. Called on the GUI thread."""

    def view(self) -> DeliveryView:
        """Give the page «Gửi kho bạc» as it stands."""
        ...

    def pause(self) -> None:
        """Stop all sending after the bytes in flight."""
        ...

    def resume(self) -> None:
        """Go on sending."""
        ...

    def send_now(self, package_id: str) -> None:
        """Put a package first in the queue."""
        ...

    def pause_item(self, package_id: str) -> None:
        """Hold one package back."""
        ...

    def resume_item(self, package_id: str) -> None:
        """Let a held package go on."""
        ...

    def test_link(self) -> None:
        """Wake the sync thread to try the link; the answer shows in the next `view`."""
        ...

"""What the window asks of tokens, and of dossiers that travel between machines. Errors for people are VungXaError."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from desktop.dossier.handover_views import HandoverLine, HandoverReport, HandoverView
from desktop.dossier.sign_views import NEVER, NOBODY, SignedPage, SignItem, SignProgress, TokenView
from desktop.ui.picture import Picture


class SigningService(Protocol):
    """What waits for whose signature, and token work.

    `tokens`, `sign` and `change_pin` are called on the token thread only; everything else is slow and may be called on
    any background thread.
    """

    def items(self, person_id: str) -> Sequence[SignItem]:
        """Give the dossiers whose next signature is this person's, with what is new about each. Slow."""
        ...

    def tokens(self) -> Sequence[TokenView]:
        """Give the plugged-in tokens, one per signing certificate."""
        ...

    def sign(
        self,
        serial: str,
        pin: str | None,
        local_ids: Sequence[str],
        progress: Callable[[SignProgress], None],
        cancelled: Callable[[], bool],
        *,
        final_try: bool = False,
        acknowledged: Mapping[str, Sequence[str]] = NOBODY,
        shown: Mapping[str, str] = NEVER,
    ) -> None:
        """Sign whole dossiers one by one, asking `cancelled` between them.

        `pin` is None for a reader with keys of its own; `final_try` says that a person agreed to use the last try;
        `acknowledged` names the payees stood for, `shown` what the signer saw (SignItem.mark), both by dossier. Raises
        VungXaError with code pin_wrong, pin_final_try, pin_locked or token_gone among others; what was signed before
        stays.
        """
        ...

    def change_pin(self, serial: str, old: str | None, new: str | None, *, final_try: bool = False) -> None:
        """Give a token another PIN, both None for a reader with keys of its own. Raises VungXaError."""
        ...

    def write_digest(self, path: Path, person_id: str, local_ids: Sequence[str]) -> None:
        """Write «Bảng kê trình ký» of these dossiers as PDF: sums, payees, what is new. Slow."""
        ...

    def paper(self, local_id: str) -> Sequence[SignedPage]:
        """Give the files of a frozen dossier that can be looked at. Slow."""
        ...

    def draw_signed(self, local_id: str, place: int, width: int) -> Sequence[Picture]:
        """Draw one of them from the signed bytes, `width` pixels wide. Slow.

        Raises VungXaError shown_differs when what would be shown is not what was signed.
        """
        ...


class HandoverService(Protocol):
    """Dossiers that travel between two machines of a unit for their signatures. Slow: called on background threads."""

    def hand_out(self, local_ids: Sequence[str], path: Path, passphrase: str = "") -> HandoverReport:
        """Write dossiers to a .vxky file, all or none; guests of another machine go back to it.

        Until they come home this machine does not sign them. Raises VungXaError.
        """
        ...

    def look(self, path: Path, passphrase: str = "") -> HandoverView:
        """Read and verify a file and say what taking it would do; nothing changes.

        Raises VungXaError handover_locked when it wants a passphrase, handover_passphrase for a wrong one, and others.
        """
        ...

    def take(self, path: Path, passphrase: str = "", replacing: Sequence[str] = ()) -> HandoverReport:
        """Take a file in; `replacing` names the dossiers whose copy here a person gave up. Raises VungXaError."""
        ...

    def take_back(self, local_id: str) -> None:
        """Stop waiting for the other machine: the dossier is signed here again. Raises VungXaError."""
        ...

    def drop_guest(self, local_id: str) -> None:
        """Take another machine's dossier off this one. Raises VungXaError."""
        ...

    def lines(self) -> Sequence[HandoverLine]:
        """Give the dossiers that are away, here as guests, or came home, the newest first."""
        ...

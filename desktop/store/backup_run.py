"""One piece of work that tells how far it is and can be called off between two pieces."""

from __future__ import annotations

from desktop.dossier.backup_views import BackupProgress, BackupStage, Cancelled, Progress
from desktop.store.backup_place import trouble


def _untold(_progress: BackupProgress) -> None:
    """Nobody listens."""


def _never() -> bool:
    return False


class Run:
    """Counts the bytes of the present stage; every step may raise StoreError with the code `when_cancelled`."""

    def __init__(
        self, progress: Progress | None, cancelled: Cancelled | None, when_cancelled: str = "backup_cancelled"
    ) -> None:
        self._tell = progress or _untold
        self._cancelled = cancelled or _never
        self._code = when_cancelled
        self._now = BackupProgress("database")

    def begin(self, stage: BackupStage, total: int = 0) -> None:
        """Start a stage of so many bytes, 0 when not known. Raises StoreError of the cancellation."""
        self._now = BackupProgress(stage, 0, total)
        self._step()

    def moved(self, count: int) -> None:
        """Count bytes that are done. Raises StoreError of the cancellation."""
        self._now = self._now._replace(done=self._now.done + count)
        self._step()

    def go_on(self) -> bool:
        """Tell whether nobody called it off."""
        return not self._cancelled()

    def stop(self) -> None:
        """Raise what says that it was called off."""
        raise trouble(self._code)

    def _step(self) -> None:
        self._tell(self._now)
        if self._cancelled():
            self.stop()

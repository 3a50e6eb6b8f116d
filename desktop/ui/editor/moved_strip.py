"""The strip over a draft that moved to a newer form pack when it was opened: what changed, so that nobody misses it."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.dossier.migrate import Change
from desktop.ui.kit.signs import Banner

MOST = 6
"""Lines shown; the rest is counted, and all of them stand in the tip."""


class MovedStrip(Banner):
    """Hidden until a draft moved, or could not move whole."""

    def __init__(self) -> None:
        super().__init__("amber", "file-up")
        self.setVisible(False)

    def show_changes(self, pack: str, changes: Sequence[Change], *, moved: bool) -> None:
        """Say what changed by moving to `pack`, or why the draft stays with `pack`."""
        self.setVisible(moved or bool(changes))
        lines = [f"• {change.message}" for change in changes]
        left = len(lines) - MOST
        shown = [*lines[:MOST], *([f"… và {left} chỗ khác."] if left > 0 else [])]
        done = f"Hồ sơ đã chuyển sang bộ mẫu {pack}, Ctrl+Z lùi lại được."
        title = done if moved else f"Hồ sơ còn theo bộ mẫu {pack} vì có mẫu đã bỏ."
        none = "Không có ô nào thay đổi." if moved else ""
        self.say(
            "amber" if changes else "blue", "triangle-alert" if changes else "info", title, "\n".join(shown) or none
        )
        self.setToolTip("\n".join(lines))

"""One page as pixels, as whoever drew it hands it over."""

from __future__ import annotations

from typing import Protocol


class Picture(Protocol):
    """One page as pixels: `rgba` holds width x height x 4 bytes, no padding."""

    @property
    def width(self) -> int:
        """Give the width in pixels."""
        ...

    @property
    def height(self) -> int:
        """Give the height in pixels."""
        ...

    @property
    def rgba(self) -> bytes:
        """Give the pixels, rows from the top."""
        ...

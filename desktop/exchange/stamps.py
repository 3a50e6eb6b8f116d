"""The visible mark of a signature on a PDF, and where on a printed form it belongs: under the title that signs."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from desktop.exchange.pages import opened
from desktop.exchange.printing import compile_page

WIDTH, HEIGHT = 71.0, 33.0
"""Points; under a title the forms leave 13 mm, and titles of one party stand as near as 26 mm."""
_BELOW, _EDGE, _GAP = 1.5, 20.0, 8.0
_LOOK = 60
"""Signs after a title in which «(Ký, …)» must stand."""
_SIGN_MARK = re.compile(r"\s*\(\s*Ký[^()]*\)", re.IGNORECASE)


@dataclass(frozen=True)
class StampPlace:
    """A box on a page (from 0), in points from the lower left corner; `title` is what it stands under, or ""."""

    page: int
    left: float
    bottom: float
    title: str = ""

    @property
    def box(self) -> tuple[int, int, int, int]:
        """Left, bottom, right, top."""
        left, bottom = round(self.left), round(self.bottom)
        return left, bottom, left + round(WIDTH), bottom + round(HEIGHT)


def stamp_page(name: str, title: str, time: str) -> bytes:
    """Give a PDF whose only page is the mark; the name is the certificate's, `time` as people read it."""
    data = {"name": name, "title": title, "time": time, "width": WIDTH, "height": HEIGHT}
    return compile_page("stamp.typ", {"data": json.dumps(data, ensure_ascii=False)})


def stamp_place(pdf: bytes, titles: tuple[str, ...], order: int) -> StampPlace:
    """Find the room under the first of `titles` that stands over «(Ký …)», else a box at the foot of the last page.

    `order` counts signatures from 1, so that boxes at the foot stand side by side. Raises PrintError bad_pdf.
    """
    with opened(pdf) as document:
        for index in range(len(document)):
            text = document[index].get_textpage()
            for title in titles:
                found = _under(text, title)
                if found is not None:
                    return StampPlace(index, *found, title)
        width, _ = document[len(document) - 1].get_size()
        across = max(1, int((width - 2 * _EDGE) // (WIDTH + _GAP)))
        row, column = divmod(order - 1, across)
        return StampPlace(len(document) - 1, _EDGE + column * (WIDTH + _GAP), _EDGE + row * (HEIGHT + _GAP))


def _under(text: Any, title: str) -> tuple[float, float] | None:
    searcher = text.search(title)
    while (found := searcher.get_next()) is not None:
        start, count = found
        after = text.get_text_range(start + count, min(_LOOK, text.count_chars() - start - count))
        mark = _SIGN_MARK.match(after)
        if mark is not None:
            letters = [text.get_charbox(index) for index in range(start, start + count)]
            below = [text.get_charbox(index) for index in range(start + count, start + count + mark.end())]
            return _beneath(letters, min(box[1] for box in (*letters, *below) if box[3] > box[1]))
    return None


def _beneath(letters: list[tuple[float, float, float, float]], lowest: float) -> tuple[float, float]:
    """The box centred under a title's letters, each (left, bottom, right, top), below its line «(Ký, …)»."""
    left, right = min(letter[0] for letter in letters), max(letter[2] for letter in letters)
    return max(0.0, (left + right - WIDTH) / 2), max(0.0, lowest - _BELOW - HEIGHT)

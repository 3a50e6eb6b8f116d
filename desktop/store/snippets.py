"""Says where in a dossier the words looked for stand, by reading a few small dossiers and never many large ones."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from desktop.dossier.fold import fold
from desktop.store.database import Database
from desktop.store.find_words import Wanted

LARGEST = 48 * 1024
"""Characters of a dossier that is read for this; a long list of payees is not."""
ALTOGETHER = 160 * 1024
LENGTH = 120
_AHEAD = 30


class Snippets:
    """Reads dossiers until it has read enough; after that it says nothing."""

    def __init__(self, database: Database, asked: Wanted) -> None:
        self._database = database
        self._words = sorted(asked.words, key=len, reverse=True)
        self._left = ALTOGETHER

    def of(self, draft: int) -> str:
        """Return the text of a draft, by its id, that holds most of the words; "" when none is found."""
        size = self._database.value("SELECT length(body) FROM drafts WHERE id = ?", (draft,)) if self._left > 0 else 0
        if not 0 < size <= LARGEST:
            return ""
        self._left -= size
        texts = list(_texts(json.loads(self._database.value("SELECT body FROM drafts WHERE id = ?", (draft,)))))
        best = max(texts, key=lambda text: sum(word in fold(text) for word in self._words), default="")
        return next((found for word in self._words if (found := _around(best, word))), "")


def _texts(value: Any) -> Iterator[str]:
    """Every text a person wrote; keys, names of contents and ticks are not."""
    if isinstance(value, dict):
        for key, item in value.items():
            if key not in ("local_id", "sha256", "media_type", "replaces", "pack", "copied_from"):
                yield from _texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)
    elif isinstance(value, str):
        yield value


def _around(text: str, word: str) -> str:
    place = fold(text).find(word)
    if place < 0:
        return ""
    start = max(0, place - _AHEAD)
    cut = text[start : start + LENGTH]
    return ("…" if start else "") + cut + ("…" if start + LENGTH < len(text) else "")

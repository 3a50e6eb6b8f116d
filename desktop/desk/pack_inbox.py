"""Where form packs that the Treasury announced arrive: verified by the unit's own keys and kept (docs/packs.md)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from pydantic import ValidationError

from desktop.desk.packs import MAX_BYTES, Packs, not_stored, words
from desktop.dossier.pack import PackError, Shelf
from desktop.store.packs import PackFolder
from desktop.sync.protocol import PackNotice

LATER = frozenset({"pack_newer_program", "pack_not_stored"})
"""What the next program, or a disk with room, may still make good."""


class PackInbox:
    """The sync thread's PackSink; it has a shelf of its own, since the window's belongs to the window's thread."""

    def __init__(
        self,
        announced: Callable[[], Sequence[bytes]],
        keys: Mapping[str, str],
        today: Callable[[], str],
        folder: PackFolder | None = None,
    ) -> None:
        self._announced = announced
        self._folder = folder or PackFolder()
        self._keys = keys
        self._packs = Packs(keys, self._folder, Shelf())
        self._today = today
        self._loaded = False

    def wanted(self) -> Sequence[PackNotice]:
        """See PackSink; what is too large to be a pack is never fetched."""
        notices = {notice.sha256: notice for notice in self._notices()}
        return [item for item in notices.values() if item.size <= MAX_BYTES and not self._folder.settled(item.sha256)]

    def _notices(self) -> Iterator[PackNotice]:
        for payload in self._announced():
            try:
                yield PackNotice.model_validate_json(payload)
            except ValidationError:
                continue  # of a later version, which the feed keeps unread (docs/protocol.md, section 6)

    def held(self, sha256: str) -> int:
        """See PackSink."""
        return self._folder.held(sha256)

    def append(self, sha256: str, offset: int, piece: bytes) -> None:
        """See PackSink. Raises PackError pack_not_stored."""
        with _kept():
            self._folder.append(sha256, offset, piece)

    def finish(self, notice: PackNotice) -> str | None:
        """See PackSink. Raises PackError."""
        content = self._folder.downloaded(notice.sha256, MAX_BYTES)
        with _kept():
            if hashlib.sha256(content).hexdigest() != notice.sha256:
                self._folder.drop(notice.sha256)
                return None
            return self._take(notice, content)

    def _take(self, notice: PackNotice, content: bytes) -> str:
        if not self._loaded:
            self._packs.load(self._today())
            self._loaded = True
        try:
            view = self._packs.take(content, self._today())
        except PackError as error:
            if error.code not in LATER:
                self._folder.refuse(notice.sha256)
            raise
        # A machine that was enrolled before there were packs has not remembered them yet.
        self._folder.pin(self._keys)
        return words(view)


@contextmanager
def _kept() -> Iterator[None]:
    try:
        yield
    except OSError:
        raise not_stored() from None

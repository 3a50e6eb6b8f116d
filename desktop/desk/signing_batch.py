"""One batch: one person, one PIN, many dossiers; each is signed whole or left alone, and what is done stays done."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Protocol

from desktop.desk.allowing import needs, reading
from desktop.desk.context import DeskContext
from desktop.desk.errors import DeskError
from desktop.desk.sealing import Sealer
from desktop.desk.signing_views import SigningViews
from desktop.dossier.descriptor import DESCRIPTOR_NAME
from desktop.dossier.duties import Act
from desktop.dossier.errors import VungXaError
from desktop.dossier.people import Person
from desktop.dossier.sign_views import SignProgress
from desktop.signing.batch import BatchItem, BatchResult, sign_batch
from desktop.signing.cades import SigningKey
from desktop.store.errors import FactError


class BatchKey(SigningKey, Protocol):
    """A key that tells how often its PIN was asked for."""

    @property
    def pin_uses(self) -> int:
        """How often the token was given the PIN, the login included."""
        ...

    @property
    def pin_each(self) -> bool:
        """Whether it wants the PIN before each signature."""
        ...


class SigningBatch:
    """Signs for one person and tells of every step; `on_sealed` is called after each package that is ready to send.

    `shown` holds SignItem.mark of what the signer saw, `acknowledged` the keys of the new and changed payees the signer
    stands for, both by dossier.
    """

    def __init__(
        self,
        context: DeskContext,
        person: Person,
        views: SigningViews,
        shown: Mapping[str, str],
        acknowledged: Mapping[str, Sequence[str]],
        progress: Callable[[SignProgress], None],
        on_sealed: Callable[[], None],
    ) -> None:
        self._context = context
        self._person = person
        self._shown = shown
        self._acknowledged = acknowledged
        self._progress = progress
        self._on_sealed = on_sealed
        self._sealer = Sealer(context, views)
        self._key: BatchKey | None = None

    @reading
    def waiting(self, local_ids: Sequence[str]) -> list[str]:
        """Which of them can be signed now. Those done already and those of others are told as such, without a PIN."""
        return [local_id for local_id in local_ids if self._can_sign(local_id)]

    @needs(Act.SIGN)
    def run(self, local_ids: Sequence[str], key: BatchKey, cancelled: Callable[[], bool]) -> None:
        """Signs one by one, each durable before the next is read. Raises TokenError, StoreError; what is done stays."""
        self._key = key
        for result in sign_batch(self._items(local_ids), key, self._context.clock, cancelled):
            self._take(result)
            if result.error is not None and result.stops:
                raise result.error

    def _can_sign(self, local_id: str) -> bool:
        if done := self._sealer.signed_at(local_id, self._person):
            self._tell(local_id, "signed", at=done)
            return False
        try:
            self._sealer.check_turn(local_id, self._person, self._given(local_id))
        except VungXaError as error:
            self._fail(local_id, error)
            return False
        return True

    def _items(self, local_ids: Sequence[str]) -> Iterator[BatchItem]:
        for local_id in local_ids:
            self._tell(local_id, "signing")
            try:
                item = self._sealer.item(local_id, self._person, self._given(local_id))
                self._refuse_unseen(item)
            except VungXaError as error:  # a scan that is damaged, a dossier just withdrawn: the others can go on
                self._fail(local_id, error)
            else:
                yield item

    def _given(self, local_id: str) -> Sequence[str]:
        return self._acknowledged.get(local_id, ())

    def _refuse_unseen(self, item: BatchItem) -> None:
        """Nothing is signed that was not shown: it may have been withdrawn, changed and submitted again since."""
        now = next(hashlib.sha256(held.content).hexdigest() for held in item.objects if held.name == DESCRIPTOR_NAME)
        if self._shown.get(item.local_id, now) != now:
            raise DeskError("changed_meanwhile", "Hồ sơ này đã đổi sau khi hiện ra. Đóng hộp ký, xem lại rồi ký.")

    def _take(self, result: BatchResult) -> None:
        if result.error is not None:
            self._fail(result.local_id, result.error, "stopped" if result.stops else "failed")
        elif result.signed is not None:
            at, given = self._context.now(), self._given(result.local_id)
            try:
                sealed = self._sealer.keep(result.local_id, result.signed, self._person, at, given)
            except (DeskError, FactError) as error:
                self._fail(result.local_id, error)
                return
            self._tell(result.local_id, "signed", at=at)
            if sealed:
                self._on_sealed()

    def _fail(self, local_id: str, error: VungXaError, state: str = "failed") -> None:
        self._tell(local_id, state, error.message, code=error.code)

    def _tell(self, local_id: str, state: str, message: str = "", *, at: str = "", code: str = "") -> None:
        uses, each = (self._key.pin_uses, self._key.pin_each) if self._key is not None else (0, False)
        self._progress(SignProgress(local_id, state, message, at, uses, each, code))

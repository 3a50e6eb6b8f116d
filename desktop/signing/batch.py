"""Signs many dossiers with one PIN entry: each whole or not at all, and what is done stays done.

Items are taken one at a time, so a thousand dossiers need the memory of one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from desktop.dossier.errors import VungXaError
from desktop.signing.asice import DataObject, Signed
from desktop.signing.cades import SigningKey, sign
from desktop.signing.claims import NO_CLAIMS, Claims
from desktop.signing.errors import TokenError


@dataclass(frozen=True)
class BatchItem:
    """One dossier waiting for one signature; `previous` are those it has, in order, `claims` what it is to say."""

    local_id: str
    objects: Sequence[DataObject]
    previous: Sequence[Signed] = ()
    claims: Claims = NO_CLAIMS


@dataclass(frozen=True)
class BatchResult:
    """What became of one dossier: `signed`, or `error` and nothing changed."""

    local_id: str
    signed: Signed | None = None
    error: VungXaError | None = None

    @property
    def stops(self) -> bool:
        """Tell whether the batch ended here: the token is of no more use until the PIN is entered again."""
        return isinstance(self.error, TokenError)


def sign_batch(
    items: Iterable[BatchItem],
    key: SigningKey,
    clock: Callable[[], datetime],
    cancelled: Callable[[], bool] = lambda: False,
) -> Iterator[BatchResult]:
    """Sign items in order, giving each result before the next item is taken.

    `cancelled` is asked between dossiers. A dossier whose own data is at fault fails alone; any TokenError ends
    the batch, and the items after it are not touched.
    """
    for item in _until(cancelled, items):
        result = _sign_one(item, key, clock)
        yield result
        if result.stops:
            return


def sign_item(item: BatchItem, key: SigningKey, when: datetime) -> Signed:
    """Sign one item. Raises as `sign` does."""
    return sign(item.objects, item.previous, key, when, item.claims)


def _until(cancelled: Callable[[], bool], items: Iterable[BatchItem]) -> Iterator[BatchItem]:
    waiting = iter(items)
    while not cancelled():
        try:
            item = next(waiting)
        except StopIteration:
            return
        yield item


def _sign_one(item: BatchItem, key: SigningKey, clock: Callable[[], datetime]) -> BatchResult:
    try:
        return BatchResult(item.local_id, signed=sign_item(item, key, clock()))
    except VungXaError as error:
        return BatchResult(item.local_id, error=error)

"""Batches: whole dossiers or nothing, cancel between them, and memory that does not grow."""

import itertools
from collections.abc import Iterator
from datetime import UTC, datetime

from desktop.demo.pki import DemoToken
from desktop.signing.asice import DataObject, Signed
from desktop.signing.batch import BatchItem, BatchResult, sign_batch
from desktop.signing.errors import ContainerError, TokenGone
from desktop.signing.tokens import TokenWorker
from tests.fixtures.tokens import TokenFault, open_key, resident


def _now() -> datetime:
    return datetime.now(UTC)


def _items(count: int) -> Iterator[BatchItem]:
    for number in range(count):
        yield BatchItem(f"d{number}", (DataObject("dossier.json", "application/json", b"%d" % number),))


def test_every_dossier_gets_its_own_signature(worker: TokenWorker, demo_tokens: list[DemoToken]) -> None:
    with open_key(worker, demo_tokens[1]) as key:
        results = list(sign_batch(_items(3), key, _now))
    assert [result.local_id for result in results if result.signed and not result.error] == ["d0", "d1", "d2"]
    assert len({result.signed.cms for result in results if result.signed}) == 3


def test_a_token_pulled_out_keeps_what_is_done_and_leaves_the_rest(fault: TokenFault) -> None:
    fault.set("absent_after=2")
    with fault.worker() as worker, open_key(worker, fault.token) as key:
        waiting = _items(5)
        results = list(sign_batch(waiting, key, _now))
    assert [(result.local_id, result.signed is not None, result.stops) for result in results] == [
        ("d0", True, False),
        ("d1", True, False),
        ("d2", False, True),
    ]
    assert isinstance(results[-1].error, TokenGone)
    assert next(waiting).local_id == "d3"


def test_cancel_takes_effect_between_dossiers(worker: TokenWorker, demo_tokens: list[DemoToken]) -> None:
    done: list[BatchResult] = []
    with open_key(worker, demo_tokens[1]) as key:
        results = sign_batch(_items(9), key, _now, cancelled=lambda: len(done) == 2)
        done += results
    assert [result.local_id for result in done] == ["d0", "d1"]


def test_a_dossier_with_a_broken_past_fails_alone(worker: TokenWorker, demo_tokens: list[DemoToken]) -> None:
    broken = BatchItem("broken", (DataObject("a", "text/plain", b""),), (Signed(b"<a/>", b"junk"),))
    with open_key(worker, demo_tokens[1]) as key:
        results = list(sign_batch([broken, *_items(1)], key, _now))
    assert isinstance(results[0].error, ContainerError)
    assert results[1].signed is not None


def test_a_long_batch_takes_the_memory_of_one_dossier(worker: TokenWorker, demo_tokens: list[DemoToken]) -> None:
    """Sixty dossiers of 100 kB that were kept would show; 1,000, signature by signature, in tests/bench/signing.py."""
    scans = (DataObject("scan.pdf", "application/pdf", bytes([number]) * 100_000) for number in range(90))
    with open_key(worker, demo_tokens[2]) as key:
        results = sign_batch((BatchItem("d", (scan,)) for scan in scans), key, _now)
        assert all(result.signed for result in itertools.islice(results, 30))
        before = resident(worker)
        assert sum(result.signed is not None for result in results) == 60
        assert resident(worker) - before < 2_000_000

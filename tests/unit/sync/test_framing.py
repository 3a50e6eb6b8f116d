"""Batches come apart as they were put together, and nothing else does."""

from __future__ import annotations

import hashlib
import tracemalloc

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.sync.framing import BatchLimits, FramingError, pack_batch, unpack_batch

ONE = [("ab" * 32, b"core")]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.binary(max_size=2000), min_size=1, max_size=25, unique=True))
def test_what_goes_in_comes_out(cores: list[bytes]) -> None:
    packages = [(hashlib.sha256(core).hexdigest(), core) for core in cores]
    assert unpack_batch(pack_batch(packages)) == packages


def test_the_same_batch_has_the_same_bytes() -> None:
    assert pack_batch(ONE) == pack_batch(ONE)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300))
def test_any_other_bytes_are_refused(noise: bytes) -> None:
    with pytest.raises(FramingError):
        unpack_batch(noise)


def compressed(raw: bytes) -> bytes:
    return zstandard.ZstdCompressor().compress(raw)


@pytest.mark.parametrize(
    ("packed", "code"),
    [
        (pack_batch(ONE)[:-1], "bad_batch"),
        (pack_batch(ONE) + b"x", "bad_batch"),
        (pack_batch(ONE) * 2, "bad_batch"),
        (pack_batch(ONE * 2), "bad_batch"),
        (compressed(b""), "bad_batch"),
        (compressed(bytes(35)), "bad_batch"),
        (compressed(bytes(32) + b"\xff\xff\xff\xff"), "bad_batch"),
        (compressed(bytes(5 * 1024 * 1024)), "too_large"),
        (b"x" * 300_000, "too_large"),
        (pack_batch([(f"{n:064x}", b"") for n in range(26)]), "too_large"),
    ],
)
def test_what_is_wrong_with_a_batch(packed: bytes, code: str) -> None:
    with pytest.raises(FramingError) as error:
        unpack_batch(packed)
    assert error.value.code == code


def test_a_bomb_costs_little_memory() -> None:
    bomb = compressed(bytes(400_000_000))
    tracemalloc.start()
    with pytest.raises(FramingError):
        unpack_batch(bomb, BatchLimits(raw=100_000))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 30_000_000


def test_a_window_larger_than_ours_is_refused() -> None:
    settings_of_sender = zstandard.ZstdCompressionParameters(window_log=27)
    worker = zstandard.ZstdCompressor(compression_params=settings_of_sender).compressobj()
    packed = worker.compress(b"x" * 100) + worker.flush()
    with pytest.raises(FramingError):
        unpack_batch(packed)

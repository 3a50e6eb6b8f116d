"""Parts keep what arrived, whatever happens to the connection, and never mix two senders' bytes."""

import asyncio
import hashlib
import os
from collections.abc import AsyncIterator, Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest

from gateway.errors import GatewayError
from gateway.parts import DigestMismatch, OffsetMismatch, PartStore, Stored

UNIT = "1098765"
CONTENT = bytes(range(256)) * 300
NAME = hashlib.sha256(CONTENT).hexdigest()
SIZE = len(CONTENT)


@pytest.fixture
def store(tmp_path: Path) -> PartStore:
    return PartStore(tmp_path, quota=10 * SIZE)


async def pieces(content: bytes, *, then: Exception | None = None, size: int = 4096) -> AsyncIterator[bytes]:
    for start in range(0, len(content), size):
        yield content[start : start + size]
    if then is not None:
        raise then


def append(store: PartStore, offset: int, body: AsyncIterator[bytes], name: str = NAME, length: int = SIZE) -> Stored:
    return asyncio.run(store.append(UNIT, name, Stored(offset, length), body))


def look(store: PartStore, name: str = NAME) -> Stored | None:
    return asyncio.run(store.look(UNIT, name))


def test_a_part_in_two_requests_is_whole(store: PartStore) -> None:
    assert append(store, 0, pieces(CONTENT[:50_000])) == Stored(50_000, SIZE)
    assert not store.whole(UNIT, NAME)
    assert append(store, 50_000, pieces(CONTENT[50_000:])).whole
    assert store.path(UNIT, NAME).read_bytes() == CONTENT


def test_what_arrived_before_the_connection_died_stays(store: PartStore) -> None:
    with pytest.raises(ConnectionError):
        append(store, 0, pieces(CONTENT[:9000], then=ConnectionError()))
    assert look(store) == Stored(9000, SIZE)


def test_nothing_is_known_of_a_part_never_sent(store: PartStore) -> None:
    assert look(store) is None


@pytest.mark.parametrize("offset", [1, 4999, 5001, SIZE])
def test_a_wrong_offset_is_answered_with_the_right_one(store: PartStore, offset: int) -> None:
    append(store, 0, pieces(CONTENT[:5000]))
    with pytest.raises(OffsetMismatch) as wrong:
        append(store, offset, pieces(b"x"))
    assert wrong.value.stored == Stored(5000, SIZE)


def test_bytes_that_are_not_the_named_ones_are_dropped(store: PartStore) -> None:
    with pytest.raises(DigestMismatch):
        append(store, 0, pieces(b"x" * SIZE))
    assert look(store) is None


def test_a_part_complete_when_the_gateway_died_is_found_whole(store: PartStore, tmp_path: Path) -> None:
    append(store, 0, pieces(CONTENT[:1]))
    (tmp_path / UNIT / f"{NAME}.{SIZE}.part").write_bytes(CONTENT)
    assert look(store) == Stored(SIZE, SIZE)
    assert store.whole(UNIT, NAME)


def test_sending_a_whole_part_again_changes_nothing(store: PartStore) -> None:
    append(store, 0, pieces(CONTENT))
    assert append(store, SIZE, pieces(b"")).whole
    assert store.path(UNIT, NAME).read_bytes() == CONTENT


def test_more_than_declared_is_turned_down(store: PartStore) -> None:
    with pytest.raises(GatewayError) as error:
        append(store, 0, pieces(CONTENT + b"x", size=1000))
    assert error.value.code == "bad_request"


def test_another_declared_length_starts_again(store: PartStore) -> None:
    append(store, 0, pieces(b"x" * 10), length=SIZE + 5)
    assert append(store, 0, pieces(CONTENT)).whole


def test_a_part_over_ten_megabytes_is_turned_down(store: PartStore) -> None:
    with pytest.raises(GatewayError) as error:
        append(store, 0, pieces(b"x"), length=10 * 1024 * 1024 + 1)
    assert error.value.status == 413


def test_unfinished_parts_have_a_quota(store: PartStore) -> None:
    for number in range(10):
        append(store, 0, pieces(b"x"), name=hashlib.sha256(bytes([number])).hexdigest())
    with pytest.raises(GatewayError) as error:
        append(store, 0, pieces(b"x"))
    assert error.value.code == "quota"


def _two_senders(newer: Callable[[PartStore], Coroutine[Any, Any, Any]], store: PartStore) -> BaseException | None:
    """Start a sender, let a newer request come when half is there, then give the old one more bytes; its error."""

    async def play() -> BaseException | None:
        half_there, go_on = asyncio.Event(), asyncio.Event()

        async def slow() -> AsyncIterator[bytes]:
            yield CONTENT[:1000]
            half_there.set()
            await go_on.wait()
            yield b"late bytes of a dead connection"

        old = asyncio.create_task(store.append(UNIT, NAME, Stored(0, SIZE), slow()))
        await half_there.wait()
        await newer(store)
        go_on.set()
        return (await asyncio.gather(old, return_exceptions=True))[0]

    return asyncio.run(play())


def test_looking_stops_an_older_writer(store: PartStore) -> None:
    assert isinstance(_two_senders(lambda s: s.look(UNIT, NAME), store), OffsetMismatch)
    assert look(store) == Stored(1000, SIZE)


def test_a_newer_writer_stops_an_older_one(store: PartStore) -> None:
    rest = lambda s: s.append(UNIT, NAME, Stored(1000, SIZE), pieces(CONTENT[1000:]))  # noqa: E731
    assert isinstance(_two_senders(rest, store), OffsetMismatch)
    assert store.path(UNIT, NAME).read_bytes() == CONTENT


def test_only_parts_long_abandoned_are_swept(store: PartStore, tmp_path: Path) -> None:
    append(store, 0, pieces(b"x"))
    assert store.sweep() == 0
    os.utime(tmp_path / UNIT / f"{NAME}.{SIZE}.part", (0, 0))
    assert store.sweep() == 1
    assert look(store) is None

"""Attachments: stored once, encrypted, readable at any offset; a crash leaves nothing and damage is found."""

import os
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.store import sealed_file
from desktop.store.errors import StoreError
from desktop.store.store import ATTACHMENTS, Store
from tests.contract.store_kit import make

SCAN = b"%PDF-1.7 " + bytes(range(256)) * 600


def files(store: Store) -> list[Path]:
    return sorted((store.folder / ATTACHMENTS).iterdir())


def test_same_content_is_stored_once_under_any_name(store: Store) -> None:
    first, second = store.attachments.add(SCAN, "a.pdf"), store.attachments.add(SCAN, "b.pdf")
    assert (first.name, second.name) == ("a.pdf", "b.pdf")
    assert first.sha256 == second.sha256
    assert first.media_type == "application/pdf"
    assert len(files(store)) == 1
    assert store.attachments.open_bytes(first.sha256) == SCAN


def test_file_can_be_given_by_path(store: Store, tmp_path: Path) -> None:
    (tmp_path / "quét.pdf").write_bytes(SCAN)
    assert store.attachments.add(tmp_path / "quét.pdf", "quét.pdf").size == len(SCAN)
    with pytest.raises(StoreError) as error:
        store.attachments.add(tmp_path / "không có", "x")
    assert error.value.code == "attachment_unreadable"


@settings(max_examples=60, deadline=None)
@given(st.sampled_from([1, 65_535, 65_536, 65_537, 131_072, 200_000]), st.integers(0, 210_000), st.integers(0, 140_000))
def test_any_part_reads_like_a_slice(
    tmp_path_factory: pytest.TempPathFactory, total: int, offset: int, size: int
) -> None:
    content, key, prefix = os.urandom(total), os.urandom(32), os.urandom(7)
    path = tmp_path_factory.mktemp("sealed") / "file"
    path.write_bytes(sealed_file.seal(content, key, prefix))
    assert sealed_file.read_at(path, key, prefix, total, offset, size) == content[offset : offset + size]


def flip(content: bytes) -> bytes:
    return content[:70_000] + bytes([content[70_000] ^ 1]) + content[70_001:]


def swap(content: bytes) -> bytes:
    chunk = sealed_file.CHUNK + sealed_file.TAG
    return content[chunk : 2 * chunk] + content[:chunk] + content[2 * chunk :]


@pytest.mark.parametrize("harm", [flip, swap, lambda c: c[:-1], lambda c: c[:65_552], lambda c: c[:0]])
def test_damage_is_found_wherever_it_is(store: Store, harm: object) -> None:
    kept = store.attachments.add(SCAN, "a.pdf")
    files(store)[0].write_bytes(harm(files(store)[0].read_bytes()))  # type: ignore[operator]
    with pytest.raises(StoreError) as error:
        store.attachments.open_bytes(kept.sha256)
    assert error.value.code == "attachment_damaged"


def test_file_cut_at_a_chunk_is_damage_even_if_its_size_was_changed_too(tmp_path: Path) -> None:
    key, prefix = os.urandom(32), os.urandom(7)
    sealed = sealed_file.seal(bytes(2 * sealed_file.CHUNK), key, prefix)
    (tmp_path / "file").write_bytes(sealed[: sealed_file.CHUNK + sealed_file.TAG])
    with pytest.raises(StoreError):
        sealed_file.read_at(tmp_path / "file", key, prefix, sealed_file.CHUNK, 0, 10)


def test_lost_file_is_written_again_when_attached_again(store: Store) -> None:
    kept = store.attachments.add(SCAN, "a.pdf")
    before = files(store)[0].read_bytes()
    files(store)[0].unlink()
    store.attachments.add(SCAN, "a.pdf")
    assert files(store)[0].read_bytes() == before
    assert store.attachments.open_bytes(kept.sha256) == SCAN


def test_sweep_takes_what_a_crash_left_and_nothing_else(store: Store) -> None:
    kept = store.attachments.add(SCAN, "a.pdf")
    folder = store.folder / ATTACHMENTS
    (folder / "orphan").write_bytes(b"x")
    (folder / "fresh.tmp").write_bytes(b"x")
    (folder / "stale.tmp").write_bytes(b"x")
    os.utime(folder / "stale.tmp", (time.time() - 7200,) * 2)
    assert sorted(store.attachments.sweep()) == ["orphan", "stale.tmp"]
    assert store.attachments.open_bytes(kept.sha256) == SCAN


def test_unknown_content_is_said(store: Store) -> None:
    with pytest.raises(StoreError) as error:
        store.attachments.open_bytes("0" * 64)
    assert error.value.code == "not_found"


def test_file_moved_to_another_store_tells_nothing(store: Store, tmp_path: Path) -> None:
    kept = store.attachments.add(SCAN, "a.pdf")
    with make(tmp_path / "other") as other:
        other.attachments.add(SCAN, "a.pdf")
        assert files(other)[0].name != files(store)[0].name
        files(other)[0].write_bytes(files(store)[0].read_bytes())
        with pytest.raises(StoreError):
            other.attachments.open_bytes(kept.sha256)

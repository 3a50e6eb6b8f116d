"""What signatures share is kept once and comes back as the same bytes, whatever it is."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.store.database import Database
from desktop.store.errors import StoreError
from desktop.store.evidence_pieces import EvidencePieces, Piece
from desktop.store.keys import new_master_key
from desktop.store.upgrade import upgrade

AT = "2026-11-23T08:00:00Z"


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    with Database(tmp_path_factory.mktemp("pieces") / "x", new_master_key()) as found:
        upgrade(found)
        yield found


@pytest.fixture
def pieces(database: Database) -> EvidencePieces:
    return EvidencePieces(database, lambda: AT)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from([b"a", b"ab", b"aba", b"bb", b"", b"c" * 40, b"abcd"]), max_size=12), st.data())
def test_whatever_is_cut_comes_back(database: Database, words: list[bytes], data: st.DataObject) -> None:
    """Pieces that overlap, lie within each other, occur often or never."""
    whole, pieces = b"".join(words), EvidencePieces(database, lambda: AT)
    chosen = data.draw(st.lists(st.sampled_from([b"a", b"ba", b"aba", b"c" * 40, b"zz", b"", whole]), max_size=5))
    with database.transaction():
        rest, cuts = pieces.cut(whole, [Piece(one) for one in chosen])
    assert pieces.put_back(rest, cuts, {}) == whole
    assert len(rest) + sum(len(pieces.put_back(b"", [(0, piece)], {})) for _, piece in cuts) == len(whole)


def test_a_list_is_kept_once_and_packed(database: Database, pieces: EvidencePieces) -> None:
    content = os.urandom(5000) + bytes(95_000)
    with database.transaction():
        first = pieces.cut(b"one" + content + b"end", [Piece(content, "issuer", AT)])
        second = pieces.cut(b"other" + content, [Piece(content, "issuer", AT)])
    assert ([first[0], second[0]], first[1][0][1]) == ([b"oneend", b"other"], second[1][0][1])
    packed = database.value("SELECT length(packed) FROM evidence_pieces WHERE size = 100000")
    assert 5000 < packed < 6000


def test_the_newest_list_of_each_issuer_is_named(database: Database, pieces: EvidencePieces) -> None:
    made = [("first", "2026-11-20"), ("first", "2026-11-22"), ("first", "2026-11-21"), ("second", "2026-10-01")]
    contents = [Piece(os.urandom(64), issuer, instant) for issuer, instant in made]
    with database.transaction():
        pieces.cut(b"".join(one.content for one in contents), [*contents, Piece(os.urandom(9))])
    newest = {item.issuer: item for item in pieces.newest_lists() if item.issuer in ("first", "second")}
    assert {issuer: item.this_update for issuer, item in newest.items()} == dict([made[1], made[3]])
    assert [pieces.content(newest[issuer].sha256) for issuer in ("first", "second")] == [
        contents[1].content,
        contents[3].content,
    ]
    assert pieces.content("0" * 64) == b""


def _cut_off(database: Database) -> None:
    with database.transaction():
        EvidencePieces(database, lambda: AT).cut(b"whole", [Piece(b"hole")])
        raise KeyboardInterrupt


def test_work_that_is_cut_off_leaves_no_piece(tmp_path: Path) -> None:
    with Database(tmp_path / "x", new_master_key()) as database:
        upgrade(database)
        with pytest.raises(KeyboardInterrupt):
            _cut_off(database)
        assert database.value("SELECT count(*) FROM evidence_pieces") == 0


@pytest.mark.parametrize("sql", ["UPDATE evidence_pieces SET packed = x'00'", "DELETE FROM evidence_pieces"])
def test_pieces_never_change_and_never_go(database: Database, pieces: EvidencePieces, sql: str) -> None:
    with database.transaction():
        pieces.cut(b"kept for good", [Piece(b"kept")])
    with pytest.raises(StoreError), database.transaction():
        database.run(sql)

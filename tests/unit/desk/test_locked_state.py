"""What a locked window tells the fresh one: read as it was written, and nothing else believed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from desktop.commands.replacing import _line, program
from desktop.desk.errors import DeskError
from desktop.desk.locked_state import MAX_LINE, LockedState
from desktop.desk.sending_locked import LockedUnit
from desktop.store.attachments import LentFile
from desktop.store.backup_record import StoredFile

STATE = LockedState(
    Path("/đơn vị"), (LockedUnit(Path("/đơn vị"), "0:1"), LockedUnit(Path("/b"), "2:3")), "hanh", "idle", "2026-11-23"
)


def test_it_is_read_as_it_was_written() -> None:
    refused = replace(STATE, reason="not_rotated", note="Ổ đĩa đã đầy.", account="u1", minutes=25)
    for state in (STATE, refused):
        assert LockedState.read(state.folder, _line(state)) == state
        assert _line(state).count("\n") == 1


@pytest.mark.parametrize("line", ["", "{}", "[]", "null", '{"units": 3}', '{"units": [{}], "user": "", "reason": ""}'])
def test_anything_else_is_refused_in_words(line: str) -> None:
    with pytest.raises(DeskError) as caught:
        LockedState.read(Path("/a"), line)
    assert caught.value.code == "locked_state_unreadable"


def test_an_unknown_reason_is_none_of_ours() -> None:
    assert LockedState.read(Path("/a"), STATE.line().replace("idle", "<b>")).reason == "asked"


def test_more_units_than_a_pipe_holds_wait_to_be_unlocked() -> None:
    many = LockedState(Path("/a"), tuple(LockedUnit(Path(f"/{n}"), "k" * 97) for n in range(400)))
    line = _line(many)
    assert len(line) <= MAX_LINE
    assert 200 < len(LockedState.read(many.folder, line).units) < 400


def test_the_command_line_tells_only_where(tmp_path: Path) -> None:
    assert program(tmp_path)[-4:] == ["run", "--home", str(tmp_path.resolve()), "--locked"]


def test_no_key_shows_in_a_repr() -> None:
    """A bug's report or a failed assertion would carry it on."""
    shown = repr(STATE) + repr(LentFile("f", 1, b"file key", b"")) + repr(StoredFile("0", 1, "f", b"file key", b""))
    assert "0:1" not in shown
    assert "file key" not in shown

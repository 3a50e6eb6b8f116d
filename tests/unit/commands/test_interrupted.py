"""A Ctrl-C while the answer is being written ends the program without a word of Python's."""

from __future__ import annotations

import contextlib
import io

from desktop.cli import main


class Interrupted(io.StringIO):
    """An output at which somebody presses Ctrl-C."""

    def write(self, _text: str, /) -> int:
        raise KeyboardInterrupt


def test_the_answer_broken_off_is_a_failure_without_a_trace() -> None:
    errors = io.StringIO()
    with contextlib.redirect_stdout(Interrupted()), contextlib.redirect_stderr(errors):
        assert main(["purposes", "--json"]) == 2
    assert errors.getvalue() == ""

"""Long work says how far it is, quick work says nothing."""

from argparse import Namespace

import pytest

from desktop.commands.telling import telling


def heard(capsys: pytest.CaptureFixture[str], *, as_json: bool) -> str:
    now = iter((0.0, 0.4, 1.1, 1.1, 1.3, 2.2, 2.2))
    tell = telling(Namespace(json=as_json), "Kiểm tra", lambda: next(now))
    for done, total in ((1, 10), (5, 10), (6, 10), (9, 0)):
        tell(done, total)
    return capsys.readouterr().err


def test_a_line_a_second_and_none_before_the_first(capsys: pytest.CaptureFixture[str]) -> None:
    assert heard(capsys, as_json=False) == "Kiểm tra: 5/10\nKiểm tra…\n"


def test_a_script_hears_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert heard(capsys, as_json=True) == ""

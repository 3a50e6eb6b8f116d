"""The smoke run refuses a frozen program that does not start, does not answer, or answers with an error."""

from pathlib import Path

import pytest

from installer import smoke

DOCTOR_OK = """'{"ok": false, "checks": []}'; exit 1"""


def _program(folder: Path, version: str, doctor: str) -> Path:
    program = folder / "vungxa"
    program.write_text(f'#!/bin/sh\nif [ "$1" = --version ]; then echo {version}; else echo {doctor}; fi\n')
    program.chmod(0o755)
    return program


def _judge(program: Path, home: Path) -> None:
    smoke.check_version(program, home)
    smoke.check_doctor(program, home)


def test_a_program_that_answers_passes(tmp_path: Path) -> None:
    program = _program(tmp_path, "vungxa 0.1.0", DOCTOR_OK)
    assert smoke.check_version(program, tmp_path) == "vungxa 0.1.0"
    smoke.check_doctor(program, tmp_path)


@pytest.mark.parametrize(
    ("version", "doctor", "text"),
    [
        ("''", DOCTOR_OK, "--version said"),
        ("vungxa; exit 139", DOCTOR_OK, "exit 139"),
        ("vungxa 1", "hello", "did not answer with JSON"),
        ("vungxa 1", "'[1]'", "answered"),
        ("vungxa 1", """'{"ok": false, "error": {"code": "internal"}}'; exit 1""", "internal"),
        ("vungxa 1", """'{"ok": true}'; echo 'Traceback (most recent call last)' >&2""", "Traceback"),
        ("vungxa 1", "; exit 2", "exit 2"),
    ],
)
def test_a_program_that_does_not_is_refused(tmp_path: Path, version: str, doctor: str, text: str) -> None:
    program = _program(tmp_path, version, doctor)
    with pytest.raises(smoke.SmokeError, match=text):
        _judge(program, tmp_path)


def test_a_missing_program_is_refused(tmp_path: Path) -> None:
    with pytest.raises(smoke.SmokeError, match="No such file"):
        smoke.run(tmp_path / "vungxa", "--version", home=tmp_path)

"""At a terminal the password is asked for, twice when it is new, and never shown."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.demo.treasury import registration_json
from desktop.demo.unit import PEOPLE, UNIT
from tests.e2e.command import VUNGXA

ON_A_TERMINAL = "import os, pty, sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))"
PASSWORD = "mật khẩu gõ tay"


def talk(*command: object, typed: list[str]) -> tuple[int, str]:
    """Run on a terminal of its own and answer each prompt with a line; gives exit code and all that was shown."""
    words = [sys.executable, "-c", ON_A_TERMINAL, str(VUNGXA), *map(str, command)]
    process = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdin is not None
    assert process.stdout is not None
    shown = b""
    for line in typed:
        while not shown.endswith(b": "):
            byte = process.stdout.read(1)
            assert byte, shown.decode()
            shown += byte
        process.stdin.write(line.encode() + b"\n")
        process.stdin.flush()
        shown += b"\n"
    out, _ = process.communicate(timeout=60)
    return process.returncode, (shown + out).decode()


@pytest.fixture
def unit(tmp_path: Path) -> Path:
    path = tmp_path / "unit.json"
    path.write_text(registration_json(UNIT, PEOPLE, []), "utf-8")
    return path


def test_a_new_password_is_typed_twice_and_opens_the_unit(tmp_path: Path, unit: Path) -> None:
    home = tmp_path / "unit"
    code, shown = talk("init", "--home", home, "--unit", unit, typed=[PASSWORD, PASSWORD])
    assert (code, "Đã tạo kho dữ liệu" in shown, "gõ lại" in shown) == (0, True, True)
    code, again = talk("status", "--home", home, "--json", typed=[PASSWORD])
    answer = json.loads(again.splitlines()[-1])
    assert (code, answer["ok"], answer["dossiers"]) == (0, True, [])
    assert PASSWORD not in shown + again


@pytest.mark.parametrize("way", [[], ["--password-stdin"]])
def test_with_its_input_closed_it_says_what_is_missing(tmp_path: Path, unit: Path, way: list[str]) -> None:
    """A scheduled task may start it so."""
    words = [str(VUNGXA), "init", "--home", str(tmp_path / "unit"), "--unit", str(unit), *way, "--json"]
    done = subprocess.run(["sh", "-c", 'exec "$@" <&-', "sh", *words], capture_output=True, timeout=60, check=False)
    assert (done.returncode, json.loads(done.stdout)["error"]["code"]) == (2, "no_password")


@pytest.mark.parametrize(
    ("typed", "words"), [([PASSWORD, "khác hẳn"], "không giống nhau"), (["ngắn", "ngắn"], "ít nhất 8 ký tự")]
)
def test_a_password_that_cannot_stand_makes_no_unit(tmp_path: Path, unit: Path, typed: list[str], words: str) -> None:
    code, shown = talk("init", "--home", tmp_path / "unit", "--unit", unit, typed=typed)
    assert (code, words in shown) == (2, True)
    assert not (tmp_path / "unit" / "keys.json").exists()

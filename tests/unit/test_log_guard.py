"""The suite's own guard: a warning that a test did not announce fails it, and so does one that never comes."""

import re
from pathlib import Path

import pytest

pytest_plugins = ["pytester"]

GUARDED = """
import logging, warnings
import pytest
from PySide6.QtCore import qWarning

def test_ours(): logging.getLogger("desktop.sync").warning("odd one")
def test_theirs(): logging.getLogger("urllib3").error("broken pipe")
def test_quiet(): logging.getLogger("desktop").info("saved")
def test_announced(expected_log): expected_log.append("odd"); logging.warning("odd: 3")
def test_never_came(expected_log): expected_log.append("lost")
def test_qt(qtbot): qWarning("no such font")
def test_deprecated(): warnings.warn("old", DeprecationWarning)
"""


def test_the_guard_lets_nothing_unannounced_pass(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    project = Path(__file__).parents[2]
    monkeypatch.setenv("PYTHONPATH", str(project))
    pytester.makeconftest((project / "tests" / "conftest.py").read_text(encoding="utf-8"))
    guarded = pytester.makepyfile(GUARDED)
    result = pytester.runpytest_subprocess(
        guarded, "-c", str(project / "pyproject.toml"), "--rootdir", str(pytester.path)
    )
    ended_badly = set(re.findall(r"^(?:FAILED|ERROR) \S+::(\w+)", result.stdout.str(), re.MULTILINE))
    assert ended_badly == {"test_ours", "test_theirs", "test_never_came", "test_qt", "test_deprecated"}
    result.assert_outcomes(passed=5, failed=2, errors=3)

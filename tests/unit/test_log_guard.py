"""The suite's own guard: a warning that a test did not announce fails it, and so does one that never comes."""

from pathlib import Path

import pytest

pytest_plugins = ["pytester"]

CASES = [
    ("logging.getLogger('desktop.sync').warning('odd')", 1, 1, "unexpected log messages: ['odd']"),
    ("logging.getLogger('urllib3').error('broken pipe')", 1, 1, "unexpected log messages: ['broken pipe']"),
    ("logging.getLogger('desktop').info('saved')", 1, 0, ""),
    ("expected_log.append('odd'); logging.warning('odd: 3')", 1, 0, ""),
    ("expected_log.append('odd')", 1, 1, "never came: ['odd']"),
]


@pytest.mark.parametrize(("line", "passed", "errors", "text"), CASES)
def test_log_guard(pytester: pytest.Pytester, line: str, passed: int, errors: int, text: str) -> None:
    pytester.makeconftest((Path(__file__).parents[1] / "conftest.py").read_text(encoding="utf-8"))
    pytester.makepyfile(f"import logging\ndef test_it(expected_log):\n    {line}\n")
    result = pytester.runpytest_inprocess("-p", "no:cacheprovider")
    result.assert_outcomes(passed=passed, errors=errors)
    assert text in result.stdout.str()


def test_a_qt_warning_fails(pytester: pytest.Pytester) -> None:
    pytester.makeini("[pytest]\nqt_api = pyside6\nqt_log_level_fail = WARNING\n")
    pytester.makepyfile("from PySide6.QtCore import qWarning\ndef test_it(qtbot):\n    qWarning('odd')\n")
    pytester.runpytest_inprocess("-p", "no:cacheprovider").assert_outcomes(failed=1)

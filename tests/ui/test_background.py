"""Slow work never runs on the GUI thread, and nothing comes back to a widget that is gone."""

import threading

import pytest
import shiboken6
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from desktop.dossier.errors import VungXaError
from desktop.ui.background import TokenThread, Worker


@pytest.fixture
def worker(qapp: object):
    made = Worker("test")
    yield made
    assert made.stop()


def test_work_runs_elsewhere_and_its_result_comes_back_here(worker: Worker, qtbot: QtBot) -> None:
    seen: list[str] = []
    owner = QObject()
    name = lambda: threading.current_thread().name  # noqa: E731
    worker.submit(owner, name, lambda where: seen.extend((where, name())), seen.append)
    qtbot.waitUntil(lambda: len(seen) == 2)
    assert seen == ["test", threading.main_thread().name]


def test_an_expected_error_comes_back_as_it_is(worker: Worker, qtbot: QtBot) -> None:
    errors: list[VungXaError] = []
    owner = QObject()

    def fail() -> None:
        raise VungXaError("pin_wrong", "Sai mã PIN.")

    worker.submit(owner, fail, errors.append, errors.append)
    qtbot.waitUntil(lambda: bool(errors))
    assert (errors[0].code, errors[0].message) == ("pin_wrong", "Sai mã PIN.")


def test_a_defect_is_logged_without_its_text_and_the_thread_lives(
    worker: Worker, qtbot: QtBot, expected_log: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    expected_log.append("job on test failed: ZeroDivisionError")
    results: list[object] = []
    owner = QObject()
    worker.submit(owner, lambda: 1 // 0, results.append, lambda error: results.append(error.code))
    worker.submit(owner, lambda: "alive", results.append, results.append)
    qtbot.waitUntil(lambda: len(results) == 2)
    assert results == ["defect", "alive"]
    assert "division" not in caplog.text


def test_nothing_comes_back_to_a_deleted_widget(worker: Worker, qtbot: QtBot) -> None:
    gone, here, called = QObject(), QObject(), []
    started = threading.Event()
    worker.submit(gone, lambda: started.wait(5), called.append, called.append)
    shiboken6.delete(gone)
    started.set()
    worker.submit(here, lambda: "last", called.append, called.append)
    qtbot.waitUntil(lambda: bool(called))
    assert called == ["last"]


def test_only_the_newest_job_of_a_key_runs(worker: Worker, qtbot: QtBot) -> None:
    hold, done, owner = threading.Event(), [], QObject()
    worker.submit(owner, lambda: hold.wait(5), lambda _ok: None, lambda _error: None)
    for number in range(5):
        worker.submit(owner, lambda n=number: n, done.append, lambda _error: None, "paper")
    hold.set()
    worker.submit(owner, lambda: "end", done.append, lambda _error: None)
    qtbot.waitUntil(lambda: "end" in done)
    assert done == [4, "end"]


def test_token_work_is_refused_on_any_other_thread(qapp: object) -> None:
    thread = TokenThread()
    with pytest.raises(RuntimeError, match="token"):
        thread.assert_here()
    assert thread.stop()

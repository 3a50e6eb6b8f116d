"""Named threads for slow work, so that the window never waits; results come back on the GUI thread or not at all."""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal, Slot

from desktop.dossier.errors import VungXaError

T = TypeVar("T")
_log = logging.getLogger(__name__)
_DEFECT = (
    "Chương trình gặp lỗi khi làm việc này. Dữ liệu đã lưu vẫn nguyên. "
    "Hãy thử lại, nếu vẫn lỗi hãy chạy «vungxa doctor»."
)


@dataclass(frozen=True)
class _Job:
    owner: QObject
    run: Callable[[], Callable[[], None]]
    key: str
    turn: int


class _Mailbox(QObject):
    """Lives on the GUI thread; runs what other threads post, unless the widget it is for is gone."""

    posted = Signal(object, object)

    def __init__(self) -> None:
        super().__init__()
        self.posted.connect(self._run, Qt.ConnectionType.QueuedConnection)

    @Slot(object, object)
    def _run(self, owner: QObject, call: Callable[[], None]) -> None:
        if shiboken6.isValid(owner):
            call()


class Worker:
    """One thread with one queue. Make it, use it and stop it on the GUI thread."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._newest: dict[str, int] = {}
        self._turn = 0
        self._mailbox = _Mailbox()
        self._thread = threading.Thread(target=self._loop, name=name, daemon=True)
        self._thread.start()

    def submit(
        self,
        owner: QObject,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[VungXaError], None],
        key: str = "",
    ) -> None:
        """Run `work` on the thread and hand its result to `done`, or its error to `failed`, on the GUI thread.

        Nothing is called once `owner` is deleted. A job whose `key` was submitted again before its turn is dropped.
        """
        self._turn += 1
        if key:
            self._newest[key] = self._turn

        def run() -> Callable[[], None]:
            try:
                result = work()
            except VungXaError as known:
                error = known
            except Exception as unexpected:  # noqa: BLE001 - the thread's boundary: a defect must not end it
                _log.error("job on %s failed: %s", self.name, type(unexpected).__name__)
                error = VungXaError("defect", _DEFECT)
            else:
                return lambda: done(result)
            return lambda: failed(error)

        self._jobs.put(_Job(owner, run, key, self._turn))

    def post(self, owner: QObject, call: Callable[[], None]) -> None:
        """Run `call` on the GUI thread soon, e.g. to show progress from inside a job."""
        self._mailbox.posted.emit(owner, call)

    def assert_here(self) -> None:
        """Raise RuntimeError unless this is the worker's own thread."""
        if threading.current_thread() is not self._thread:
            raise RuntimeError(f"only the thread «{self.name}» may do this")

    def stop(self, timeout: float = 10.0) -> bool:
        """Finish the running job, drop the rest, join; False when the thread did not end within `timeout` seconds."""
        self._newest = dict.fromkeys(self._newest, -1)
        self._jobs.put(None)
        self._thread.join(timeout)
        return not self._thread.is_alive()

    def _loop(self) -> None:
        while (job := self._jobs.get()) is not None:
            if not job.key or self._newest.get(job.key) == job.turn:
                self.post(job.owner, job.run())


class TokenThread(Worker):
    """The one thread that may touch tokens: whatever reaches a PKCS#11 module runs here."""

    def __init__(self) -> None:
        super().__init__("token")


@dataclass(frozen=True)
class Workers:
    """The window's threads: `token` for tokens, `paper` for pictures and files."""

    token: TokenThread
    paper: Worker

    @classmethod
    def start(cls) -> Workers:
        """Start both threads."""
        return cls(TokenThread(), Worker("paper"))

    def stop(self) -> None:
        """Stop in fixed order: pictures first, tokens last so that a running signature ends cleanly."""
        self.paper.stop()
        self.token.stop()

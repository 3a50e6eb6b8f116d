"""What every test gets: Qt without a display unless asked otherwise, and no warning in a log goes unseen."""

import logging
import os
from collections.abc import Iterator

import pytest
from hypothesis import settings

from desktop.dossier.pack import SHELF, Shelf
from desktop.store.machine import VARIABLE

# How long an example takes says more of a busy machine than of the code.
settings.register_profile("vungxa", deadline=None)
settings.load_profile("vungxa")

pytest_plugins = ["tests.fixtures.gateway", "tests.fixtures.softkeys", "tests.fixtures.tokens"]

# Read when Qt's application starts, so it must be set before any test makes one.
if os.environ.get("VUNGXA_TEST_DISPLAY") != "1":
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
# Children started by a test speak the same language and see the same platform.
os.environ.setdefault("PYTHONIOENCODING", "utf-8")


@pytest.fixture(scope="session", autouse=True)
def own_machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The data folder of this machine, form packs above all, is no part of a test."""
    before = os.environ.get(VARIABLE)
    os.environ[VARIABLE] = str(tmp_path_factory.mktemp("machine"))
    yield
    os.environ.pop(VARIABLE)
    os.environ.update({VARIABLE: before} if before is not None else {})


@pytest.fixture
def shelf() -> Iterator[Shelf]:
    """The process's own shelf, cleared of what the test put there."""
    yield SHELF
    SHELF.clear()


class _Collected(logging.Handler):
    """Keeps records of WARNING and above, of our rooms and of the libraries alike."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@pytest.fixture
def expected_log() -> list[str]:
    """Beginnings of the warnings that a test provokes, appended by it; one that never comes is a failure too."""
    return []


@pytest.fixture(autouse=True)
def no_unexpected_log(expected_log: list[str]) -> Iterator[None]:
    """Fails the test whose code logs a warning or worse that the test did not announce in `expected_log`."""
    handler = _Collected()
    root = logging.getLogger()
    root.addHandler(handler)
    try:
        yield
    finally:
        root.removeHandler(handler)
    unexpected, missing = _compare([record.getMessage() for record in handler.records], expected_log)
    assert not unexpected, f"unexpected log messages: {unexpected}"
    assert not missing, f"announced log messages that never came: {missing}"


def _compare(messages: list[str], announced: list[str]) -> tuple[list[str], list[str]]:
    unexpected = [message for message in messages if not message.startswith(tuple(announced))]
    missing = [start for start in announced if not any(message.startswith(start) for message in messages)]
    return unexpected, missing

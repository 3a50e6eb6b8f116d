"""The token process as the system sees it: no PIN in its arguments, no life after its parent."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.demo.pki import DemoToken
from desktop.signing.errors import ModuleError
from desktop.signing.moduleprocess import ModuleProcess
from desktop.signing.modules import softhsm_module
from desktop.signing.tokens import TokenWorker
from tests.fixtures.tokens import TokenFault, open_key

PARENT = """
import json, sys
from desktop.signing.moduleprocess import ModuleProcess
from pathlib import Path
if __name__ == "__main__":
    process = ModuleProcess(Path(sys.argv[1]), 60.0, json.loads(sys.argv[2]))
    process.call("tokens")
    print(process._process.pid, flush=True)
    sys.stdin.readline()
    print("asks", flush=True)
    process.call("tokens")
"""


def _until(condition: Callable[[], bool], seconds: float = 10.0) -> bool:
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        os.sched_yield()
    return condition()


def _is_gone(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().split()[2] == "Z"
    except FileNotFoundError:
        return True


def _child(worker: TokenWorker) -> int:
    process = worker._process._process
    assert process is not None
    assert process.pid is not None
    return process.pid


def test_a_pin_is_in_no_argument_and_no_environment(worker: TokenWorker, demo_tokens: list[DemoToken]) -> None:
    token = demo_tokens[0]
    with open_key(worker, token):
        folder = Path(f"/proc/{_child(worker)}")
        for name in ("cmdline", "environ"):
            assert token.pin.encode() not in (folder / name).read_bytes()


def test_the_module_is_loaded_in_the_child_only(worker: TokenWorker) -> None:
    worker.tokens()
    module = softhsm_module()
    assert module is not None
    name = str(module.resolve())
    assert name in Path(f"/proc/{_child(worker)}/maps").read_text()
    assert name not in Path("/proc/self/maps").read_text()


def test_closing_ends_the_process_and_it_can_start_again(fault: TokenFault) -> None:
    with fault.worker() as worker:
        worker.tokens()
        first = _child(worker)
        worker.close()
        assert _is_gone(first)
        worker.tokens()
        second = _child(worker)
        assert second != first
    assert _is_gone(second)


@pytest.mark.parametrize("words", ["", "hang"])
def test_the_process_dies_with_a_parent_that_is_killed(tmp_path: Path, fault: TokenFault, words: str) -> None:
    script = tmp_path / "parent.py"
    script.write_text(PARENT)
    command = [sys.executable, str(script), str(fault.module), json.dumps(fault.environment)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        assert parent.stdin is not None
        child = int(parent.stdout.readline())
        fault.set(words)
        if words:
            parent.stdin.write("\n")
            parent.stdin.flush()
            assert parent.stdout.readline() == "asks\n"
        assert not _is_gone(child)
        parent.send_signal(signal.SIGKILL)
    assert _until(lambda: _is_gone(child))


@pytest.mark.skipif(sys.platform == "win32", reason="core files are of POSIX")
def test_a_driver_that_crashes_leaves_no_memory_on_the_disk(worker: TokenWorker) -> None:
    worker.tokens()
    limits = Path(f"/proc/{_child(worker)}/limits").read_text()
    assert "Max core file size        1                    1 " in limits  # 0 would hand it to a collector


def test_two_modules_work_side_by_side(fault: TokenFault, demo_tokens: list[DemoToken]) -> None:
    token = demo_tokens[0]
    with (
        fault.worker() as one,
        TokenWorker(token.module, environment=token.environment) as two,
        open_key(one, token) as key,
        open_key(two, token) as other,
    ):
        assert key.sign(b"x") == other.sign(b"x")


def test_an_unknown_request_is_an_error_of_the_driver_side(demo_tokens: list[DemoToken]) -> None:
    process = ModuleProcess(demo_tokens[0].module, 20.0, demo_tokens[0].environment)
    with pytest.raises(ModuleError) as caught:
        process.call("no such thing")
    assert (caught.value.code, process.running) == ("module_error", False)

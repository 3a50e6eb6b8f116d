"""Some builds of the Qt binding lose a reference to None on every void call and die after a few thousand."""

import subprocess
import sys

PROGRAM = """
from PySide6.QtCore import QObject
made = QObject()
for _ in range(200_000):
    made.setObjectName("x")
print("alive")
"""


def test_many_void_calls_do_not_end_the_program() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, "alive")

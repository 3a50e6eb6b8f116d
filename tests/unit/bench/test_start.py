"""What a start must not load; the time it takes is measured by tests.bench."""

import subprocess
import sys

import pytest

LIGHT = [
    ("desktop.app", ["pyhanko", "aiohttp", "typst", "openpyxl", "pypdfium2", "python_calamine"]),
    ("desktop.cli", ["pydantic", "PySide6", "sqlcipher3", "cryptography", "httpx"]),
    ("desktop.dossier.rules.report", ["lxml", "cryptography", "PySide6", "asn1crypto"]),
]


@pytest.mark.parametrize(("module", "heavy"), LIGHT)
def test_a_start_leaves_what_is_heavy_for_later(module: str, heavy: list[str]) -> None:
    code = f"import sys, {module}; print(sorted(set(sys.modules) & {set(heavy)!r}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.strip() == "[]"

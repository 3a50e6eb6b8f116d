"""The rooms import each other only as the architecture allows, and the check itself can fail."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
FORBIDDEN = [
    ("desktop/dossier", "import httpx", "A dossier knows no file"),
    ("desktop/store", "import desktop.signing", "do not know each other"),
    ("desktop/sync", "import desktop.desk", "Nothing below imports"),
    ("desktop/ui", "import desktop.store", "The window imports dossier"),
    ("desktop/desk", "import PySide6", "PySide6 only in ui, app and opened"),
    ("desktop/demo", "import sqlcipher3", "SQLCipher only in store"),
    ("desktop/signing", "import lxml.etree", "Spreadsheet, XML and PDF"),
    ("desktop/exchange", "import pkcs11", "PKCS#11 and signature"),
    ("gateway", "import desktop.store", "The gateway shares"),
    ("gateway", "import desktop.sync.engine", "The gateway shares"),
]


def _check(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=60, check=False)


def test_every_room_keeps_the_rules() -> None:
    done = _check(PROJECT)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture
def skeleton(tmp_path: Path) -> Path:
    """The rooms with nothing in them, under the project's own rules."""
    for room in ("desktop", *{f for f, _, _ in FORBIDDEN}):
        (tmp_path / room).mkdir(parents=True, exist_ok=True)
        (tmp_path / room / "__init__.py").touch()
    for module in ("app", "assets", "cli", "commands", "opened", "sync/engine"):
        (tmp_path / "desktop" / f"{module}.py").touch()
    shutil.copy(PROJECT / ".importlinter", tmp_path)
    return tmp_path


@pytest.mark.parametrize(("room", "line", "rule"), FORBIDDEN)
def test_a_forbidden_import_is_found(skeleton: Path, room: str, line: str, rule: str) -> None:
    (skeleton / room / "__init__.py").write_text(line + "\n")
    done = _check(skeleton)
    assert done.returncode == 1
    assert re.search(rf"{re.escape(rule)}.* BROKEN", done.stdout), done.stdout

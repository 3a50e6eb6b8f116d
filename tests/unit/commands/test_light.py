"""What each command loads: those for one file need no window, network, token or database, and start in a breath."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from importlib.resources import as_file, files
from pathlib import Path

import pytest

from desktop.desk.sealed import container
from tests.fixtures.dossiers import form
from tests.fixtures.softkeys import SoftPerson
from tests.unit.desk.kit import Clock, Office

HEAVY = {
    "PySide6",
    "shiboken6",
    "httpx",
    "sqlcipher3",
    "pyhanko",
    "fastapi",
    "uvicorn",
    "pkcs11",
    "desktop.ui",
    "gateway",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, soft_people: list[SoftPerson]) -> Iterator[Path]:
    """A voucher of another program, a document, a package and a unit that is not enrolled."""
    made = tmp_path_factory.mktemp("light")
    with as_file(files("desktop.demo") / "samples" / "dvc" / "C202aRDT0012.zip") as path:
        (made / "dvc.zip").write_bytes(path.read_bytes())
    (made / "document.json").write_text(json.dumps(form().model_dump()), "utf-8")
    office = Office.make(made / "unit", [soft.person for soft in soft_people], Clock(), soft_people)
    with office.store:
        (made / "a.asice").write_bytes(container(office.store, office.seal()[1]))
        yield made


def loaded(folder: Path, *words: str) -> set[str]:
    """Names of all modules, and their packages, that a command imports in a process of its own."""
    command = [sys.executable, "-X", "importtime", "-m", "desktop", *words]
    done = subprocess.run(command, cwd=folder, input=b"", capture_output=True, timeout=60, check=False)
    assert done.returncode in (0, 2), done.stderr.decode()
    lines = [line for line in done.stderr.decode().splitlines() if line.startswith("import time:")]
    names = {line.rpartition("|")[2].strip() for line in lines}
    return names | {".".join(name.split(".")[:end]) for name in names for end in (1, 2)}


@pytest.mark.parametrize(
    "words",
    [
        ("check", "document.json"),
        ("inspect", "dvc.zip"),
        ("inspect", "document.json"),
        ("inspect", "a.asice"),
        ("print", "document.json", "--pdf", "out.pdf"),
        ("status", "--nonsense"),
    ],
)
def test_commands_for_one_file_are_light(folder: Path, words: tuple[str, ...]) -> None:
    names = loaded(folder, *words)
    assert "desktop.cli" in names
    assert names & HEAVY == set()


@pytest.mark.parametrize(("command", "needs"), [("status", {"sqlcipher3"}), ("sync", {"sqlcipher3", "httpx"})])
def test_commands_for_a_unit_load_no_window_and_no_server(folder: Path, command: str, needs: set[str]) -> None:
    names = loaded(folder, command, "--home", "unit", "--password-stdin")
    assert names & HEAVY & {"PySide6", "fastapi", "uvicorn", "gateway", "desktop.ui", "pkcs11"} == set()
    assert needs <= names

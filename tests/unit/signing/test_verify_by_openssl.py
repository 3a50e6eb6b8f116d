"""docs/verify.md says how to check a package with public tools: its very commands are run here."""

import re
import subprocess
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.demo.pki import DemoPki, DemoToken, make_demo_pki
from desktop.signing.asice import Package, write
from desktop.signing.tokens import TokenWorker
from tests.fixtures.softkeys import SoftPerson
from tests.fixtures.tokens import sample_objects, sign_in_order
from tests.unit.signing.kit import signed_by, with_content

DOCUMENT = Path(__file__).parents[3] / "docs" / "verify.md"
STEPS: Sequence[str] = re.findall(r"```sh\n(.*?)```", DOCUMENT.read_text("utf-8"), re.DOTALL)


def _run(folder: Path, package: Package, root: Path) -> list[subprocess.CompletedProcess[str]]:
    """Runs the steps one after another as a reader would, up to the first that fails."""
    (folder / "package.asice").write_bytes(write(package))
    (folder / "root.pem").write_bytes(root.read_bytes())
    done: list[subprocess.CompletedProcess[str]] = []
    for step in STEPS:
        words = ["sh", "-eu", "-c", step]
        done.append(subprocess.run(words, cwd=folder, capture_output=True, text=True, timeout=60, check=False))
        if done[-1].returncode:
            break
    return done


def test_the_commands_accept_a_package_signed_by_three_tokens(
    worker: TokenWorker, demo_tokens: list[DemoToken], demo_pki: DemoPki, tmp_path: Path
) -> None:
    package = sign_in_order(worker, demo_tokens, sample_objects(demo_tokens))
    done = _run(tmp_path, package, demo_pki.root_pem)
    assert [step.returncode for step in done] == [0] * 5, done[-1]
    assert done[1].stderr.count("CAdES Verification successful") == 3
    assert done[2].stdout.count("same: ") == 9
    assert done[3].stdout.count("bound: ") == 2


def _failing_step(folder: Path, package: Package, root: Path) -> int:
    done = _run(folder, package, root)
    assert done[-1].returncode
    return len(done)


@pytest.mark.parametrize("change", ["form", "scan", "added", "manifest"])
def test_the_commands_refuse_a_changed_package(
    package: Package, demo_pki: DemoPki, tmp_path: Path, change: str
) -> None:
    first = package.signatures[0]
    spoilt = replace(first, manifest=first.manifest.replace(b"application/pdf", b"application/pdg"))
    changed, step = {
        "form": (with_content(package, 1, b"{}"), 3),
        "scan": (with_content(package, 2, b"{}"), 3),
        "added": (replace(package, objects=(*package.objects, replace(package.objects[0], name="them.json"))), 3),
        "manifest": (replace(package, signatures=(spoilt, *package.signatures[1:])), 2),
    }[change]
    assert _failing_step(tmp_path, changed, demo_pki.root_pem) == step


def test_the_commands_refuse_another_order(
    package: Package, keys: list[SoftPerson], demo_pki: DemoPki, tmp_path: Path
) -> None:
    again = signed_by(keys, package.objects)
    mixed = replace(package, signatures=(package.signatures[0], *again.signatures[1:]))
    assert _failing_step(tmp_path, mixed, demo_pki.root_pem) == 4


def test_the_commands_refuse_another_signer(keys: list[SoftPerson], demo_pki: DemoPki, tmp_path: Path) -> None:
    objects = sample_objects(keys)
    assert _failing_step(tmp_path, signed_by(list(reversed(keys)), objects), demo_pki.root_pem) == 5


def test_the_commands_refuse_another_authority_of_the_same_name(package: Package, tmp_path: Path) -> None:
    impostor = make_demo_pki(tmp_path / "impostor")
    assert _failing_step(tmp_path, package, impostor.root_pem) == 2

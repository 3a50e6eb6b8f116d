"""docs/verify.md says how to check a package with public tools: its very commands are run here, at every level."""

import re
import subprocess
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.demo.pki import DemoPki, DemoToken, make_demo_pki
from desktop.signing.asice import Package, write
from desktop.signing.cmsinfo import read_signature, time_stamp_tokens
from desktop.signing.tokens import TokenWorker
from desktop.signing.tsa import SandboxTsa
from tests.fixtures.softkeys import SoftPerson
from tests.fixtures.tokens import sample_objects, sign_in_order
from tests.unit.signing.kit import lifted, signed_by, with_attribute, with_cms, with_content

DOCUMENT = Path(__file__).parents[3] / "docs" / "verify.md"
STEPS: Sequence[str] = re.findall(r"```sh\n(.*?)```", DOCUMENT.read_text("utf-8"), re.DOTALL)


def _run(
    folder: Path, package: Package, root: Path, tsa: SandboxTsa | None = None, steps: Sequence[str] = STEPS
) -> list[subprocess.CompletedProcess[str]]:
    """Runs the steps one after another as a reader would, up to the first that fails."""
    (folder / "tsa.pem").write_bytes(tsa.certificate_pem if tsa else b"")
    (folder / "package.asice").write_bytes(write(package))
    (folder / "root.pem").write_bytes(root.read_bytes())
    done: list[subprocess.CompletedProcess[str]] = []
    for step in steps:
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
    assert [step.returncode for step in done] == [0] * 6 + [1], done[-1]
    assert done[1].stderr.count("CAdES Verification successful") == 3
    assert done[2].stdout.count("same: ") == 9
    assert done[3].stdout.count("bound: ") == 2
    assert done[5].stderr.count("Signature status: ok") == 3
    assert "NO TIME-STAMP: opened/META-INF/signature001.p7s" in done[6].stdout


def test_the_commands_accept_time_stamps_and_then_miss_the_lists(
    package: Package, demo_pki: DemoPki, demo_tsa: SandboxTsa, tmp_path: Path
) -> None:
    done = _run(tmp_path, lifted(package, demo_tsa), demo_pki.root_pem, demo_tsa)
    assert [step.returncode for step in done] == [0] * 7 + [4], done[-1]
    assert (done[3].stdout.count("bound: "), done[5].stderr.count("Signature status: ok")) == (2, 3)
    assert (done[6].stdout.count("Verification: OK"), done[6].stdout.count("Time stamp:")) == (3, 3)
    assert "unable to get certificate CRL" in done[7].stderr


def test_the_commands_accept_lasting_evidence(
    lasting: Package, demo_pki: DemoPki, demo_tsa: SandboxTsa, tmp_path: Path
) -> None:
    done = _run(tmp_path, lasting, demo_pki.root_pem, demo_tsa)
    assert [step.returncode for step in done] == [0] * 8, done[-1]
    assert done[6].stdout.count("Verification: OK") == 3
    assert done[7].stderr.count("CAdES Verification successful") == 3
    assert done[7].stdout.count("nextUpdate") == 6


def test_the_commands_refuse_a_time_stamp_of_another_signature(
    package: Package, stamped: Package, demo_pki: DemoPki, demo_tsa: SandboxTsa, tmp_path: Path
) -> None:
    token = time_stamp_tokens(read_signature(stamped.signatures[0].cms).signed_data)[0]
    borrowed = with_cms(package, with_attribute(package.signatures[0].cms, token))
    done = _run(tmp_path, borrowed, demo_pki.root_pem, demo_tsa)
    assert (len(done), "message imprint mismatch" in done[-1].stderr) == (7, True)


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


def test_gnutls_refuses_for_itself(package: Package, demo_pki: DemoPki, tmp_path: Path) -> None:
    """Not only because OpenSSL refused before it."""
    only = (STEPS[0], STEPS[5])
    changed = replace(package.signatures[0], manifest=package.signatures[1].manifest)
    spoilt = replace(package, signatures=(changed, *package.signatures[1:]))
    assert [step.returncode for step in _run(tmp_path, package, demo_pki.root_pem, steps=only)] == [0, 0]
    assert [step.returncode for step in _run(tmp_path, spoilt, demo_pki.root_pem, steps=only)] == [0, 1]
    impostor = make_demo_pki(tmp_path / "impostor")
    assert [step.returncode for step in _run(tmp_path, package, impostor.root_pem, steps=only)] == [0, 1]

"""A receipt as a file: checked by the program and by the very commands of docs/verify-receipt.md."""

import json
import re
import subprocess
from pathlib import Path

import pytest

from desktop.desk.receipts import UnknownFile, verify_receipt
from desktop.desk.verifying import verify_file
from desktop.dossier.canonical import canonical
from desktop.signing.device import DeviceKey
from desktop.signing.errors import StatementError
from desktop.signing.statement_keys import load_keys, to_pem

COMMANDS = re.findall(
    r"```sh\n(.*?)```", (Path(__file__).parents[3] / "docs" / "verify-receipt.md").read_text("utf-8"), re.DOTALL
)
TREASURY = DeviceKey.generate()
SAID = {
    "kind": "receipt",
    "package_id": "a" * 64,
    "unit_code": "1098765",
    "received_at": "2026-11-23T03:00:00Z",
    "receipt_no": "KB-26-000001",
    "objects": {"dossier.json": "b" * 64},
    "signers": 2,
}


@pytest.fixture
def key(tmp_path: Path) -> Path:
    path = tmp_path / "statement.pem"
    path.write_bytes(to_pem(TREASURY.public_b64))
    return path


@pytest.fixture
def receipt(tmp_path: Path) -> Path:
    return write(tmp_path / "receipt.json", canonical(SAID).decode())


def write(path: Path, payload: str, context: str = "receipt") -> Path:
    signature = TREASURY.sign(canonical(SAID).decode(), context)
    path.write_text(json.dumps({"payload": payload, "key_id": TREASURY.key_id, "signature": signature}))
    return path


def test_a_receipt_holds_with_the_treasurys_key(receipt: Path, key: Path) -> None:
    report = verify_file(receipt, [key])
    assert (report["ok"], report["kind"], report["problems"]) == (True, "receipt", [])
    assert report["receipt"]["receipt_no"] == "KB-26-000001"


def test_without_a_key_nothing_can_be_said(receipt: Path) -> None:
    report = verify_receipt(receipt, [])
    assert [problem["code"] for problem in report["problems"]] == ["key_not_given"]
    assert not report["ok"]


def test_another_key_does_not_do(receipt: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.pem"
    other.write_bytes(to_pem(DeviceKey.generate().public_b64))
    assert [problem["code"] for problem in verify_receipt(receipt, [other])["problems"]] == ["unknown_key"]


def test_a_changed_receipt_does_not_hold(tmp_path: Path, key: Path) -> None:
    changed = write(tmp_path / "changed.json", canonical({**SAID, "signers": 3}).decode())
    assert [problem["code"] for problem in verify_receipt(changed, [key])["problems"]] == ["bad_signature"]


def test_an_event_is_no_receipt(tmp_path: Path, key: Path) -> None:
    event = write(tmp_path / "event.json", canonical(SAID).decode(), "event")
    assert not verify_receipt(event, [key])["ok"]


@pytest.mark.parametrize("content", ["", "{}", '{"payload":"{}","key_id":"x","signature":"AA=="}', "\x00"])
def test_what_is_no_receipt_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "odd.json"
    path.write_text(content)
    with pytest.raises(UnknownFile):
        verify_receipt(path, [])


@pytest.mark.parametrize("content", [b"", b"<html>", b"-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n"])
def test_what_is_no_key_is_refused(receipt: Path, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "odd.pem"
    path.write_bytes(content)
    with pytest.raises(StatementError) as error:
        verify_receipt(receipt, [path])
    assert error.value.code == "bad_key"


def test_a_key_comes_back_as_it_was_written(key: Path) -> None:
    assert load_keys([key]) == {TREASURY.key_id: TREASURY.public_b64}


@pytest.mark.parametrize(("signers", "code"), [(2, 0), (3, 1)])
def test_the_documents_commands_say_the_same(tmp_path: Path, key: Path, signers: int, code: int) -> None:
    write(tmp_path / "receipt.json", canonical({**SAID, "signers": signers}).decode())
    assert key.exists()
    (commands,) = COMMANDS
    done = subprocess.run(["sh", "-eu", "-c", commands], cwd=tmp_path, capture_output=True, timeout=60, check=False)
    assert done.returncode == code, done.stderr

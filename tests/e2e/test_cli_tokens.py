"""Tokens on the command line: each command a process, password and PIN by standard input, SoftHSM tokens."""

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from desktop.demo.pki import DemoToken
from desktop.signing.pades import check_pdf
from tests.e2e.command import Ran, vungxa
from tests.unit.desk.kit import PASSWORD, Clock, Office

SECRET = PASSWORD + "\n"


@dataclass
class Home:
    """A unit of people with tokens, and its dossiers that wait for the chief accountant."""

    folder: Path
    dossiers: list[str]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, demo_tokens: list[DemoToken]) -> Home:
    folder = tmp_path_factory.mktemp("tokens") / "unit"
    made = Office.make(folder, [token.person for token in demo_tokens], Clock())
    with made.store:
        return Home(folder, [made.submit(number=number) for number in ("RDT0001", "RDT0002")])


def run(home: Home, token: DemoToken, *words: object, stdin: str = "") -> Ran:
    where = ("--home", home.folder, "--password-stdin")
    return vungxa(*words, *where, stdin=SECRET + stdin, environment=token.environment)


def test_tokens_are_listed_with_whom_they_are_registered_for(home: Home, demo_tokens: list[DemoToken]) -> None:
    ran = run(home, demo_tokens[0], "token")
    found = {one["serial"]: one["certificates"][0] for one in ran.answer["tokens"]}
    people = {serial: one["person"]["person_id"] for serial, one in found.items()}
    assert people == {token.serial: token.person.person_id for token in demo_tokens}
    assert {(one["problem"], one["problem_code"]) for one in found.values()} == {("", "")}


def test_two_people_sign_one_after_the_other(home: Home, demo_tokens: list[DemoToken]) -> None:
    chief, head = demo_tokens[1:]
    both = run(home, chief, "sign", "--all", "--person", chief.person.person_id, stdin=chief.pin + "\n")
    assert (both.code, both.answer["signed"], both.answer["pin_uses"]) == (0, 2, 1)
    assert [json.loads(line)["state"] for line in both.out.splitlines()[:-1]] == ["signing", "signed"] * 2
    words = ("sign", "--dossier", home.dossiers[1], "--token", head.serial)
    stood = run(home, head, *words, "--acknowledge-payees", stdin=head.pin + "\n")
    assert (stood.code, stood.answer["dossiers"][0]["state"]) == (0, "signed")
    assert [json.loads(line)["state"] for line in stood.out.splitlines()[:-1]] == ["payee", "signing", "signed"]


def test_the_printed_forms_are_signed(home: Home, demo_tokens: list[DemoToken], tmp_path: Path) -> None:
    chief, path = demo_tokens[1], tmp_path / "bản in.pdf"
    words = ("sign-pdf", "--dossier", home.dossiers[0], "-o", path, "--token", chief.serial)
    ran = run(home, chief, *words, stdin=chief.pin + "\n")
    assert [one["name"] for one in ran.answer["signatures"]] == [chief.person.name]
    assert all(one.intact and one.whole for one in check_pdf(path.read_bytes()))


def test_a_pin_is_changed_line_by_line(demo_tokens: list[DemoToken]) -> None:
    token = demo_tokens[0]
    words = ("token", "pin", "--token", token.serial, "--password-stdin")
    ran = vungxa(*words, stdin=f"{token.pin}\n{token.pin}\n", environment=token.environment)
    assert (ran.code, ran.answer) == (0, {"ok": True, "serial": token.serial})


def test_the_doctor_signs_once_and_writes_a_support_file(home: Home, demo_tokens: list[DemoToken]) -> None:
    head, path = demo_tokens[2], home.folder.parent / "support.zip"
    ran = run(home, head, "doctor", "--test-sign", head.serial, "--support", path, stdin=head.pin + "\n")
    steps = {check["name"]: check for check in ran.answer["checks"]}
    assert (ran.code, steps["test_signature"]["code"], ran.answer["support"]) == (0, "signature_ok", str(path))
    assert path.stat().st_size > 0

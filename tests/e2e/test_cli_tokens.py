"""Tokens on the command line: each command a process, password and PIN by standard input, SoftHSM tokens."""

import json
import signal
from dataclasses import dataclass
from pathlib import Path

import pytest

from desktop.commands.stopping import asked_to_stop
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
    unseen = run(home, head, *words, stdin=head.pin + "\n")
    assert (unseen.code, unseen.answer["dossiers"][0]["code"]) == (1, "payees_unacknowledged")
    stood = run(home, head, *words, "--acknowledge-payees", stdin=head.pin + "\n")
    assert (stood.code, stood.answer["dossiers"][0]["state"]) == (0, "signed")


def test_a_pdf_is_signed_by_one_and_then_another(home: Home, demo_tokens: list[DemoToken], tmp_path: Path) -> None:
    chief, head = demo_tokens[1:]
    path = tmp_path / "bản in.pdf"
    dossier = ("sign-pdf", "--dossier", home.dossiers[0], "-o", path, "--token", chief.serial)
    assert run(home, chief, *dossier, stdin=chief.pin + "\n").code == 0
    second = run(home, head, "sign-pdf", path, "-o", path, "--token", head.serial, stdin=head.pin + "\n")
    names = [one["name"] for one in second.answer["signatures"]]
    assert names == [chief.person.name, head.person.name]
    assert all(one.intact and one.whole for one in check_pdf(path.read_bytes()))


def test_a_pin_is_changed_only_by_who_knows_it(demo_tokens: list[DemoToken]) -> None:
    token = demo_tokens[0]
    words = ("token", "pin", "--token", token.serial, "--password-stdin")
    assert vungxa(*words, stdin="sai rồi\n123456\n", environment=token.environment).error == (2, "pin_wrong")
    same = vungxa(*words, stdin=f"{token.pin}\n{token.pin}\n", environment=token.environment)
    assert (same.code, same.answer["serial"]) == (0, token.serial)


def test_several_tokens_are_not_guessed_among(demo_tokens: list[DemoToken]) -> None:
    ran = vungxa("token", "pin", "--password-stdin", environment=demo_tokens[0].environment)
    assert ran.error == (2, "which_token")


def test_the_doctor_signs_once_and_writes_a_support_file(home: Home, demo_tokens: list[DemoToken]) -> None:
    head, path = demo_tokens[2], home.folder.parent / "support.zip"
    ran = run(home, head, "doctor", "--test-sign", head.serial, "--support", path, stdin=head.pin + "\n")
    steps = {check["name"]: check for check in ran.answer["checks"]}
    assert (ran.code, steps["test_signature"]["code"], ran.answer["support"]) == (0, "signature_ok", str(path))
    assert path.stat().st_size > 0


def test_ctrl_c_is_heard_between_two_dossiers_and_again_at_once() -> None:
    with asked_to_stop() as stopped:
        assert not stopped()
        signal.raise_signal(signal.SIGINT)
        assert stopped()
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler

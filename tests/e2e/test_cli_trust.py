"""`vungxa trust` and `verify --home`: each command a process, each secret by stdin."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from desktop.demo.pki import DemoPki
from desktop.desk.sealed import as_sent
from desktop.store.store import Store
from tests.e2e.command import Ran, vungxa
from tests.fixtures.softkeys import SoftPerson
from tests.unit.desk.kit import PASSWORD, Clock, Office


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, soft_people: list[SoftPerson]) -> Office:
    made = Office.make(tmp_path_factory.mktemp("u") / "unit", [p.person for p in soft_people], Clock(), soft_people)
    made.store.close()
    return made


def trust(office: Office, *words: object) -> Ran:
    return vungxa("trust", *words, "--home", office.store.folder, "--password-stdin", stdin=PASSWORD + "\n")


def test_a_root_is_trusted_only_after_a_clear_yes(office: Office, demo_pki: DemoPki) -> None:
    asked = trust(office, "add-root", demo_pki.root_pem)
    assert asked.error == (2, "not_confirmed")
    assert "SHA-256" in asked.answer["error"]["message"]
    (root,) = trust(office, "add-root", demo_pki.root_pem, "--yes", "--by", "hanh").answer["own_roots"]
    shown = trust(office, "show").answer
    assert (shown["own_roots"], shown["treasury_roots"], shown["list"]) == ([root], [], None)
    assert trust(office, "import", demo_pki.root_crl).answer["crls"][0]["source"] == "file"
    assert trust(office, "import", demo_pki.crl).error == (2, "crl_unknown_issuer")
    assert trust(office, "remove-root", root["id"]).answer["own_roots"] == []


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("import",), "bad_arguments"),
        (("import", "/không/có"), "not_found"),
        (("set", "tsa_url", "x"), "bad_setting"),
        (("remove-root", "0" * 64), "no_such_root"),
    ],
)
def test_what_cannot_be_done_is_said(office: Office, words: tuple[str, ...], code: str) -> None:
    assert trust(office, *words).error == (2, code)


def test_sources_are_chosen(office: Office) -> None:
    told = trust(office, "set", "crl_sources", "http://ca.example/a.crl", "http://ca.example/b.crl").answer
    assert told["crl_sources"] == ["http://ca.example/a.crl", "http://ca.example/b.crl"]
    assert trust(office, "set", "tsa_url", "gateway").answer["tsa_url"] == "gateway"


def test_a_file_is_held_against_what_the_store_recorded(office: Office, tmp_path: Path) -> None:
    with Store.open(office.store.folder, PASSWORD) as store:
        there = Office(store, Clock(datetime.now(UTC)), office.people)
        name = there.seal()[1]
        file = tmp_path / "x.asice"
        file.write_bytes(as_sent(store, name))
    words = ("verify", file, "--home", office.store.folder, "--password-stdin")
    told = vungxa(*words, stdin=PASSWORD + "\n").answer
    assert (told["package_id"], told["level"], told["recorded"]) == (name, "B", ["B"] * len(told["signers"]))
    assert {signer["missing"][0] for signer in told["signers"]} == {"time_stamp"}
    assert vungxa(*words, "--trust", file, stdin=PASSWORD + "\n").error == (2, "bad_arguments")

"""`vungxa people`: the unit's signers on the command line."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import load_der_x509_certificate

from desktop.demo.pki import DemoPki
from desktop.dossier.people import Person
from desktop.store.store import Store
from tests.contract.store_kit import CHEAP, UNIT
from tests.e2e.command import Ran, vungxa
from tests.fixtures.softkeys import SoftPerson, make_soft_person
from tests.unit.desk.kit import PASSWORD

DEPUTY = "Sùng A Páo"


@pytest.fixture
def home(tmp_path: Path, soft_people: list[SoftPerson], demo_pki: DemoPki) -> Path:
    """A unit, and beside it the certificate of a deputy as a PEM file."""
    Store.create(tmp_path / "unit", PASSWORD, UNIT, [soft.person for soft in soft_people], kdf=CHEAP).close()
    deputy = make_soft_person(demo_pki, Person(person_id="x", name=DEPUTY, roles=())).certificate
    (tmp_path / "deputy.pem").write_bytes(load_der_x509_certificate(deputy).public_bytes(Encoding.PEM))
    return tmp_path / "unit"


def people(home: Path, *words: object) -> Ran:
    return vungxa("people", *words, "--home", home, "--password-stdin", stdin=PASSWORD + "\n")


def test_a_delegate_is_added_delegated_and_ended(home: Path) -> None:
    pem = home.parent / "deputy.pem"
    assert people(home, "add", "--name", "Vàng A Tếnh", "--certificate", pem).error == (2, "name_differs")
    added = people(home, "add", "--name", DEPUTY, "--certificate", pem).answer
    assert [person["name"] for person in added["people"]][-1] == DEPUTY
    days = ("--from", "1/1/2026", "--to", "31/12/2027", "--document", "12/GUQ-UBND")
    scope = ("--form", "M17", "--procedure", "P3", "--max-amount", "50.000.000")
    given = people(home, "delegate", "--person", "p4", "--for", "p3", *days, *scope).answer["delegations"]
    assert [item["scope"] for item in given] == ["Mẫu 17; thủ tục P3; tối đa 50.000.000 đ"] * 2
    ended = people(home, "end-delegation", "--delegation", given[0]["delegation_id"]).answer["delegations"]
    assert [item["state"] for item in ended] == ["ended", "now"]


def test_what_is_asked_wrongly_is_refused_in_words(home: Path) -> None:
    assert people(home, "add", "--name", DEPUTY, "--role", "boss").error == (2, "bad_arguments")
    assert people(home, "certificate", "--person", "p3").error == (2, "bad_arguments")
    assert people(home, "end", "--person", "p9").error == (2, "no_person")
    assert people(home, "delegate", "--person", "p2", "--for", "p3", "--from", "hôm qua").error == (2, "bad_date")
    assert [person["person_id"] for person in people(home).answer["people"]] == ["p1", "p2", "p3"]


def test_what_runs_out_is_told_with_the_status(home: Path, demo_pki: DemoPki) -> None:
    end = datetime.now(UTC) + timedelta(days=20)
    made = make_soft_person(demo_pki, Person(person_id="x", name=DEPUTY, roles=()), not_after=end)
    (home.parent / "soon.der").write_bytes(made.certificate)
    people(home, "add", "--name", DEPUTY, "--certificate", home.parent / "soon.der")
    told = vungxa("status", "--home", home, "--password-stdin", stdin=PASSWORD + "\n").answer["warnings"]
    assert [f"{DEPUTY} còn " in sentence for sentence in told] == [True]

"""Two units on one machine: nobody signs for the one as a person of the other, whatever is plugged in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from desktop.demo.pki import DemoToken
from desktop.demo.unit import UNIT, UNIT_ESTIMATES
from desktop.desk.sealing import Sealer
from desktop.desk.token_desk import TokenDesk
from desktop.dossier.errors import VungXaError
from desktop.dossier.people import Person
from desktop.signing.asice import Signed
from desktop.store.store import Store
from tests.contract.store_kit import CHEAP
from tests.fixtures.tokens import TokenFault
from tests.unit.desk.kit import PASSWORD, Office

SCHOOL = UNIT.model_copy(update={"code": "1027645", "name": "Trường Tiểu học Sín Chéng"})


@pytest.fixture
def school(office: Office, tmp_path: Path) -> Iterator[Office]:
    """The other unit, with the same people."""
    with other(office, tmp_path, [soft.person for soft in office.people]) as made:
        yield made


@contextmanager
def other(office: Office, folder: Path, people: list[Person]) -> Iterator[Office]:
    with Store.create(folder / "school", PASSWORD, SCHOOL, people, kdf=CHEAP) as store:
        store.estimates.load(UNIT_ESTIMATES)
        yield Office(store, office.clock, office.people)


def sign(unit: Office, fault: TokenFault, token: DemoToken, local_id: str) -> str:
    """Code of what was wrong, of the dossier or of the whole batch."""
    desk, codes = TokenDesk(unit.context(), fault.worker), list[str]()
    try:
        desk.sign(token.serial, token.pin, [local_id], lambda one: codes.append(one.code), bool)
    except VungXaError as error:
        codes.append(error.code)
    desk.close()
    return codes[-1]


def test_a_token_of_the_other_unit_alone_signs_nothing_here(
    office: Office, tmp_path: Path, demo_tokens: list[DemoToken], fault: TokenFault
) -> None:
    """One token, two stores: its owner is registered in the second only, and the dossier lies in the first."""
    local_id, owner = office.submit(), demo_tokens[1]
    codes = [sign(office, fault, owner, local_id)]
    with other(office, tmp_path, [owner.person]) as school:
        codes.append(sign(school, fault, owner, local_id))
    assert codes == ["not_registered", "not_your_turn"]
    assert office.store.submissions.signed_at(local_id) == {}


def test_what_was_signed_for_one_unit_is_no_signature_for_the_other(office: Office, school: Office) -> None:
    """Who signs for both signs each dossier for its own unit: the unit is in what is signed."""
    here, there = office.submit(), school.submit()
    office.sign(here, 1)
    made = office.store.submissions.get(here).signatures[0]
    signed, signer = Signed(made.manifest, made.cms), office.people[1].person
    with pytest.raises(VungXaError) as raised:
        Sealer(school.context()).keep(there, signed, signer, school.context().now())
    assert raised.value.code == "bad_package"
    assert school.store.submissions.signed_at(there) == {}
    school.sign(there)
    assert school.package(there)

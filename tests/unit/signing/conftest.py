"""One good package in memory that the attacks start from."""

import pytest

from desktop.demo.pki import DemoPki
from desktop.demo.unit import PEOPLE
from desktop.signing.asice import Package
from tests.fixtures.softkeys import SoftPerson, make_soft_person
from tests.fixtures.tokens import sample_objects
from tests.unit.signing.kit import signed_by


@pytest.fixture(scope="session")
def keys(demo_pki: DemoPki) -> list[SoftPerson]:
    return [make_soft_person(demo_pki, person) for person in PEOPLE]


@pytest.fixture(scope="session")
def package(keys: list[SoftPerson]) -> Package:
    return signed_by(keys, sample_objects(keys))


@pytest.fixture(scope="session")
def small_package(keys: list[SoftPerson]) -> Package:
    return signed_by(keys[:1], sample_objects(keys[:1]))

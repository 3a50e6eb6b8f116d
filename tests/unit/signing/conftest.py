"""One good package in memory that the attacks start from."""

import pytest

from desktop.demo.pki import DemoPki
from desktop.demo.unit import PEOPLE
from desktop.signing.asice import Package
from desktop.signing.trust import Trust
from desktop.signing.tsa import SandboxTsa
from tests.fixtures.softkeys import SoftPerson, make_soft_person
from tests.fixtures.tokens import sample_objects
from tests.unit.signing.kit import lifted, signed_by


@pytest.fixture(scope="session")
def keys(demo_pki: DemoPki) -> list[SoftPerson]:
    return [make_soft_person(demo_pki, person) for person in PEOPLE]


@pytest.fixture(scope="session")
def package(keys: list[SoftPerson]) -> Package:
    return signed_by(keys, sample_objects(keys))


@pytest.fixture(scope="session")
def small_package(keys: list[SoftPerson]) -> Package:
    return signed_by(keys[:1], sample_objects(keys[:1]))


@pytest.fixture(scope="session")
def stamped(small_package: Package, demo_tsa: SandboxTsa) -> Package:
    """One signature, level T."""
    return lifted(small_package, demo_tsa)


@pytest.fixture(scope="session")
def lasting(package: Package, demo_tsa: SandboxTsa, lasting_trust: Trust) -> Package:
    """Three signatures, level LT."""
    return lifted(package, demo_tsa, lasting_trust)

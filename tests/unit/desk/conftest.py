"""A unit whose three people sign with keys in memory."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fixtures.softkeys import SoftPerson
from tests.unit.desk.handover_kit import away, both, home, partly, prepared
from tests.unit.desk.kit import Clock, Office

__all__ = ["away", "both", "home", "office", "partly", "prepared"]


@pytest.fixture
def office(tmp_path: Path, soft_people: list[SoftPerson]) -> Iterator[Office]:
    made = Office.make(tmp_path / "unit", [soft.person for soft in soft_people], Clock(), soft_people)
    with made.store:
        yield made

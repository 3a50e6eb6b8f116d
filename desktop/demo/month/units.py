"""The two units of the month, who works there and what they were given: invented, but of the real shape."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from desktop.demo.unit import PEOPLE, UNIT
from desktop.dossier.people import EstimateLine, Person, Role, Unit

PROJECT_CODE = "7954321"
PROJECT_NAME = "Đường bản Nàng 1 – bản Muống 2"
PROJECT_ACCOUNT = f"9552.4.{PROJECT_CODE}"
PROJECT_TOTAL, PROJECT_PLAN = 1_650_000_000, 900_000_000
"""Total investment and the plan of the year, VND."""

SCHOOL = Unit(
    code="1098812",
    name="Trường Tiểu học Mường Lý",
    address="Bản Muống 2, xã Mường Lý, tỉnh Thanh Hóa",
    chapter="800",
    budget_level="4",
    treasury_code=UNIT.treasury_code,
    treasury_name=UNIT.treasury_name,
    estimate_account="9523.4.1098812",
    deposit_account="3713.4.1098812",
)
SCHOOL_PEOPLE = (
    Person(person_id="t1", name="Phạm Thị Ước", roles=(Role.PREPARER,)),
    Person(person_id="t2", name="Ngân Thị Bích", roles=(Role.CHIEF_ACCOUNTANT,)),
    Person(person_id="t3", name="Lương Xuân Quyết", roles=(Role.HEAD_OF_UNIT, Role.ACCOUNT_HOLDER)),
)
NEW_HOLDER = Person(person_id="p4", name="Thao Thị Sua", roles=(Role.HEAD_OF_UNIT, Role.ACCOUNT_HOLDER))
"""Who heads the commune at the end of the month."""


@dataclass(frozen=True)
class Office:
    """A unit as the month finds it; `key` names it in the plan, `given` what it has in a year, at both sides."""

    key: str
    unit: Unit
    people: tuple[Person, ...]
    given: Callable[[int], tuple[EstimateLine, ...]]


def _commune(year: int) -> tuple[EstimateLine, ...]:
    return (
        _line(year, UNIT.estimate_account, "13", "341", 2_400_000_000),
        _line(year, UNIT.estimate_account, "13", "371", 1_150_000_000),
        _line(year, PROJECT_ACCOUNT, "43", "292", PROJECT_PLAN),
        _line(year, UNIT.deposit_account, "13", "", 264_000_000),
    )


def _school(year: int) -> tuple[EstimateLine, ...]:
    return (
        _line(year, SCHOOL.estimate_account, "13", "072", 3_900_000_000),
        _line(year, SCHOOL.deposit_account, "13", "", 410_000_000),
    )


def _line(year: int, account: str, source: str, sector: str, amount: int) -> EstimateLine:
    return EstimateLine(budget_year=year, account=account, source=source, sector=sector, amount=amount)


COMMUNE_KEY = "xã"
OFFICES = (Office(COMMUNE_KEY, UNIT, PEOPLE, _commune), Office("trường", SCHOOL, SCHOOL_PEOPLE, _school))

"""Who may act for a unit at the Treasury: the unit, its people, their roles and registered certificates.

Source: NĐ 347/2025/NĐ-CP Điều 8 and Mẫu 24 (registration of accounts and signature specimens), rules R-020 to R-022.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field


class Role(StrEnum):
    """A title under which a person signs a form, named as in the form definitions."""

    PREPARER = "preparer"
    CHIEF_ACCOUNTANT = "chief_accountant"
    HEAD_OF_UNIT = "head_of_unit"
    ACCOUNT_HOLDER = "account_holder"


ROLE_TITLES: dict[Role, str] = {
    Role.PREPARER: "Người lập",
    Role.CHIEF_ACCOUNTANT: "Kế toán trưởng",
    Role.HEAD_OF_UNIT: "Thủ trưởng đơn vị",
    Role.ACCOUNT_HOLDER: "Chủ tài khoản",
}


SIGNING_ORDER: tuple[tuple[Role, ...], ...] = (
    (Role.PREPARER,),
    (Role.CHIEF_ACCOUNTANT,),
    (Role.HEAD_OF_UNIT, Role.ACCOUNT_HOLDER),
)
"""In which order titles sign (rule R-021). One person may hold titles of one group together, never of two: each group
signs for itself."""


def may_hold(roles: Iterable[Role]) -> bool:
    """Tell whether one person may hold these titles together: no two that sign one dossier one after the other."""
    wanted = set(roles)
    return any(wanted <= set(group) for group in SIGNING_ORDER)


class Person(BaseModel):
    """One registered person; `certificate_sha256` is the lower-case hex SHA-256 of the DER certificate, "" if none."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    person_id: str
    name: str
    roles: tuple[Role, ...]
    certificate_sha256: str = ""


class Unit(BaseModel):
    """A budget unit (đơn vị giao dịch) as registered at its Treasury office."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str = Field(pattern=r"^\d{7}$", description="mã ĐVQHNS")
    name: str
    address: str
    chapter: str
    budget_level: str
    treasury_code: str
    treasury_name: str
    estimate_account: str
    deposit_account: str


class EstimateLine(BaseModel):
    """What the unit was given for one account, source and sector in one budget year; `amount` in VND."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    budget_year: int
    account: str
    source: str
    sector: str
    amount: int

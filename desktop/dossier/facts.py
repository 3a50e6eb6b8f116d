"""What may be known of a dossier before its components can be named: each circumstance true, false or unknown.

The conditions of procedures.json and the answers of purposes.json use these words and no others.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum

from desktop.dossier.form_parts import Part


class Fact(StrEnum):
    """A circumstance on which a component depends; the sources are the articles that procedures.json quotes."""

    FIRST_OF_YEAR = "first_of_year"
    ESTIMATE_CHANGED = "estimate_changed"
    PUBLIC_SERVICE = "public_service"
    """Electricity, water or telecommunications (NĐ 347 Điều 6.3.a)."""
    SEVERAL_PAYEES = "several_payees"
    STUDENTS_ABROAD = "students_abroad"
    FOREIGN_CURRENCY = "foreign_currency"
    EXCEEDS_ADVANCE = "exceeds_advance"
    GRANT_AT_BANK = "grant_at_bank"
    """A grant whose receiving account is at a bank (NĐ 347 Điều 6.2.l, 7.3.c)."""
    SETTLES_GRANT_ADVANCE = "settles_grant_advance"
    SETTLES_ONLY = "settles_only"
    """Settles a grant's advance and moves no money."""
    EXEMPT_FOUNDING = "exempt_founding"
    EXEMPT_HOLDER = "exempt_holder"
    EXEMPT_ACCOUNTANT = "exempt_accountant"
    FOUNDING_CHANGED = "founding_changed"
    HOLDER_CHANGED = "holder_changed"
    ACCOUNTANT_CHANGED = "accountant_changed"
    FIRST_OF_PROJECT = "first_of_project"
    PROJECT_CHANGED = "project_changed"
    UNDER_CONTRACT = "under_contract"
    COMPENSATION = "compensation"
    SELF_EXECUTION = "self_execution"
    BOARD_BUDGET = "board_budget"
    MANAGEMENT_BOARD = "management_board"
    LOAN = "loan"
    GRANT = "grant"
    ADVANCE_STAGE = "advance_stage"
    """Asks for an advance, not for completed work."""
    ADVANCE_RECOVERED = "advance_recovered"
    GUARANTEE_NEEDED = "guarantee_needed"
    GUARANTEE_COVERS = "guarantee_covers"
    """The guarantee is as large as the open advance and valid until it is recovered (NĐ 254 Điều 9.2.a)."""
    CONTRACT_IN_FORCE = "contract_in_force"
    """The contract is in force and, for building with site clearance, the site is handed over (NĐ 254 Điều 9.1.a)."""
    SETTLED_BY_DECISION = "settled_by_decision"
    PAID_AT_BANK = "paid_at_bank"


Known = Mapping[Fact, bool]
"""What is known; a fact that is not in it is unknown, which is never the same as false."""


class Need(Part):
    """A condition over facts; empty it always holds."""

    any_of: tuple[Fact, ...] = ()
    all_of: tuple[Fact, ...] = ()
    none_of: tuple[Fact, ...] = ()

    @property
    def facts(self) -> tuple[Fact, ...]:
        """Every fact it looks at."""
        return (*self.any_of, *self.all_of, *self.none_of)

    def holds(self, known: Known) -> bool | None:
        """Tell whether it holds; None while what is unknown could still decide."""
        denied = [None if value is None else not value for value in map(known.get, self.none_of)]
        parts = [_all(map(known.get, self.all_of)), _all(denied)]
        if self.any_of:
            parts.append(_any(map(known.get, self.any_of)))
        return _all(parts)


def _all(values: Iterable[bool | None]) -> bool | None:
    seen = list(values)
    return False if False in seen else None if None in seen else True


def _any(values: Iterable[bool | None]) -> bool | None:
    seen = list(values)
    return True if True in seen else None if None in seen else False

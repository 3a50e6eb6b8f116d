"""The Treasury's checks, run on the desk before anything is signed."""

from desktop.dossier.rules import (  # noqa: F401  # importing a module registers its rules, in this order
    accounts,
    amounts,
    basis,
    blanks,
    budget,
    capital,
    carryover,
    codes,
    components,
    content,
    days,
    foreign,
    formulas,
    investment,
    kinds,
    lists,
    oda,
    payees,
    payment,
    penalties,
    provisional,
    rates,
    reconciliation,
    remittance,
    repeated,
    request,
    required,
    returns,
    settlement,
    settlement_foreign,
    shape,
    whole,
)
from desktop.dossier.rules.check import check_document, check_dossier, has_errors
from desktop.dossier.rules.context import CheckContext
from desktop.dossier.rules.parse import parse_document
from desktop.dossier.rules.registry import RULES

__all__ = ["RULES", "CheckContext", "check_document", "check_dossier", "has_errors", "parse_document"]

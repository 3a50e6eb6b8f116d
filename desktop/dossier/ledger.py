"""What the rules ask about the unit's past, without knowing where it is kept."""

from __future__ import annotations

from typing import Protocol


class Ledger(Protocol):
    """The unit's own book of estimates, contracts and advances; None always means "not known", never zero."""

    def remaining(self, budget_year: int, account: str, source: str, sector: str) -> int | None:
        """VND still free on an estimate line; for a deposit account `sector` is "" and it is the account's balance."""

    def paid_to_date(self, contract_no: str) -> int:
        """VND already paid or held under a contract or decision, without the document being checked."""

    def advance_balance(self, account: str, source: str) -> int | None:
        """VND advanced from an account and source and not yet settled."""

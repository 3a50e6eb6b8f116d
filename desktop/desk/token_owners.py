"""What a unit holds the certificates on tokens against, for whoever shows them or signs with them."""

from __future__ import annotations

from datetime import datetime

from desktop.desk.clock_check import clock_problem
from desktop.desk.token_views import Desk
from desktop.desk.trusting import unit_trust
from desktop.store.store import Store


def desk_of(store: Store, now: datetime) -> Desk:
    """The unit's people, whom it trusts, now, and whether the clock can be signed by."""
    return Desk(store.unit.people(), unit_trust(store), now, clock_problem(store, now))

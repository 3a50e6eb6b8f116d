"""Finds the dossiers of a chip from the facts that put them there, so that a rare state costs as little as it is rare.

The views `decided`, `undecided`, `unpackaged`, `unsubmitted` and `in_hand` are read from indexes alone; only what is in
hand (submitted, and neither decided, received nor on paper) is worked out in full, and that is never much.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from desktop.dossier.lifecycle import State
from desktop.dossier.views import FILTER_STATES, ListFilter

_DECISIONS = {
    State.PAID: ("paid",),
    State.RETURNED: ("returned", "mismatch"),
    State.SUPPLEMENT: ("supplement",),
    State.ACCEPTED: ("in_control",),
}
_SETTLED = frozenset({*_DECISIONS, State.PAPER, State.DRAFT})
_PAID = """
(SELECT e.decision FROM packages p INDEXED BY packages_locals
 JOIN feed_events e INDEXED BY feed_events_decisions ON e.package_id = p.package_id AND e.kind = 'decision'
 WHERE p.local_id = drafts.local_id ORDER BY e.seq DESC LIMIT 1) = 'paid'
"""
"""Most dossiers of a unit are paid: these are met by walking the list, not by gathering them first."""


def on_chip(chip: ListFilter) -> str:
    """Return the condition on `drafts` for one chip; it holds no input."""
    if chip is ListFilter.PAID:
        return _PAID
    return f"local_id IN ({' UNION ALL '.join(_sources(chip, FILTER_STATES[chip]))})"


def _sources(chip: ListFilter, states: Collection[State]) -> Iterator[str]:
    decisions = [decision for state in states for decision in _DECISIONS.get(state, ())]
    if decisions:
        yield f"SELECT local_id FROM decided WHERE decision IN ({_listed(decisions)})"  # noqa: S608 - ours
    if State.ACCEPTED in states:
        yield "SELECT u.local_id FROM undecided u JOIN receipts r USING (package_id)"
    if State.PAPER in states:
        yield "SELECT u.local_id FROM unpackaged u JOIN paper_filings f USING (submission_id)"
    if State.DRAFT in states:
        faulty = {ListFilter.FIX: " WHERE faulty", ListFilter.DRAFT: " WHERE NOT faulty"}.get(chip, "")
        yield f"SELECT local_id FROM unsubmitted{faulty}"  # noqa: S608 - ours
    if working := sorted(set(states) - _SETTLED):
        yield (
            "SELECT local_id FROM dossier_states WHERE local_id IN (SELECT local_id FROM in_hand)"  # noqa: S608 - ours
            f" AND state IN ({_listed(working)})"
        )


def _listed(words: Collection[str]) -> str:
    return ", ".join(f"'{word}'" for word in words)

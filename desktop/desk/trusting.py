"""Whom a unit trusts on this machine, put together from what its store keeps (docs/trust.md)."""

from __future__ import annotations

from weakref import WeakKeyDictionary

from desktop.signing.trust import Trust
from desktop.signing.trustlist import TrustList
from desktop.store.store import Store

_known: WeakKeyDictionary[Store, tuple[tuple[object, ...], Trust | None]] = WeakKeyDictionary()
"""What each open store gave last, and from which state: revocation lists are large and every signature asks."""


def unit_trust(store: Store) -> Trust | None:
    """Roots of the Treasury's newest list and the unit's own, intermediates, cached CRLs, time-stamping authorities.

    None while no root is known: then nothing can be said of trust, and nothing is refused for it.
    """
    generation = store.trust.generation()
    held = _known.get(store)
    if held is None or held[0] != generation:
        held = _known[store] = (generation, _read(store))
    return held[1]


def treasury_list(store: Store) -> TrustList | None:
    """The Treasury's newest list, as verified when it was kept; None before the first."""
    kept = store.trust.newest()
    return None if kept is None else TrustList.model_validate_json(kept.payload)


def authorities(store: Store) -> tuple[bytes, ...]:
    """Every certificate (DER) whose revocation lists are kept: roots and intermediates."""
    trust = unit_trust(store)
    return () if trust is None else (*trust.roots, *trust.intermediates)


def _read(store: Store) -> Trust | None:
    told = treasury_list(store)
    own = tuple(root.der for root in store.trust.own_roots())
    roots = (*(told.root_ders() if told else ()), *own)
    if not roots:
        return None
    return Trust(
        roots=tuple(dict.fromkeys(roots)),
        intermediates=told.intermediate_ders() if told else (),
        crls=tuple(crl.der for crl in store.trust.crls()),
        tsa_roots=told.tsa_ders() if told else (),
    )

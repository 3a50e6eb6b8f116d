"""What the window shows of trust and lasting evidence, as plain values.

Instants are ISO-8601 UTC with "Z" ("" when unknown), digests lower-case hex, spans in days.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class RootView:
    """A certificate (authority) the unit trusts: told by the Treasury, or `own`, chosen by a person here at `added_at`.

    `not_after` is the end of the certificate itself.
    """

    sha256: str
    name: str
    not_after: str
    own: bool = False
    added_at: str = ""


@dataclass(frozen=True)
class CrlView:
    """The newest revocation list of one issuer; `stale` when it is too old to clear a certificate (docs/trust.md)."""

    issuer: str
    this_update: str
    next_update: str
    age_days: int
    stale: bool
    source: str


@dataclass(frozen=True)
class TrustView:
    """The whole screen «Tin cậy & bằng chứng».

    `list_version` 0 and `list_at` "" before the first list. `tsa_url` is "gateway", an address or "" for nobody;
    `waiting` packages have a signature below LT, `late` of them lack a time-stamp after `warning_days`; `warning` is
    the sentence about those, "" when there are none.
    """

    list_version: int
    list_at: str
    roots: tuple[RootView, ...]
    crls: tuple[CrlView, ...]
    tsa_url: str
    crl_sources: tuple[str, ...]
    warning_days: int
    waiting: int
    oldest_at: str
    late: int
    warning: str

"""Whom this unit trusts: the Treasury's signed lists, roots a person chose, the newest revocation lists of each issuer.

Whatever is kept here was verified before (desktop/signing/trustlist.py). The store only never goes back: an older list
or CRL does not take the place of a newer one.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from desktop.store.clock import Clock
from desktop.store.database import Database, Row
from desktop.store.journal import Journal


@dataclass(frozen=True)
class KeptList:
    """The Treasury's trust list of the highest version; `payload` is the canonical JSON that was signed."""

    version: int
    statement: str
    payload: bytes
    source: str
    at: str


@dataclass(frozen=True)
class OwnRoot:
    """A root a person of the unit chose to trust; `sha256` of the DER, hex."""

    sha256: str
    name: str
    at: str
    actor: str
    der: bytes = field(repr=False)


@dataclass(frozen=True)
class KeptCrl:
    """The newest revocation list of one issuer, key and scope, which `issuer` names (see desktop/signing/crls.py).

    `this_update` and `next_update` are instants of the list itself, `next_update` "" when it names none.
    """

    issuer: str
    issuer_name: str
    this_update: str
    next_update: str
    sha256: str
    source: str
    at: str
    der: bytes = field(repr=False)


class TrustRecord:
    """Lists, own roots and revocation lists of one unit."""

    def __init__(self, database: Database, clock: Clock, journal: Journal) -> None:
        self._database = database
        self._clock = clock
        self._journal = journal

    def newest(self) -> KeptList | None:
        """Return the list of the highest version, None before the first."""
        row = self._database.one("SELECT * FROM trust_lists ORDER BY version DESC LIMIT 1")
        if row is None:
            return None
        return KeptList(row["version"], row["statement"], bytes(row["payload"]), row["source"], row["at"])

    def keep_list(self, version: int, statement: str, payload: bytes, source: str) -> bool:
        """Keep a verified list; False, and nothing changes, unless its version is above every one kept."""
        with self._database.transaction():
            highest = self._database.value("SELECT max(version) FROM trust_lists")
            if highest is not None and version <= highest:
                return False
            at = self._clock()
            self._database.insert(
                "trust_lists", version=version, statement=statement, payload=payload, source=source, at=at
            )
            self._journal.append("", "trust_list", None, f"{version} {source}")
        return True

    def own_roots(self) -> list[OwnRoot]:
        """Return the roots people chose, oldest first."""
        rows = self._database.rows("SELECT * FROM own_roots ORDER BY at, sha256")
        return [OwnRoot(row["sha256"], row["name"], row["at"], row["actor"], bytes(row["der"])) for row in rows]

    def add_root(self, sha256: str, der: bytes, name: str, actor: str) -> bool:
        """Trust a root because a person said so, which the journal keeps; False when it is there already."""
        with self._database.transaction():
            if self._database.value("SELECT 1 FROM own_roots WHERE sha256 = ?", (sha256,)):
                return False
            self._database.insert("own_roots", sha256=sha256, der=der, name=name, at=self._clock(), actor=actor)
            self._journal.append(actor, "trust_root", None, sha256)
        return True

    def remove_root(self, sha256: str, actor: str) -> bool:
        """Trust a root no more; False when there is none of this digest."""
        with self._database.transaction():
            if not self._database.run("DELETE FROM own_roots WHERE sha256 = ?", (sha256,)):
                return False
            self._journal.append(actor, "untrust_root", None, sha256)
        return True

    def crls(self) -> list[KeptCrl]:
        """Return the newest revocation list of every issuer."""
        return [_crl(row) for row in self._database.rows("SELECT * FROM crls ORDER BY issuer_name, issuer")]

    def crl_digests(self) -> set[str]:
        """Return the SHA-256 of every revocation list that is here."""
        return {str(row["sha256"]) for row in self._database.rows("SELECT sha256 FROM crls")}

    def keep_crl(
        self, issuer: str, issuer_name: str, this_update: str, next_update: str, sha256: str, der: bytes, source: str
    ) -> bool:
        """Keep a verified list in place of its issuer's older one; False when ours is as new or newer."""
        with self._database.transaction():
            held = self._database.value("SELECT this_update FROM crls WHERE issuer = ?", (issuer,))
            if held is not None and this_update <= held:
                return False
            values = (issuer, issuer_name, this_update, next_update, sha256, der, source, self._clock())
            self._database.run("INSERT OR REPLACE INTO crls VALUES (?, ?, ?, ?, ?, ?, ?, ?)", values)
            self._journal.append("", "crl", None, f"{sha256} {source}")
        return True

    def generation(self) -> tuple[object, ...]:
        """Return what changes whenever anything here does, so that a reader need not read large lists again."""
        row = self._database.one(
            "SELECT (SELECT max(version) FROM trust_lists) AS list,"
            " (SELECT group_concat(sha256) FROM (SELECT sha256 FROM own_roots ORDER BY sha256)) AS roots,"
            " (SELECT group_concat(sha256) FROM (SELECT sha256 FROM crls ORDER BY issuer)) AS crls"
        )
        return () if row is None else (row["list"], row["roots"], row["crls"])


def _crl(row: Row) -> KeptCrl:
    return KeptCrl(
        issuer=row["issuer"],
        issuer_name=row["issuer_name"],
        this_update=row["this_update"],
        next_update=row["next_update"],
        sha256=row["sha256"],
        source=row["source"],
        at=row["at"],
        der=bytes(row["der"]),
    )

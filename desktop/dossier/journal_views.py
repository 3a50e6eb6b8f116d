"""What people see of the journal: its entries in words, and what an examination of it found.

Instants are ISO-8601 UTC with "Z". Entries are numbered from 1 (`seq`).
"""

from __future__ import annotations

from typing import Literal, NamedTuple

FindingKind = Literal["edit", "gap", "cut", "seal", "countersign", "fork", "restore"]
Column = Literal["seq", "at", "who", "what", "number"]


class JournalRow(NamedTuple):
    """One entry in Vietnamese words; `number` is the dossier's, "" when the entry is about none."""

    seq: int
    at: str
    who: str
    what: str
    number: str
    detail: str


class JournalChoices(NamedTuple):
    """By what the journal can be narrowed: people and kinds of act, each a code and what it is called."""

    people: tuple[tuple[str, str], ...]
    kinds: tuple[tuple[str, str], ...]


class Finding(NamedTuple):
    """Something that is not as it should be; `seq` is the first entry concerned, `sentence` says what it means.

    edit: an entry says something else than when it was written; gap: entries are missing in between; cut: the end is
    missing; seal: a seal of this machine is missing or not its own; countersign: the Treasury's signature under a seal
    is missing or not its own; fork: the Treasury knows another journal of this machine; restore: the same, explained
    by a backup that was put back, which is nothing bad.
    """

    kind: FindingKind
    seq: int
    sentence: str

    @property
    def code(self) -> str:
        """The stable code of the command line."""
        return f"journal_{self.kind}"


class JournalReport(NamedTuple):
    """An examination: number of entries, and up to which entry seals and the Treasury's signatures vouch for them."""

    entries: int
    sealed: int
    countersigned: int
    findings: tuple[Finding, ...]
    hash: str = ""

    @property
    def ok(self) -> bool:
        """Whether nothing speaks against the journal; a backup put back does not."""
        return all(finding.kind == "restore" for finding in self.findings)

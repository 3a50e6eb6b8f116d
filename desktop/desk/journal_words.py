"""Puts entries of the journal into words, and a search in words into what the store can look for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from desktop.dossier.dates import VIETNAM, DateError, instant, parse_date
from desktop.dossier.fold import fold
from desktop.dossier.journal_views import JournalChoices, JournalRow
from desktop.dossier.journal_words import KINDS, MACHINE, OF_TREASURY, TREASURY, WORDS, detail_words, what
from desktop.store import journal_reading as reading
from desktop.store.journal_reading import Found, JournalQuery, Term
from desktop.store.store import Store

MOST_TERMS = 8
"""Words of a search that count; who types more is looking for a sentence that nobody wrote."""


class JournalWords:
    """Who the unit's actors are, read once for a page or an export."""

    def __init__(self, store: Store) -> None:
        registered = {item.person_id: item.name for item in store.registrations.all()}
        people = {person.person_id: person.name for person in store.unit.people()}
        self.names: Mapping[str, str] = {
            **registered, **people, **store.users.names(), reading.OF_TREASURY: TREASURY, reading.OF_MACHINE: MACHINE,
        }  # fmt: skip

    def row(self, found: Found) -> JournalRow:
        """Say one entry in words."""
        entry = found.entry
        return JournalRow(
            entry.seq, entry.at, self._who(entry.actor, entry.action), what(entry.action), found.number,
            detail_words(entry.action, entry.detail),
        )  # fmt: skip

    def choices(self) -> JournalChoices:
        """Give whose entries and which kinds of act can be asked for, people by name and the Treasury after them."""
        people = [(code, name) for code, name in self.names.items() if not code.startswith("#")]
        people.sort(key=lambda person: fold(person[1]))
        others = [(code, self.names[code]) for code in (reading.OF_TREASURY, reading.OF_MACHINE)]
        return JournalChoices((*people, *others), tuple((kind, title) for kind, (title, _acts) in KINDS.items()))

    def query(self, text: str, sort: str, descending: bool, before: int, limit: int) -> JournalQuery:
        """Turn what somebody typed into what the store looks for."""
        terms = tuple(self._term(word) for word in fold(text).split()[:MOST_TERMS])
        ranks = {"who": _ranks(self.names), "what": _ranks(WORDS)}
        return JournalQuery(terms, sort, descending, before, limit, ranks, tuple(sorted(OF_TREASURY)))

    def _who(self, actor: str, action: str) -> str:
        if not actor:
            return TREASURY if action in OF_TREASURY else MACHINE
        return self.names.get(actor, actor)

    def _term(self, word: str) -> Term:
        since, until = _day(word)
        return Term(
            word,
            tuple(action for action, words in WORDS.items() if word in fold(words)),
            tuple(code for code, name in self.names.items() if word in fold(name) or word == fold(code)),
            since,
            until,
        )


def _ranks(words: Mapping[str, str]) -> dict[str, int]:
    """Places by the words as people sort them; equal words share one."""
    places = {key: place for place, key in enumerate(sorted({fold(text) for text in words.values()}))}
    return {code: places[fold(text)] for code, text in words.items()}


def _day(word: str) -> tuple[str, str]:
    """Give the first and last instant of a day in Việt Nam, ("", "") for a word that is none."""
    try:
        return day_span(parse_date(word))
    except DateError:
        return "", ""


def day_span(day: str) -> tuple[str, str]:
    """Give the first and last instant (UTC) of a day in Việt Nam, "YYYY-MM-DD"."""
    start = dt.datetime.combine(dt.date.fromisoformat(day), dt.time(), VIETNAM)
    return instant(start), instant(start + dt.timedelta(days=1, seconds=-1))

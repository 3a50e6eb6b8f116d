"""Finds out in which letters a list was typed, and lets a person confirm it: the guess, a line to judge by, the others.

A file's bytes tell UTF-8 and UTF-16 for sure. Whether the letters in it mean themselves or those of an old Vietnamese
font only the words can tell, so every way of reading is tried and the one that gives Vietnamese syllables wins.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from desktop.exchange.sheet_fonts import from_tcvn3, from_vni

_SAMPLE_ROWS = 120
_SAMPLE_SIGNS = 120
_ONSET = r"(?:ngh|ng|nh|gh|gi|kh|ph|qu|th|tr|ch|[bcdđghklmnpqrstvx])?"
_NUCLEUS = (
    "(?:iêu|yêu|oai|oao|oay|oeo|uây|uôi|uya|uyê|uyu|ươi|ươu|uêu|ai|ao|au|ay|âu|ây|eo|êu|ia|iê|iu|oa|oă|oe|oi|oo|ôi|ơi|"
    "ua|uâ|uê|ui|uô|uơ|uy|ưa|ưi|ươ|ưu|yê|[aăâeêioôơuưy])"
)
_SYLLABLE = re.compile(rf"{_ONSET}{_NUCLEUS}(?P<coda>ch|ng|nh|[cmnpt])?")
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_CUT_SHORT = {"c", "ch", "p", "t"}
_SHARP = {"\u0301", "\u0323"}
"""A syllable that ends in c, ch, p or t has the acute tone or the dot below, no other."""
_TOKEN = re.compile(r"[^\s\d.,;:()/|\"'«»\-]+")


class Letters(StrEnum):
    """How the letters of a file are to be read."""

    UNICODE = "unicode"
    TCVN3 = "tcvn3"
    VNI = "vni"
    CP1258 = "cp1258"


LABELS = {
    Letters.UNICODE: "Unicode",
    Letters.TCVN3: "TCVN3 (ABC, phông .Vn…)",
    Letters.VNI: "VNI (phông VNI-…)",
    Letters.CP1258: "Windows CP1258",
}


@dataclass(frozen=True)
class Sample:
    """One way of reading a file: `line` is a line of it, cells parted by " | ", as it would come out."""

    letters: Letters
    line: str

    @property
    def label(self) -> str:
        """The name of the encoding people know."""
        return LABELS[self.letters]


@dataclass(frozen=True)
class Reading:
    """In which letters a file is read; unless `certain`, a person confirms it by `line` or picks one of `others`."""

    letters: Letters
    certain: bool
    line: str
    others: tuple[Sample, ...] = ()

    @property
    def label(self) -> str:
        """The name of the encoding people know."""
        return LABELS[self.letters]

    def chosen(self, letters: Letters) -> Reading:
        """Give the reading a person picked instead; what the file cannot be read as stays as it was."""
        picked = next((sample for sample in self.others if sample.letters is letters), None)
        if picked is None:
            return self
        others = [sample for sample in self.others if sample is not picked]
        return Reading(letters, True, picked.line, (Sample(self.letters, self.line), *others))


def _from_cp1258(text: str) -> str:
    """Read signs of eight bits as Windows 1258; a sign that page lacks stays."""
    try:
        return unicodedata.normalize("NFC", text.encode("latin-1").decode("cp1258"))
    except UnicodeError:
        return text


_READERS: dict[Letters, Callable[[str], str]] = {
    Letters.UNICODE: lambda text: unicodedata.normalize("NFC", text),
    Letters.TCVN3: from_tcvn3,
    Letters.VNI: from_vni,
    Letters.CP1258: _from_cp1258,
}


def spell(text: str, letters: Letters) -> str:
    """Give a cell's text in Unicode (NFC); a cell with letters no old font has is Unicode whatever was chosen."""
    old = letters is not Letters.UNICODE and max(text, default="") < "\u0100"
    return _READERS[letters if old else Letters.UNICODE](text)


def guess(rows: Iterable[Sequence[object]], *, eight_bits: bool) -> Reading:
    """Tell the letters from the words of a list; `eight_bits` says that its bytes were no Unicode at all."""
    marked = list(islice((row for row in rows if any(map(_is_marked, row))), _SAMPLE_ROWS))
    if not marked:
        return Reading(Letters.UNICODE, certain=True, line="")
    first = [Letters.CP1258] if eight_bits else [Letters.UNICODE]
    candidates = [*first, Letters.TCVN3, Letters.VNI]
    cells = [cell for row in marked for cell in row if isinstance(cell, str) and not cell.isascii()]
    scores = {letters: sum(_score(spell(cell, letters)) for cell in cells) for letters in candidates}
    best = max(candidates, key=lambda letters: scores[letters])
    typical = max(marked, key=lambda row: sum(not s.isascii() for cell in row if isinstance(cell, str) for s in cell))
    line = _line(typical, best)
    others = tuple(Sample(letters, _line(typical, letters)) for letters in candidates if letters is not best)
    certain = best is Letters.UNICODE and (scores[best] > 0 or all(sample.line == line for sample in others))
    return Reading(best, certain, line, others)


def _is_marked(cell: object) -> bool:
    return isinstance(cell, str) and not cell.isascii()


def _line(row: Sequence[object], letters: Letters) -> str:
    words = [" ".join(spell(str(cell), letters).split()) for cell in row if cell not in (None, "")]
    return " | ".join(words)[:_SAMPLE_SIGNS]


def _score(text: str) -> int:
    """Count syllables with marks for the reading, and what no Vietnamese writes against it."""
    marked = [token for token in _TOKEN.findall(text) if not token.isascii()]
    return sum(1 if _is_syllable(token) else -1 for token in marked)


def _is_syllable(word: str) -> bool:
    if not (word.islower() or word.isupper() or word.istitle()):
        return False
    apart = unicodedata.normalize("NFD", word.lower())
    tones = {sign for sign in apart if sign in _TONES}
    found = _SYLLABLE.fullmatch(unicodedata.normalize("NFC", "".join(sign for sign in apart if sign not in _TONES)))
    if found is None or len(tones) > 1:
        return False
    return found["coda"] not in _CUT_SHORT or tones <= _SHARP

"""The command line's own grammar: one Vietnamese sentence for what is wrong with it."""

from __future__ import annotations

import argparse
import re
from typing import Any, NoReturn

from desktop.dossier.errors import VungXaError

_SAID = (
    (r"the following arguments are required: (.+)", r"Còn thiếu {0}."),
    (r"argument (.+?): invalid choice: '(.*)' \(choose from (.+)\)", r"{0} không nhận «{1}», chỉ nhận {2}."),
    (r"argument (.+?): invalid int value: '(.*)'", r"{0} phải là số, không phải «{1}»."),
    (r"argument (.+?): expected (?:one|at least one) argument", r"Sau {0} còn thiếu giá trị."),
    (r"argument (.+?): ignored explicit argument '(.*)'", r"{0} không nhận giá trị «{1}»."),
    (r"unrecognized arguments: (.+)", r"Không hiểu {0}."),
)
"""What argparse says in English (Python 3.11), and the same in Vietnamese."""

LONGEST = 400
"""Signs of each part of such a sentence: the names of all commands take about half of it."""


class BadArguments(VungXaError):
    """The command line itself is wrong (bad_arguments)."""


class Parser(argparse.ArgumentParser):
    """An argument parser that raises instead of exiting, so that --json also covers wrong arguments."""

    def __init__(self, **options: Any) -> None:
        """Options are written out in full: an abbreviation may mean another one in the next version."""
        super().__init__(allow_abbrev=False, **options)

    def error(self, message: str) -> NoReturn:
        """Raises BadArguments with what argparse found."""
        raise BadArguments("bad_arguments", f"Câu lệnh chưa đúng. {in_words(message)} Xem «{self.prog} --help».")


def in_words(message: str) -> str:
    """A message of argparse as a Vietnamese sentence; one that is not known stays as it is, in brackets."""
    for pattern, words in _SAID:
        found = re.fullmatch(pattern, message, re.DOTALL)
        if found:
            parts = [part.replace("'", "")[:LONGEST] for part in found.groups()]
            return words.format(*parts)
    return f"({message[:LONGEST]})"

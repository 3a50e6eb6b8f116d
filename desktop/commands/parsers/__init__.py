"""The grammar of the command line, a module for each group; a new group is a module here and a line in GROUPS."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from desktop.commands.parsers import (
    backup,
    book,
    data,
    digest,
    files,
    finding,
    handover,
    journal,
    lists,
    people,
    tokens,
    trust,
    unit,
    users,
    windows,
)
from desktop.commands.parsers.adding import Add

GROUPS: Sequence[Callable[[Add], None]] = (
    files.add_commands,
    unit.add_commands,
    finding.add_commands,
    tokens.add_commands,
    people.add_commands,
    users.add_commands,
    trust.add_commands,
    journal.add_commands,
    digest.add_commands,
    handover.add_commands,
    backup.add_commands,
    data.add_commands,
    book.add_commands,
    lists.add_commands,
    windows.add_commands,
)
"""In the order of `vungxa --help`."""

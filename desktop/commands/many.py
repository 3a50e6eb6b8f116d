"""Several files in one call of a command: one after the other, each with its own answer, stopped between two files."""

from __future__ import annotations

import signal
import sys
from argparse import Namespace
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from desktop.commands.answer import FAILED, NO, OK, Answer, say
from desktop.dossier.errors import VungXaError

Entry = dict[str, Any]
MAX_LISTED = 50
"""Findings of one file that the answer holds; their number is always told."""
_LISTS = ("missing", "differences", "problems")


def is_one_file(paths: Sequence[Path]) -> bool:
    """Whether a command was given a single file, which it answers in full."""
    from desktop.exchange.folder import is_folder

    return len(paths) == 1 and not is_folder(paths[0])


@contextmanager
def stopping() -> Iterator[Callable[[], bool]]:
    """Gives a question that is answered yes after Ctrl-C or SIGTERM; a second Ctrl-C breaks off at once."""
    stopped: list[int] = []

    def stop(number: int, _frame: object) -> None:
        stopped.append(number)
        signal.signal(signal.SIGINT, signal.default_int_handler)

    before = {name: signal.signal(name, stop) for name in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield lambda: bool(stopped)
    finally:
        for name, handler in before.items():
            signal.signal(name, handler)


def answer_many(args: Namespace, one: Callable[[Path], Entry]) -> Answer:
    """Answers for every file that `args.files` names or holds; `one` gives the whole answer for a file.

    Raises ExchangeError (not_found, too_many_files).
    """
    from desktop.exchange.folder import files_of

    entries: list[Entry] = []
    with stopping() as stopped:
        files = files_of(args.files)
        for path in files:
            if stopped():
                break
            entries.append(_entry(path, one))
            tell(args, len(entries), len(files), path, _in_words(entries[-1]))
    return whole(entries, len(files))


def whole(entries: list[Entry], count: int) -> Answer:
    """The answer for all files. Exit 0 when every one is fine, 1 when not, 2 when it was stopped before the end."""
    good = sum(entry["ok"] for entry in entries)
    cancelled = len(entries) < count
    payload = {
        "ok": good == count,
        "files": entries,
        "count": count,
        "done": len(entries),
        "bad": len(entries) - good,
        "cancelled": cancelled,
    }
    lines = [f"{len(entries)} trong {count} tệp: {good} ổn, {len(entries) - good} cần xem lại."]
    if cancelled:
        lines.append("Đã dừng theo yêu cầu. Tệp đã làm xong vẫn giữ nguyên.")
    return Answer(payload, lines, FAILED if cancelled else OK if good == count else NO)


def tell(args: Namespace, done: int, count: int, path: Path, words: str) -> None:
    """Says how far it is: on standard output, with --json only to someone who watches the terminal."""
    line = f"[{done}/{count}] {_printable(path.name)}: {_printable(words)}"
    if not args.json:
        say(line)
    elif sys.stderr.isatty():
        say(line, sys.stderr)


def shortened(answer: Entry) -> Entry:
    """An answer without its contents and with bounded lists, each list's length beside it: many must fit in memory."""
    kept = {key: value for key, value in answer.items() if isinstance(value, str | int | None)}
    for name in _LISTS:
        if name in answer:
            kept[name], kept[f"{name}_count"] = answer[name][:MAX_LISTED], len(answer[name])
    return kept


def _entry(path: Path, one: Callable[[Path], Entry]) -> Entry:
    try:
        return {"file": str(path), **shortened(one(path))}
    except VungXaError as error:
        return {"file": str(path), "ok": False, "error": {"code": error.code, "message": error.message}}


def _in_words(entry: Entry) -> str:
    if "error" in entry:
        return str(entry["error"]["message"])
    parts = [str(entry[key]) for key in ("kind", "form", "number") if entry.get(key)]
    counts = {"missing": "ô còn thiếu", "differences": "điều cần xem lại", "problems": "điều kiểm tra thấy"}
    found = [f"{entry[f'{name}_count']} {words}" for name, words in counts.items() if entry.get(f"{name}_count")]
    return ", ".join([" ".join(parts), *found])


def _printable(text: str) -> str:
    return "".join(sign if sign.isprintable() else "?" for sign in text)

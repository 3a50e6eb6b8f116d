"""The headless composition root: `vungxa` and its commands. Starts without PySide6; the contract is docs/cli.md."""

from __future__ import annotations

import argparse
import errno
import io
import multiprocessing
import os
import sys
from collections.abc import Sequence

from desktop import __version__
from desktop.commands import parts
from desktop.commands.answer import FAILED, Answer, error_answer, say, to_json
from desktop.commands.arguments import Parser
from desktop.commands.parsers import GROUPS
from desktop.commands.parsers.adding import Command
from desktop.dossier.errors import VungXaError
from desktop.signing.core_files import no_core


def build_parser() -> Parser:
    """All commands with their options; each sets `command` to a function from Namespace to Answer."""
    parser = Parser(
        prog="vungxa", description="Vùng Xa: hồ sơ thanh toán với Kho bạc Nhà nước, làm việc được khi mất mạng."
    )
    parser.add_argument("--version", action="version", version=f"vungxa {__version__}")
    shared = Parser(add_help=False)
    parser.add_argument("--json", action="store_true", help="trả lời bằng JSON")
    shared.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="trả lời bằng JSON")
    commands = parser.add_subparsers(dest="name", required=True, metavar="LỆNH")

    def add(name: str, command: Command, help_text: str) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, parents=[shared], help=help_text, description=help_text)
        sub.set_defaults(command=command)
        return sub

    for group in GROUPS:
        group(add)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code; a bug answers in the contract's shape too, its place is in a file."""
    multiprocessing.freeze_support()
    no_core()
    arguments = list(sys.argv[1:] if argv is None else argv)
    _speak_utf8()
    if arguments[:1] == [parts.FLAG]:
        return parts.run(arguments[1:])
    try:
        return _show(_answer(arguments), as_json="--json" in arguments)
    except KeyboardInterrupt:  # what was asked for is done, only the telling is broken off
        return FAILED
    except OSError:  # whoever listened is gone, or the disk behind the output is full; nobody is left to be told
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED


def _speak_utf8() -> None:
    """Vietnamese goes in and out alike on every system, whatever the console; a closed output says nothing."""
    sys.stdout, sys.stderr = sys.stdout or io.StringIO(), sys.stderr or io.StringIO()
    for stream, errors in ((sys.stdin, "surrogateescape"), (sys.stdout, "replace"), (sys.stderr, "replace")):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors=errors)


def _answer(arguments: Sequence[str]) -> Answer:
    try:
        args = build_parser().parse_args(arguments)
        _shelve()
        answer: Answer = args.command(args)
    except VungXaError as error:
        return error_answer(error.code, error.message)
    except KeyboardInterrupt:
        return error_answer("cancelled", "Đã dừng theo yêu cầu. Việc đã xong vẫn giữ nguyên.")
    except BrokenPipeError:
        raise
    except OSError as error:
        why = errno.errorcode.get(error.errno or 0, "OSError")
        return error_answer(
            "system_refused", f"Máy không cho đọc hoặc ghi. Kiểm tra đường dẫn, quyền và chỗ trống trên đĩa. ({why})"
        )
    except Exception as error:  # noqa: BLE001 - the process boundary: a bug must still answer in the contract's shape
        from desktop.commands.crash import report

        return error_answer("internal", report(error))
    return answer


def _shelve() -> None:
    """Puts form packs that came later on the shelf; a machine without any loads nothing for it."""
    from desktop.store.packs import PackFolder

    if PackFolder().files():
        from desktop.commands.packs import load

        load()


def _show(answer: Answer, *, as_json: bool) -> int:
    if as_json:
        say(to_json(answer.payload))
    elif answer.lines:
        lines = "\n".join(_plain(line) for line in answer.lines)
        say(lines, sys.stderr if answer.code == FAILED else sys.stdout)
    return answer.code


def _plain(line: str) -> str:
    """A line for a terminal: names of files and values of strangers must not steer it; a tab parts cells to copy."""
    return "".join(sign if sign.isprintable() or sign == "\t" else "?" for sign in line)


if __name__ == "__main__":
    sys.exit(main())

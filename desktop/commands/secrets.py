"""Asks for secrets: from the terminal without echo, or line by line from standard input; never from arguments."""

from __future__ import annotations

import getpass
import sys
from argparse import Namespace

from desktop.dossier.errors import VungXaError

MAX_SECRET = 1024


class SecretProblem(VungXaError):
    """A secret is missing, too long, or typed twice differently (no_password, secret_too_long, password_differs)."""


def ask(args: Namespace, prompt: str, *, twice: bool = False) -> str:
    """One secret. With --password-stdin the next line of standard input. Raises SecretProblem."""
    secret = "" if _nobody() else _typed(args, prompt, twice=twice)
    if not secret:
        raise SecretProblem(
            "no_password",
            f"Chưa có {prompt[0].lower()}{prompt[1:]}. Gõ vào khi được hỏi, hoặc đưa qua --password-stdin.",
        )
    return secret


def _typed(args: Namespace, prompt: str, *, twice: bool) -> str:
    return _from_stdin(prompt) if args.password_stdin else _from_terminal(prompt, twice=twice)


def _from_stdin(prompt: str) -> str:
    line = sys.stdin.readline(MAX_SECRET + 1)
    if len(line) > MAX_SECRET:
        raise SecretProblem("secret_too_long", f"{prompt} dài hơn {MAX_SECRET} ký tự. Kiểm tra lại dòng đưa vào.")
    return line.rstrip("\r\n")


def _nobody() -> bool:
    """Python has no stream at all where standard input was closed before the start."""
    return not hasattr(sys.stdin, "readline")


def _from_terminal(prompt: str, *, twice: bool) -> str:
    try:
        secret = getpass.getpass(f"{prompt}: ")
        if twice and getpass.getpass(f"{prompt}, gõ lại: ") != secret:
            raise SecretProblem("password_differs", "Hai lần gõ không giống nhau. Gõ lại từ đầu.")
    except EOFError:  # nobody is there to type
        return ""
    return secret

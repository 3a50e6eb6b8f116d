"""Asks for secrets: from the terminal without echo, or line by line from standard input; never from arguments."""

from __future__ import annotations

import getpass
import sys
from argparse import Namespace

from desktop.dossier.errors import VungXaError

MAX_SECRET = 1024


class SecretProblem(VungXaError):
    """A secret is missing or was typed twice differently (no_password, password_differs)."""


def ask(args: Namespace, prompt: str, *, twice: bool = False) -> str:
    """One secret. With --password-stdin the next line of standard input. Raises SecretProblem."""
    if args.password_stdin:
        secret = sys.stdin.readline(MAX_SECRET).rstrip("\r\n")
    else:
        secret = getpass.getpass(f"{prompt}: ")
        if twice and getpass.getpass(f"{prompt}, gõ lại: ") != secret:
            raise SecretProblem("password_differs", "Hai lần gõ không giống nhau. Gõ lại từ đầu.")
    if not secret:
        raise SecretProblem(
            "no_password", f"Chưa có {prompt.lower()}. Gõ vào khi được hỏi, hoặc đưa qua --password-stdin."
        )
    return secret

"""What every group of commands is added with; imports nothing heavy, for it is loaded at every start."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from desktop.commands.answer import Answer

Command = Callable[[argparse.Namespace], Answer]
"""What a command is: from its arguments to its answer. Raises VungXaError."""

Add = Callable[[str, Command, str], argparse.ArgumentParser]
"""Adds one command (name, what it does, one line of help) and gives its parser for options."""


def lazy(module: str, name: str) -> Command:
    """A command whose module is loaded only when it is called: the others must start fast."""

    def call(args: argparse.Namespace) -> Answer:
        from importlib import import_module

        command: Command = getattr(import_module(f"desktop.commands.{module}"), name)
        return command(args)

    return call


def unit_options(parser: argparse.ArgumentParser, *, required: bool = True) -> None:
    """Adds the folder of the unit and where its password comes from."""
    parser.add_argument("--home", type=Path, required=required, default=None, metavar="THƯ_MỤC")
    parser.add_argument("--password-stdin", action="store_true", help="đọc mật khẩu từ dòng đầu của đầu vào")

"""Opens the unit that --home names for whoever's password it is: a command may do what its user may do, no more."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from desktop.commands.secrets import ask
from desktop.desk.backing_up import open_store
from desktop.desk.context import DeskContext, at_desk
from desktop.dossier.duties import Act
from desktop.store.keys import open_with_password
from desktop.store.store import KEYS, Store


@contextmanager
def opened(args: Namespace, act: Act, *, password: str = "") -> Iterator[DeskContext]:
    """The desk of a unit for who may do `act`, closed at the end; asks for the password when none is given.

    Raises StoreError, WrongPassword, DeskError not_allowed, user_disabled, SecretProblem.
    """
    with opened_at(args.home, act, password or ask(args, "Mật khẩu")) as context:
        yield context


@contextmanager
def opened_store(args: Namespace, act: Act, *, password: str = "") -> Iterator[Store]:
    """The same for what needs the store alone. Raises as `opened`."""
    with opened(args, act, password=password) as context:
        yield context.store


@contextmanager
def opened_at(folder: Path, act: Act, password: str) -> Iterator[DeskContext]:
    """The same with both in hand. Raises as `opened`."""
    found = open_with_password(folder / KEYS, password)
    with open_store(folder, found.key) as store:
        context = at_desk(store, found.user)
        context.require(act)
        yield context

"""What the last signer stood for: new and changed payees, as one digest that the signature itself carries."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from desktop.dossier.canonical import canonical

MAX_SENTENCE = 600
Folded = Annotated[str, Field(max_length=600)]


class PayeeStand(BaseModel):
    """A payee a signer stands for; account and name as `account_key` and `name_key` of dossier.payees write them."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    account_key: Folded
    name_key: Folded
    kind: Literal["new", "changed"]

    @property
    def key(self) -> tuple[str, str]:
        """What makes two payees the same."""
        return self.account_key, self.name_key


class PayeeTold(PayeeStand):
    """What another machine says of a payee, in a sentence of its own; nobody has signed it."""

    text: Annotated[str, Field(max_length=MAX_SENTENCE)]

    @property
    def line(self) -> str:
        """The sentence on one line, whatever was put into it."""
        return " ".join(self.text.split())

    def said_by(self, machine: str) -> str:
        """The sentence with who says it."""
        return f"Theo máy lập {machine}: {self.line}"


def acknowledged_digest(stands: Iterable[PayeeStand]) -> bytes:
    """Give SHA-256 of the canonical JSON list of what was stood for, sorted; b"" for nothing (docs/protocol.md)."""
    each = sorted((one.account_key, one.name_key, one.kind) for one in stands)
    listed = [{"account_key": account, "kind": kind, "name_key": name} for account, name, kind in each]
    return hashlib.sha256(canonical(listed)).digest() if listed else b""

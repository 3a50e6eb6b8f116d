"""Who signs a dossier and in which order, read from the signature blocks of its forms (rule R-021)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.dossier.document import Document
from desktop.dossier.pack import form_of
from desktop.dossier.people import ROLE_TITLES, SIGNING_ORDER, Person, Role

BY_DELEGATION = "TUQ. "
"""Put before the title of one who signs in another's place (thừa ủy quyền, NĐ 30/2020/NĐ-CP Điều 13)."""

_OF_SCANS = (Role.CHIEF_ACCOUNTANT, Role.HEAD_OF_UNIT)
"""A dossier of files alone names no signers; these answer for the unit, as on its reconciliation tables (R-010)."""


@dataclass(frozen=True)
class Step:
    """One signature of a dossier: `order` from 1, the `roles` its signer must hold, and the title in words."""

    order: int
    roles: tuple[Role, ...]
    title: str


def signing_steps(documents: Sequence[Document]) -> tuple[Step, ...]:
    """Return the signatures a set of documents needs: preparer, chief accountant, then head and/or account holder.

    One signature covers every document of the dossier, so a head on one form and an account holder on another are one
    step, for a person who holds both. Mẫu 24 and 25 alone need the account holder only. Whoever else signs a form on
    paper (the payer of Mẫu 01 to 03, a contractor) has no title in the unit and no step. Without any form, chief
    accountant and head sign. Raises UnknownForm.
    """
    roles = {signer.role for document in documents for signer in form_of(document.form).unit_signers}
    roles = roles if documents else set(_OF_SCANS)
    wanted = {role for role in Role if role in roles}
    groups = [tuple(role for role in group if role in wanted) for group in SIGNING_ORDER]
    present = [group for group in groups if group]
    return tuple(Step(order, roles, step_title(roles)) for order, roles in enumerate(present, start=1))


def step_title(roles: Sequence[Role]) -> str:
    """Return the title of a step in words: "Thủ trưởng đơn vị, chủ tài khoản"."""
    titles = [ROLE_TITLES[role] for role in roles]
    return ", ".join([titles[0], *(title[0].lower() + title[1:] for title in titles[1:])])


def title_of(step: Step, on_behalf_of: str = "") -> str:
    """Return the title as it is signed: "TUQ. Chủ tài khoản" by one who signs in another's place."""
    return f"{BY_DELEGATION}{step.title}" if on_behalf_of else step.title


def able_to_sign(step: Step, people: Sequence[Person]) -> list[Person]:
    """Return the people who hold every role of a step."""
    return [person for person in people if set(step.roles) <= set(person.roles)]

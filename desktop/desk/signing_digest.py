"""«Bảng kê trình ký» as a file: what waits for a person, from the frozen bytes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from desktop.desk.context import DeskContext
from desktop.desk.errors import DeskError
from desktop.desk.output import write_whole
from desktop.dossier.dates import VIETNAM, local_time
from desktop.dossier.people import Person
from desktop.dossier.sign_views import SignItem
from desktop.exchange.signing_digest import print_digest


def write_digest(context: DeskContext, path: Path, person_id: str, items: Sequence[SignItem]) -> None:
    """Writes the digest of these dossiers as PDF, whole or not at all.

    Raises DeskError unknown_person, nothing_to_sign, not_writable; PrintError.
    """
    person = signer(context, person_id)
    if not items:
        raise DeskError("nothing_to_sign", f"Không còn hồ sơ nào chờ {person.name} ký. Làm mới danh sách.")
    at = context.clock().astimezone(VIETNAM).strftime("%Y-%m-%d %H:%M")
    write_whole(path, print_digest([_dated(item) for item in items], context.store.unit.get(), person, at))


def signer(context: DeskContext, person_id: str) -> Person:
    """A registered person by id. Raises DeskError unknown_person."""
    people = context.store.unit.people()
    found = next((person for person in people if person.person_id == person_id), None)
    if found is None:
        known = ", ".join(f"{person.person_id} ({person.name})" for person in people)
        raise DeskError("unknown_person", f"Đơn vị không có người mang mã này. Chọn một trong: {known}.")
    return found


def _dated(item: SignItem) -> SignItem:
    """Instants as people read them."""
    return replace(item, steps=tuple(step._replace(when=local_time(step.when)) for step in item.steps))

"""Puts submitted dossiers together for a hand-over file, as they are: frozen bytes and the signatures so far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from desktop.desk.context import DeskContext
from desktop.desk.errors import DeskError
from desktop.desk.handover_checks import code_parts
from desktop.desk.pictures import pictures
from desktop.desk.signed_paper import SignedPapers
from desktop.desk.signing_views import SigningViews
from desktop.dossier.acknowledgements import PayeeStand
from desktop.dossier.handover_views import comparison_code
from desktop.dossier.pack import under
from desktop.signing.asice import DataObject, Package, Signed, write
from desktop.signing.handover import Contents, HandedDossier, Part
from desktop.store.frozen import Submission
from desktop.store.handovers import Guest

UNNAMED = "không tên"
"""A computer that does not say what it is called."""


@dataclass(frozen=True)
class Packed:
    """What a file is written from; `codes` are the comparison codes of its dossiers, `code` that over all of them."""

    contents: Contents
    dossiers: tuple[HandedDossier, ...]
    codes: tuple[str, ...]
    code: str


def pack(context: DeskContext, local_ids: Sequence[str]) -> Packed:
    """Put dossiers together: this machine's own to go out, or guests of one machine to go back.

    Raises DeskError nothing_to_hand_over, not_submitted, mixed_handover, StoreError.
    """
    if not local_ids:
        raise DeskError("nothing_to_hand_over", "Chưa chọn hồ sơ nào để chuyển. Chọn hồ sơ đã trình ký rồi thử lại.")
    guests = [_guest(context, local_id) for local_id in local_ids]
    if len({guest.machine_id if guest else "" for guest in guests}) > 1:
        raise DeskError(
            "mixed_handover", "Các hồ sơ chọn không cùng của một máy. Chuyển hồ sơ của mỗi máy trong một tệp riêng."
        )
    guest, machine = guests[0], context.machine or UNNAMED
    kind: Literal["out", "back"] = "back" if guest else "out"
    home = (guest.machine, guest.machine_id) if guest else (machine, context.place.machine)
    contents = Contents(
        kind=kind, unit=context.store.unit.get().code, machine=machine, home=home[0], home_id=home[1],
        at=context.now(), dossiers=len(local_ids),
    )  # fmt: skip
    views = SigningViews(context, SignedPapers(context))
    made = [_dossier(context, views, *pair) for pair in zip(local_ids, guests, strict=True)]
    parts = [code_parts(package) for _, package in made]
    codes = tuple(comparison_code(part) for part in parts)
    whole = comparison_code(one for part in parts for one in part)
    return Packed(contents, tuple(handed for handed, _ in made), codes, whole)


def refuse_changed(context: DeskContext, packed: HandedDossier) -> None:
    """Writing to a stick takes a while: what was packed must be what is here. Raises DeskError changed_meanwhile."""
    store, local_id = context.store, packed.part.local_id
    steps, signed = store.submissions.steps(local_id), len(store.submissions.signed_at(local_id))
    if not steps or signed != len(packed.part.made) or store.drafts.get(local_id) != packed.part.draft:
        raise DeskError("changed_meanwhile", "Hồ sơ vừa đổi ở cửa sổ khác. Làm mới danh sách rồi chuyển lại.")


def _guest(context: DeskContext, local_id: str) -> Guest | None:
    if not context.store.submissions.steps(local_id):
        number = context.store.drafts.get(local_id).number
        raise DeskError("not_submitted", f"Hồ sơ {number} chưa trình ký nên chưa chuyển máy khác ký được. Trình ký đã.")
    return context.store.handovers.guest(local_id)


def _dossier(
    context: DeskContext, views: SigningViews, local_id: str, guest: Guest | None
) -> tuple[HandedDossier, Package]:
    store = context.store
    submission = store.submissions.get(local_id)
    objects = tuple(DataObject(item.name, item.media_type, item.content) for item in submission.objects)
    package = Package(objects, tuple(Signed(made.manifest, made.cms) for made in submission.signatures))
    draft = store.drafts.get(local_id)
    attached = {item.sha256 for item in draft.attachments}
    with under(draft.pack):
        shown = {name: content for one in draft.documents for name, content in pictures(store, one).items()}
    beside = {name: content for name, content in sorted(shown.items()) if name not in attached}
    part = Part(
        local_id=local_id, draft=draft, told=guest.told if guest else views.told(local_id),
        made=tuple(made.machine_name for made in submission.signatures),
        stood=_stood(context, submission, guest), answers=_came_in(context, local_id) if guest else None,
        pictures=tuple(beside),
    )  # fmt: skip
    return HandedDossier(part, write(package), beside), package


def _came_in(context: DeskContext, local_id: str) -> str | None:
    """The file that a guest came in last."""
    facts = context.store.handovers.facts(local_id)
    return next((fact.bundle for fact in facts if fact.kind == "in"), None)


def _stood(context: DeskContext, submission: Submission, guest: Guest | None) -> tuple[PayeeStand, ...]:
    """Whom the last signer stood for here."""
    if guest is None or not submission.complete:
        return ()
    return context.store.payee_stands.stands(submission.submission_id, submission.signatures[-1].person_id)

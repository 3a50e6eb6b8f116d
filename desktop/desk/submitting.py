"""«Trình ký»: checks a draft once more and freezes the exact bytes that will be signed."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from desktop.desk.context import DeskContext, DeskError
from desktop.dossier.descriptor import NamedBytes, attachment_name, describe
from desktop.dossier.document import Dossier, Level, Problem
from desktop.dossier.pack import load_pack
from desktop.dossier.people import Person
from desktop.dossier.rules.check import check_dossier
from desktop.dossier.rules.context import CheckContext
from desktop.dossier.signers import Step, signing_steps
from desktop.exchange.printing import print_document
from desktop.store.submissions import StepData


class Submitting:
    """Turns drafts into frozen submissions and back."""

    def __init__(self, context: DeskContext) -> None:
        self._context = context

    def check(self, dossier: Dossier) -> list[Problem]:
        """All findings of the legal check, with the unit's own ledger but without this dossier's own hold."""
        store = self._context.store
        ledger = store.estimates.ledger(exclude=dossier.local_id)
        people = tuple(store.unit.people())
        return check_dossier(dossier, CheckContext(self._context.today(), store.unit.get(), people, ledger))

    def submit(self, local_id: str, acknowledged: Sequence[str] = ()) -> None:
        """Freezes a draft for its signers. Raises DeskError: has_errors, not_acknowledged, no_signer."""
        store = self._context.store
        dossier = store.drafts.get(local_id)
        problems = self.check(dossier)
        refuse_errors(problems)
        seen = [p.message for p in problems if p.level is Level.WARNING]
        unseen = [message for message in seen if message not in acknowledged]
        if unseen:
            raise DeskError(
                "not_acknowledged",
                f"Còn {len(unseen)} điểm nên kiểm tra. Xem từng điểm rồi xác nhận để trình ký: {unseen[0]}",
            )
        steps = signing_steps(dossier.documents)
        signers = {step.order: signer_for(step, store.unit.people()) for step in steps}
        objects = self._objects(dossier, steps, signers)
        frozen = [_frozen_step(step, signers[step.order]) for step in steps]
        store.submissions.freeze(local_id, objects, frozen, self._context.user.person_id)
        if seen:
            store.journal.append(
                self._context.user.person_id, "warnings_acknowledged", None, f"{local_id}: " + "; ".join(seen)
            )

    def withdraw(self, local_id: str) -> None:
        """Takes an unsealed dossier back to draft. Raises StoreError once it is sealed."""
        self._context.store.submissions.withdraw(local_id, self._context.user.person_id)

    def _objects(self, dossier: Dossier, steps: Sequence[Step], signers: dict[int, Person]) -> list[NamedBytes]:
        unit = self._context.store.unit.get()
        digests = [hashlib.sha256(print_document(document)).hexdigest() for document in dossier.documents]
        objects = list(describe(dossier, unit, steps, signers, digests, load_pack().version))
        for index, attachment in enumerate(dossier.attachments, 1):
            content = self._context.store.attachments.open_bytes(attachment.sha256)
            objects.append(NamedBytes(attachment_name(index, attachment), attachment.media_type, content))
        return objects


def refuse_errors(problems: Sequence[Problem]) -> None:
    """Raises DeskError has_errors naming the first error and how many there are."""
    errors = [problem for problem in problems if problem.level is Level.ERROR]
    if errors:
        raise DeskError("has_errors", f"Hồ sơ còn {len(errors)} lỗi nên chưa trình ký được. {errors[0].message}")


def signer_for(step: Step, people: Sequence[Person]) -> Person:
    """The registered person who holds every role of a step and has a certificate (R-020 to R-022). Raises DeskError."""
    for person in people:
        if set(step.roles) <= set(person.roles) and person.certificate_sha256:
            return person
    raise DeskError(
        "no_signer",
        f"Chưa có ai được đăng ký ký với chức danh {step.title}. Thêm người và chứng thư trong Danh mục & cài đặt.",
    )


def _frozen_step(step: Step, person: Person) -> StepData:
    return {
        "order": step.order,
        "roles": list(step.roles),
        "title": step.title,
        "name": person.name,
        "person_id": person.person_id,
        "certificate_sha256": person.certificate_sha256,
    }

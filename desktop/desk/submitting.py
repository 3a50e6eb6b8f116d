"""«Trình ký»: checks a draft once more and freezes the exact bytes that will be signed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

from desktop.desk import checking
from desktop.desk.allowing import needs, reading
from desktop.desk.choosing_signers import choices, choose
from desktop.desk.context import DeskContext
from desktop.desk.errors import DeskError
from desktop.desk.moving import refuse_old
from desktop.desk.pictures import pictures
from desktop.dossier.descriptor import NamedBytes, attachment_name, describe
from desktop.dossier.document import Dossier, Level, Problem
from desktop.dossier.duties import Act
from desktop.dossier.pack import under
from desktop.dossier.people_views import StepChoice
from desktop.dossier.registration import Candidate
from desktop.dossier.signers import Step, signing_steps, title_of
from desktop.exchange.printing import print_document
from desktop.store.submissions import StepData


class Submitting:
    """Turns drafts into frozen submissions and back."""

    def __init__(self, context: DeskContext) -> None:
        self._context = context

    @reading
    def check(self, dossier: Dossier) -> list[Problem]:
        """All findings of the legal check, with the unit's own ledger but without this dossier's own hold."""
        return checking.check(self._context, dossier)

    @reading
    def candidates(self, local_id: str) -> Sequence[StepChoice]:
        """Who may sign each step of a draft today, the one who signs when nothing is chosen first."""
        return choices(self._context, self._context.store.drafts.get(local_id))

    @needs(Act.SUBMIT)
    def submit(self, local_id: str, acknowledged: Sequence[str] = (), signers: Mapping[int, str] | None = None) -> None:
        """Freezes a draft for its signers; `acknowledged` are the words of the warnings that the user has seen.

        `signers` names a person (id) for the steps whose registered holder does not sign. Raises DeskError
        pack_changed, has_errors, not_acknowledged, no_signer, cannot_sign, same_person, changed_meanwhile; PackError;
        StoreError draft_frozen, not_found, number_used, already_replaced.
        """
        store, actor = self._context.store, self._context.user.person_id
        dossier = store.drafts.get(local_id)
        refuse_old(dossier, self._context.pack())
        problems = self.check(dossier)
        checking.refuse_errors(problems)
        warnings = [problem for problem in problems if problem.level is Level.WARNING]
        refuse_unseen(warnings, acknowledged)
        with under(dossier.pack):
            steps = signing_steps(dossier.documents)
            chosen = choose(self._context, dossier, steps, signers or {})
            objects = self._objects(dossier, steps, chosen)
        with store.transaction():
            # Printing took a while: what is frozen must be what the list shows, and its money still there.
            if store.drafts.get(local_id) != dossier:
                raise DeskError("changed_meanwhile", "Hồ sơ vừa được sửa ở cửa sổ khác. Mở lại hồ sơ rồi trình ký.")
            checking.refuse_errors(self.check(dossier))
            store.submissions.freeze(
                local_id, objects, [_frozen_step(step, chosen[step.order]) for step in steps], actor
            )
            if warnings:
                # By rule, not by words: the journal holds no one's name or account.
                rules = ", ".join(sorted({problem.rule for problem in warnings}))
                store.journal.append(actor, "warnings_acknowledged", None, f"{local_id}: {rules}")

    @needs(Act.WITHDRAW)
    def withdraw(self, local_id: str) -> None:
        """Takes an unsealed dossier back to draft. Raises StoreError already_sealed once it is a package."""
        self._context.store.submissions.withdraw(local_id, self._context.user.person_id)

    def _objects(self, dossier: Dossier, steps: Sequence[Step], signers: Mapping[int, Candidate]) -> list[NamedBytes]:
        store = self._context.store
        printed = (print_document(document, pictures(store, document)) for document in dossier.documents)
        digests = [hashlib.sha256(pdf).hexdigest() for pdf in printed]
        people = {order: signer.person for order, signer in signers.items()}
        behalf = {order: _behalf(signer) for order, signer in signers.items()}
        objects = list(describe(dossier, store.unit.get(), steps, people, digests, dossier.pack, behalf))
        for index, attachment in enumerate(dossier.attachments, 1):
            content = store.attachments.open_bytes(attachment.sha256)
            objects.append(NamedBytes(attachment_name(index, attachment), attachment.media_type, content))
        return objects


def refuse_unseen(warnings: Sequence[Problem], acknowledged: Sequence[str]) -> None:
    """Raises DeskError not_acknowledged naming the first warning that the user has not seen."""
    unseen = [problem.message for problem in warnings if problem.message not in acknowledged]
    if unseen:
        raise DeskError(
            "not_acknowledged",
            f"Còn {len(unseen)} điểm nên kiểm tra. Xem từng điểm rồi xác nhận để trình ký: {unseen[0]}",
        )


def _behalf(signer: Candidate) -> str:
    return signer.on_behalf_of.name if signer.on_behalf_of else ""


def _frozen_step(step: Step, signer: Candidate) -> StepData:
    person = signer.person
    return {
        "order": step.order,
        "roles": list(step.roles),
        "title": title_of(step, _behalf(signer)),
        "name": person.name,
        "person_id": person.person_id,
        "certificate_sha256": person.certificate_sha256,
    }

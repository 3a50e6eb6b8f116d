"""Who signs each step of a dossier: its registered holder, or one chosen among those who may (R-020 to R-022)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

from desktop.desk.context import DeskContext
from desktop.desk.errors import DeskError
from desktop.dossier.dates import format_date
from desktop.dossier.document import Dossier
from desktop.dossier.pack import under
from desktop.dossier.people_views import PersonChoice, StepChoice
from desktop.dossier.registration import Candidate, Register, SigningFacts
from desktop.dossier.signers import Step, signing_steps
from desktop.dossier.signing_facts import signing_facts


def choices(context: DeskContext, dossier: Dossier) -> list[StepChoice]:
    """Who may sign each step today; the first of each is who signs when nothing is chosen."""
    register, facts = context.store.registrations.register_view(), signing_facts(dossier)
    with under(dossier.pack):
        steps = signing_steps(dossier.documents)
    found = ((step, register.signers_for(step, facts, _today(context))) for step in steps)
    return [StepChoice(step.order, step.title, tuple(_choice(one) for one in able)) for step, able in found]


def choose(
    context: DeskContext, dossier: Dossier, steps: Sequence[Step], chosen: Mapping[int, str]
) -> dict[int, Candidate]:
    """The signer of each step by its order; `chosen` are person ids.

    Raises DeskError no_signer, cannot_sign for a person who may not sign that step today, same_person.
    """
    register, facts = context.store.registrations.register_view(), signing_facts(dossier)
    found = {step.order: _signer(step, register, facts, _today(context), chosen) for step in steps}
    refuse_same([found[step.order] for step in steps])
    return found


def refuse_same(signers: Sequence[Candidate]) -> None:
    """Raises DeskError same_person when one person or one certificate would sign two steps."""
    for position, first in enumerate(signers):
        for second in signers[position + 1 :]:
            same = first.person.certificate_sha256 == second.person.certificate_sha256
            if same or first.person.person_id == second.person.person_id:
                raise DeskError(
                    "same_person",
                    f"{first.person.name} không thể ký hai chức danh của một hồ sơ. Chọn người khác cho một chức danh.",
                )


def _signer(
    step: Step, register: Register, facts: SigningFacts, today: dt.date, chosen: Mapping[int, str]
) -> Candidate:
    able = register.signers_for(step, facts, today)
    wanted = chosen.get(step.order)
    if wanted is None:
        return next(iter(_holders(able)), None) or _nobody(step, able)
    found = next((candidate for candidate in able if candidate.person.person_id == wanted), None)
    if found is None:
        name = next((person.name for person in register.people if person.person_id == wanted), "Người đã chọn")
        raise DeskError(
            "cannot_sign",
            f"{name} không được ký hồ sơ này với chức danh {step.title}: chưa đăng ký, hoặc ủy quyền không còn hiệu "
            "lực hay không gồm hồ sơ này. Chọn người khác, hoặc sửa trong danh sách người ký.",
        )
    return found


def _holders(able: Sequence[Candidate]) -> Iterator[Candidate]:
    return (candidate for candidate in able if candidate.on_behalf_of is None)


def _nobody(step: Step, able: Sequence[Candidate]) -> Candidate:
    """Nobody signs in another's place without having been chosen."""
    message = (
        f"Chưa có ai được đăng ký ký với chức danh {step.title}. Thêm người và chứng thư trong Danh mục & cài đặt."
    )
    if able:
        message = (
            f"Chức danh {step.title} chỉ còn người được ủy quyền ký được ({able[0].person.name}). "
            "Chọn người ký rồi trình ký lại."
        )
    raise DeskError("no_signer", message)


def _choice(candidate: Candidate) -> PersonChoice:
    note = "Đã đăng ký"
    if candidate.on_behalf_of and candidate.delegation:
        until = candidate.delegation.valid_to
        note = f"TUQ. {candidate.on_behalf_of.name}" + (f", đến {format_date(until)}" if until else "")
    return PersonChoice(
        candidate.person.person_id, candidate.person.name, note, delegate=candidate.on_behalf_of is not None
    )


def _today(context: DeskContext) -> dt.date:
    return dt.date.fromisoformat(context.today())

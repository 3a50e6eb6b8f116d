"""Says a hand-over in words: what a file holds, what became of each dossier, what is away or here for others."""

from __future__ import annotations

from desktop.desk.handover_checks import Checked, code_over
from desktop.desk.handover_judging import Verdict
from desktop.desk.lists import form_title
from desktop.desk.payee_news import paid_by
from desktop.dossier.document import Dossier
from desktop.dossier.errors import VungXaError
from desktop.dossier.handover_views import (
    HandoverDossier,
    HandoverKind,
    HandoverLine,
    HandoverOutcome,
    HandoverResult,
    handover_words,
)
from desktop.dossier.lifecycle import Facts
from desktop.dossier.sign_views import StepView
from desktop.dossier.views import DossierRow
from desktop.signing.handover import HandedDossier
from desktop.store.handovers import HandoverFact
from desktop.store.summary import summarise

_DONE = {
    HandoverOutcome.TAKE: "Đã nhận để ký trên máy này. Ký xong thì chuyển lại máy {machine}.",
    HandoverOutcome.SIGN: "Đã nhận lại từ máy {machine}; còn bước ký tiếp theo.",
    HandoverOutcome.SEALED: "Đã nhận đủ chữ ký từ máy {machine}, sẵn sàng gửi.",
    HandoverOutcome.ALREADY_DONE: "Tệp này đã nhận rồi, không có gì thay đổi.",
}


def dossier_view(checked: Checked, verdict: Verdict) -> HandoverDossier:
    """What is shown of a dossier that holds, and what taking it would do."""
    dossier, signed = checked.dossier, checked.content.descriptor
    titles = [form_title(document, dossier.pack) for document in dossier.documents]
    files = [(title, ref.sha256) for title, ref in zip(titles, signed.documents, strict=True)]
    files += [(item.title, item.sha256) for item in signed.attachments]
    about = summarise(dossier)
    return HandoverDossier(
        dossier.local_id, dossier.number, dossier.title, about.amount, about.payee, len(checked.package.signatures),
        len(verdict.new), _steps(checked), tuple(files), code_over([checked]), verdict.outcome,
        _told(checked), (*checked.notes, *verdict.notes), verdict.conflict,
    )  # fmt: skip


def problem_view(draft: Dossier, error: VungXaError) -> HandoverDossier:
    """What is told of a dossier that does not hold: its name as written, why, and nothing else of it."""
    return HandoverDossier(
        draft.local_id, draft.number[:20], draft.title[:120], 0, "", 0, 0, (), (), "", HandoverOutcome.REFUSED,
        problem=error.message, problem_code=error.code,
    )  # fmt: skip


def result_of(view: HandoverDossier, machine: str) -> HandoverResult:
    """What became of a dossier, in a sentence."""
    conflict = view.conflict if view.outcome is HandoverOutcome.CONFLICT else None
    said = view.problem or (conflict.text if conflict else _DONE[view.outcome].format(machine=machine))
    code = view.problem_code or (conflict.code if conflict else "")
    if view.outcome is HandoverOutcome.ALREADY_DONE:
        code = "already_done"
    return HandoverResult(view.local_id, view.number, view.title, view.outcome, said, view.code, code)


def went_out(handed: HandedDossier, code: str, kind: HandoverKind) -> HandoverResult:
    """What is told of a dossier that was written into a file."""
    draft = handed.part.draft
    said = {
        HandoverKind.OUT: "Đã ghi vào tệp. Máy này không ký hồ sơ cho đến khi nhận lại hoặc lấy về.",
        HandoverKind.BACK: "Đã ghi vào tệp để chuyển lại máy đã lập hồ sơ.",
    }
    return HandoverResult(draft.local_id, draft.number, draft.title, HandoverOutcome.OUT, said[kind], code)


def line_of(fact: HandoverFact, row: DossierRow, facts: Facts) -> HandoverLine:
    """One dossier that travelled, by the last thing that happened to it."""
    words = handover_words(fact.kind, fact.machine, facts)
    waiting = facts.away if not facts.guest else not facts.away
    return HandoverLine(
        fact.local_id, row.number, row.title, fact.kind, facts.guest, fact.machine, fact.at, words, waiting
    )


def _told(checked: Checked) -> tuple[str, ...]:
    """What the home machine says of those whom the dossier pays; of anybody else nothing is passed on."""
    paid = {payout.key for payout in paid_by(checked.dossier)}
    return tuple(one.line for one in checked.handed.part.told if one.key in paid)


def _steps(checked: Checked) -> tuple[StepView, ...]:
    made = checked.report.signers
    return tuple(
        StepView(
            signer.title, signer.name,
            "signed" if signer.order <= len(made) else "turn" if signer.order == len(made) + 1 else "waiting",
            made[signer.order - 1].signed_at if signer.order <= len(made) else "",
        )
        for signer in checked.content.descriptor.signers
    )  # fmt: skip

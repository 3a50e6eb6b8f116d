"""Decides what a verified dossier of a hand-over file would do here, by what this machine's store holds of it.

Two sides that differ are put beside each other and nothing is decided for the person: nothing is ever merged.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.desk.context import DeskContext
from desktop.desk.errors import DeskError
from desktop.desk.handover_checks import Checked
from desktop.desk.signed_paper import SignedPapers
from desktop.desk.signing_views import SigningViews
from desktop.dossier.dates import local_time
from desktop.dossier.differences import differences
from desktop.dossier.document import Dossier
from desktop.dossier.handover_views import HandoverConflict, HandoverOutcome
from desktop.dossier.money import format_vnd
from desktop.dossier.pack import under
from desktop.signing.asice import Signed
from desktop.signing.cmsinfo import signature_value
from desktop.signing.handover import Handover
from desktop.store.errors import StoreError
from desktop.store.frozen import Submission
from desktop.store.handovers import Guest, HandoverFact
from desktop.store.store import Store
from desktop.store.summary import summarise

MOST_DIFFERENCES = 12


@dataclass(frozen=True)
class Verdict:
    """What would become of a dossier; `new` are the signatures that this machine has not, in order."""

    outcome: HandoverOutcome
    new: tuple[Signed, ...] = ()
    notes: tuple[str, ...] = ()
    conflict: HandoverConflict | None = None


@dataclass(frozen=True)
class _Case:
    """A file's dossier beside what is here: the standing submission, the hand-overs, whether it is a guest."""

    handover: Handover
    checked: Checked
    submission: Submission | None
    draft: Dossier | None
    guest: Guest | None
    facts: Sequence[HandoverFact]

    @property
    def known(self) -> bool:
        """Whether a file of this digest was written or taken here for this dossier."""
        return any(fact.bundle == self.handover.digest for fact in self.facts)


def judge(context: DeskContext, handover: Handover, checked: Checked) -> Verdict:
    """Say what a verified dossier would do here.

    Raises DeskError own_file (this machine wrote it), not_ours (it does not live here), payees_unacknowledged (the last
    signer did not stand for payees whom this machine calls new or changed).
    """
    store, local_id = context.store, checked.dossier.local_id
    steps, guest = store.submissions.steps(local_id), store.handovers.guest(local_id)
    submission = store.submissions.get(local_id) if steps else None
    case = _Case(handover, checked, submission, _draft(store, local_id), guest, store.handovers.facts(local_id))
    was_guest = store.handovers.was_guest(local_id)
    if handover.contents.kind == "back":
        if case.draft is None or was_guest:
            where = handover.contents.home
            raise DeskError("not_ours", f"Hồ sơ này không phải của máy này. Mở tệp ở máy {where}, nơi đã lập hồ sơ.")
        verdict = _coming_home(case, on_paper=store.paper_filings.reason(local_id) is not None)
        if verdict.new and len(checked.package.signatures) == len(steps):
            _refuse_unacknowledged(context, checked)
        return verdict
    return _coming_in(case, was_guest=was_guest)


def _refuse_unacknowledged(context: DeskContext, checked: Checked) -> None:
    """What the other machine asked its signer for may have been less: this one's book decides, as if it signed here."""
    news = SigningViews(context, SignedPapers(context)).look(checked.dossier.local_id).news
    stood = {one.key for one in checked.handed.part.stood}
    if missing := [key for key in news if key not in stood]:
        raise DeskError(
            "payees_unacknowledged",
            f"Người ký cuối ở máy kia chưa xác nhận {len(missing)} người nhận mà máy này báo mới hoặc thay đổi. "
            "Rút hồ sơ về soạn, trình ký lại rồi chuyển lại.",
        )


def _draft(store: Store, local_id: str) -> Dossier | None:
    try:
        return store.drafts.get(local_id)
    except StoreError as error:
        if error.code != "not_found":
            raise
        return None


def _coming_in(case: _Case, *, was_guest: bool) -> Verdict:
    """A dossier of another machine, to be signed here."""
    if case.draft is not None and case.guest is None and not was_guest:
        if any(fact.kind == "out" for fact in case.facts) and case.known:
            raise DeskError("own_file", "Tệp này do chính máy này ghi ra. Mang sang máy của người ký rồi mở ở đó.")
        return _conflict(case, "Máy này đã có hồ sơ này như hồ sơ của chính nó. Chỉ làm tiếp trên một máy.")
    if case.submission is None:
        return Verdict(HandoverOutcome.TAKE, case.checked.package.signatures)
    if not _same_objects(case.submission, case.checked):
        return _another_version(case)
    if case.known:
        return Verdict(HandoverOutcome.ALREADY_DONE)
    return _compared(case, HandoverOutcome.TAKE)


def _another_version(case: _Case) -> Verdict:
    """The home machine froze it anew since: the newer file may take the older copy's place, when a person says so."""
    newer = case.guest is not None and case.handover.contents.at > case.guest.at
    if newer:
        text = "Máy này đang giữ bản trình ký cũ; tệp là bản trình ký lại. Xem chỗ khác nhau, rồi cho thay bản cũ."
        return _conflict(case, text, replaceable=True)
    return _conflict(case, "Tệp này cũ hơn bản máy này đang giữ. Dùng tệp mới nhất của máy kia.", code="handover_older")


def _coming_home(case: _Case, *, on_paper: bool) -> Verdict:
    """A dossier of this machine, back from another."""
    if on_paper:
        return _conflict(
            case, "Hồ sơ đã ghi là nộp giấy trên máy này. Rút lại nếu muốn gửi điện tử, rồi chuyển ký lại."
        )
    if case.submission is None:
        return _conflict(case, "Hồ sơ đã rút về bước soạn trên máy này. Trình ký lại rồi chuyển ký lại.")
    if not _same_objects(case.submission, case.checked):
        return _conflict(case, "Hồ sơ đã sửa và trình ký lại trên máy này. Chuyển bản mới cho máy kia ký lại.")
    if _of_an_older_submission(case, case.submission):
        return _conflict(
            case,
            "Tệp trả lời lần trình ký trước; hồ sơ đã rút và trình ký lại. Chuyển bản mới cho máy kia ký lại.",
            code="handover_older",
        )
    away = bool(case.facts) and case.facts[0].kind == "out"
    if case.known and not away:
        return Verdict(HandoverOutcome.ALREADY_DONE)
    return _compared(case, HandoverOutcome.SIGN, even_without=away)


def _of_an_older_submission(case: _Case, submission: Submission) -> bool:
    answered = [fact for fact in case.facts if fact.bundle and fact.bundle == case.checked.handed.part.answers]
    return bool(answered) and all(fact.submission_id != submission.submission_id for fact in answered)


def _compared(case: _Case, outcome: HandoverOutcome, *, even_without: bool = True) -> Verdict:
    """The same frozen bytes on both sides: signatures may go on from each other, never apart."""
    ours = [_mark(Signed(s.manifest, s.cms)) for s in case.submission.signatures] if case.submission else []
    there = case.checked.package.signatures
    theirs = [_mark(signed) for signed in there]
    shared = min(len(ours), len(theirs))
    if ours[:shared] != theirs[:shared]:
        return _signed_apart(case, f"Bước {_first_apart(ours, theirs)} đã ký khác nhau trên hai máy.")
    more = len(ours) - len(theirs)
    notes = (f"Máy này đã có thêm {more} chữ ký so với tệp.",) if more > 0 else ()
    if len(theirs) > len(ours) or (even_without and more == 0) or (even_without and outcome is HandoverOutcome.TAKE):
        return Verdict(outcome, there[len(ours) :], notes)
    return Verdict(HandoverOutcome.ALREADY_DONE, notes=notes)


def _signed_apart(case: _Case, what: str) -> Verdict:
    """The machine a dossier lives on decides which signature stands; a guest copy may be given up for its file."""
    if case.guest is not None:
        newer = case.handover.contents.at > case.guest.at
        return _conflict(case, f"{what} Xem hai bên, rồi cho thay bản trên máy này nếu đúng.", replaceable=newer)
    if case.submission is not None and case.submission.complete:
        return _conflict(case, f"{what} Máy này đã ký đủ và gửi bản của mình; bỏ tệp này và bỏ hồ sơ ở máy kia.")
    return _conflict(case, f"{what} Rút về bước soạn, trình ký lại, rồi chuyển bản mới.")


def _first_apart(ours: Sequence[object], theirs: Sequence[object]) -> int:
    return next(order for order, pair in enumerate(zip(ours, theirs, strict=False), 1) if pair[0] != pair[1])


def _mark(signed: Signed) -> tuple[bytes, bytes]:
    """What stays of a signature when evidence is added to it later."""
    return signed.manifest, signature_value(signed.cms)


def _same_objects(submission: Submission, checked: Checked) -> bool:
    here = [(item.name, item.content) for item in submission.objects]
    return here == [(item.name, item.content) for item in checked.package.objects]


def _conflict(case: _Case, text: str, *, code: str = "handover_conflict", replaceable: bool = False) -> Verdict:
    here, there = _sides(case)
    return Verdict(HandoverOutcome.CONFLICT, conflict=HandoverConflict(code, text, here, there, replaceable))


def _sides(case: _Case) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Both sides in sentences that stand in step: what it is, who signed, and each thing that differs."""
    file = case.checked.dossier
    ours = case.draft
    here, there = [_what(ours)], [_what(file)]
    here.append(_signed_here(case.submission))
    there.append(_signed_there(case.checked))
    with under(file.pack):
        apart = differences(file, ours) if ours is not None else ()
    for found in apart[:MOST_DIFFERENCES]:
        here.append(f"{found.place}: {found.before or 'không có'}")
        there.append(f"{found.place}: {found.after or 'không có'}")
    return tuple(here), tuple(there)


def _what(dossier: Dossier | None) -> str:
    if dossier is None:
        return "Không có hồ sơ này."
    return f"Hồ sơ {dossier.number} «{dossier.title[:80]}», {format_vnd(summarise(dossier).amount)} đ"


def _signed_here(submission: Submission | None) -> str:
    if submission is None:
        return "Đang soạn, chưa trình ký"
    names = {step["order"]: step["name"] for step in submission.steps}
    return _signed([(names.get(made.order, ""), made.at, made.machine_name) for made in submission.signatures])


def _signed_there(checked: Checked) -> str:
    signers = checked.report.signers
    pairs = zip(signers, checked.machines, strict=True)
    return _signed([(one.declared_name or one.name, one.signed_at, machine) for one, machine in pairs])


def _signed(made: Sequence[tuple[str, str, str]]) -> str:
    """Who signed when and on which machine, in order."""
    if not made:
        return "Chưa có chữ ký"
    return "Đã ký: " + "; ".join(f"{name} {local_time(at)} {machine}".rstrip() for name, at, machine in made)

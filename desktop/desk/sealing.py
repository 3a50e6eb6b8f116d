"""Takes signatures into the store one by one and seals the package with the last."""

from __future__ import annotations

import hashlib
from collections.abc import Collection

from desktop.desk.allowing import needs, reading
from desktop.desk.context import DeskContext
from desktop.desk.errors import DeskError
from desktop.desk.payee_news import stands_of
from desktop.desk.signed_paper import SignedPapers, content_of
from desktop.desk.signing_views import SigningViews
from desktop.desk.sittings import one_sitting
from desktop.desk.standing import Standing, standing
from desktop.desk.trusting import unit_trust
from desktop.dossier.acknowledgements import PayeeStand, acknowledged_digest
from desktop.dossier.document import Level
from desktop.dossier.duties import Act
from desktop.dossier.people import Person
from desktop.dossier.registration import RegisterFor, forms_in
from desktop.dossier.signed_content import SignedContent
from desktop.signing.asice import DataObject, Package, Signed, package_id, split
from desktop.signing.batch import BatchItem
from desktop.signing.claims import Claims
from desktop.signing.cmsinfo import read_signature
from desktop.signing.verify import verify
from desktop.store.frozen import Signing, StepData, Submission

STILL_TO_COME = frozenset({"not_signed", "signature_missing"})
"""What verification finds in every dossier that waits for a signature."""


class Sealer:
    """The store's side of a signing batch."""

    def __init__(self, context: DeskContext, views: SigningViews | None = None) -> None:
        self._context = context
        self._views = views or SigningViews(context, SignedPapers(context))

    @reading
    def signed_at(self, local_id: str, person: Person) -> str:
        """When this person signed a dossier, "" when they did not (yet)."""
        submissions = self._context.store.submissions
        done = submissions.signed_at(local_id)
        own = (done.get(step["order"], "") for step in submissions.steps(local_id) if _asked_of(step, person))
        return next(filter(None, own), "")

    @reading
    def check_turn(self, local_id: str, person: Person, acknowledged: Collection[str] = ()) -> None:
        """Makes sure that the next signature is this person's, with the certificate that was frozen.

        `acknowledged` are the keys of new and changed payees that the person stands for; whoever signs last must stand
        for all of them. Raises DeskError handed_out, not_your_turn, certificate_changed, same_person,
        payees_unacknowledged.
        """
        if self._context.store.handovers.away(local_id):
            raise DeskError(
                "handed_out", "Hồ sơ đang ở máy khác để ký. Nhận lại tệp từ máy kia, hoặc lấy về rồi ký ở đây."
            )
        submissions = self._context.store.submissions
        steps, done = submissions.steps(local_id), len(submissions.signed_at(local_id))
        if done >= len(steps) or not _asked_of(steps[done], person):
            raise DeskError(
                "not_your_turn", "Hồ sơ này chưa đến lượt người của token đang cắm. Bỏ chọn hồ sơ rồi ký tiếp."
            )
        if steps[done]["certificate_sha256"] != person.certificate_sha256:
            raise DeskError(
                "certificate_changed", "Chứng thư đã đổi sau khi trình ký. Rút hồ sơ về soạn rồi trình ký lại."
            )
        _refuse_same_person(steps, done)
        if done + 1 == len(steps):
            self._refuse_unacknowledged(local_id, steps[done], acknowledged)

    @reading
    def item(self, local_id: str, person: Person, acknowledged: Collection[str] = ()) -> BatchItem:
        """What is to be signed for one dossier, with all its bytes: nobody signs on top of what does not hold.

        Its paper is printed from those bytes and held against the digests in them. Raises as `check_turn`, DeskError
        bad_package, not_registered, shown_differs, StoreError, PackError.
        """
        self.check_turn(local_id, person, acknowledged)
        submission = self._context.store.submissions.get(local_id)
        self._check(submission)
        self._refuse_unfit(submission, self._views.papers.prove(submission.objects))
        claims = Claims(acknowledged_digest(self._to_stand(local_id, submission)), self._context.place)
        return BatchItem(local_id, _objects(submission), _signed(submission), claims)

    @needs(Act.SIGN)
    def keep(
        self, local_id: str, signed: Signed, person: Person, at: str, acknowledged: Collection[str] = ()
    ) -> str | None:
        """Stores a signature that holds, and for whom its signer stood; with the last one the package is queued.

        Gives the package's id then. All of it happens or nothing: a power cut never leaves a dossier fully signed and
        not queued. A dossier that was withdrawn, changed and submitted again while the token worked keeps nothing of
        it. Raises DeskError bad_package, payees_unacknowledged, changed_meanwhile (the signature says other payees),
        FactError not_your_turn, handed_out, StoreError.
        """
        store = self._context.store
        with store.transaction():
            submission_id = store.submissions.number(local_id)
            steps, before = store.submissions.steps(local_id), store.submissions.signings(submission_id)
            order = len(before) + 1
            machine, session = self._context.place
            made = Signing(order, person.person_id, at, session, machine, self._context.machine)
            self._add(local_id, signed, made)
            if order == len(steps):
                self._stand(submission_id, local_id, steps[-1], acknowledged, at)
            return self._kept(local_id, made, before)

    @needs(Act.SIGN)
    def take(self, local_id: str, signed: Signed, made: Signing) -> str | None:
        """Stores a signature made on another machine, which asked its signer for all that this one asks; see `keep`.

        Raises DeskError bad_package, FactError not_your_turn, StoreError.
        """
        store = self._context.store
        with store.transaction():
            before = store.submissions.signings(store.submissions.number(local_id))
            self._add(local_id, signed, made)
            return self._kept(local_id, made, before)

    def _add(self, local_id: str, signed: Signed, made: Signing) -> None:
        self._context.store.submissions.add_signature(
            local_id, made.order, signed.manifest, signed.cms, made.person_id, made.at,
            session=made.session, machine=made.machine, machine_name=made.machine_name,
        )  # fmt: skip

    def _kept(self, local_id: str, made: Signing, before: Collection[Signing]) -> str | None:
        store = self._context.store
        if any(one_sitting(earlier, made) for earlier in before):
            store.journal.append(made.person_id, "two_signers_one_machine", None, f"{local_id} {made.order}")
        submission = store.submissions.get(local_id)
        package = self._check(submission)
        self._refuse_other_stands(submission)
        if not submission.complete or store.handovers.guest(local_id) is not None:
            return None  # a guest is sealed and sent by the machine it lives on
        return self._seal(local_id, package)

    def _seal(self, local_id: str, package: Package) -> str:
        core, parts = split(package)
        sealed = package_id(package)
        sizes = [(digest, len(content)) for digest, content in parts.items()]
        self._context.store.packages.seal(local_id, sealed, core, sizes)
        return sealed

    def _stand(self, submission_id: int, local_id: str, step: StepData, acknowledged: Collection[str], at: str) -> None:
        """Keeps for whom the last signer stands. What came up while the token worked was not shown, so not signed."""
        self._refuse_unacknowledged(local_id, step, acknowledged)
        stands = stands_of(self._views.unacknowledged(local_id, step))
        self._context.store.payee_stands.stand(submission_id, local_id, step["person_id"], stands, at)

    def _to_stand(self, local_id: str, submission: Submission) -> tuple[PayeeStand, ...]:
        """What the next signature stands for; nothing but for the last."""
        if len(submission.signatures) + 1 < len(submission.steps):
            return ()
        step = submission.steps[-1]
        stood = self._context.store.payee_stands.stands(submission.submission_id, step["person_id"])
        return (*stood, *stands_of(self._views.unacknowledged(local_id, step)))

    def _refuse_other_stands(self, submission: Submission) -> None:
        """The newest signature says itself for whom its signer stood: exactly what is kept of it."""
        newest = submission.signatures[-1]
        stood = self._context.store.payee_stands.stands(submission.submission_id, newest.person_id)
        kept = acknowledged_digest(stood) if submission.complete else b""
        if read_signature(newest.cms).acknowledged != kept:
            raise DeskError(
                "changed_meanwhile",
                "Người nhận mới, thay đổi của hồ sơ đã đổi trong lúc ký. Xem từng người rồi ký lại.",
            )

    def _refuse_unacknowledged(self, local_id: str, step: StepData, acknowledged: Collection[str]) -> None:
        given = frozenset(acknowledged)
        open_ones = [news for news in self._views.unacknowledged(local_id, step).values() if news.key not in given]
        if open_ones:
            raise DeskError(
                "payees_unacknowledged",
                f"Hồ sơ có {len(open_ones)} người nhận mới hoặc thay đổi mà người ký cuối chưa xác nhận. "
                "Xem từng người, đánh dấu đã kiểm tra rồi ký.",
            )

    def _check(self, submission: Submission) -> Package:
        """Finds what the gateway would refuse, as far as the desk can know it."""
        package = Package(_objects(submission), _signed(submission))
        whole = all(hashlib.sha256(item.content).hexdigest() == item.sha256 for item in submission.objects)
        report = verify(
            package, unit_trust(self._context.store), registered=self._registered(submission), at=self._context.clock()
        )
        found = [*report.problems, *(problem for signer in report.signers for problem in signer.problems)]
        allowed = frozenset() if submission.complete else STILL_TO_COME
        wrong = [problem for problem in found if problem.level is Level.ERROR and problem.code not in allowed]
        if wrong or not whole:
            why = wrong[0].message if wrong else "Nội dung hoặc chữ ký của hồ sơ này không đúng."
            raise DeskError("bad_package", f"{why} Không ký tiếp hồ sơ này được. Rút về soạn rồi trình ký lại.")
        return package

    def _registered(self, submission: Submission) -> RegisterFor | Standing:
        """The unit's register, asked as of the instant of each signature; a Mẫu 24 may be signed before it counts."""
        register = self._context.store.registrations.register_view()
        if register.delegations:
            return standing(register, content_of(submission.objects))
        return register.for_forms(forms_in(item.name for item in submission.objects))

    def _refuse_unfit(self, submission: Submission, content: SignedContent) -> None:
        """A registration or delegation may have ended since «Trình ký», or another scope be in force."""
        ref = content.descriptor.signers[len(submission.signatures)]
        register = standing(self._context.store.registrations.register_view(), content)
        if not all(register(role.value, ref.certificate_sha256, self._context.clock()) for role in ref.roles):
            raise DeskError(
                "not_registered",
                f"{ref.name} không còn được ký hồ sơ này với chức danh {ref.title}: đăng ký hoặc ủy quyền đã hết, hay "
                "không gồm hồ sơ này. Rút về soạn, chọn người ký khác rồi trình ký lại.",
            )


def _refuse_same_person(steps: Collection[StepData], done: int) -> None:
    """Two-person integrity: neither a person nor a certificate fills two steps, whatever was frozen."""
    *earlier, mine = list(steps)[: done + 1]
    if any(mine[mark] == step[mark] for step in earlier for mark in ("person_id", "certificate_sha256")):
        raise DeskError(
            "same_person",
            "Người này hoặc chứng thư này đã ký một bước khác của hồ sơ. Rút về soạn, chọn người ký khác cho bước này.",
        )


def _asked_of(step: StepData, person: Person) -> bool:
    return step["person_id"] == person.person_id


def _objects(submission: Submission) -> tuple[DataObject, ...]:
    return tuple(DataObject(item.name, item.media_type, item.content) for item in submission.objects)


def _signed(submission: Submission) -> tuple[Signed, ...]:
    return tuple(Signed(signature.manifest, signature.cms) for signature in submission.signatures)

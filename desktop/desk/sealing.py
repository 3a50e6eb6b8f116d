"""Takes signatures into the store one by one and seals the package with the last."""

from __future__ import annotations

import hashlib
from datetime import datetime

from desktop.desk.context import DeskContext
from desktop.desk.errors import DeskError
from desktop.dossier.document import Level
from desktop.dossier.people import Person
from desktop.signing.asice import DataObject, Package, Signed, package_id, split
from desktop.signing.batch import BatchItem
from desktop.signing.verify import verify
from desktop.store.submissions import StepData, Submission

ONE_SITTING = 600.0
"""Two roles signing on one machine within so many seconds is noted in the journal: one person may hold two tokens."""

STILL_TO_COME = frozenset({"not_signed", "signature_missing"})
"""What verification finds in every dossier that waits for a signature."""


class Sealer:
    """The store's side of a signing batch."""

    def __init__(self, context: DeskContext) -> None:
        self._context = context

    def signed_at(self, local_id: str, person: Person) -> str:
        """When this person signed a dossier, "" when they did not (yet)."""
        submissions = self._context.store.submissions
        done = submissions.signed_at(local_id)
        own = (done.get(step["order"], "") for step in submissions.steps(local_id) if _asked_of(step, person))
        return next(filter(None, own), "")

    def check_turn(self, local_id: str, person: Person) -> None:
        """Makes sure that the next signature is this person's, with the certificate that was frozen.

        Raises DeskError handed_out, not_your_turn, certificate_changed.
        """
        submissions = self._context.store.submissions
        if self._context.store.handovers.away(local_id):
            raise DeskError(
                "handed_out", "Hồ sơ đang ở máy khác để ký. Nhận lại tệp từ máy kia, hoặc lấy về rồi ký ở đây."
            )
        waiting = submissions.steps(local_id)[len(submissions.signed_at(local_id)) :]
        if not waiting or not _asked_of(waiting[0], person):
            raise DeskError(
                "not_your_turn", "Hồ sơ này chưa đến lượt người của token đang cắm. Bỏ chọn hồ sơ rồi ký tiếp."
            )
        if waiting[0]["certificate_sha256"] != person.certificate_sha256:
            raise DeskError(
                "certificate_changed", "Chứng thư đã đổi sau khi trình ký. Rút hồ sơ về soạn rồi trình ký lại."
            )

    def item(self, local_id: str, person: Person) -> BatchItem:
        """What is to be signed for one dossier, with all its bytes: nobody signs on top of what does not hold.

        Raises as `check_turn`, DeskError bad_package, StoreError.
        """
        self.check_turn(local_id, person)
        submission = self._context.store.submissions.get(local_id)
        self._check(submission)
        return BatchItem(local_id, _objects(submission), _signed(submission))

    def keep(self, local_id: str, signed: Signed, person: Person, at: str) -> str | None:
        """Stores a signature that holds; with the last one the package is queued, and its id given.

        All of it happens or nothing: a power cut never leaves a dossier fully signed and not queued. A dossier that was
        withdrawn, changed and submitted again while the token worked keeps nothing of it. Raises DeskError bad_package,
        FactError not_your_turn, StoreError.
        """
        store = self._context.store
        with store.transaction():
            before = store.submissions.signed_at(local_id)
            order = len(before) + 1
            store.submissions.add_signature(
                local_id, order, signed.manifest, signed.cms, person.person_id, at,
                session=self._context.session, machine=self._context.machine,
            )  # fmt: skip
            if any(seconds_between(earlier, at) < ONE_SITTING for earlier in before.values()):
                store.journal.append(person.person_id, "two_signers_one_machine", None, f"{local_id} {order}")
            submission = store.submissions.get(local_id)
            package = self._check(submission)
            if not submission.complete or store.handovers.guest(local_id) is not None:
                return None  # a guest is sealed and sent by the machine it lives on
            return self._seal(local_id, package)

    def _seal(self, local_id: str, package: Package) -> str:
        core, parts = split(package)
        sealed = package_id(package)
        sizes = [(digest, len(content)) for digest, content in parts.items()]
        self._context.store.packages.seal(local_id, sealed, core, sizes)
        return sealed

    def _check(self, submission: Submission) -> Package:
        """Finds what the gateway would refuse, as far as the desk can know it: who issued a certificate it cannot."""
        package = Package(_objects(submission), _signed(submission))
        whole = all(hashlib.sha256(item.content).hexdigest() == item.sha256 for item in submission.objects)
        report = verify(package, None, registered=self._registered(), at=self._context.clock())
        found = [*report.problems, *(problem for signer in report.signers for problem in signer.problems)]
        wrong = {problem.code for problem in found if problem.level is Level.ERROR}
        if not whole or wrong - (set() if submission.complete else STILL_TO_COME):
            raise DeskError(
                "bad_package",
                "Nội dung hoặc chữ ký của hồ sơ này không đúng nên không ký tiếp được. Rút về soạn rồi trình ký lại.",
            )
        return package

    def _registered(self) -> dict[str, set[str]]:
        """The unit's register as `verify` wants it."""
        found: dict[str, set[str]] = {}
        for person in self._context.store.unit.people():
            for role in person.roles:
                found.setdefault(role.value, set()).add(person.certificate_sha256)
        return found


def seconds_between(earlier: str, later: str) -> float:
    """Seconds from one stored instant to another."""
    return (datetime.fromisoformat(later) - datetime.fromisoformat(earlier)).total_seconds()


def _asked_of(step: StepData, person: Person) -> bool:
    return step["person_id"] == person.person_id


def _objects(submission: Submission) -> tuple[DataObject, ...]:
    return tuple(DataObject(item.name, item.media_type, item.content) for item in submission.objects)


def _signed(submission: Submission) -> tuple[Signed, ...]:
    return tuple(Signed(signature.manifest, signature.cms) for signature in submission.signatures)

"""Takes signatures into the store one by one and seals the package with the last."""

from __future__ import annotations

from datetime import datetime

from desktop.desk.context import DeskContext
from desktop.desk.errors import DeskError
from desktop.dossier.people import Person
from desktop.signing.asice import DataObject, Package, Signed, package_id, split
from desktop.signing.batch import BatchItem
from desktop.signing.verify import verify
from desktop.store.submissions import StepData, Submission

ONE_SITTING = 600.0
"""Two roles signing on one machine within so many seconds is noted in the journal: one person may hold two tokens."""


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

        Raises DeskError not_your_turn, certificate_changed.
        """
        submissions = self._context.store.submissions
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
        """What is to be signed for one dossier, with all its bytes. Raises as `check_turn`, and StoreError."""
        self.check_turn(local_id, person)
        submission = self._context.store.submissions.get(local_id)
        return BatchItem(local_id, _objects(submission), _signed(submission))

    def keep(self, local_id: str, signed: Signed, person: Person, at: str) -> str | None:
        """Stores a signature; with the last one the package is verified and queued, and its id given.

        All of it happens or nothing: a power cut never leaves a dossier fully signed and not queued. Raises DeskError
        bad_package, FactError not_your_turn, StoreError.
        """
        store = self._context.store
        with store.transaction():
            before = store.submissions.signed_at(local_id)
            order = len(before) + 1
            store.submissions.add_signature(local_id, order, signed.manifest, signed.cms, person.person_id, at)
            if any(seconds_between(earlier, at) < ONE_SITTING for earlier in before.values()):
                store.journal.append(person.person_id, "two_signers_one_machine", None, f"{local_id} {order}")
            return self._seal(local_id) if order == len(store.submissions.steps(local_id)) else None

    def _seal(self, local_id: str) -> str:
        store = self._context.store
        submission = store.submissions.get(local_id)
        package = Package(_objects(submission), _signed(submission))
        if not verify(package, None).ok:
            raise DeskError(
                "bad_package",
                "Chữ ký của hồ sơ này kiểm tra không đúng nên không đóng gói. Rút hồ sơ về soạn rồi trình ký lại.",
            )
        core, parts = split(package)
        sealed = package_id(package)
        store.packages.seal(local_id, sealed, core, [(digest, len(content)) for digest, content in parts.items()])
        return sealed


def seconds_between(earlier: str, later: str) -> float:
    """Seconds from one stored instant to another."""
    return (datetime.fromisoformat(later) - datetime.fromisoformat(earlier)).total_seconds()


def _asked_of(step: StepData, person: Person) -> bool:
    return step["person_id"] == person.person_id


def _objects(submission: Submission) -> tuple[DataObject, ...]:
    return tuple(DataObject(item.name, item.media_type, item.content) for item in submission.objects)


def _signed(submission: Submission) -> tuple[Signed, ...]:
    return tuple(Signed(signature.manifest, signature.cms) for signature in submission.signatures)

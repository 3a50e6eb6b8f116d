"""Takes signatures into the store one by one and seals the package with the last."""

from __future__ import annotations

from datetime import datetime

from desktop.desk.context import DeskContext, DeskError
from desktop.dossier.people import Person
from desktop.signing.asice import DataObject, Package, Signed, package_id, split
from desktop.signing.batch import BatchItem
from desktop.signing.verify import verify
from desktop.store.submissions import Submission

ONE_SITTING = 600.0
"""Two roles signing on one machine within so many seconds is noted in the journal: one person may hold two tokens."""


class Sealer:
    """The store's side of a signing batch."""

    def __init__(self, context: DeskContext) -> None:
        self._context = context

    def item(self, local_id: str, person: Person) -> BatchItem:
        """What is to be signed for one dossier. Raises DeskError not_your_turn unless the next step is this person's."""
        submission = self._context.store.submissions.get(local_id)
        done = len(submission.signatures)
        if submission.complete or submission.steps[done]["person_id"] != person.person_id:
            raise DeskError(
                "not_your_turn", "Hồ sơ này chưa đến lượt người của token đang cắm. Bỏ chọn hồ sơ rồi ký tiếp."
            )
        if submission.steps[done]["certificate_sha256"] != person.certificate_sha256:
            raise DeskError(
                "certificate_changed", "Chứng thư đã đổi sau khi trình ký. Rút hồ sơ về soạn rồi trình ký lại."
            )
        return BatchItem(local_id, _objects(submission), _signed(submission))

    def keep(self, local_id: str, signed: Signed, person: Person, at: str) -> None:
        """Stores a signature; with the last one verifies the package and seals it into the outbox."""
        store = self._context.store
        before = store.submissions.signed_at(local_id)
        order = len(before) + 1
        store.submissions.add_signature(local_id, order, signed.manifest, signed.cms, person.person_id, at)
        if any(seconds_between(earlier, at) < ONE_SITTING for earlier in before.values()):
            store.journal.append(person.person_id, "two_signers_one_machine", None, f"{local_id} {order}")
        if order == len(store.submissions.steps(local_id)):
            self.seal(local_id)

    def seal(self, local_id: str) -> str:
        """Verifies a fully signed dossier and queues its package; gives the package id. Raises DeskError bad_package."""
        store = self._context.store
        submission = store.submissions.get(local_id)
        package = Package(_objects(submission), _signed(submission))
        report = verify(package, None)
        if not report.ok:
            raise DeskError(
                "bad_package",
                "Chữ ký vừa tạo không kiểm tra được nên gói không được niêm phong. Rút hồ sơ về soạn rồi ký lại.",
            )
        core, parts = split(package)
        sealed = package_id(package)
        store.packages.seal(local_id, sealed, core, [(digest, len(content)) for digest, content in parts.items()])
        return sealed


def seconds_between(earlier: str, later: str) -> float:
    """Seconds from one stored instant to another."""
    return (datetime.fromisoformat(later) - datetime.fromisoformat(earlier)).total_seconds()


def _objects(submission: Submission) -> tuple[DataObject, ...]:
    return tuple(DataObject(item.name, item.media_type, item.content) for item in submission.objects)


def _signed(submission: Submission) -> tuple[Signed, ...]:
    return tuple(Signed(signature.manifest, signature.cms) for signature in submission.signatures)

"""Takes signatures into the store one by one and seals the package with the last."""

from __future__ import annotations

from desktop.desk.context import DeskContext, DeskError
from desktop.dossier.people import Person
from desktop.signing.asice import DataObject, Package, Signed, package_id, split
from desktop.signing.batch import BatchItem
from desktop.signing.verify import verify


class Sealer:
    """The store's side of a signing batch."""

    def __init__(self, context: DeskContext) -> None:
        self._context = context

    def item(self, local_id: str, person: Person) -> BatchItem:
        """What is to be signed for one dossier. Raises DeskError not_your_turn unless the next step is this person's."""
        submission = self._context.store.submissions.get(local_id)
        done = len(submission.signatures)
        steps = sorted(submission.steps, key=lambda step: step.order)
        if done >= len(steps) or steps[done].person_id != person.person_id:
            raise DeskError("not_your_turn", "Hồ sơ này chưa đến lượt người của token đang cắm. Bỏ chọn hồ sơ rồi ký tiếp.")
        if steps[done].certificate_sha256 != person.certificate_sha256:
            raise DeskError("certificate_changed", "Chứng thư đã đổi sau khi trình ký. Rút hồ sơ về soạn rồi trình ký lại.")
        return BatchItem(local_id, self._objects(local_id), tuple(Signed(s.manifest, s.cms) for s in submission.signatures))

    def keep(self, local_id: str, signed: Signed, person: Person, at: str) -> None:
        """Stores a signature; with the last one verifies the package and seals it into the outbox."""
        store = self._context.store
        submission = store.submissions.get(local_id)
        order = len(submission.signatures) + 1
        store.submissions.add_signature(local_id, order, signed.manifest, signed.cms, person.person_id, at)
        if order == len(submission.steps):
            self.seal(local_id)

    def seal(self, local_id: str) -> str:
        """Verifies a fully signed dossier and queues its package; gives the package id. Raises DeskError bad_package."""
        store = self._context.store
        submission = store.submissions.get(local_id)
        package = Package(self._objects(local_id), tuple(Signed(s.manifest, s.cms) for s in submission.signatures))
        report = verify(package, None)
        if not report.ok:
            raise DeskError("bad_package", "Chữ ký vừa tạo không kiểm tra được nên gói không được niêm phong. Rút hồ sơ về soạn rồi ký lại.")
        core, parts = split(package)
        sealed = package_id(package)
        store.packages.seal(local_id, sealed, core, [(digest, len(content)) for digest, content in parts.items()])
        return sealed

    def _objects(self, local_id: str) -> tuple[DataObject, ...]:
        store = self._context.store
        return tuple(
            DataObject(item.name, item.media_type, item.content if item.content is not None else store.attachments.open_bytes(item.sha256))
            for item in store.submissions.get(local_id).objects
        )

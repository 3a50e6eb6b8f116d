"""Verifies one dossier of a hand-over file before anything of it is shown: signatures, contents, figures, pages."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from desktop.desk.context import DeskContext
from desktop.desk.errors import DeskError
from desktop.desk.pictures import picture_names
from desktop.desk.sealing import STILL_TO_COME
from desktop.desk.standing import Standing, standing
from desktop.desk.trusting import unit_trust
from desktop.dossier.acknowledgements import acknowledged_digest
from desktop.dossier.descriptor import DocumentFile
from desktop.dossier.document import Document, Dossier, Level
from desktop.dossier.errors import VungXaError
from desktop.dossier.handover_views import comparison_code
from desktop.dossier.pack import SHELF, under
from desktop.dossier.signed_content import SignedContent, read_signed
from desktop.dossier.signers import signing_steps
from desktop.exchange.printing import print_document
from desktop.signing.asice import Package, read
from desktop.signing.cmsinfo import signature_value
from desktop.signing.findings import Finding
from desktop.signing.handover import HandedDossier
from desktop.signing.verify import VerifyReport, verify

_UNSIGNED = {"purpose": "", "answers": {}, "state_secret": False, "copied_from": None}
"""Fields of a draft that no signed file holds."""
_ASK_AGAIN = "Xin lại tệp từ máy đã chuyển."
_NO_SIGNATURE = "Chưa có chữ ký nào bảo đảm nội dung. Đọc mã đối chiếu với người chuyển qua điện thoại trước khi ký."


@dataclass(frozen=True)
class Checked:
    """A dossier of a file that holds: its package, what it says, what verification found, and what is worth knowing."""

    handed: HandedDossier
    package: Package
    content: SignedContent
    report: VerifyReport
    notes: tuple[str, ...]

    @property
    def dossier(self) -> Dossier:
        """The draft as the screens show it; it says what the package says."""
        return self.handed.part.draft

    @property
    def machines(self) -> tuple[str, ...]:
        """What the file calls the machine of each signature, "" where it does not say."""
        named, count = self.handed.part.made, len(self.report.signers)
        return (*named, *[""] * count)[:count]


def check(context: DeskContext, handed: HandedDossier) -> Checked:
    """Verify one dossier by this machine's own register, trust and form packs.

    Raises DeskError handover_damaged (cannot be read), handover_altered (does not say what was signed), other_unit,
    unknown_pack, not_registered, or the code of what verification found.
    """
    package, content = _read(handed)
    if content.descriptor.unit.code != context.store.unit.get().code:
        raise other_unit()
    _hold_together(handed, content)
    report = verify(
        package,
        unit_trust(context.store),
        registered=_register(context, content),
        at=context.clock(),
    )
    _refuse(report)
    _same_stands(handed, content, report)
    with under(content.descriptor.pack):
        for file in content.files:
            _same_page(file, handed, package)
    return Checked(handed, package, content, report, tuple(_notes(context, content, report)))


def other_unit() -> DeskError:
    """The error for a file of another unit."""
    return DeskError("other_unit", "Tệp này của đơn vị khác. Mở ở máy của đơn vị đã lập hồ sơ.")


def code_over(every: Sequence[Checked]) -> str:
    """The comparison code over all of them, in their order."""
    return comparison_code(part for checked in every for part in code_parts(checked.package))


def code_parts(package: Package) -> list[bytes]:
    """What the comparison code is made of: the objects' digests, then the signature values."""
    digests = [hashlib.sha256(item.content).digest() for item in package.objects]
    return [*digests, *(signature_value(signed.cms) for signed in package.signatures)]


def _register(context: DeskContext, content: SignedContent) -> Standing:
    """This machine's own register, asked as of the instant of each signature."""
    return standing(context.store.registrations.register_view(), content)


def _read(handed: HandedDossier) -> tuple[Package, SignedContent]:
    try:
        package = read(handed.package)
    except VungXaError as error:
        raise DeskError("handover_damaged", f"{error.message} {_ASK_AGAIN}") from None
    try:
        content = read_signed(package.objects)
    except VungXaError as error:
        if error.code == "unknown_pack":
            raise DeskError(
                "unknown_pack", "Máy này chưa có bộ mẫu của hồ sơ. Nhập bộ mẫu (.vxpack) từ máy kia rồi mở lại tệp."
            ) from None
        raise _altered() from None
    except (ValueError, KeyError):
        raise _altered() from None
    kinds = {item.name: item.media_type for item in content.descriptor.attachments}
    objects = tuple(replace(item, media_type=kinds.get(item.name, item.media_type)) for item in package.objects)
    return Package(objects, package.signatures), content


def _altered(why: str = "Nội dung hồ sơ trong tệp không khớp với phần được ký.") -> DeskError:
    return DeskError("handover_altered", f"{why} {_ASK_AGAIN}")


def _hold_together(handed: HandedDossier, content: SignedContent) -> None:
    """The draft says what is signed, the titles are those the forms ask for, and each signature has its origin."""
    part, signed = handed.part, content.descriptor
    if signed.pack not in SHELF.versions() or part.local_id != signed.local_id:
        raise _altered()
    if part.draft.model_copy(update=_UNSIGNED) != content.dossier():
        raise _altered()
    with under(signed.pack):
        asked = [set(step.roles) for step in signing_steps(part.draft.documents)]
    if [set(signer.roles) for signer in signed.signers] != asked:
        raise _altered("Chức danh ký trong tệp không đúng mẫu chứng từ.")


def _same_stands(handed: HandedDossier, content: SignedContent, report: VerifyReport) -> None:
    """For whom somebody stood is in their signature, and only the last signer is asked."""
    stood = acknowledged_digest(handed.part.stood).hex()
    last = len(content.descriptor.signers)
    said = {signer.order: signer.acknowledged for signer in report.signers}
    if any(text != (stood if order == last else "") for order, text in said.items()) or (stood and last not in said):
        raise _altered("Người nhận mà người ký cuối đã xác nhận trong tệp không khớp với chữ ký.")


def _refuse(report: VerifyReport) -> None:
    found = [*report.problems, *(problem for signer in report.signers for problem in signer.problems)]
    wrong = [problem for problem in found if problem.level is Level.ERROR and problem.code not in STILL_TO_COME]
    for problem in wrong:
        raise DeskError(_code(problem), f"{problem.message} {_advice(problem)}")


def _code(problem: Finding) -> str:
    return problem.code if problem.code in ("not_registered", "same_signer", "revoked", "untrusted") else (
        "handover_altered"
    )  # fmt: skip


def _advice(problem: Finding) -> str:
    if problem.code == "not_registered":
        return "Danh sách người ký trên hai máy khác nhau: cập nhật trên máy này theo Mẫu 24 rồi mở lại tệp."
    return _ASK_AGAIN


def _same_page(file: DocumentFile, handed: HandedDossier, package: Package) -> None:
    """The page made here from the signed bytes is the one whose digest was signed."""
    if hashlib.sha256(print_document(file.document, _pictures(file.document, handed, package))).hexdigest() != (
        file.pdf_sha256
    ):
        raise _altered("Trang in từ nội dung được ký không đúng với trang đã trình ký.")


def _pictures(document: Document, handed: HandedDossier, package: Package) -> Mapping[str, bytes]:
    held = {hashlib.sha256(item.content).hexdigest(): item.content for item in package.objects}
    known = {**held, **handed.pictures}
    return {digest: known[digest] for digest in sorted(picture_names(document)) if digest in known}


def _notes(context: DeskContext, content: SignedContent, report: VerifyReport) -> list[str]:
    register, now = _register(context, content), context.clock()
    found = [] if report.signers else [_NO_SIGNATURE]
    found += [
        f"Chứng thư của {signer.name} ({signer.title}) trong hồ sơ không phải chứng thư đăng ký trên máy này, "
        "nên bước này chưa ký ở đây được."
        for signer in content.descriptor.signers[len(report.signers) :]
        if not all(register(role.value, signer.certificate_sha256, now) for role in signer.roles)
    ]
    clash = [held for number in _numbers(content) for held in _holders(context, content, number)]
    return [*found, *dict.fromkeys(clash)]


def _numbers(content: SignedContent) -> list[str]:
    numbers = (file.document.fields.get("document_no") for file in content.files)
    return [number for number in numbers if isinstance(number, str) and number]


def _holders(context: DeskContext, content: SignedContent, number: str) -> list[str]:
    """Another dossier here that has a voucher of this number: shown, never merged."""
    return [
        f"Số chứng từ {number} trên máy này đã có trong hồ sơ {other.number} «{other.title[:60]}». Hỏi lại người lập."
        for other in context.store.drafts.naming(number)
        if other.local_id != content.descriptor.local_id
    ]

"""Judge one whole package as law and wire ask: container, signatures, unit, signers, form rules, computed values.

Pure work on bytes, without database or network, so that it may run on any thread.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime

from desktop.dossier.compute import compute
from desktop.dossier.descriptor import Descriptor, DocumentRef, read_descriptor, read_document
from desktop.dossier.document import Attachment, Document, Dossier, Level
from desktop.dossier.errors import VungXaError
from desktop.dossier.forms import Pack
from desktop.dossier.money import MAX_VND
from desktop.dossier.pack import SHELF, form_of, under
from desktop.dossier.registration import forms_in
from desktop.dossier.rules import CheckContext, check_dossier
from desktop.dossier.signers import BY_DELEGATION, signing_steps
from desktop.dossier.signing_facts import signing_facts
from desktop.dossier.vouchers import VoucherKey, voucher_keys
from desktop.signing.asice import Package, join, missing_parts, package_id, read
from desktop.signing.cmslimits import MAX_REST_BYTES
from desktop.signing.trust import Trust
from desktop.signing.verify import SignerReport, VerifyReport, verify
from gateway.clock import local_date
from gateway.errors import Refused
from gateway.registry import RegisteredUnit
from gateway.signers import allowed, refuse_strangers

MAX_PARTS = 50
MAX_PACKAGE_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True)
class Judged:
    """A package found in order: its dossier, vouchers, SHA-256 of every object by name, number of signatures."""

    dossier: Dossier
    vouchers: tuple[VoucherKey, ...] = ()
    objects: dict[str, str] = field(default_factory=dict)
    signers: int = 0


def look_into(claimed_id: str, core: bytes) -> list[str]:
    """Make sure that a core is readable and has the id it came under; names the parts it needs (SHA-256).

    Raises Refused: `bad_package`, `id_mismatch`, `too_large`. Nothing about such a core is kept.
    """
    try:
        package = read(core)
        real_id, wanted = package_id(package), missing_parts(core)
    except VungXaError as error:
        raise Refused("bad_package", error.message) from error
    if real_id != claimed_id:
        raise Refused("id_mismatch", "Mã gói không khớp với nội dung gói. Hãy gửi lại gói hồ sơ từ máy đã ký.")
    if any(len(signed.cms) > MAX_REST_BYTES for signed in package.signatures):
        raise Refused("too_large", "Chữ ký trong gói hồ sơ lớn bất thường. Hãy gửi lại gói hồ sơ từ máy đã ký.")
    if len(wanted) > MAX_PARTS:
        raise Refused("too_large", f"Gói hồ sơ có quá {MAX_PARTS} tệp lớn. Hãy chia thành nhiều hồ sơ.")
    return wanted


def judge(core: bytes, parts: Mapping[str, bytes], registered: RegisteredUnit, trust: Trust, at: datetime) -> Judged:
    """Judge a whole package for a registered unit at an instant.

    Raises Refused: `bad_package`, a code of `verify` or of reading, `wrong_unit`, `wrong_steps`, `unreadable`,
    `unknown_pack`, `computed_differs`, `rule_failed`, `duplicate_document`.
    """
    try:
        package = join(core, parts)
    except VungXaError as error:
        raise Refused("bad_package", error.message) from error
    report = _check_signatures(package, registered, trust, at)
    try:
        return _judge_content(package, registered, report.signers, at)
    except Refused:
        raise
    except VungXaError as error:
        raise Refused(error.code, error.message) from error
    except (ValueError, KeyError, RecursionError) as error:
        raise Refused(
            "unreadable", "Nội dung hồ sơ không đọc được. Hãy cập nhật chương trình, lập và ký lại hồ sơ."
        ) from error


def _check_signatures(package: Package, registered: RegisteredUnit, trust: Trust, at: datetime) -> VerifyReport:
    # What the names tell of the forms, _judge_content holds to the contents.
    forms = forms_in(item.name for item in package.objects)
    report = verify(package, trust, registered=allowed(registered, forms, at), at=at)
    if report.ok:
        return report
    findings = [finding for signer in report.signers for finding in signer.problems] + list(report.problems)
    worst = next(finding for finding in findings if finding.level is Level.ERROR)
    raise Refused(worst.code, f"{worst.message} Hãy trả hồ sơ về soạn, kiểm tra rồi ký lại.")


def _judge_content(
    package: Package, registered: RegisteredUnit, signers: Sequence[SignerReport], at: datetime
) -> Judged:
    contents = {item.name: item.content for item in package.objects}
    descriptor = read_descriptor(contents["dossier.json"])
    if descriptor.unit.code != registered.unit.code:
        raise Refused("wrong_unit", "Hồ sơ này của đơn vị khác. Hãy gửi từ máy của đơn vị đã lập hồ sơ.")
    with _pack(descriptor):
        documents = tuple(_document(item, contents[item.name], descriptor.pack) for item in descriptor.documents)
        _check_steps(descriptor, documents)
        dossier = _dossier(descriptor, documents)
        refuse_strangers(registered, descriptor.signers, signers, signing_facts(dossier))
        _check_rules(dossier, registered, at)
    vouchers = voucher_keys(documents)
    if len(set(vouchers)) < len(vouchers):
        raise Refused("duplicate_document", "Hồ sơ có hai chứng từ cùng số. Hãy đổi số một chứng từ rồi ký lại.")
    digests = {name: hashlib.sha256(content).hexdigest() for name, content in contents.items()}
    return Judged(dossier, vouchers, digests, len(package.signatures))


def _pack(descriptor: Descriptor) -> AbstractContextManager[Pack]:
    """Read everything under the pack the dossier was made with; the rules ask whether it was in force (R-014)."""
    if descriptor.pack not in SHELF.versions():
        raise Refused("unknown_pack", "Chứng từ lập theo bộ mẫu mà Kho bạc không có. Hãy cập nhật bộ mẫu rồi lập lại.")
    return under(descriptor.pack)


def _document(item: DocumentRef, content: bytes, pack: str) -> Document:
    """Read one document and make sure that what it says was computed is what we compute (rule R-058)."""
    document, made_under, _ = read_document(content)
    if made_under != pack:
        raise Refused("unknown_pack", "Chứng từ và hồ sơ ghi hai bộ mẫu khác nhau. Hãy lập và ký lại hồ sơ.")
    form = form_of(document.form)
    if not item.name.endswith(f"-{form.id}.json"):
        raise Refused("bad_document", "Tên tệp chứng từ không đúng mẫu của nó. Hãy lập và ký lại hồ sơ.")
    ours = compute(document, form)
    if json.loads(content)["computed"] != {"totals": ours.totals, "words": ours.words}:
        raise Refused(
            "computed_differs", f"Tổng số tiền ghi kèm {document.form} không bằng tổng các dòng. Hãy lập và ký lại."
        )
    if any(abs(total) > MAX_VND for total in ours.totals.values()):
        raise Refused("rule_failed", f"Số tiền của {document.form} vượt mức một chứng từ. Hãy kiểm tra lại số tiền.")
    return document


def _check_steps(descriptor: Descriptor, documents: tuple[Document, ...]) -> None:
    """The titles that signed are those the forms ask for, in order (rule R-021)."""
    wanted = [set(step.roles) for step in signing_steps(documents)]
    given = [set(signer.roles) for signer in sorted(descriptor.signers, key=lambda signer: signer.order)]
    said = all(signer.title.startswith(BY_DELEGATION) == bool(signer.on_behalf_of) for signer in descriptor.signers)
    if wanted != given or not said:
        raise Refused("wrong_steps", "Chức danh ký không đúng mẫu chứng từ. Hãy trình ký lại hồ sơ theo đúng thứ tự.")


def _dossier(descriptor: Descriptor, documents: tuple[Document, ...]) -> Dossier:
    attachments = tuple(
        Attachment(
            name=item.title, sha256=item.sha256, size=item.size, media_type=item.media_type, component=item.component
        )
        for item in descriptor.attachments
    )
    return Dossier(
        local_id=descriptor.local_id,
        number=descriptor.number,
        title=descriptor.title,
        procedure=descriptor.procedure,
        case=descriptor.case,
        pack=descriptor.pack,
        documents=documents,
        attachments=attachments,
        urgent=descriptor.urgent,
        replaces=descriptor.replaces,
        on_file=descriptor.on_file,
    )


def _check_rules(dossier: Dossier, registered: RegisteredUnit, at: datetime) -> None:
    context = CheckContext(today=local_date(at), unit=registered.unit)
    for problem in check_dossier(dossier, context):
        if problem.level is Level.ERROR:
            raise Refused("rule_failed", f"{problem.message} ({problem.rule})")

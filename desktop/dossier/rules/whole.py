"""What only the dossier as a whole can break: what it may carry, and who can sign it."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.dossier.document import Level
from desktop.dossier.money import format_vnd
from desktop.dossier.people import ROLE_TITLES
from desktop.dossier.procedures import carried_by_files
from desktop.dossier.rules.registry import Finding, dossier_rule
from desktop.dossier.rules.subject import Whole
from desktop.dossier.signers import signing_steps
from desktop.dossier.vouchers import same_number

MAX_ATTACHMENT_BYTES = 10 * 1024 * 1024
MAX_ATTACHMENTS = 40
MAX_TOTAL_BYTES = 60 * 1024 * 1024
"""The gateway takes 50 large files and 64 MB a package; the forms themselves need some of both."""
MEDIA_TYPES = frozenset(
    {
        "application/pdf",
        "image/jpeg",
        "image/png",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    }
)
SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
"""The Treasury's system takes it with investment dossiers only."""
INVESTMENT = ("P8", "P9")
PORTAL_FROM = "2026-03-01"
"""First day on which investment dossiers go through the national portal (NĐ 254/2025/NĐ-CP Điều 54.4)."""
_DECREE = "NĐ 347/2025/NĐ-CP"


@dossier_rule("R-002", Level.ERROR, f"{_DECREE} Điều 3.3")
def state_secret(whole: Whole) -> Iterator[Finding]:
    """A dossier with a state secret, which must not pass through this channel."""
    if whole.dossier.state_secret:
        yield Finding("Hồ sơ có tài liệu bí mật nhà nước nên không được gửi qua mạng. Nộp trực tiếp tại Kho bạc.")


@dossier_rule("R-015", Level.HINT, f"NĐ 254/2025/NĐ-CP Điều 54.4; {_DECREE} Điều 15.2")
def portal_open(whole: Whole) -> Iterator[Finding]:
    """An investment dossier before the portal takes such dossiers."""
    today = whole.context.today
    if whole.dossier.procedure in INVESTMENT and today is not None and today < PORTAL_FROM:
        yield Finding("Hồ sơ vốn đầu tư gửi qua Cổng từ 01/03/2026. Trước ngày đó nộp tại Kho bạc.")


@dossier_rule("R-901", Level.ERROR, "đặc tả hệ thống Kho bạc")
def has_voucher(whole: Whole) -> Iterator[Finding]:
    """A dossier without any voucher; a list alone is none. Some cases are files alone, and then need one."""
    if carried_by_files(whole.dossier.case):
        if not whole.subjects and not whole.dossier.attachments:
            yield Finding("Hồ sơ chưa có tệp nào. Đính kèm ít nhất một tệp trước khi trình ký.")
        return
    if all(subject.form.attached_to for subject in whole.subjects):
        yield Finding("Hồ sơ chưa có chứng từ nào. Thêm ít nhất một chứng từ trước khi trình ký.")


@dossier_rule("R-010", Level.ERROR, f"{_DECREE} Điều 6.4.a")
def one_copy(whole: Whole) -> Iterator[Finding]:
    """The same voucher, or word for word the same paper, twice in a dossier."""
    seen: set[tuple[str, str]] = set()
    for index, subject in enumerate(whole.subjects):
        number = subject.text("document_no")
        key = (subject.form.id, same_number(number) or subject.document.model_dump_json())
        if key in seen:
            what = f"{subject.short_title} số {number}" if number else subject.short_title
            field = "document_no" if number else None
            yield Finding(f"{what} có hai bản trong hồ sơ. Giữ lại một bản.", field=field, document=index)
        seen.add(key)


@dossier_rule("R-021", Level.ERROR, "các mẫu, phần chữ ký", covers=("R-022",))
def someone_can_sign(whole: Whole) -> Iterator[Finding]:
    """A title on the forms that nobody of the unit is registered for."""
    people = whole.context.people
    for step in signing_steps([subject.document for subject in whole.subjects]) if people is not None else ():
        if not any(set(step.roles) <= set(person.roles) for person in people or ()):
            titles = ", ".join(ROLE_TITLES[role].lower() for role in step.roles)
            yield Finding(f"Đơn vị chưa khai ai ký với chức danh {titles}. Khai người ký trong phần cài đặt.")


@dossier_rule("R-020", Level.ERROR, f"{_DECREE} Điều 6.2.b")
def signer_registered(whole: Whole) -> Iterator[Finding]:
    """A signer whose certificate has not been registered, so that the Treasury could not match the signature."""
    people = whole.context.people
    for step in signing_steps([subject.document for subject in whole.subjects]) if people is not None else ():
        able = [person for person in people or () if set(step.roles) <= set(person.roles)]
        in_place = whole.context.delegated >= set(step.roles)
        if able and not in_place and not any(person.certificate_sha256 for person in able):
            yield Finding(f"{able[0].name} chưa khai chứng thư số. Cắm token và khai chứng thư trước khi trình ký.")


@dossier_rule("R-900", Level.WARNING, "đặc tả hệ thống Kho bạc")
def attachments(whole: Whole) -> Iterator[Finding]:
    """Attachments too many or too large to travel (error), of another kind, or the same file twice (a warning)."""
    yield from _too_much(whole)
    allowed = MEDIA_TYPES | ({SPREADSHEET} if whole.dossier.procedure in INVESTMENT else set())
    contents: set[str] = set()
    names: set[tuple[str, int]] = set()
    for item in whole.dossier.attachments:
        name = f"Tệp «{item.name[:60]}»"
        if item.size > MAX_ATTACHMENT_BYTES:
            size = f"{format_vnd(item.size // 1024)} KB"
            yield Finding(f"{name} nặng {size}, Kho bạc nhận nhiều nhất 10 MB. Quét lại nhẹ hơn.", level=Level.ERROR)
        if item.media_type not in allowed:
            yield Finding(f"{name} không phải PDF, ảnh JPG, PNG hoặc DOCX. Chuyển sang một trong các loại này.")
        if item.sha256 in contents:
            yield Finding(f"{name} có hai bản giống nhau trong hồ sơ. Giữ lại một bản.")
        elif (item.name, item.size) in names:
            yield Finding(f"{name} trùng tên và cỡ với tệp khác trong hồ sơ. Mở xem, giữ lại bản đúng.")
        contents.add(item.sha256)
        names.add((item.name, item.size))


def _too_much(whole: Whole) -> Iterator[Finding]:
    count, total = len(whole.dossier.attachments), sum(item.size for item in whole.dossier.attachments)
    if count > MAX_ATTACHMENTS:
        message = f"Hồ sơ có {count} tệp đính kèm, Kho bạc nhận nhiều nhất {MAX_ATTACHMENTS}. Gộp tệp hoặc chia hồ sơ."
        yield Finding(message, level=Level.ERROR)
    if total > MAX_TOTAL_BYTES:
        megabytes = total // 1024**2
        message = f"Các tệp đính kèm nặng {megabytes} MB, Kho bạc nhận nhiều nhất 60 MB. Quét nhẹ hơn hoặc chia hồ sơ."
        yield Finding(message, level=Level.ERROR)

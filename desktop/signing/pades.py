"""Signs a PDF visibly (PAdES B-B, ETSI EN 319 142-1) with a key that stays on its token: a copy for people who want a
PDF. What the Treasury gets is the package, never this.

Each signature is an incremental update: the bytes that an earlier one covers stay as they are.
"""

from __future__ import annotations

import asyncio
import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from asn1crypto import x509
from pyhanko.pdf_utils.content import PdfContent
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import AxisAlignment, BoxConstraints, Margins, SimpleBoxLayoutRule
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.signers.pdf_cms import Signer
from pyhanko.sign.validation import async_validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.stamp import StaticStampStyle
from pyhanko_certvalidator import ValidationContext

from desktop.dossier.errors import VungXaError
from desktop.signing.certificates import ASN1_ERRORS, describe
from desktop.signing.keys import SigningKey
from desktop.signing.trust import Trust

DIGEST = "sha256"
RESERVED = 2 * 16_384
"""Hex digits kept free for a signature with its chain: known beforehand, or the token would have to sign twice."""
MAX_PDF = 64 * 1024 * 1024
FIELD = "VungXa{}"

for _name in ("pyhanko", "pyhanko_certvalidator"):  # they write subjects of certificates into warnings
    logging.getLogger(_name).setLevel(logging.CRITICAL)


class PdfSigningError(VungXaError):
    """A PDF cannot be signed (pdf_unreadable, pdf_locked, pdf_too_large, pdf_bad_signature)."""


@dataclass(frozen=True)
class PdfSignature:
    """One signature of a PDF, oldest first; `intact` that what it covers is as it was signed.

    `trusted` is None without a Trust; `whole` that only signatures were added since.
    """

    name: str
    certificate_sha256: str
    intact: bool
    trusted: bool | None
    whole: bool


def sign_pdf(pdf: bytes, key: SigningKey, stamp: bytes, page: int, box: tuple[int, int, int, int]) -> bytes:
    """Add one visible signature: `stamp` is a PDF whose first page is drawn into `box` (points) of `page` (from 0).

    Raises PdfSigningError, also when an earlier signature does not hold, and TokenError from the key.
    """
    field = FIELD.format(signable(pdf) + 1)
    with _reading():
        writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
        spec = fields.SigFieldSpec(field, box=box, on_page=page)
        metadata = PdfSignatureMetadata(field_name=field, md_algorithm=DIGEST, subfilter=fields.SigSeedSubFilter.PADES)
        fill = SimpleBoxLayoutRule(AxisAlignment.ALIGN_MID, AxisAlignment.ALIGN_MID, Margins(0, 0, 0, 0))
        style = StaticStampStyle(border_width=0, background=_StampPage(stamp), background_layout=fill)
        signer = PdfSigner(metadata, _KeySigner(key), stamp_style=style, new_field_spec=spec)
        return bytes(signer.sign_pdf(writer, bytes_reserved=RESERVED).getvalue())


def signable(pdf: bytes) -> int:
    """How many signatures a PDF has, when one more may follow. Raises PdfSigningError, also when one does not hold."""
    earlier = check_pdf(pdf)
    if not all(signature.intact and signature.whole for signature in earlier):
        raise _refused("pdf_bad_signature")
    return len(earlier)


def check_pdf(pdf: bytes, trust: Trust | None = None) -> list[PdfSignature]:
    """Verify every signature of a PDF, oldest first. Raises PdfSigningError."""
    if len(pdf) > MAX_PDF:
        raise _refused("pdf_too_large")
    with _reading():
        reader = PdfFileReader(io.BytesIO(pdf))
        if reader.encrypted:
            raise _refused("pdf_locked")
        reader.root["/Pages"]  # a PDF without pages says so here
        return [_checked(signature, trust) for signature in reader.embedded_regular_signatures]


def _checked(signature: Any, trust: Trust | None) -> PdfSignature:
    certificate = describe(signature.signer_cert.dump())
    known = trust or Trust()
    context = ValidationContext(
        trust_roots=[x509.Certificate.load(der) for der in known.roots],
        other_certs=[x509.Certificate.load(der) for der in known.intermediates],
        crls=list(known.crls),
        allow_fetching=False,
    )
    try:
        status = asyncio.run(async_validate_pdf_signature(signature, context))
    except SignatureValidationError:
        return PdfSignature(certificate.subject_name, certificate.sha256, intact=False, trusted=None, whole=False)
    return PdfSignature(
        certificate.subject_name,
        certificate.sha256,
        intact=bool(status.intact and status.valid),
        trusted=None if trust is None else bool(status.trusted),
        whole=_only_signed(status),
    )


def _only_signed(status: Any) -> bool:
    return status.modification_level is not None and status.modification_level <= ModificationLevel.FORM_FILLING


class _KeySigner(Signer):
    """Lets pyHanko build the CMS while our key signs."""

    def __init__(self, key: SigningKey) -> None:
        super().__init__(signing_cert=x509.Certificate.load(key.certificate), embed_roots=False)
        self._cert_registry.register_multiple([x509.Certificate.load(der) for der in key.chain])
        self._key = key

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        assert digest_algorithm == DIGEST
        assert not dry_run, "the size is reserved beforehand"
        return self._key.sign(data)


class _StampPage(PdfContent):
    """The first page of a PDF in memory as the picture of a signature."""

    def __init__(self, pdf: bytes) -> None:
        super().__init__()
        self._pdf = pdf

    def render(self) -> bytes:
        """Bring the page in with its fonts; pyHanko asks for it when it draws."""
        imported = self._ensure_writer.import_page_as_xobject(PdfFileReader(io.BytesIO(self._pdf)))
        left, bottom, right, top = imported.get_object()["/BBox"]
        self.box = BoxConstraints(width=abs(right - left), height=abs(top - bottom))
        self.resources.xobject["/Stamp"] = imported
        return b"/Stamp Do"


@contextmanager
def _reading() -> Iterator[None]:
    try:
        yield
    except (PdfError, SigningError, *ASN1_ERRORS) as error:
        raise _refused("pdf_unreadable") from error


_MESSAGES = {
    "pdf_unreadable": "Tệp PDF này bị hỏng hoặc không cho ký thêm. In lại chứng từ ra PDF mới rồi ký.",
    "pdf_locked": "Tệp PDF này đặt mật khẩu nên không ký được. Bỏ mật khẩu của tệp rồi ký.",
    "pdf_too_large": "Tệp PDF lớn quá 64 MB. Chọn tệp nhỏ hơn.",
    "pdf_bad_signature": "Tệp PDF này đã bị sửa sau khi có chữ ký. In lại chứng từ ra PDF mới rồi ký từ đầu.",
}


def _refused(code: str) -> PdfSigningError:
    return PdfSigningError(code, _MESSAGES[code])

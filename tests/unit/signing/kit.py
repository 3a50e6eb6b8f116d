"""Packages signed in memory with certificates of any kind, to be attacked; and ways to change a container by hand."""

import io
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding

from desktop.signing.asice import MEDIA_TYPE, DataObject, Package, Signed
from desktop.signing.cades import sign
from desktop.signing.verify import VerifyReport
from tests.fixtures.softkeys import SoftPerson


def forged_twin(key: SoftPerson) -> SoftPerson:
    """Make a key with a certificate of the same names and number that no authority has issued."""
    true = x509.load_der_x509_certificate(key.certificate)
    private = ec.generate_private_key(ec.SECP256R1())
    builder = x509.CertificateBuilder().subject_name(true.subject).issuer_name(true.issuer)
    builder = builder.serial_number(true.serial_number).public_key(private.public_key())
    builder = builder.not_valid_before(true.not_valid_before_utc).not_valid_after(true.not_valid_after_utc)
    for extension in true.extensions:
        builder = builder.add_extension(extension.value, extension.critical)
    return replace(key, certificate=builder.sign(private, hashes.SHA256()).public_bytes(Encoding.DER), private=private)


def signed_by(keys: Sequence[SoftPerson], objects: Sequence[DataObject], when: datetime | None = None) -> Package:
    signatures: list[Signed] = []
    for key in keys:
        signatures.append(sign(objects, signatures, key, when or datetime.now(UTC)))
    return Package(tuple(objects), tuple(signatures))


def with_content(package: Package, index: int, content: bytes) -> Package:
    objects = list(package.objects)
    objects[index] = replace(objects[index], content=content)
    return replace(package, objects=tuple(objects))


def flipped(data: bytes, position: int) -> bytes:
    changed = bytearray(data)
    changed[position] ^= 1 << (position % 8)
    return bytes(changed)


def codes(report: VerifyReport) -> set[str]:
    """Every code of a report, of the whole and of each signer."""
    found = {problem.code for problem in report.problems}
    return found | {problem.code for signer in report.signers for problem in signer.problems}


def container(*entries: tuple[str, bytes], compression: int = zipfile.ZIP_STORED) -> bytes:
    """A ZIP with exactly these entries after the media type, however wrong they are."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", compression) as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), MEDIA_TYPE)
        for name, content in entries:
            archive.writestr(zipfile.ZipInfo(name), content, compression)
    return target.getvalue()

"""Packages signed in memory with certificates of any kind, to be attacked; and ways to change a container by hand."""

import io
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Protocol

from asn1crypto import cms as asn1_cms
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding

from desktop.signing.asice import MEDIA_TYPE, DataObject, Package, Signed
from desktop.signing.cades import sign
from desktop.signing.evidence import add_revocation, add_time_stamp
from desktop.signing.timestamps import request_for, token_of
from desktop.signing.trust import Trust
from desktop.signing.tsa import SandboxTsa
from desktop.signing.verify import VerifyReport
from tests.fixtures.softkeys import SoftPerson


class Authority(Protocol):
    """Who issues: a certificate with its key."""

    @property
    def certificate(self) -> x509.Certificate: ...

    @property
    def key(self) -> rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey: ...


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


def stamped_cms(cms: bytes, tsa: SandboxTsa, at: datetime | None = None) -> bytes:
    """The same signature with a time-stamp of an instant, now unless told."""
    request, _ = request_for(cms)
    return add_time_stamp(cms, token_of(tsa.respond(request, at or datetime.now(UTC)), request))


def lifted(package: Package, tsa: SandboxTsa, trust: Trust | None = None, at: datetime | None = None) -> Package:
    """The same package with every signature at level T, at LT when a trust is given."""
    stamped = [stamped_cms(signed.cms, tsa, at) for signed in package.signatures]
    lasting = [add_revocation(cms, trust) if trust else cms for cms in stamped]
    return replace(package, signatures=tuple(map(replaced_cms, package.signatures, lasting)))


def replaced_cms(signed: Signed, cms: bytes) -> Signed:
    return replace(signed, cms=cms)


def with_cms(package: Package, cms: bytes) -> Package:
    """The package with another first signature file."""
    return replace(package, signatures=(replaced_cms(package.signatures[0], cms), *package.signatures[1:]))


def with_attribute(cms: bytes, *tokens: bytes) -> bytes:
    """The signature with time-stamp tokens put in by hand, whatever they are of; none strips what is there."""
    content = asn1_cms.ContentInfo.load(cms)
    values = [asn1_cms.ContentInfo.load(token) for token in tokens]
    attributes = [asn1_cms.CMSAttribute({"type": "signature_time_stamp_token", "values": values})] if tokens else []
    content["content"]["signer_infos"][0]["unsigned_attrs"] = asn1_cms.CMSAttributes(attributes)
    return bytes(content.dump())


def crl_with(
    issuer: Authority,
    *extensions: x509.ExtensionType,
    serials: Sequence[int] = (),
    critical: bool = False,
    algorithm: hashes.HashAlgorithm | None = None,
) -> bytes:
    """A list (DER) issued a day ago that is like no list of the demo's authority."""
    yesterday = datetime.now(UTC) - timedelta(days=1)
    builder = x509.CertificateRevocationListBuilder().issuer_name(issuer.certificate.subject)
    builder = builder.last_update(yesterday).next_update(yesterday + timedelta(days=7))
    for extension in extensions:
        builder = builder.add_extension(extension, critical)
    for serial in serials:
        entry = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(yesterday).build()
        builder = builder.add_revoked_certificate(entry)
    return builder.sign(issuer.key, algorithm or hashes.SHA256()).public_bytes(Encoding.DER)


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

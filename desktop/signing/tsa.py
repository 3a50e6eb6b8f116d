"""A small time-stamping authority (RFC 3161) for the sandbox and the tests; pyHanko makes the tokens.

Its one certificate signs itself and is what a machine trusts. It is no authority for real dossiers: nobody audits its
clock or guards its key.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from asn1crypto import cms as asn1_cms
from asn1crypto import tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.sign.general import as_signing_certificate_v2
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper

from desktop.signing.certificates import ASN1_ERRORS
from desktop.signing.timestamps import DIGESTS, Response

TSA_NAME = "Dấu thời gian (THỬ NGHIỆM)"
MAX_REQUEST_BYTES = 4096
_YEARS = timedelta(days=365 * 15)
_HASHES: dict[str, Callable[[], hashes.HashAlgorithm]] = {
    "sha256": hashes.SHA256,
    "sha384": hashes.SHA384,
    "sha512": hashes.SHA512,
}
_SIZES = {name: made().digest_size for name, made in _HASHES.items()}


class SandboxTsa:
    """Stamps any well-formed request with the instant it is told; `root` is its certificate (DER)."""

    def __init__(self, key: rsa.RSAPrivateKey, certificate: x509.Certificate) -> None:
        self._key = key
        self._certificate = certificate
        self.root = certificate.public_bytes(Encoding.DER)

    @classmethod
    def create(cls, name: str = TSA_NAME, *, since: datetime | None = None) -> SandboxTsa:
        """Make a new authority with a key and a certificate of its own, valid for 15 years."""
        key = rsa.generate_private_key(public_exponent=65537, key_size=3072)
        return cls(key, _certificate(key, name, since or datetime.now(UTC) - timedelta(days=30)))

    @classmethod
    def load(cls, key_pem: bytes, cert_pem: bytes) -> SandboxTsa:
        """Take up an authority again from `key_pem` and `certificate_pem`. Raises ValueError."""
        key = load_pem_private_key(key_pem, None)
        if not isinstance(key, rsa.RSAPrivateKey):
            raise ValueError("the key of a time-stamping authority must be RSA")
        return cls(key, x509.load_pem_x509_certificate(cert_pem))

    @property
    def key_pem(self) -> bytes:
        """The private key, PKCS#8 PEM, not encrypted: for a file only the gateway can read."""
        return self._key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())

    @property
    def certificate_pem(self) -> bytes:
        """The certificate, PEM."""
        return self._certificate.public_bytes(Encoding.PEM)

    def respond(self, request: bytes, at: datetime) -> bytes:
        """Answer a TimeStampReq (DER) with a TimeStampResp (DER); a bad request gets a rejection, never an exception.

        `at` is the instant to vouch for, with a time zone; whole seconds are kept.
        """
        try:
            asked = tsp.TimeStampReq.load(request[: MAX_REQUEST_BYTES + 1], strict=True)
            refused = _refusal(asked)
        except ASN1_ERRORS:
            return _rejection("bad_data_format")
        if refused:
            return _rejection(refused)
        stamper = _Stamper(
            asn1_x509.Certificate.load(self.root), None, fixed_dt=at.astimezone(UTC).replace(microsecond=0)
        )
        stamper.key = self._key
        stamper.with_certificate = bool(asked["cert_req"].native)
        return bytes(stamper.request_tsa_response(asked).dump())


class _Stamper(DummyTimeStamper):
    """Leaves its certificate out when it was not asked for (RFC 3161 section 2.4.1)."""

    with_certificate = True
    key: rsa.RSAPrivateKey

    def _sign_tst_info(self, tst_info_data: bytes, md_algorithm: str, dt: datetime) -> tuple[bytes, Any]:  # noqa: ARG002  pyHanko's signature
        """Sign with the key at hand, and name the certificate without SHA-1 (RFC 5816)."""
        digest = hashlib.new(md_algorithm, tst_info_data).digest()
        attributes = asn1_cms.CMSAttributes(
            [
                _attribute("content_type", "tst_info"),
                _attribute("signing_certificate_v2", as_signing_certificate_v2(self.tsa_cert)),
                _attribute("message_digest", digest),
            ]
        )
        signature = self.key.sign(attributes.dump(), PKCS1v15(), _HASHES[md_algorithm]())
        return signature, attributes

    def _build_signed_data(self, *parts: Any) -> dict[str, Any]:
        built: dict[str, Any] = super()._build_signed_data(*parts)
        if not self.with_certificate:
            built.pop("certificates")
        return built


def _attribute(name: str, value: object) -> Any:
    return asn1_cms.CMSAttribute({"type": name, "values": [value]})


def _refusal(asked: Any) -> str:
    """Name the PKIFailureInfo of a request that cannot be served, "" when it can."""
    imprint = asked["message_imprint"]
    algorithm = imprint["hash_algorithm"]["algorithm"].native
    if asked["version"].native != "v1":
        return "bad_request"
    if algorithm not in DIGESTS:
        return "bad_alg"
    if len(imprint["hashed_message"].native) != _SIZES[algorithm]:
        return "bad_data_format"
    if asked["req_policy"].native is not None:
        return "unaccepted_policy"
    return "unaccepted_extensions" if asked["extensions"].native else ""


def _rejection(failure: str) -> bytes:
    status = tsp.PKIStatusInfo({"status": "rejection", "fail_info": {failure}})
    return bytes(Response({"status": status}).dump())


def _certificate(key: rsa.RSAPrivateKey, name: str, since: datetime) -> x509.Certificate:
    subject = x509.Name([x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"), x509.NameAttribute(NameOID.COMMON_NAME, name)])
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(subject).public_key(key.public_key())
    builder = builder.serial_number(x509.random_serial_number())
    builder = builder.not_valid_before(since).not_valid_after(since + _YEARS)
    builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    builder = builder.add_extension(_usage(), critical=True)
    builder = builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
    builder = builder.add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    return builder.sign(key, hashes.SHA256())


def _usage() -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )

"""A throw-away certificate authority of two levels, and SoftHSM tokens with certificates from it.

Keys of the authority stay in memory; keys of people are made on the tokens and never leave them. PINs are random and
given back in memory only.
"""

from __future__ import annotations

import secrets
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_der_public_key
from cryptography.x509.oid import NameOID

from desktop.dossier.errors import VungXaError
from desktop.dossier.people import Person
from desktop.signing.modules import softhsm_module
from desktop.signing.provision import Provisioner

ROOT_NAME = "Chứng thực gốc (THỬ NGHIỆM)"
INTERMEDIATE_NAME = "Chứng thực cơ quan nhà nước G1 (THỬ NGHIỆM)"
KEY_KINDS = ("RSA-3072", "RSA-2048", "EC-P-256")
"""Kinds of key given to the tokens in turn: what tokens in use have."""
_YEAR = timedelta(days=365)
_CRL_URL = "http://crl.vungxa.invalid/g1.crl"


@dataclass(frozen=True)
class _Authority:
    certificate: x509.Certificate
    key: rsa.RSAPrivateKey = field(repr=False)


@dataclass(frozen=True)
class DemoPki:
    """The authority; the four paths are PEM files that a verifier is given, `crl` of those who issue to people."""

    root_pem: Path
    intermediate_pem: Path
    crl: Path
    root_crl: Path
    root: _Authority = field(repr=False)
    intermediate: _Authority = field(repr=False)

    @property
    def trust_files(self) -> list[Path]:
        """All that a verifier is given: both certificates and both revocation lists."""
        return [self.root_pem, self.intermediate_pem, self.crl, self.root_crl]

    def issue(
        self,
        public_key: bytes,
        name: str,
        *,
        organisation: str = "",
        not_before: datetime | None = None,
        not_after: datetime | None = None,
        signs: bool = True,
        revocation_url: bool = True,
    ) -> bytes:
        """Certify a person's public key (DER SubjectPublicKeyInfo) and give the certificate as DER.

        Valid from a year ago for four years unless told; `signs` False makes one for encryption only, `revocation_url`
        False one that names no CRL.
        """
        start = not_before or datetime.now(UTC) - _YEAR
        builder = _builder(_name(name, organisation), self.intermediate.certificate.subject, public_key)
        builder = builder.not_valid_before(start).not_valid_after(not_after or start + 4 * _YEAR)
        builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        builder = builder.add_extension(_usage(signs=signs), critical=True)
        builder = builder.add_extension(_authority_id(self.intermediate), critical=False)
        if revocation_url:
            builder = builder.add_extension(_distribution(), critical=False)
        return builder.sign(self.intermediate.key, hashes.SHA256()).public_bytes(Encoding.DER)

    def revoke(self, certificates: Sequence[bytes], *, when: datetime, issued: datetime | None = None) -> Path:
        """Write a new CRL that lists certificates (DER) as revoked at `when`, over the old one."""
        _write_crl(self.crl, self.list_of(certificates, when=when, issued=issued))
        return self.crl

    def list_of(
        self, certificates: Iterable[bytes | int], *, when: datetime | None = None, issued: datetime | None = None
    ) -> bytes:
        """Give a CRL (DER) that lists certificates (DER, or their numbers), and leave the published one as it is."""
        serials = [one if isinstance(one, int) else _serial(one) for one in certificates]
        return _crl(self.intermediate, serials, when or datetime.now(UTC), issued or datetime.now(UTC))


@dataclass(frozen=True)
class DemoToken:
    """One prepared SoftHSM token and whom it belongs to; `environment` must be given to the worker that uses it."""

    serial: str
    label: str
    person: Person
    certificate: bytes = field(repr=False)
    module: Path
    environment: Mapping[str, str]
    pin: str = field(repr=False)


def make_demo_pki(folder: Path) -> DemoPki:
    """Make root, intermediate and an empty CRL of each, and write them as PEM into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    root = _authority(ROOT_NAME, None)
    intermediate = _authority(INTERMEDIATE_NAME, root)
    pki = DemoPki(
        folder / "root.pem",
        folder / "intermediate.pem",
        folder / "crl.pem",
        folder / "root-crl.pem",
        root,
        intermediate,
    )
    pki.root_pem.write_bytes(root.certificate.public_bytes(Encoding.PEM))
    pki.intermediate_pem.write_bytes(intermediate.certificate.public_bytes(Encoding.PEM))
    now = datetime.now(UTC)
    _write_crl(pki.crl, pki.list_of(()))
    _write_crl(pki.root_crl, _crl(root, (), now, now, days=180))
    return pki


def make_softhsm_tokens(
    folder: Path, people: Sequence[Person], pki: DemoPki, organisation: str = "", kinds: Sequence[str] = KEY_KINDS
) -> list[DemoToken]:
    """Make one token for each person in `folder`, with a key of `kinds` in turn, certificate and intermediate.

    Each token's `person` carries its certificate's digest. Raises VungXaError softhsm_missing, and TokenError.
    """
    module = softhsm_module()
    if module is None:
        raise VungXaError("softhsm_missing", "Máy chưa có SoftHSM. Hãy cài gói softhsm2 rồi chạy lại.")
    environment = {"SOFTHSM2_CONF": str(_softhsm_home(folder))}
    first_pins = [_initialise(person, environment) for person in people]
    with Provisioner(module, environment=environment) as provisioner:
        serials = {label: serial for serial, label in provisioner.serials().items()}
        return [
            _fill(provisioner, serials[_label(person)], person, so_pin, kinds[index % len(kinds)], pki, organisation)
            for index, (person, so_pin) in enumerate(zip(people, first_pins, strict=True))
        ]


def _fill(
    provisioner: Provisioner, serial: str, person: Person, so_pin: str, kind: str, pki: DemoPki, organisation: str
) -> DemoToken:
    pin = _random_pin()
    provisioner.replace_pins(serial, old_so=so_pin, new_so=_random_pin(), user=pin)
    key_id, public_key = provisioner.generate_key(serial, kind, "Khóa ký", pin)
    certificate = pki.issue(public_key, person.name, organisation=organisation)
    provisioner.write_certificate(serial, certificate, person.name, pin, key_id)
    issuer = pki.intermediate.certificate.public_bytes(Encoding.DER)
    provisioner.write_certificate(serial, issuer, INTERMEDIATE_NAME, pin)
    digest = x509.load_der_x509_certificate(certificate).fingerprint(hashes.SHA256()).hex()
    owner = person.model_copy(update={"certificate_sha256": digest})
    return DemoToken(serial, _label(person), owner, certificate, provisioner.module, provisioner.environment, pin)


def _softhsm_home(folder: Path) -> Path:
    tokens = folder / "tokens"
    tokens.mkdir(parents=True, exist_ok=True)
    config = folder / "softhsm2.conf"
    config.write_text(f"directories.tokendir = {tokens}\nobjectstore.backend = file\nlog.level = ERROR\n", "utf-8")
    return config


def _initialise(person: Person, environment: Mapping[str, str]) -> str:
    """Make an empty token. softhsm2-util takes PINs as arguments only, so both are replaced at once through PKCS#11."""
    so_pin = _random_pin()
    words = ["softhsm2-util", "--init-token", "--free", "--label", _label(person), "--so-pin", so_pin]
    subprocess.run([*words, "--pin", _random_pin()], check=True, capture_output=True, env=dict(environment), timeout=60)
    return so_pin


def _label(person: Person) -> str:
    """PKCS#11 gives a label 32 bytes, too few for a Vietnamese name."""
    return f"VUNGXA-{person.person_id}"


def _random_pin() -> str:
    return f"{secrets.randbelow(10**8):08d}"


def _authority(name: str, parent: _Authority | None) -> _Authority:
    key = rsa.generate_private_key(public_exponent=65537, key_size=3072)
    subject = _name(name, "VÙNG XA (THỬ NGHIỆM)")
    issuer = parent.certificate.subject if parent else subject
    start = datetime.now(UTC) - 2 * _YEAR
    builder = _builder(subject, issuer, _spki(key)).not_valid_before(start).not_valid_after(start + 20 * _YEAR)
    path_length = 0 if parent else None
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=path_length), critical=True)
    builder = builder.add_extension(_usage(ca=True), critical=True)
    if parent:
        builder = builder.add_extension(_authority_id(parent), critical=False)
    signed = builder.sign(parent.key if parent else key, hashes.SHA256())
    return _Authority(signed, key)


def _builder(subject: x509.Name, issuer: x509.Name, public_key: bytes) -> x509.CertificateBuilder:
    key = load_der_public_key(public_key)
    assert isinstance(key, rsa.RSAPublicKey | ec.EllipticCurvePublicKey)
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(key)
    builder = builder.serial_number(x509.random_serial_number())
    return builder.add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)


def _spki(key: rsa.RSAPrivateKey) -> bytes:
    return key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def _name(common: str, organisation: str) -> x509.Name:
    parts = [x509.NameAttribute(NameOID.COUNTRY_NAME, "VN")]
    if organisation:
        parts.append(x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation))
    return x509.Name([*parts, x509.NameAttribute(NameOID.COMMON_NAME, common)])


def _usage(*, ca: bool = False, signs: bool = True) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=signs and not ca,
        content_commitment=signs and not ca,
        key_encipherment=not signs,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=ca,
        crl_sign=ca,
        encipher_only=False,
        decipher_only=False,
    )


def _authority_id(issuer: _Authority) -> x509.AuthorityKeyIdentifier:
    return x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.key.public_key())


def _distribution() -> x509.CRLDistributionPoints:
    point = x509.DistributionPoint([x509.UniformResourceIdentifier(_CRL_URL)], None, None, None)
    return x509.CRLDistributionPoints([point])


def _serial(der: bytes) -> int:
    return x509.load_der_x509_certificate(der).serial_number


def _crl(issuer: _Authority, serials: Iterable[int], when: datetime, issued: datetime, days: int = 7) -> bytes:
    builder = x509.CertificateRevocationListBuilder().issuer_name(issuer.certificate.subject)
    builder = builder.last_update(issued).next_update(issued + timedelta(days=days))
    builder = builder.add_extension(_authority_id(issuer), critical=False)
    builder = builder.add_extension(x509.CRLNumber(int(issued.timestamp())), critical=False)
    for serial in serials:
        revoked = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(when).build()
        builder = builder.add_revoked_certificate(revoked)
    return builder.sign(issuer.key, hashes.SHA256()).public_bytes(Encoding.DER)


def _write_crl(path: Path, der: bytes) -> None:
    path.write_bytes(x509.load_der_x509_crl(der).public_bytes(Encoding.PEM))

"""The folder a gateway lives in, for its user only: database, TLS identity, statement key, trust roots, parts."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import IPv4Address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from desktop.dossier.errors import VungXaError
from gateway.clock import now
from gateway.errors import GatewayError
from gateway.statements import StatementKey

CERTIFICATE_YEARS = 10


@dataclass(frozen=True)
class Home:
    """Names of everything inside a gateway's folder."""

    folder: Path

    @property
    def database(self) -> Path:
        """The SQLite file."""
        return self.folder / "gateway.db"

    @property
    def certificate(self) -> Path:
        """The self-signed TLS certificate, PEM; devices pin it."""
        return self.folder / "tls.pem"

    @property
    def tls_key(self) -> Path:
        """The private TLS key, PEM."""
        return self.folder / "tls.key"

    @property
    def statement_key_file(self) -> Path:
        """The raw Ed25519 key that signs receipts and events."""
        return self.folder / "statement.key"

    @property
    def parts(self) -> Path:
        """Stored parts, one folder a unit."""
        return self.folder / "parts"

    @property
    def packs(self) -> Path:
        """Published form packs, each under its SHA-256."""
        return self.folder / "packs"

    @property
    def trust_list(self) -> Path:
        """The signed statement of the trust list that is published."""
        return self.folder / "trust.json"

    @property
    def crls(self) -> Path:
        """Published revocation lists (DER), each under its SHA-256."""
        return self.folder / "crls"

    @property
    def tsa_key(self) -> Path:
        """The private key of the sandbox's time-stamping authority, PEM."""
        return self.folder / "tsa.key"

    @property
    def tsa_certificate(self) -> Path:
        """Its certificate, PEM."""
        return self.folder / "tsa.pem"

    def trust(self, unit_code: str) -> Path:
        """The folder of CA certificates (and CRLs) trusted for a unit's signers."""
        return self.folder / "trust" / unit_code

    @property
    def pin(self) -> str:
        """SHA-256 of the TLS certificate's DER, lower-case hex: what a device compares at its first contact."""
        try:
            certificate = x509.load_pem_x509_certificate(self.certificate.read_bytes())
        except ValueError as error:
            raise GatewayError(500, "damaged", "Chứng thư của cổng bị hỏng. Hãy khôi phục từ bản sao lưu.") from error
        return certificate.fingerprint(hashes.SHA256()).hex()

    def statement_key(self) -> StatementKey:
        """Load the key that signs receipts and events."""
        try:
            return StatementKey(self.statement_key_file.read_bytes())
        except VungXaError as error:
            raise GatewayError(500, "damaged", "Khóa ký của cổng bị hỏng. Hãy khôi phục từ bản sao lưu.") from error


def create_home(folder: Path) -> Home:
    """Make the keys that are not there yet; an existing home keeps its identity. The folder's mode is 0700."""
    home = Home(folder)
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    home.parts.mkdir(exist_ok=True)
    if not home.statement_key_file.exists():
        write_private(home.statement_key_file, StatementKey.generate())
    if not home.certificate.exists():
        key, certificate = _self_signed()
        write_private(home.tls_key, key)
        write_private(home.certificate, certificate)
    return home


def open_home(folder: Path) -> Home:
    """Find an existing home; raises GatewayError `no_home` when `init` has not been run there."""
    home = Home(folder)
    if not (home.certificate.is_file() and home.tls_key.is_file() and home.statement_key_file.is_file()):
        raise GatewayError(
            500,
            "no_home",
            f"Thư mục {folder} chưa phải của cổng giao dịch. Hãy chạy «vungxa-gateway init --home {folder}» trước.",
        )
    return home


def write_private(path: Path, data: bytes) -> None:
    """Write a file whole or not at all, readable by its user only."""
    temporary = path.with_name(path.name + ".new")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make new names in a folder durable; Windows has no such call and needs none."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sha256(data: bytes) -> str:
    """Name bytes by their content, lower-case hex."""
    return hashlib.sha256(data).hexdigest()


def _self_signed() -> tuple[bytes, bytes]:
    """Make a P-256 key and its certificate for ten years: no CA is involved, devices pin the certificate itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "vungxa-gateway")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now() - timedelta(days=1))
        .not_valid_after(now() + timedelta(days=365 * CERTIFICATE_YEARS))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(
            x509.SubjectAlternativeName([x509.DNSName("localhost"), x509.IPAddress(IPv4Address("127.0.0.1"))]),
            critical=False,
        )
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return private, certificate.public_bytes(serialization.Encoding.PEM)

"""A trust list counts only whole, unchanged and signed by our Treasury, a revocation list only signed by its issuer."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime, timedelta
from functools import cache

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding

from desktop.dossier.canonical import canonical
from desktop.signing.crls import check_crl, newest, read_crl
from desktop.signing.device import DeviceKey
from desktop.signing.errors import TrustError
from desktop.signing.trustlist import STATEMENT, TrustList, encoded, read_file, read_list, sign_list, write_file

TREASURY, STRANGER = DeviceKey.generate(), DeviceKey.generate()
KEYS = {TREASURY.key_id: TREASURY.public_b64}
NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)
KEY = ec.generate_private_key(ec.SECP256R1())
NAME = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Nơi cấp (THỬ)")])


@cache
def root(*, signs_lists: bool = True, name: x509.Name = NAME) -> bytes:
    uses = dict.fromkeys(
        ("digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement"), False
    )
    usage = x509.KeyUsage(**uses, key_cert_sign=True, crl_sign=signs_lists, encipher_only=False, decipher_only=False)
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(KEY.public_key())
    builder = builder.serial_number(7).not_valid_before(NOW - timedelta(days=9)).not_valid_after(NOW + timedelta(9))
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    return builder.add_extension(usage, critical=True).sign(KEY, hashes.SHA256()).public_bytes(Encoding.DER)


@cache
def crl(issued: datetime = NOW, key: ec.EllipticCurvePrivateKey = KEY, *extensions: x509.ExtensionType) -> bytes:
    builder = x509.CertificateRevocationListBuilder().issuer_name(NAME)
    builder = builder.last_update(issued).next_update(issued + timedelta(days=7))
    for extension in extensions:
        builder = builder.add_extension(extension, critical=True)
    return builder.sign(key, hashes.SHA256()).public_bytes(Encoding.DER)


@cache
def statement(version: int = 3) -> str:
    offer = read_crl(crl())
    told = {"issuer": offer.issuer_name, "sha256": offer.sha256, "size": len(offer.der), "this_update": "2026"}
    made = TrustList(version=version, issued_at="2026-11-20T03:00:00Z", roots=encoded([root()]), crls=[told])
    return sign_list(made, TREASURY)


def zipped(**entries: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def twice() -> bytes:
    buffer = io.BytesIO(write_file(statement(), []))
    with zipfile.ZipFile(buffer, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr(STATEMENT, statement())
    return buffer.getvalue()


def signed(payload: str, key: DeviceKey = TREASURY, context: str = "trust") -> bytes:
    return canonical({"payload": payload, "key_id": key.key_id, "signature": key.sign(payload, context)})


def told(**changes: object) -> str:
    good = {"kind": "trust", "version": 3, "issued_at": "2026-11-20T03:00:00Z", "roots": encoded([root()])}
    return canonical({**good, **changes}).decode()


def test_a_file_gives_back_list_and_revocation_lists() -> None:
    kept, lists = read_file(write_file(statement(), [crl()]), KEYS)
    assert (kept.list.version, kept.list.root_ders(), kept.key_id) == (3, (root(),), TREASURY.key_id)
    assert lists == (crl(),)
    assert read_list(kept.statement, KEYS) == kept


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (signed(told(), STRANGER), "trust_unknown_key"),
        (signed(told(), context="pack"), "trust_bad_signature"),
        (signed(told()).replace(b"03:00:00Z", b"03:00:01Z"), "trust_bad_signature"),
        (signed(told(version=0)), "trust_broken"),
        (signed(told(version=True)), "trust_broken"),
        (signed(told(kind="pack")), "trust_broken"),
        (signed(told(roots=["AAAA"])), "trust_broken"),
        (signed(told(roots=["không phải base64"])), "trust_broken"),
        (signed(told(roots=encoded([root()]) * 65)), "trust_broken"),
        (signed(told(crls=[{"issuer": "x", "sha256": "0" * 64, "size": 2**30, "this_update": ""}])), "trust_broken"),
        (b"{}", "trust_broken"),
        (b"[" * 100_000, "trust_broken"),
        (b"x" * (600 * 1024), "trust_broken"),
    ],
)
def test_a_statement_that_is_not_whole_and_ours_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(TrustError) as refused:
        read_list(data, KEYS)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"PK no zip", "trust_not_a_list"),
        (zipped(**{"other.json": b"{}"}), "trust_not_a_list"),
        (write_file(statement(), [])[:-30], "trust_broken"),
        (write_file(statement(), []) + b"tail", "trust_unsafe"),
        (twice(), "trust_unsafe"),
        (zipped(**{STATEMENT: statement().encode(), "../x.crl": b"x"}), "trust_unsafe"),
        (zipped(**{STATEMENT: statement().encode(), "crls/x.crl": b"x"}), "trust_altered"),
        (zipped(**{STATEMENT: statement().encode(), f"crls/{'0' * 64}.crl": crl()}), "trust_altered"),
        (zipped(**{STATEMENT: statement().encode(), f"crls/{read_crl(crl()).sha256}.crl": b"x"}), "trust_altered"),
        (write_file(statement(), [crl(NOW + timedelta(hours=1))]), "trust_altered"),
        (zipped(**{STATEMENT: b" " * 30_000_000}), "trust_unsafe"),
    ],
)
def test_a_hostile_file_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(TrustError) as refused:
        read_file(data, KEYS)
    assert (refused.value.code, refused.value.message[-1]) == (code, ".")


def test_a_revocation_list_tells_whose_and_when() -> None:
    pem = x509.load_der_x509_crl(crl()).public_bytes(Encoding.PEM)
    read = read_crl(pem)
    assert (read.der, read.issuer_name) == (crl(), "Nơi cấp (THỬ)")
    assert (read.this_update, read.next_update) == ("2026-11-20T03:00:00Z", "2026-11-27T03:00:00Z")
    check_crl(read, [root()], NOW)


OTHER = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Nơi khác")])


@pytest.mark.parametrize(
    ("data", "certificates", "code"),
    [
        (crl(), [], "crl_unknown_issuer"),
        (crl(), [root(name=OTHER)], "crl_unknown_issuer"),
        (crl(), [root(signs_lists=False)], "crl_unknown_issuer"),
        (crl(NOW, ec.generate_private_key(ec.SECP256R1())), [root()], "crl_bad_signature"),
        (crl(NOW + timedelta(days=2)), [root()], "crl_future"),
        (crl(NOW, KEY, x509.DeltaCRLIndicator(1)), [root()], "crl_partial"),
        (b"<html>login</html>", [root()], "crl_unreadable"),
        (b"-----BEGIN X509 CRL-----\nAAAA\n", [root()], "crl_unreadable"),
        (root(), [root()], "crl_unreadable"),
        (crl()[:-9], [root()], "crl_unreadable"),
        (b"x" * (65 * 1024 * 1024), [root()], "crl_too_large"),
    ],
    ids=[f"list-{number}" for number in range(11)],
)
def test_a_revocation_list_of_others_is_refused(data: bytes, certificates: list[bytes], code: str) -> None:
    with pytest.raises(TrustError) as refused:
        check_crl(read_crl(data), certificates, NOW)
    assert refused.value.code == code


def test_one_flipped_bit_of_a_revocation_list_is_seen() -> None:
    spoiled = bytearray(crl())
    spoiled[-3] ^= 1
    with pytest.raises(TrustError, match="không khớp"):
        check_crl(read_crl(bytes(spoiled)), [root()], NOW)


def test_the_newest_list_of_an_issuer_counts() -> None:
    old, new = read_crl(crl()), read_crl(crl(NOW + timedelta(hours=1)))
    assert newest([new, old]) == newest([old, new]) == [new]


@pytest.mark.parametrize(
    "apart",
    [
        x509.AuthorityKeyIdentifier(b"another key", None, None),
        x509.IssuingDistributionPoint(None, None, False, True, None, False, False),
    ],
    ids=["of another key of that name", "of authorities only"],
)
def test_a_list_takes_the_place_of_none_that_lists_others(apart: x509.ExtensionType) -> None:
    people, others = read_crl(crl()), read_crl(crl(NOW + timedelta(hours=1), KEY, apart))
    assert newest([people, others]) == [people, others]

"""Trust files: any mix of PEM certificates and CRLs, and clear words for everything else."""

import ssl
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.demo.pki import DemoPki, DemoToken
from desktop.signing.errors import TrustError
from desktop.signing.trust import MAX_TRUST_BYTES, Trust
from desktop.signing.tsa import SandboxTsa


def test_one_file_may_hold_everything(demo_pki: DemoPki, tmp_path: Path) -> None:
    bundle = tmp_path / "all.pem"
    parts = (demo_pki.intermediate_pem, demo_pki.crl, demo_pki.root_pem)
    bundle.write_text("ghi chú\n" + "\n".join(part.read_text() for part in parts), "utf-8")
    trust = Trust.load([bundle])
    assert (len(trust.roots), len(trust.intermediates), len(trust.crls)) == (1, 1, 1)
    assert trust == Trust.load([demo_pki.root_pem, demo_pki.intermediate_pem, demo_pki.crl])


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "not_pem"),
        (b"<html>", "not_pem"),
        (b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "not_pem"),
        (b"-----BEGIN CERTIFICATE-----\n", "not_pem"),
        (b"-----BEGIN X509 CRL-----\nAAAA\n-----END X509 CRL-----\n", "not_pem"),
        (b"-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n", "no_root"),
        (b"-" * (MAX_TRUST_BYTES + 1), "not_pem"),
    ],
)
def test_anything_else_is_refused(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "trust.pem"
    path.write_bytes(content)
    with pytest.raises(TrustError) as caught:
        Trust.load([path])
    assert caught.value.code == code


def test_an_intermediate_alone_is_not_enough(demo_pki: DemoPki) -> None:
    with pytest.raises(TrustError) as caught:
        Trust.load([demo_pki.intermediate_pem])
    assert caught.value.code == "no_root"


def test_an_authority_that_a_person_names_is_trusted_itself(demo_pki: DemoPki) -> None:
    trust = Trust.load([demo_pki.intermediate_pem, demo_pki.crl], authorities=True)
    assert (len(trust.roots), len(trust.intermediates), len(trust.crls)) == (1, 0, 1)
    assert Trust.load([demo_pki.root_pem, demo_pki.intermediate_pem], authorities=True) == Trust.load(
        [demo_pki.root_pem, demo_pki.intermediate_pem]
    )


def test_a_person_s_certificate_is_no_authority(demo_tokens: list[DemoToken], tmp_path: Path) -> None:
    path = tmp_path / "person.pem"
    path.write_text(ssl.DER_cert_to_PEM_cert(demo_tokens[0].certificate))
    with pytest.raises(TrustError) as caught:
        Trust.load([path], authorities=True)
    assert caught.value.code == "no_root"


def test_a_time_stamper_is_trusted_with_time_alone(demo_pki: DemoPki, demo_tsa: SandboxTsa, tmp_path: Path) -> None:
    path = tmp_path / "tsa.pem"
    path.write_bytes(demo_tsa.certificate_pem)
    trust = Trust.load([path, *demo_pki.trust_files])
    assert trust == replace(Trust.load(demo_pki.trust_files), tsa_roots=(demo_tsa.root,))
    with pytest.raises(TrustError) as caught:
        Trust.load([path], authorities=True)
    assert caught.value.code == "no_root"


def test_a_missing_file_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(TrustError, match="đường dẫn"):
        Trust.load([tmp_path / "none.pem"])

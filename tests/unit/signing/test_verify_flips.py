"""One flipped bit anywhere in what is signed is found, and no flip anywhere makes the verifier fall over."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from asn1crypto import cms

from desktop.signing.asice import Package, package_id, read, write
from desktop.signing.errors import ContainerError
from desktop.signing.trust import Trust
from desktop.signing.verify import VerifyReport, verify
from tests.fixtures.softkeys import SoftPerson
from tests.unit.signing.kit import flipped, with_content


def _spots(length: int, count: int) -> Iterator[int]:
    yield from range(0, length, max(1, length // count))


@pytest.mark.parametrize("index", [0, 1, 2])
def test_every_flip_in_an_object_is_found(small_package: Package, demo_trust: Trust, index: int) -> None:
    content = small_package.objects[index].content
    for spot in _spots(len(content), 12):
        report = verify(with_content(small_package, index, flipped(content, spot)), demo_trust)
        assert "digest_mismatch" in {problem.code for problem in report.signers[0].problems}


def test_every_flip_in_a_manifest_is_found(small_package: Package, demo_trust: Trust) -> None:
    signed = small_package.signatures[0]
    for spot in _spots(len(signed.manifest), 40):
        changed = replace(signed, manifest=flipped(signed.manifest, spot))
        assert not verify(replace(small_package, signatures=(changed,)), demo_trust).ok


def test_every_flip_in_the_signed_parts_of_a_signature_is_found(
    small_package: Package, keys: list[SoftPerson], demo_trust: Trust
) -> None:
    data = small_package.signatures[0].cms
    signer = cms.ContentInfo.load(data)["content"]["signer_infos"][0]
    for part in (signer["signed_attrs"].contents, signer["signature"].contents, keys[0].certificate):
        start = data.index(part)
        for spot in _spots(len(part), 25):
            assert not _with_cms(small_package, flipped(data, start + spot), demo_trust).ok


def test_no_flip_in_a_signature_file_changes_what_an_id_means(small_package: Package, demo_trust: Trust) -> None:
    """Some bytes are not signed by design (spare certificates); then the id is the same and so is the package."""
    data = small_package.signatures[0].cms
    accepted = 0
    for spot in _spots(len(data), 250):
        report = _with_cms(small_package, flipped(data, spot), demo_trust)
        if report.ok:
            accepted += 1
            assert report.package_id == package_id(small_package)
    assert accepted < 150


def test_flips_in_the_container_are_refused_or_harmless(small_package: Package, demo_trust: Trust) -> None:
    data = write(small_package)
    for spot in _spots(len(data), 300):
        try:
            report = verify(read(flipped(data, spot)), demo_trust)
        except ContainerError:
            continue
        assert not report.ok or report.package_id == package_id(small_package)


def _with_cms(package: Package, data: bytes, trust: Trust) -> VerifyReport:
    return verify(replace(package, signatures=(replace(package.signatures[0], cms=data),)), trust)

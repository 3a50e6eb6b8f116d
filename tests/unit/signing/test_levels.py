"""Levels as verified: what a time-stamp and revocation data are worth when certificates expire or are revoked later."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import pytest
from asn1crypto import pem

from desktop.demo.pki import DemoPki
from desktop.demo.unit import PEOPLE
from desktop.signing.asice import Package, read, write
from desktop.signing.trust import Trust
from desktop.signing.tsa import SandboxTsa
from desktop.signing.verify import Expected, verify
from tests.fixtures.softkeys import SoftPerson, make_soft_person
from tests.fixtures.tokens import sample_objects
from tests.unit.signing.kit import codes, lifted, signed_by

NOW = datetime.now(UTC)
DAY = timedelta(days=1)


class Case(NamedTuple):
    """One signature, made now: days from now at which it is stamped, the certificate revoked, the package judged."""

    level: str
    stamped: float
    revoked: float | None
    judged: float
    expected: set[str]


CASES = [
    Case("B", 0, None, 1, set()),
    Case("B", 0, None, 40, {"expired"}),
    Case("B", 0, 0.5, 1, {"revoked"}),
    Case("T", 1, None, 2, set()),
    Case("T", 1, None, 60, set()),
    Case("T", 40, None, 41, {"expired"}),
    Case("T", 1, 2, 3, set()),
    Case("T", 1, 0.5, 3, {"revoked"}),
    Case("LT", 1, None, 2, set()),
    Case("LT", 1, None, 1200, set()),
    Case("LT", 1, 2, 1200, set()),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_time_stamp_fixes_the_moment_that_counts(
    demo_pki: DemoPki, demo_tsa: SandboxTsa, lasting_trust: Trust, case: Case
) -> None:
    key = make_soft_person(demo_pki, PEOPLE[0], not_after=NOW + 30 * DAY)
    package = signed_by([key], sample_objects([key]), NOW)
    if case.level != "B":
        package = lifted(package, demo_tsa, lasting_trust if case.level == "LT" else None, NOW + case.stamped * DAY)
    trust = lasting_trust
    if case.revoked is not None:
        listed = demo_pki.list_of([key.certificate], when=NOW + case.revoked * DAY, issued=NOW + 2.5 * DAY)
        trust = replace(trust, crls=(listed, trust.crls[1]))
    report = verify(package, trust, at=NOW + case.judged * DAY)
    assert (codes(report) - {"revocation_stale"}, report.level) == (case.expected, case.level)


def test_a_lasting_package_needs_no_list_of_the_machine(lasting: Package, lasting_trust: Trust) -> None:
    report = verify(read(write(lasting)), replace(lasting_trust, crls=()), at=NOW + 3000 * DAY)
    assert (report.ok, report.level, codes(report)) == (True, "LT", set())
    assert {signer.missing for signer in report.signers} == {()}


def test_a_list_inside_a_package_speaks_against_it_too(
    package: Package, demo_tsa: SandboxTsa, demo_pki: DemoPki, lasting_trust: Trust, keys: list[SoftPerson]
) -> None:
    listed = demo_pki.list_of([keys[1].certificate], when=NOW - DAY)
    lifting = replace(lasting_trust, crls=(listed, lasting_trust.crls[1]))
    report = verify(lifted(package, demo_tsa, lifting), replace(lasting_trust, crls=()))
    assert [signer.ok for signer in report.signers] == [True, False, True]
    assert codes(report) == {"revoked"}


def test_the_report_names_who_stamped_when_and_what_is_missing(
    stamped: Package, small_package: Package, lasting_trust: Trust
) -> None:
    (signer,) = verify(stamped, lasting_trust).signers
    assert abs(datetime.fromisoformat(signer.time_stamp) - datetime.now(UTC)) < timedelta(minutes=10)
    assert signer.time_stamped_by == "Dấu thời gian (THỬ NGHIỆM)"
    assert signer.missing == ("crl:Chứng thực cơ quan nhà nước G1 (THỬ NGHIỆM)", "crl:Chứng thực gốc (THỬ NGHIỆM)")
    (bare,) = verify(small_package, lasting_trust).signers
    assert (bare.level, bare.time_stamp, bare.time_stamped_by, bare.missing) == ("B", "", "", ("time_stamp",))


def test_the_lowest_signature_is_the_level_of_the_package(
    package: Package, lasting: Package, lasting_trust: Trust
) -> None:
    mixed = replace(package, signatures=(*lasting.signatures[:2], package.signatures[2]))
    report = verify(mixed, lasting_trust)
    assert (report.ok, report.level, [signer.level for signer in report.signers]) == (True, "B", ["LT", "LT", "B"])


def test_without_roots_levels_are_told_and_nobody_vouches(lasting: Package) -> None:
    report = verify(lasting, None, expected=Expected(3, ("LT", "LT", "LT")))
    assert (report.ok, report.level, codes(report)) == (True, "LT", {"trust_not_checked"})


def test_an_authority_that_has_run_out_is_noted(
    small_package: Package, demo_tsa: SandboxTsa, lasting_trust: Trust
) -> None:
    report = verify(lifted(small_package, demo_tsa), lasting_trust, at=NOW + 20 * 365 * DAY)
    assert (report.ok, report.level, codes(report)) == (True, "T", {"time_stamp_expired"})


def test_what_is_recorded_and_there_is_no_finding(lasting: Package, lasting_trust: Trust) -> None:
    assert verify(lasting, lasting_trust, expected=Expected(3, ("B", "T", "LT"))).ok


@pytest.fixture
def crl_blocks(demo_pki: DemoPki) -> Iterator[bytes]:
    yield from (der for _, _, der in pem.unarmor(demo_pki.crl.read_bytes(), multiple=True))


def test_the_lists_a_package_carries_are_those_of_the_authority(crl_blocks: Iterator[bytes], lasting: Package) -> None:
    assert all(der in lasting.signatures[0].cms for der in crl_blocks)

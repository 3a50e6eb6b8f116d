"""Revocation lists of megabytes: signatures carry them, and a hostile one costs its reader little."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from asn1crypto import cms as asn1_cms
from asn1crypto import x509 as asn1_x509
from cryptography import x509

from desktop.demo.pki import DemoPki
from desktop.signing.asice import MAX_SIGNATURES_BYTES, Package, read, signature_name, write
from desktop.signing.cmsinfo import embedded_lists, read_signature
from desktop.signing.cmslimits import MAX_EMBEDDED, MAX_LIST_FRAME_BYTES, MAX_REST_BYTES
from desktop.signing.errors import ContainerError
from desktop.signing.evidence import add_revocation, missing_for_lt, needed_for_lt
from desktop.signing.readlists import KeptLists, read_list
from desktop.signing.revocation import RevocationLists
from desktop.signing.trust import Trust
from desktop.signing.tsa import SandboxTsa
from desktop.signing.verify import verify
from tests.fixtures.largelists import THREE_MB, TINY, der, large_list
from tests.fixtures.softkeys import SoftPerson
from tests.unit.signing.kit import container, crl_with, flipped, lifted, replaced_cms, with_cms
from tests.unit.signing.test_verify_by_openssl import STEPS, _run

NOW = datetime.now(UTC)


@pytest.fixture(scope="module")
def three_mb(demo_pki: DemoPki) -> bytes:
    return large_list(demo_pki.intermediate, THREE_MB)


@pytest.fixture(scope="module")
def heavy(package: Package, demo_tsa: SandboxTsa, lasting_trust: Trust, three_mb: bytes) -> Package:
    """Three signatures at level LT, each with a list of 3 MB."""
    return lifted(package, demo_tsa, replace(lasting_trust, crls=(three_mb, lasting_trust.crls[1])))


def test_three_signatures_with_three_megabytes_each_hold(heavy: Package, lasting_trust: Trust) -> None:
    again = read(write(heavy))
    assert [len(signed.cms) > 3_000_000 for signed in again.signatures] == [True] * 3
    report = verify(again, replace(lasting_trust, crls=()))
    assert (report.level, report.ok) == ("LT", True)


def test_public_tools_take_a_list_of_three_megabytes(heavy: Package, demo_pki: DemoPki, tmp_path: Path) -> None:
    done = _run(
        tmp_path, replace(heavy, signatures=heavy.signatures[:1]), demo_pki.root_pem, steps=[STEPS[0], STEPS[-1]]
    )
    assert [step.returncode for step in done] == [0, 0], done[-1]
    assert "CAdES Verification successful" in done[-1].stderr


def test_a_flipped_bit_in_a_large_list_takes_its_level_only(heavy: Package, lasting_trust: Trust) -> None:
    broken = replace(
        heavy, signatures=tuple(replaced_cms(one, flipped(one.cms, 1_500_000)) for one in heavy.signatures)
    )
    assert verify(broken, replace(lasting_trust, crls=())).level == "T"


def test_each_list_is_parsed_once_whoever_carries_it(heavy: Package, three_mb: bytes) -> None:
    found = [embedded_lists(read_signature(signed.cms).signed_data) for signed in heavy.signatures]
    assert len({id(read_list(der)) for lists in found for der in lists if len(der) > 3_000_000}) == 1
    assert read_list(bytes(bytearray(three_mb))) is read_list(three_mb)


def test_lists_kept_parsed_are_bounded_by_their_bytes(demo_pki: DemoPki) -> None:
    made = [large_list(demo_pki.root, 1000 + one) for one in range(3)]
    shelf = KeptLists(2 * len(made[2]))
    for der_of in (made[0], made[1], made[0], made[2]):
        shelf.put(read_list(der_of))
        shelf.get(made[0])
    assert [shelf.get(der_of) is not None for der_of in made] == [True, False, True]


def _wrapped(cms: bytes, name: str, more: bytes) -> bytes:
    """The signature with `more` as the whole of its certificates or lists."""
    tag = {"certificates": 0xA0, "crls": 0xA1}[name]
    content = asn1_cms.ContentInfo.load(cms)["content"]
    fields = ["version", "digest_algorithms", "encap_content_info", "certificates", "crls", "signer_infos"]
    parts = [der(tag, more) if one == name else content[one].dump() for one in fields if content[one] or one == name]
    return der(0x30, der(0x06, bytes.fromhex("2a864886f70d010702")) + der(0xA0, der(0x30, b"".join(parts))))


@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("crls", b"\x30\x00" * (MAX_REST_BYTES + 1)),
        ("crls", b"\x30\x00" * (MAX_EMBEDDED + 1) + der(0x30, bytes(MAX_REST_BYTES))),
        ("certificates", b"\x30\x00" * (MAX_REST_BYTES + 1)),
        ("certificates", der(0x30, bytes(MAX_REST_BYTES))),
        ("crls", der(0x30, bytes(MAX_REST_BYTES))[:-1]),
        ("crls", b"\x30\x80" + bytes(MAX_REST_BYTES)),
        ("crls", b"\x30\x85\x00\x00\x00\x00\x01" + bytes(MAX_REST_BYTES)),
    ],
)
def test_a_large_signature_must_be_large_for_few_lists(stamped: Package, name: str, more: bytes) -> None:
    with pytest.raises(ContainerError) as caught:
        read_signature(_wrapped(stamped.signatures[0].cms, name, more))
    assert caught.value.code == "bad_signature_file"


def test_lists_that_nobody_signed_cost_little_and_say_nothing(
    stamped: Package, lasting_trust: Trust, demo_pki: DemoPki
) -> None:
    """A million entries with a good name on them; the signature of the list is the one thing wrong."""
    made = flipped(large_list(demo_pki.intermediate, 1_000_000, entry=TINY), 15_000_000)
    report = verify(with_cms(stamped, _wrapped(stamped.signatures[0].cms, "crls", made)), lasting_trust)
    assert (report.level, report.ok) == ("T", True)


@pytest.mark.parametrize("what", ["extensions", "names"])
def test_a_list_is_large_for_its_entries_only(demo_pki: DemoPki, what: str) -> None:
    padding = x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3.4"), bytes(MAX_LIST_FRAME_BYTES))
    made = crl_with(demo_pki.intermediate, padding)
    if what == "names":
        told = asn1_x509.Name.build({"common_name": "x" * MAX_LIST_FRAME_BYTES}).dump()
        made = crl_with(demo_pki.intermediate).replace(demo_pki.intermediate.certificate.subject.public_bytes(), told)
    with pytest.raises(ValueError, match="revocation list"):
        read_list(made)


@pytest.mark.parametrize(
    ("sizes", "code"),
    [
        ([MAX_SIGNATURES_BYTES + 1], "signatures_too_large"),
        ([MAX_SIGNATURES_BYTES // 2 + 1] * 2, "signatures_too_large"),
    ],
)
def test_signatures_of_a_package_have_a_limit_together(sizes: list[int], code: str) -> None:
    entries = [(signature_name(order), bytes(size)) for order, size in enumerate(sizes, 1)]
    with pytest.raises(ContainerError) as caught:
        read(container(*entries))
    assert caught.value.code == code


def test_signatures_take_nothing_from_what_files_may_have(heavy: Package) -> None:
    again = read(write(heavy))
    with pytest.raises(ContainerError) as caught:
        read(container((signature_name(1), heavy.signatures[0].cms), ("attachments/a.pdf", bytes(11 << 20))))
    assert (caught.value.code, again) == ("too_large", heavy)


def test_a_list_that_others_carry_comes_before_a_newer_one(
    stamped: Package, lasting_trust: Trust, demo_pki: DemoPki
) -> None:
    cms, newer = stamped.signatures[0].cms, demo_pki.list_of((), issued=NOW + timedelta(hours=2))
    trust = replace(lasting_trust, crls=(newer, lasting_trust.crls[1]))
    shared = lasting_trust.crls[0]
    assert newer in needed_for_lt(cms, trust).lists
    assert needed_for_lt(cms, trust, [shared]).lists[0] == shared
    assert shared in embedded_lists(read_signature(add_revocation(cms, trust, [shared])).signed_data)


def test_but_not_one_that_has_not_heard_of_a_revocation(
    stamped: Package, lasting_trust: Trust, demo_pki: DemoPki, keys: list[SoftPerson]
) -> None:
    """Whoever was revoked before the time-stamp is not to look good by an old list that we chose."""
    told = demo_pki.list_of([keys[0].certificate], when=NOW - timedelta(days=1), issued=NOW - timedelta(minutes=1))
    needed = needed_for_lt(stamped.signatures[0].cms, replace(lasting_trust, crls=(told,)), lasting_trust.crls)
    assert (needed.lists[0], needed.revoked) == (told, True)


def test_a_list_issued_after_a_certificate_ran_out_says_nothing_of_it(
    stamped: Package, lasting_trust: Trust, demo_pki: DemoPki
) -> None:
    late = demo_pki.list_of((), issued=NOW + timedelta(days=5 * 365))
    missing = missing_for_lt(stamped.signatures[0].cms, replace(lasting_trust, crls=(late, lasting_trust.crls[1])))
    assert missing == ("crl:Chứng thực cơ quan nhà nước G1 (THỬ NGHIỆM)",)


def test_answers_of_a_list_are_the_same_when_asked_again(demo_pki: DemoPki, keys: list[SoftPerson]) -> None:
    path: list[Any] = [asn1_x509.Certificate.load(keys[0].certificate), asn1_x509.Certificate.load(keys[0].chain[0])]
    lists = RevocationLists([demo_pki.list_of([keys[0].certificate], when=NOW)])
    moments = [NOW - timedelta(minutes=1), NOW + timedelta(minutes=1)] * 2
    assert [lists.revoked(path, moment) for moment in moments] == [False, True] * 2

"""What the doctor says of one certificate: real certificates of the demo's authority, each wrong in one way."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from desktop.demo.pki import DemoPki
from desktop.demo.unit import PEOPLE
from desktop.desk.doctor_certificates import CertificateDesk, Registered, personal
from desktop.dossier.doctor_views import DoctorStep, StepState
from desktop.signing.certificates import describe
from desktop.signing.tokeninfo import TokenInfo
from desktop.signing.trust import Trust
from tests.fixtures.softkeys import SoftPerson, make_soft_person

NOW = datetime.now(UTC)
DAY = timedelta(days=1)
GOOD = {
    "certificate": "certificate_ok",
    "key_usage": "key_usage_ok",
    "expiry": "expiry_ok",
    "chain": "chain_ok",
    "revocation": "revocation_ok",
    "registration": "registered",
    "key_pair": "key_seen",
}
Make = Callable[..., dict[str, DoctorStep]]


def token_with(certificates: Sequence[bytes]) -> TokenInfo:
    return TokenInfo(
        "0123456789", "T", "M", pin_low=False, pin_final_try=False, pin_locked=False,
        certificates=tuple(map(describe, certificates)),
    )  # fmt: skip


def examined(person: SoftPerson, unit: Registered, now: datetime = NOW, *, seen: bool = True) -> dict[str, DoctorStep]:
    token = token_with([person.certificate, *person.chain])
    return {step.name: step for step in CertificateDesk(token, token.certificates[0], unit, now, seen).steps()}


@pytest.fixture(scope="module")
def good(soft_people: list[SoftPerson], demo_trust: Trust) -> tuple[SoftPerson, Registered]:
    return soft_people[0], Registered([one.person for one in soft_people], demo_trust)


def differing(found: dict[str, DoctorStep]) -> dict[str, str]:
    return {name: step.code for name, step in found.items() if step.code != GOOD[name]}


def test_a_good_certificate_has_every_step_well(good: tuple[SoftPerson, Registered]) -> None:
    found = examined(*good)
    assert {name: step.code for name, step in found.items()} == GOOD
    assert {step.state for step in found.values()} == {StepState.OK}
    assert not any(step.repair for step in found.values())


@pytest.mark.parametrize(
    ("days", "code", "state"),
    [(61, "expiry_ok", "ok"), (60, "expires_60", "warning"), (31, "expires_60", "warning"),
     (30, "expires_30", "warning"), (0, "expires_30", "warning"), (-1, "expired", "error")],
)  # fmt: skip
def test_an_end_is_announced_sixty_and_thirty_days_ahead(
    good: tuple[SoftPerson, Registered], days: int, code: str, state: str
) -> None:
    end = datetime.fromisoformat(describe(good[0].certificate).not_after)
    step = examined(*good, now=end - days * DAY)["expiry"]
    assert (step.code, step.state, bool(step.repair)) == (code, state, code != "expiry_ok")


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"signs": False}, {"key_usage": "key_usage"}),
        ({"not_before": NOW + DAY}, {"expiry": "not_yet_valid"}),
        ({"not_after": NOW - DAY}, {"expiry": "expired"}),
        ({"revocation_url": False}, {}),
    ],
)
def test_one_fault_is_one_step(demo_pki: DemoPki, demo_trust: Trust, options: object, expected: object) -> None:
    person = make_soft_person(demo_pki, PEOPLE[0], **options)  # type: ignore[arg-type]
    assert differing(examined(person, Registered([person.person], demo_trust))) == expected


def test_a_certificate_in_the_cached_list_is_revoked(
    good: tuple[SoftPerson, Registered], demo_pki: DemoPki, demo_trust: Trust
) -> None:
    listed = demo_pki.list_of([good[0].certificate], when=NOW - DAY)
    unit = replace(good[1], trust=replace(demo_trust, crls=(listed,)))
    found = examined(good[0], unit)
    assert differing(found) == {"revocation": "revoked"}
    assert found["revocation"].state is StepState.ERROR


def test_lists_that_are_old_or_missing_are_said(good: tuple[SoftPerson, Registered], demo_trust: Trust) -> None:
    bare = replace(good[1], trust=replace(demo_trust, crls=()))
    assert examined(good[0], bare)["revocation"].code == "crl_missing"
    assert examined(*good, now=NOW + 40 * DAY)["revocation"].code == "crl_stale"


def test_an_authority_nobody_trusts_is_an_error(
    good: tuple[SoftPerson, Registered], soft_people: list[SoftPerson], demo_trust: Trust
) -> None:
    stranger = replace(demo_trust, roots=(soft_people[1].certificate,), intermediates=())
    step = examined(good[0], replace(good[1], trust=stranger))["chain"]
    assert (step.code, step.state) == ("chain_incomplete", "error")
    whole = replace(stranger, intermediates=(*demo_trust.intermediates, *demo_trust.roots))
    assert examined(good[0], replace(good[1], trust=whole))["chain"].code == "untrusted"


def test_without_a_unit_nothing_is_said_of_trust_or_registration(good: tuple[SoftPerson, Registered]) -> None:
    found = examined(good[0], Registered(), seen=False)
    skipped = {name for name, step in found.items() if step.state is StepState.SKIPPED}
    assert skipped == {"chain", "revocation", "registration", "key_pair"}


def test_a_strangers_certificate_is_not_registered(good: tuple[SoftPerson, Registered]) -> None:
    step = examined(good[0], replace(good[1], people=[]))["registration"]
    assert (step.code, step.state, len(step.repair)) == ("not_registered", "warning", 2)


def test_certificates_of_authorities_are_nobodys(soft_people: list[SoftPerson]) -> None:
    token = token_with([soft_people[0].certificate, *soft_people[0].chain])
    assert [item.sha256 for item in personal(token)] == [soft_people[0].person.certificate_sha256]

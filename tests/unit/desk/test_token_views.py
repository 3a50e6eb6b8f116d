"""Each reason why a certificate must not sign, in words and as a code; expiry; the clock."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from desktop.demo.pki import DemoPki
from desktop.demo.unit import PEOPLE
from desktop.desk.clock_check import clock_problem, keep_skew
from desktop.desk.token_views import Desk, Judgements, expiry_notice, token_view
from desktop.dossier.sign_views import TokenView
from desktop.signing.certificates import describe
from desktop.signing.tokeninfo import TokenInfo
from desktop.signing.trust import Trust
from desktop.store.seen import SeenToken
from tests.fixtures.softkeys import SoftPerson, make_soft_person
from tests.unit.desk.kit import Office

NOW = datetime.now(UTC)


def der(pki: DemoPki) -> tuple[bytes, bytes]:
    paths = Trust.load([pki.root_pem, pki.intermediate_pem])
    return paths.roots[0], paths.intermediates[0]


def plugged(soft: SoftPerson, **change: object) -> TokenInfo:
    token = TokenInfo("T1", "Token", "Hãng", False, False, False, (describe(soft.certificate),))
    return replace(token, **change)  # type: ignore[arg-type]


def view(soft: SoftPerson, desk: Desk, wanted: str | None = None, **change: object) -> TokenView:
    token = plugged(soft, **change)
    (certificate,) = token.certificates
    return token_view(token, certificate, desk, Judgements().of(token, certificate, desk), wanted)


@pytest.fixture
def desk(demo_pki: DemoPki, soft_people: list[SoftPerson]) -> Desk:
    root, intermediate = der(demo_pki)
    return Desk([soft.person for soft in soft_people], Trust((root,), (intermediate,), ()), NOW)


@pytest.mark.parametrize(
    ("desk_change", "wanted", "code"),
    [
        ({}, None, ""),
        ({}, "p1", ""),
        ({"trust": None}, None, ""),
        ({"people": PEOPLE}, None, "not_registered"),
        ({}, "p2", "wrong_person"),
        ({"now": NOW + timedelta(days=3000)}, None, "expired"),
        ({"now": NOW - timedelta(days=3000)}, None, "not_yet_valid"),
        ({"clock": "Đồng hồ sai."}, None, "clock_wrong"),
    ],
)
def test_each_refusal_has_a_code_and_words(
    desk: Desk, soft_people: list[SoftPerson], desk_change: dict[str, object], wanted: str | None, code: str
) -> None:
    shown = view(soft_people[0], replace(desk, **desk_change), wanted)  # type: ignore[arg-type]
    assert (shown.problem_code, bool(shown.problem)) == (code, bool(code))


def test_a_locked_token_is_refused_and_a_last_try_is_said(desk: Desk, soft_people: list[SoftPerson]) -> None:
    assert view(soft_people[0], desk, pin_locked=True).problem_code == "pin_locked"
    assert "1 lần thử" in view(soft_people[0], desk, pin_final_try=True).notice
    assert "đổi mã PIN" in view(soft_people[0], desk, pin_to_change=True).notice


def test_a_revoked_and_a_stranger_s_certificate_are_refused(
    desk: Desk, demo_pki: DemoPki, soft_people: list[SoftPerson]
) -> None:
    soft, root = soft_people[0], der(demo_pki)[0]
    revoked = demo_pki.list_of([soft.certificate], when=NOW - timedelta(days=1))
    assert desk.trust is not None
    assert view(soft, replace(desk, trust=replace(desk.trust, crls=(revoked,)))).problem_code == "revoked"
    assert view(soft_people[1], replace(desk, trust=replace(desk.trust, crls=(revoked,)))).problem_code == ""
    assert view(soft, replace(desk, trust=Trust((soft_people[1].certificate,), (), ()))).problem_code == "untrusted"
    assert view(soft, replace(desk, trust=Trust((root,), (), ()))).problem_code == "untrusted"


@pytest.mark.parametrize(
    ("days", "expiry", "words"),
    [(61, "", ""), (60, "soon60", "còn 60 ngày"), (30, "soon30", "còn 30 ngày"), (-1, "over", "đã hết hạn")],
)
def test_the_end_of_a_certificate_is_announced(
    desk: Desk, soft_people: list[SoftPerson], days: int, expiry: str, words: str
) -> None:
    until = datetime.fromisoformat(describe(soft_people[0].certificate).not_after)
    shown = view(soft_people[0], replace(desk, now=until - timedelta(days=days)))
    assert shown.expiry == expiry
    assert words in expiry_notice("Lò Thị Hạnh", shown.not_after, days)


def test_a_clock_behind_what_was_signed_or_far_from_the_treasury_s_is_refused(office: Office) -> None:
    assert clock_problem(office.store, office.clock()) == ""
    local_id = office.submit()
    office.sign(local_id, 1)
    assert clock_problem(office.store, office.clock() - timedelta(hours=23)) == ""
    assert "sớm hơn" in clock_problem(office.store, office.clock() - timedelta(hours=25))
    office.desk.withdraw(local_id)
    assert clock_problem(office.store, office.clock() - timedelta(hours=25)) == ""


@pytest.mark.parametrize(("seconds", "words"), [(600, ""), (601, "chậm 10 phút"), (-7200, "nhanh 120 phút")])
def test_the_skew_measured_last_counts_until_it_is_measured_again(office: Office, seconds: int, words: str) -> None:
    assert keep_skew(office.store, seconds, measured=True) == seconds
    keep_skew(office.store, 0, measured=False)
    said = clock_problem(office.store, office.clock())
    assert words in said if words else said == ""
    keep_skew(office.store, 0, measured=True)
    assert clock_problem(office.store, office.clock()) == ""


def test_a_token_seen_is_remembered_once(office: Office, soft_people: list[SoftPerson]) -> None:
    info = describe(soft_people[0].certificate)
    for label in ("Cũ", "Mới"):
        office.store.seen.remember(SeenToken(info.sha256, info.der, "T1", label, "a.so", office.context().now()))
    assert [(seen.label, seen.der) for seen in office.store.seen.tokens()] == [("Mới", info.der)]


def test_a_certificate_for_encryption_is_refused(desk: Desk, demo_pki: DemoPki) -> None:
    soft = make_soft_person(demo_pki, PEOPLE[0], signs=False)
    assert view(soft, replace(desk, people=[soft.person])).problem_code == "key_usage"

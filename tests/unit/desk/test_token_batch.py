"""What a batch tells of PINs, of payees nobody stood for, of dossiers that are elsewhere or ask one person twice."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.demo.pki import DemoToken
from desktop.desk.errors import DeskError
from desktop.desk.sealing import Sealer
from desktop.desk.token_desk import TokenDesk
from desktop.dossier.descriptor import NamedBytes
from desktop.dossier.sign_views import SignProgress
from desktop.signing.tokens import PinFinalTry
from tests.fixtures.tokens import TokenFault
from tests.unit.desk.kit import Clock, Office


@pytest.fixture
def unit(tmp_path: Path, demo_tokens: list[DemoToken]) -> Iterator[Office]:
    made = Office.make(tmp_path / "unit", [token.person for token in demo_tokens], Clock())
    with made.store:
        yield made


@pytest.fixture
def tokens(unit: Office, fault: TokenFault) -> Iterator[TokenDesk]:
    desk = TokenDesk(unit.context(), fault.worker)
    yield desk
    desk.close()


def sign(tokens: TokenDesk, token: DemoToken, ids: list[str], *, final_try: bool = False) -> list[SignProgress]:
    told: list[SignProgress] = []
    tokens.sign(token.serial, token.pin, ids, told.append, lambda: False, final_try=final_try)
    return told


def test_a_key_that_wants_its_pin_each_time_is_counted(
    unit: Office, tokens: TokenDesk, fault: TokenFault, demo_tokens: list[DemoToken]
) -> None:
    fault.set("always")
    ids = [unit.submit(number=f"RDT{n}") for n in range(2)]
    told = sign(tokens, demo_tokens[1], ids)
    assert [(one.state, one.pin_uses, one.pin_each) for one in told if one.state == "signed"] == [
        ("signed", 2, True),
        ("signed", 3, True),
    ]


def test_the_last_try_is_spent_only_when_a_person_agrees(
    unit: Office, tokens: TokenDesk, fault: TokenFault, demo_tokens: list[DemoToken]
) -> None:
    fault.set("tries=1")
    ids = [unit.submit()]
    with pytest.raises(PinFinalTry):
        sign(tokens, demo_tokens[1], ids)
    assert sign(tokens, demo_tokens[1], ids, final_try=True)[-1].state == "signed"


def test_payees_nobody_stood_for_fail_alone_and_without_a_pin(
    unit: Office, tokens: TokenDesk, demo_tokens: list[DemoToken]
) -> None:
    ids = [unit.submit()]
    sign(tokens, demo_tokens[1], ids)
    (told,) = sign(tokens, demo_tokens[2], ids)
    assert (told.state, told.code, told.pin_uses) == ("failed", "payees_unacknowledged", 0)
    assert len(unit.store.submissions.signed_at(ids[0])) == 1


def test_what_is_on_another_machine_is_not_signed_here(
    unit: Office, tokens: TokenDesk, demo_tokens: list[DemoToken]
) -> None:
    away, here = unit.submit(number="RDT1"), unit.submit(number="RDT2")
    unit.store.handovers.went(away, "ab" * 32, "p1")
    told = sign(tokens, demo_tokens[1], [away, here])
    assert [(one.state, one.code) for one in told if one.state != "signing"] == [
        ("failed", "handed_out"),
        ("signed", ""),
    ]


def test_one_person_or_certificate_never_fills_two_steps(unit: Office) -> None:
    good, local_id = unit.submit(number="RDT1"), unit.draft(number="RDT2")
    found = [NamedBytes(o.name, o.media_type, o.content) for o in unit.store.submissions.get(good).objects]
    first, second = unit.store.submissions.steps(good)
    twice = {**second, "certificate_sha256": first["certificate_sha256"], "person_id": first["person_id"]}
    unit.store.submissions.freeze(local_id, found, [first, twice], "p1")
    unit.store.submissions.add_signature(local_id, 1, b"m", b"c", first["person_id"], unit.context().now())
    person = next(one for one in unit.store.unit.people() if one.person_id == first["person_id"])
    with pytest.raises(DeskError) as error:
        Sealer(unit.context()).check_turn(local_id, person)
    assert error.value.code == "same_person"


def test_another_person_s_token_is_named_and_tokens_are_remembered(
    unit: Office, tokens: TokenDesk, demo_tokens: list[DemoToken]
) -> None:
    shown = {view.matches_person_id: view.problem_code for view in tokens.tokens("p2")}
    assert shown == {"p1": "wrong_person", "p2": "", "p3": "wrong_person"}
    assert {seen.serial for seen in unit.store.seen.tokens()} == {token.serial for token in demo_tokens}
    assert tokens.expiring() == []
    unit.clock.move(seconds=365 * 3 * 86_400 - 40 * 86_400)
    assert len(tokens.expiring()) == 3


def test_a_pin_is_changed_and_changed_back(tokens: TokenDesk, demo_tokens: list[DemoToken]) -> None:
    token = demo_tokens[0]
    tokens.change_pin(token.serial, token.pin, "a-new-pin-8")
    tokens.change_pin(token.serial, "a-new-pin-8", token.pin)

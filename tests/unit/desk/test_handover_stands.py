"""Whom the last signer stood for, and where each signature was made, cannot be changed on the stick."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.desk.sealing import Sealer
from desktop.dossier.acknowledgements import PayeeStand, PayeeTold, acknowledged_digest
from desktop.dossier.handover_views import HandoverOutcome
from desktop.dossier.sign_views import SignItem
from desktop.signing.cmsinfo import read_signature
from desktop.signing.handover import Part, read_handover, write_handover
from tests.unit.desk.handover_kit import Machine, code_of, signed_away
from tests.unit.desk.kit import LISTED
from tests.unit.desk.test_signing_views import item

SIGN, SEALED, REFUSED = HandoverOutcome.SIGN, HandoverOutcome.SEALED, HandoverOutcome.REFUSED
STRANGER = PayeeStand(account_key="66660000", name_key="ke gian", kind="new")


def rewritten(path: Path, change: Callable[[Part], dict[str, object]]) -> Path:
    """The file as somebody who carries the stick would write it anew."""
    handover = read_handover(path)
    (handed,) = handover.dossiers
    changed = handed.part.model_copy(update=change(handed.part))
    path.write_bytes(write_handover(handover.contents, (type(handed)(changed, handed.package, handed.pictures),))[0])
    return path


def shown(machine: Machine, local_id: str) -> SignItem:
    return item(machine.office, local_id)


@pytest.mark.parametrize(
    "change",
    [
        lambda _: {"stood": ()},
        lambda part: {"stood": (*part.stood, STRANGER)},
        lambda _: {"stood": (STRANGER,)},
        lambda part: {"stood": tuple(one.model_copy(update={"kind": "changed"}) for one in part.stood)},
    ],
)
def test_an_acknowledgement_that_is_not_in_the_signature_is_refused(
    home: Machine, away: Machine, partly: str, change: Callable[[Part], dict[str, object]]
) -> None:
    back = signed_away(home, away, partly)
    assert home.refused(rewritten(back, change)) == (REFUSED, "handover_altered")
    assert (home.state(partly), home.office.store.payee_stands.count()) == ("Đang ở máy khác ký", 0)


def test_nobody_stands_for_payees_before_the_last_signature(home: Machine, away: Machine, partly: str) -> None:
    out = rewritten(home.give(partly), lambda _: {"stood": (STRANGER,)})
    assert away.refused(out) == (REFUSED, "handover_altered")


def test_what_comes_home_is_what_the_signature_says(home: Machine, away: Machine, partly: str) -> None:
    assert home.outcomes(signed_away(home, away, partly)) == [SEALED]
    store = home.office.store
    stands = store.payee_stands.stands(store.submissions.number(partly), "p3")
    signed = read_signature(store.submissions.get(partly).signatures[-1].cms).acknowledged
    assert (len(stands), acknowledged_digest(stands)) == (1, signed)


def test_a_payee_that_home_is_silent_about_is_new_all_the_same(home: Machine, away: Machine, partly: str) -> None:
    """Whoever takes the warnings out of the file takes nothing from what the last signer must look at."""
    away.take(rewritten(home.give(partly), lambda _: {"told": ()}))
    assert [news.text.partition(": ")[2] for news in shown(away, partly).news] == ["lần đầu được trả từ máy này."]
    holder = away.office.people[2].person
    assert code_of(lambda: Sealer(away.office.context()).item(partly, holder)) == "payees_unacknowledged"


def test_what_home_says_stands_beside_under_its_name_and_of_strangers_nothing(
    home: Machine, away: Machine, partly: str
) -> None:
    stranger = PayeeTold(**STRANGER.model_dump(), text="Kẻ Gian: đã kiểm tra rồi.")
    out = rewritten(home.give(partly), lambda part: {"told": (*part.told, stranger)})
    (looked,) = away.over.look(out).dossiers
    away.take(out)
    (news,) = shown(away, partly).news
    assert "Theo máy lập MAY-KE-TOAN: " in news.text
    assert not any("Kẻ Gian" in said for said in (news.text, *looked.told))


def test_a_signer_elsewhere_is_not_asked_twice_unless_home_names_the_payee(
    home: Machine, away: Machine, partly: str
) -> None:
    second, third = (home.office.submit(number=f"UNC007{place}") for place in (1, 2))
    for local_id in (second, third):
        home.office.sign(local_id, 1)
    home.take(signed_away(home, away, partly))
    away.take(home.give(second, name="c.vxky"))
    assert shown(away, second).must_acknowledge
    home.office.decide(partly, "paid")
    away.take(home.give(third, name="d.vxky"))
    assert (shown(away, third).must_acknowledge, shown(away, third).news) == (False, ())
    away.office.sign(third)
    assert home.outcomes(away.give(third, name="e.vxky")) == [SEALED]


def test_home_s_own_book_decides_what_the_last_signer_must_have_stood_for(
    home: Machine, away: Machine, partly: str
) -> None:
    """The warning taken out, and the signer elsewhere knows the payee from before: home asks for it all the same."""
    second = home.office.submit(number="UNC0071")
    home.office.sign(second, 1)
    away.take(home.give(partly))
    away.office.sign(partly)
    away.take(rewritten(home.give(second, name="c.vxky"), lambda _: {"told": ()}))
    assert not shown(away, second).must_acknowledge
    away.office.sign(second)
    assert home.refused(away.give(second, name="d.vxky")) == (REFUSED, "payees_unacknowledged")
    assert home.state(second) == "Đang ở máy khác ký"


def test_two_who_signed_elsewhere_in_one_sitting_are_told_at_home(home: Machine, away: Machine) -> None:
    """Whatever the file calls the machines."""
    local_id = home.office.submit(LISTED, number="RDT0700")
    home.office.sign(local_id, 1)
    for machine in (home, away):
        machine.office.clock.move(seconds=3600)
    back = rewritten(signed_away(home, away, local_id), lambda _: {"made": ("MAY-KE-TOAN", "MAY-A", "MAY-B")})
    assert home.outcomes(back) == [SEALED]
    assert home.office.journal("two_signers_one_machine") == [f"{local_id} 3"]
    one, two, three = home.office.store.submissions.get(local_id).signatures
    assert (two.machine, two.machine_name, three.machine_name) == (three.machine, "MAY-A", "MAY-B")
    assert one.machine != two.machine


@pytest.mark.parametrize(("apart", "notes"), [(540, 1), (660, 0)])
def test_out_and_back_unsigned_is_still_the_same_sitting(home: Machine, away: Machine, apart: int, notes: int) -> None:
    local_id = home.office.submit(LISTED, number="RDT0700")
    home.office.sign(local_id, 1)
    assert home.outcomes(signed_away(home, away, local_id, 0)) == [SIGN]
    home.office.clock.move(seconds=apart)
    home.office.sign(local_id, 1)
    assert len(home.office.journal("two_signers_one_machine")) == notes


def test_two_machines_of_one_name_are_two(home: Machine, away: Machine, partly: str) -> None:
    away.office.machine = home.office.machine
    assert home.outcomes(signed_away(home, away, partly)) == [SEALED]
    assert home.office.journal("two_signers_one_machine") == []

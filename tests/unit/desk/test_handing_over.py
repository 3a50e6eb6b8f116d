"""A dossier signed on two machines of one unit: out, in, back; what differs is shown and never merged."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.desk.context import DeskContext, ThreadStores
from desktop.desk.handing_over import HandingOver
from desktop.desk.inspecting import inspect_file
from desktop.dossier.handover_views import HandoverOutcome
from desktop.dossier.views import RowQuery
from desktop.store.store import Store
from tests.contract.store_kit import CHEAP, UNIT
from tests.unit.desk.handover_kit import Machine, code_of, signed_away
from tests.unit.desk.kit import PASSWORD, Office

TAKE, SIGN, SEALED = HandoverOutcome.TAKE, HandoverOutcome.SIGN, HandoverOutcome.SEALED
ALREADY, CONFLICT, REFUSED = HandoverOutcome.ALREADY_DONE, HandoverOutcome.CONFLICT, HandoverOutcome.REFUSED


def test_the_last_signer_signs_elsewhere_and_home_sends(home: Machine, away: Machine, partly: str) -> None:
    out = home.give(partly)
    assert home.state(partly) == "Đang ở máy khác ký"
    assert home.office.desk.detail(partly).handover == "Đang ở máy khác ký, đã ký 1/2."
    assert away.outcomes(out) == [TAKE]
    assert away.state(partly) == "Chờ chủ TK ký"
    away.office.sign(partly)
    assert away.state(partly) == "Đã ký đủ, cần chuyển lại"
    back = away.give(partly, name="b.vxky")
    assert away.state(partly) == "Đã chuyển lại"
    assert home.outcomes(back) == [SEALED]
    assert home.state(partly) == "Sẵn sàng gửi"
    signatures = home.office.store.submissions.get(partly).signatures
    assert [made.machine_name for made in signatures][1] == "MAY-CHU-TICH"


def test_the_guest_holds_nothing_and_is_never_sent(home: Machine, away: Machine, partly: str) -> None:
    store, before = away.office.store, away.office.store.estimates.all()
    away.take(home.give(partly))
    away.office.sign(partly)
    assert store.estimates.all() == before != home.office.store.estimates.all()
    assert (store.packages.by_local(partly), store.outbox.due("9999-12-31T23:59:59Z")) == (None, [])
    totals = store.projection.totals(RowQuery())
    assert (totals.count, totals.amount) == (1, 0)
    assert store.check() == []


def test_both_machines_show_the_same_code_and_it_changes_with_each_signature(
    home: Machine, away: Machine, partly: str
) -> None:
    written = home.over.hand_out([partly], home.stick / "a.vxky")
    looked = away.over.look(home.stick / "a.vxky")
    assert looked.code == written.code == looked.dossiers[0].code
    assert len(looked.code.replace(" ", "")) == 8
    away.take(home.stick / "a.vxky")
    away.office.sign(partly)
    assert away.over.hand_out([partly], home.stick / "b.vxky").code != written.code


def test_the_same_file_twice_changes_nothing(home: Machine, away: Machine, partly: str) -> None:
    out = home.give(partly)
    assert [away.outcomes(out), away.outcomes(out)] == [[TAKE], [ALREADY]]
    away.office.sign(partly)
    back = away.give(partly, name="b.vxky")
    entries = len(home.office.store.journal.entries())
    assert home.outcomes(back) == [SEALED]
    added = len(home.office.store.journal.entries()) - entries
    assert home.outcomes(back) == [ALREADY]
    assert len(home.office.store.journal.entries()) - entries == added
    assert len(home.office.store.outbox.due("9999-12-31T23:59:59Z")) == 1


def test_while_it_is_away_home_refuses_to_sign_until_it_takes_it_back(home: Machine, partly: str) -> None:
    store = home.office.store
    home.give(partly)
    assert store.submissions.to_sign("p3") == []
    for attempt in (lambda: home.office.sign(partly), lambda: home.give(partly, name="c.vxky")):
        assert code_of(attempt) == "handed_out"
    home.over.take_back(partly)
    assert code_of(lambda: home.over.take_back(partly)) == "not_away"
    home.office.sign(partly)
    assert home.state(partly) == "Sẵn sàng gửi"


def test_a_file_that_comes_after_it_was_taken_back_still_counts(home: Machine, away: Machine, partly: str) -> None:
    back = signed_away(home, away, partly)
    home.over.take_back(partly)
    assert home.outcomes(back) == [SEALED]


def test_a_file_without_a_new_signature_ends_the_waiting(home: Machine, away: Machine, partly: str) -> None:
    back = signed_away(home, away, partly, 0)
    assert home.outcomes(back) == [SIGN]
    assert home.state(partly) == "Chờ chủ TK ký"
    assert home.outcomes(back) == [ALREADY]


def withdrawn(home: Machine, local_id: str) -> None:
    home.office.desk.withdraw(local_id)


def submitted_again(home: Machine, local_id: str) -> None:
    withdrawn(home, local_id)
    home.office.desk.submit(local_id, home.office.warnings(local_id))


def changed(home: Machine, local_id: str) -> None:
    withdrawn(home, local_id)
    desk = home.office.desk
    desk.save(desk.dossier(local_id).model_copy(update={"title": "Cước điện thoại (sửa)"}))
    desk.submit(local_id, home.office.warnings(local_id))


def signed_here(home: Machine, local_id: str) -> None:
    home.over.take_back(local_id)
    home.office.sign(local_id, 1)


def filed_on_paper(home: Machine, local_id: str) -> None:
    home.office.desk.file_on_paper(local_id, home.stick / "pack.pdf", "Mất mạng từ ngày 20/11")


@pytest.mark.parametrize(
    ("meanwhile", "code", "word"),
    [
        (withdrawn, "handover_conflict", "rút về bước soạn"),
        (submitted_again, "handover_older", "lần trình ký trước"),
        (changed, "handover_conflict", "sửa và trình ký lại"),
        (filed_on_paper, "handover_conflict", "nộp giấy"),
        (signed_here, "handover_conflict", "Bước 2 đã ký khác nhau"),
    ],
)
def test_what_happened_at_home_meanwhile_is_shown_beside_the_file(
    home: Machine, away: Machine, partly: str, meanwhile: Callable[[Machine, str], None], code: str, word: str
) -> None:
    back = signed_away(home, away, partly)
    meanwhile(home, partly)
    before = home.office.store.submissions.steps(partly), len(home.office.store.journal.entries())
    assert home.refused(back) == (CONFLICT, code)
    (item,) = home.over.look(back).dossiers
    assert item.conflict is not None
    assert word in item.conflict.text
    assert len(item.conflict.here) == len(item.conflict.there) > 1
    assert item.conflict.here != item.conflict.there
    assert (home.office.store.submissions.steps(partly), len(home.office.store.journal.entries())) == before


def test_a_newer_version_takes_an_older_guest_copys_place_only_when_told(
    home: Machine, away: Machine, partly: str
) -> None:
    old = home.give(partly)
    away.take(old)
    home.office.clock.move(60)
    changed(home, partly)
    new = home.give(partly, name="new.vxky")
    (item,) = away.over.look(new).dossiers
    assert item.conflict is not None
    assert (item.outcome, item.conflict.replaceable) == (CONFLICT, True)
    assert "Tên hồ sơ: Cước điện thoại (sửa)" in item.conflict.there
    assert away.outcomes(new) == [CONFLICT]
    assert [result.outcome for result in away.over.take(new, replacing=[partly]).results] == [TAKE]
    assert away.office.desk.dossier(partly).title == "Cước điện thoại (sửa)"
    assert away.refused(old) == (CONFLICT, "handover_older")


def test_a_file_opened_on_the_wrong_machine_is_refused(home: Machine, away: Machine, partly: str) -> None:
    out = home.give(partly)
    assert home.refused(out) == (REFUSED, "own_file")
    assert away.outcomes(out) == [TAKE]
    back = away.give(partly, name="b.vxky")
    assert away.refused(back) == (REFUSED, "not_ours")


def test_another_unit_is_told_nothing(home: Machine, partly: str, tmp_path: Path) -> None:
    out, other = home.give(partly), UNIT.model_copy(update={"code": "1000001"})
    with Store.create(tmp_path / "stranger", PASSWORD, other, home.office.store.unit.people(), kdf=CHEAP) as store:
        context = DeskContext(ThreadStores(store), store.unit.people()[0])
        assert code_of(lambda: HandingOver(context).look(out)) == "other_unit"


@pytest.mark.parametrize(("person", "outcome"), [(2, TAKE), (1, REFUSED)])
def test_the_second_machine_judges_by_its_own_register(
    home: Machine, partly: str, tmp_path: Path, person: int, outcome: HandoverOutcome
) -> None:
    """Who is to sign may still be registered; who signed must be."""
    people = list(home.office.store.unit.people())
    people[person] = people[person].model_copy(update={"certificate_sha256": "e" * 64})
    with Store.create(tmp_path / "third", PASSWORD, home.office.store.unit.get(), people, kdf=CHEAP) as store:
        third = Machine(Office(store, home.office.clock), tmp_path)
        (item,) = third.over.look(home.give(partly)).dossiers
    assert (item.outcome, item.problem_code) == (outcome, "" if outcome is TAKE else "not_registered")
    said = [*item.notes, item.problem]
    assert any("không phải chứng thư đăng ký trên máy này" in one or "cập nhật trên máy này" in one for one in said)


def test_a_number_that_is_used_here_is_said_and_not_merged(home: Machine, away: Machine, partly: str) -> None:
    own = away.office.draft()
    (item,) = away.over.look(home.give(partly)).dossiers
    assert item.outcome is TAKE
    assert any(f"đã có trong hồ sơ {away.office.desk.dossier(own).number}" in note for note in item.notes)


def test_a_batch_goes_in_one_file_and_one_conflict_holds_up_no_other(home: Machine, away: Machine, partly: str) -> None:
    second = home.office.submit(number="UNC0077")
    away.take(home.give(partly, second))
    away.office.sign(partly)
    away.office.sign(second)
    back = away.give(partly, second, name="b.vxky")
    withdrawn(home, second)
    assert home.outcomes(back) == [SEALED, CONFLICT]


def test_a_guest_can_be_dropped_and_taken_again(home: Machine, away: Machine, partly: str) -> None:
    out = home.give(partly)
    away.take(out)
    assert code_of(lambda: away.office.desk.withdraw(partly)) == "guest_here"
    assert code_of(lambda: home.over.drop_guest(partly)) == "not_guest"
    away.over.drop_guest(partly)
    assert (away.over.lines(), away.office.store.projection.counts()["all"]) == ([], 0)
    assert away.outcomes(out) == [TAKE]
    assert [line.words for line in away.over.lines()] == ["Của máy MAY-KE-TOAN, chờ ký ở đây, đã ký 1/2."]


def test_a_dropped_guest_never_becomes_this_machines_own(home: Machine, away: Machine, partly: str) -> None:
    away.take(home.give(partly))
    away.over.drop_guest(partly)
    desk = away.office.desk
    desk.undelete(partly)
    assert code_of(lambda: desk.submit(partly, away.office.warnings(partly))) == "guest_here"


def test_only_what_waits_for_a_signature_of_one_machine_goes(home: Machine, away: Machine, partly: str) -> None:
    away.take(home.give(partly))
    own, done = away.office.submit(number="UNC0055"), home.office.submit(number="UNC0066")
    home.office.sign(done)
    draft = home.office.draft(number="UNC0088")
    assert code_of(lambda: away.give(partly, own)) == "mixed_handover"
    assert code_of(lambda: home.give(done)) == "already_sealed"
    assert code_of(lambda: home.give(draft)) == "not_submitted"
    assert code_of(home.give) == "nothing_to_hand_over"


def test_a_stick_that_is_full_or_gone_leaves_the_dossier_here(home: Machine, partly: str) -> None:
    assert code_of(lambda: home.over.hand_out([partly], home.stick / "nowhere" / "a.vxky")) == "not_writable"
    assert home.state(partly) == "Chờ chủ TK ký"
    (home.stick / "b.vxky").mkdir()
    assert code_of(lambda: home.give(partly, name="b.vxky")) == "not_writable"


def test_what_is_refused_leaves_no_file_and_keeps_the_one_that_was_there(home: Machine, partly: str) -> None:
    before = home.give(partly).read_bytes()
    assert code_of(lambda: home.give(partly)) == "handed_out"
    assert [path.name for path in home.stick.iterdir() if path.is_file()] == ["a.vxky"]
    assert (home.stick / "a.vxky").read_bytes() == before


def test_inspect_tells_what_the_file_says_of_itself(home: Machine, partly: str) -> None:
    told = inspect_file(home.give(partly))
    assert (told["kind"], told["direction"], told["machine"]) == ("handover", "out", "MAY-KE-TOAN")
    assert [item["local_id"] for item in told["dossiers"]] == [partly]
    home.over.take_back(partly)
    home.over.hand_out([partly], home.stick / "locked.vxky", "lúa chín tháng mười")
    assert inspect_file(home.stick / "locked.vxky") == {"ok": True, "kind": "handover", "locked": True}


def test_the_timeline_tells_of_the_way(home: Machine, away: Machine, partly: str) -> None:
    home.take(signed_away(home, away, partly))
    told = [event.title for event in home.office.store.projection.history(partly)]
    assert "Chuyển sang máy khác để ký" in told
    assert "Nhận lại từ máy MAY-CHU-TICH" in told
    there = [event.title for event in away.office.store.projection.history(partly)]
    assert "Tạo hồ sơ" not in there
    assert there[0] == "Chuyển lại máy MAY-KE-TOAN"


def test_what_the_last_signer_stood_for_comes_home(home: Machine, away: Machine, partly: str) -> None:
    told = away.over.look(home.give(partly)).dossiers[0].told
    assert any("lần đầu được trả" in sentence for sentence in told)
    away.take(home.stick / "a.vxky")
    away.office.sign(partly)
    home.take(away.give(partly, name="b.vxky"))
    store = home.office.store
    stood = store.payee_stands.stood(store.submissions.number(partly), "p3")
    assert len(stood) == len(told)

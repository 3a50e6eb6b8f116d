"""A batch of dossiers, one PIN, real tokens: what is done stays done, and nothing else is touched."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.demo.pki import DemoToken
from desktop.demo.unit import UNIT
from desktop.desk.errors import DeskError
from desktop.desk.token_desk import TokenDesk
from desktop.dossier.errors import VungXaError
from desktop.dossier.lifecycle import State
from desktop.dossier.views import SignProgress
from desktop.signing.tokens import PinLocked, PinWrong, TokenGone
from tests.fixtures.tokens import TokenFault
from tests.unit.desk.kit import LISTED, Clock, Office


@pytest.fixture
def unit(tmp_path: Path, demo_tokens: list[DemoToken]) -> Iterator[Office]:
    """A unit whose people hold tokens."""
    made = Office.make(tmp_path / "unit", [token.person for token in demo_tokens], Clock())
    with made.store:
        yield made


@pytest.fixture
def tokens(unit: Office, fault: TokenFault) -> Iterator[TokenDesk]:
    """The token desk on a driver that misbehaves on demand."""
    desk = TokenDesk(unit.context(), fault.worker)
    yield desk
    desk.close()


class Told:
    """What the batch told on its way."""

    def __init__(self) -> None:
        self.all: list[SignProgress] = []

    def __call__(self, progress: SignProgress) -> None:
        self.all.append(progress)

    def states(self) -> list[str]:
        return [progress.state for progress in self.all]

    def of(self, local_id: str) -> list[str]:
        return [progress.state for progress in self.all if progress.local_id == local_id]


def batch(unit: Office, count: int) -> list[str]:
    return [unit.submit(number=f"RDT{n:04d}") for n in range(1, count + 1)]


def sign(
    tokens: TokenDesk, token: DemoToken, ids: list[str], pin: str = "", stop_after: int = 99
) -> tuple[Told, VungXaError | None]:
    """Sign until done, or until so many are signed; gives what was told and the error that ended it."""
    told = Told()
    known = {item.local_id: [news.key for news in item.news] for item in tokens.items(token.person.person_id)}
    try:
        tokens.sign(
            token.serial, pin or token.pin, ids, told, lambda: told.states().count("signed") >= stop_after,
            acknowledged=known,
        )  # fmt: skip
    except VungXaError as error:
        return told, error
    return told, None


def test_every_plugged_in_token_is_shown_with_whose_it_is(tokens: TokenDesk, demo_tokens: list[DemoToken]) -> None:
    shown = {view.serial: view for view in tokens.tokens()}
    for token in demo_tokens:
        view = shown[token.serial]
        assert (view.matches_person_id, view.owner, view.problem) == (token.person.person_id, token.person.name, "")
        assert view.days_left > 1000
    assert shown[demo_tokens[2].serial].role_title == "Thủ trưởng đơn vị, Chủ tài khoản"


def test_a_whole_batch_with_one_pin_then_the_next_person(
    unit: Office, tokens: TokenDesk, demo_tokens: list[DemoToken]
) -> None:
    ids = batch(unit, 3)
    assert [item.local_id for item in tokens.items("p2")] == ids
    told, error = sign(tokens, demo_tokens[1], ids)
    assert (told.states(), error) == (["signing", "signed"] * 3, None)
    assert (tokens.items("p2"), [item.local_id for item in tokens.items("p3")]) == ([], ids)
    assert sign(tokens, demo_tokens[2], ids)[0].states() == ["signing", "signed"] * 3
    assert {unit.store.projection.row(local_id).status.state for local_id in ids} == {State.SEALED}


def test_three_people_in_the_order_of_the_forms(unit: Office, tokens: TokenDesk, demo_tokens: list[DemoToken]) -> None:
    local_id = unit.submit(LISTED)
    for token in demo_tokens:
        assert sign(tokens, token, [local_id])[0].of(local_id) == ["signing", "signed"]
    assert len(unit.store.submissions.get(local_id).signatures) == 3
    assert unit.package(local_id)


def test_the_item_shows_what_will_be_signed(unit: Office, tokens: TokenDesk) -> None:
    local_id = unit.submit(LISTED, scan=b"%PDF-1.4 scan")
    (item,) = tokens.items("p1")
    frozen = unit.store.submissions.get(local_id).objects[1:]
    assert [file.sha256 for file in item.documents] == [held.sha256 for held in frozen]
    assert item.documents[-1].title == "quét.pdf"
    assert (item.amount, [step.state for step in item.steps]) == (3_412_500, ["turn", "waiting", "waiting"])


def test_a_wrong_pin_signs_nothing_and_says_what_remains(
    unit: Office, tokens: TokenDesk, fault: TokenFault, demo_tokens: list[DemoToken]
) -> None:
    fault.set("tries=3")
    ids = batch(unit, 2)
    told, error = sign(tokens, demo_tokens[1], ids, pin="00000000")
    assert isinstance(error, PinWrong)
    assert "Còn ít lần thử." in error.message
    assert told.all == []
    assert [item.local_id for item in tokens.items("p2")] == ids
    assert sign(tokens, demo_tokens[1], ids)[1] is None


def test_a_locked_token_is_not_asked_for_its_pin(
    unit: Office, tokens: TokenDesk, fault: TokenFault, demo_tokens: list[DemoToken]
) -> None:
    fault.set("tries=0")
    ids = batch(unit, 1)
    told, error = sign(tokens, demo_tokens[1], ids)
    assert isinstance(error, PinLocked)
    assert told.all == []
    assert {view.problem.split(".")[0] for view in tokens.tokens()} == {"Token đã khóa vì sai mã PIN nhiều lần"}


def test_a_token_pulled_out_leaves_the_rest_untouched_and_a_retry_goes_on(
    unit: Office, tokens: TokenDesk, fault: TokenFault, demo_tokens: list[DemoToken]
) -> None:
    fault.set("absent_after=2")
    ids = batch(unit, 4)
    told, error = sign(tokens, demo_tokens[1], ids)
    assert isinstance(error, TokenGone)
    assert told.states() == ["signing", "signed", "signing", "signed", "signing", "stopped"]
    assert told.of(ids[3]) == []
    assert [len(unit.store.submissions.signed_at(local_id)) for local_id in ids] == [1, 1, 0, 0]
    fault.set("")
    again, error = sign(tokens, demo_tokens[1], ids)
    assert error is None
    assert again.states() == ["signed", "signed", "signing", "signed", "signing", "signed"]
    assert unit.journal("sign") == [f"{local_id} 1" for local_id in ids]


def test_without_the_token_nothing_begins(unit: Office, tokens: TokenDesk, fault: TokenFault) -> None:
    fault.set("absent")
    told, error = sign(tokens, fault.token, batch(unit, 1))
    assert isinstance(error, TokenGone)
    assert (told.all, tokens.tokens()) == ([], [])


def test_stopping_between_dossiers_keeps_what_is_signed(
    unit: Office, tokens: TokenDesk, demo_tokens: list[DemoToken]
) -> None:
    ids = batch(unit, 3)
    told, error = sign(tokens, demo_tokens[1], ids, stop_after=2)
    assert (told.states(), error) == (["signing", "signed"] * 2, None)
    assert [item.local_id for item in tokens.items("p2")] == ids[2:]


def test_a_stranger_s_token_signs_nothing(unit: Office, tokens: TokenDesk, demo_tokens: list[DemoToken]) -> None:
    ids = batch(unit, 1)
    unit.store.unit.save(UNIT, [person for person in unit.store.unit.people() if person.person_id != "p2"])
    told, error = sign(tokens, demo_tokens[1], ids)
    assert isinstance(error, DeskError)
    assert (error.code, told.all) == ("not_registered", [])
    stranger = next(view for view in tokens.tokens() if view.serial == demo_tokens[1].serial)
    assert (stranger.matches_person_id, stranger.problem) == (None, error.message)


@pytest.mark.parametrize(
    ("days", "code", "words"),
    [
        (365 * 5, "expired", "Chứng thư đã hết hạn"),
        (-365 * 3, "not_yet_valid", "Chứng thư chưa đến ngày có hiệu lực"),
    ],
)
def test_a_certificate_out_of_its_time_does_not_sign(
    unit: Office, tokens: TokenDesk, demo_tokens: list[DemoToken], days: int, code: str, words: str
) -> None:
    ids = batch(unit, 1)
    unit.clock.move(seconds=days * 86_400)
    told, error = sign(tokens, demo_tokens[1], ids)
    assert isinstance(error, DeskError)
    assert (error.code, error.message.startswith(words), told.all) == (code, True, [])


def test_someone_else_s_turn_fails_alone(unit: Office, tokens: TokenDesk, demo_tokens: list[DemoToken]) -> None:
    mine, others = batch(unit, 1)[0], unit.submit(LISTED, number="RDT0900")
    told, error = sign(tokens, demo_tokens[1], [others, mine])
    assert error is None
    assert (told.of(others), told.of(mine)) == (["failed"], ["signing", "signed"])
    assert "chưa đến lượt" in told.all[0].message
    assert unit.store.submissions.signed_at(others) == {}


def test_no_pin_is_asked_when_nothing_can_be_signed(
    unit: Office, tokens: TokenDesk, demo_tokens: list[DemoToken]
) -> None:
    told, error = sign(tokens, demo_tokens[2], batch(unit, 1), pin="00000000")
    assert (told.states(), error) == (["failed"], None)


def test_a_withdrawn_dossier_fails_alone(unit: Office, tokens: TokenDesk, demo_tokens: list[DemoToken]) -> None:
    first, second = batch(unit, 2)
    unit.desk.withdraw(first)
    told, error = sign(tokens, demo_tokens[1], [first, second])
    assert (told.of(first), told.of(second), error) == (["failed"], ["signing", "signed"], None)


def test_a_certificate_changed_after_submission_is_told(
    unit: Office, tokens: TokenDesk, demo_tokens: list[DemoToken]
) -> None:
    local_id = batch(unit, 1)[0]
    first, second, third = unit.store.unit.people()
    swapped = second.model_copy(update={"certificate_sha256": first.certificate_sha256})
    unit.store.unit.save(UNIT, [swapped, third])
    told, error = sign(tokens, demo_tokens[0], [local_id])
    assert (told.of(local_id), error) == (["failed"], None)
    assert "Chứng thư đã đổi sau khi trình ký" in told.all[0].message


def test_a_damaged_scan_fails_alone(unit: Office, tokens: TokenDesk, demo_tokens: list[DemoToken]) -> None:
    hurt, whole = unit.submit(scan=b"%PDF-1.4 " + b"x" * 40_000, number="RDT0801"), batch(unit, 1)[0]
    blobs = [path for path in (unit.store.folder / "attachments").rglob("*") if path.is_file()]
    assert len(blobs) == 1
    blobs[0].write_bytes(blobs[0].read_bytes()[:-7])
    told, error = sign(tokens, demo_tokens[1], [hurt, whole])
    assert (told.of(hurt), told.of(whole), error) == (["signing", "failed"], ["signing", "signed"], None)


def test_the_sync_thread_is_woken_by_sealed_packages_only(
    unit: Office, fault: TokenFault, demo_tokens: list[DemoToken]
) -> None:
    woken: list[int] = []
    desk = TokenDesk(unit.context(), fault.worker, lambda: woken.append(1))
    ids = batch(unit, 2)
    sign(desk, demo_tokens[1], ids)
    assert woken == []
    sign(desk, demo_tokens[2], ids)
    desk.close()
    assert woken == [1, 1]

"""Users at the desk: the row and the way in change together, and nobody gets past the other."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.desk.context import at_desk
from desktop.desk.errors import DeskError
from desktop.desk.units_here import UnitsHere, entered
from desktop.desk.users_desk import COST, UsersDesk
from desktop.dossier.duties import Duty
from desktop.dossier.errors import VungXaError
from desktop.dossier.users_views import UserEdit
from desktop.store.errors import WrongPassword
from desktop.store.keys import Opened, open_with_password, open_with_recovery_code, read_front
from desktop.store.slots import STANDARD_KDF
from desktop.store.store import KEYS, Store
from tests.contract.store_kit import CHEAP
from tests.unit.desk.kit import PASSWORD, Office

OWN, OTHER, LOOKS = "của người quản trị", "của người lập", "của người xem"
ADMIN = UserEdit("Lò Văn Páo", (Duty.ADMINISTRATOR,))


def at(office: Office, user_id: str = "") -> UsersDesk:
    context = at_desk(office.store, user_id, clock=office.clock)
    return UsersDesk(context, office.store.folder, office.store._key, CHEAP)


def opens(office: Office, password: str) -> str:
    """Whose password it is, "" for all; "-" when it opens nothing now."""
    try:
        return open_with_password(office.store.folder / KEYS, password).user
    except VungXaError as error:
        return "-" if error.code in ("wrong_password", "user_disabled") else error.code


def code_of(call: Callable[[], object]) -> str:
    with pytest.raises(VungXaError) as raised:
        call()
    return raised.value.code


@pytest.fixture
def unit(office: Office) -> Office:
    """An administrator, a preparer who is the signer p1, and one who looks."""
    at(office).add(ADMIN, OWN)
    at(office, "u1").add(UserEdit("Giàng Thị Hạnh", (Duty.PREPARER,), "p1"), OTHER)
    at(office, "u1").add(UserEdit("Hờ A Dia", (Duty.VIEWER,)), LOOKS)
    return office


def test_each_user_opens_the_store_with_their_own_password(unit: Office) -> None:
    assert [opens(unit, password) for password in (PASSWORD, OWN, OTHER, LOOKS)] == ["", "u1", "u2", "u3"]
    view = at(unit, "u1").view()
    assert (view.mine, view.shared, view.recovery, view.rotation_wanted) == ("u1", True, False, False)
    clerk = view.users[1]
    assert (clerk.user_id, clerk.duty_titles, clerk.has_password, clerk.has_token) == ("u2", "Người lập", True, False)
    assert clerk.certificate == unit.store.unit.people()[0].certificate_sha256 != ""


def test_the_unlock_screen_shows_names_and_duties(unit: Office) -> None:
    at(unit, "u1").change(UserEdit("Giàng Thị Hoa", (Duty.PREPARER, Duty.ADMINISTRATOR), "p1", "u2"))
    slots = {slot.user: (slot.name, slot.title) for slot in read_front(unit.store.folder).slots}
    assert slots["u2"] == ("Giàng Thị Hoa", "Người lập, Người quản trị")
    assert opens(unit, OTHER) == "u2"


def test_a_disabled_user_comes_back_with_the_same_password(unit: Office) -> None:
    at(unit, "u1").disable("u2")
    assert (opens(unit, OTHER), at(unit, "u1").users()[1].enabled) == ("-", False)
    at(unit, "u1").enable("u2")
    assert opens(unit, OTHER) == "u2"


def test_who_was_removed_opens_nothing_and_the_key_should_be_changed(unit: Office) -> None:
    assert at(unit, "u1").remove("u2") is True
    assert opens(unit, OTHER) == "-"
    assert at(unit, "u1").view().rotation_wanted


def test_after_the_key_was_changed_nothing_is_asked_for(unit: Office) -> None:
    at(unit, "u1").remove("u2")
    at(unit, "u1").rotate(lambda _done, _of: None, lambda: False)
    opened = open_with_password(unit.store.folder / KEYS, OWN)
    with Store.open_with(unit.store.folder, opened.key) as store:
        assert not UsersDesk(at_desk(store, opened.user), store.folder, opened.key).view().rotation_wanted


def test_when_the_envelope_refuses_the_row_stays(unit: Office) -> None:
    """Nobody may end the only way in: the shared password is ended, the others are disabled first."""
    at(unit).end_shared_password()
    for user in ("u2", "u3"):
        at(unit, "u1").disable(user)
    at(unit, "u1").change(UserEdit("Giàng Thị Hạnh", (Duty.ADMINISTRATOR,), "p1", "u2"))
    unit.store.users.enable("u2", "u1")  # the row alone: an administrator without a way in
    before = (unit.store.users.all(), unit.store.journal.entries(1))
    assert code_of(lambda: at(unit, "u1").remove("u1")) == "last_slot"
    assert (unit.store.users.all(), unit.store.journal.entries(1)) == before
    assert opens(unit, OWN) == "u1"


def test_the_last_administrator_keeps_their_way_in(unit: Office) -> None:
    assert code_of(lambda: at(unit, "u1").disable("u1")) == "last_administrator"
    assert code_of(lambda: at(unit, "u1").remove("u1")) == "last_administrator"
    assert opens(unit, OWN) == "u1"


def test_one_changes_ones_own_password_with_the_old_one(unit: Office) -> None:
    mine = at(unit, "u3")
    assert code_of(lambda: mine.set_password("u3", None, "mật khẩu khác")) == "old_password_needed"
    with pytest.raises(WrongPassword):
        mine.set_password("u3", OTHER, "mật khẩu khác")
    mine.set_password("u3", LOOKS, "mật khẩu khác")
    assert [opens(unit, word) for word in (LOOKS, "mật khẩu khác")] == ["-", "u3"]


def test_only_an_administrator_gives_others_a_password(unit: Office) -> None:
    assert code_of(lambda: at(unit, "u2").set_password("u3", None, "mật khẩu khác")) == "not_allowed"
    assert code_of(lambda: at(unit, "u2").set_password("", None, "mật khẩu khác")) == "not_allowed"
    at(unit, "u1").set_password("u3", None, "mật khẩu khác")
    assert opens(unit, "mật khẩu khác") == "u3"
    assert code_of(lambda: at(unit, "u1").set_password("u9", None, "mật khẩu khác")) == "no_such_user"


def test_the_shared_password_ends_once_an_administrator_has_one(office: Office) -> None:
    assert code_of(lambda: at(office).end_shared_password()) == "no_own_password"
    at(office).add(ADMIN, OWN)
    at(office, "u1").end_shared_password()
    assert (opens(office, PASSWORD), opens(office, OWN)) == ("-", "u1")
    view = at(office, "u1").view()
    assert (view.shared, view.rotation_wanted) == (False, True)


def test_a_recovery_code_opens_and_is_confirmed_by_typing_it_back(unit: Office) -> None:
    code = at(unit, "u1").new_recovery_code()
    found: Opened = open_with_recovery_code(unit.store.folder / KEYS, code)
    assert (found.user, at(unit, "u1").view().recovery) == ("", True)
    slip = ("A" if code[0] != "A" else "B") + code[1:]
    assert code_of(lambda: at(unit, "u1").confirm_recovery_code(slip)) == "code_mistyped"
    at(unit, "u1").confirm_recovery_code(code)
    assert len(unit.journal("recovery_code_confirmed")) == 1


@pytest.mark.parametrize(
    ("edit", "code"),
    [
        (UserEdit("", (Duty.VIEWER,)), "bad_user"),
        (UserEdit("x" * 201, (Duty.VIEWER,)), "bad_user"),
        (UserEdit("Sùng A Páo", ()), "duties_conflict"),
        (UserEdit("Sùng A Páo", (Duty.VIEWER, Duty.PREPARER)), "duties_conflict"),
        (UserEdit("Sùng A Páo", (Duty.CHIEF_ACCOUNTANT, Duty.ACCOUNT_HOLDER)), "duties_conflict"),
        (UserEdit("Sùng A Páo", (Duty.VIEWER,), "p9"), "no_person"),
        (UserEdit("Sùng A Páo", (Duty.VIEWER,), "p1"), "person_taken"),
    ],
)
def test_a_user_that_cannot_be_leaves_no_way_in(unit: Office, edit: UserEdit, code: str) -> None:
    assert code_of(lambda: at(unit, "u1").add(edit, "mật khẩu khác")) == code
    assert opens(unit, "mật khẩu khác") == "-"
    assert len(unit.store.users.all()) == 3


def test_a_short_password_is_refused_before_anything(unit: Office) -> None:
    assert code_of(lambda: at(unit, "u1").add(UserEdit("Sùng A Páo", (Duty.VIEWER,)), "ngắn")) == "password_short"
    assert len(unit.store.users.all()) == 3


def test_names_are_tidied(unit: Office) -> None:
    made = at(unit, "u1").add(UserEdit("  Sùng   A Páo ", (Duty.VIEWER,)), "mật khẩu khác")
    assert at(unit, "u1").users()[-1].name == "Sùng A Páo"
    assert made == "u4"


def test_what_a_password_costs_here_is_measured_and_used(unit: Office) -> None:
    assert "lượt" in at(unit, "u1").tune()
    kept = STANDARD_KDF.model_validate_json(unit.store.settings.get(COST))
    assert 19 * 1024 <= kept.memory_kib <= 256 * 1024


def test_every_change_names_who_made_it(unit: Office) -> None:
    at(unit, "u1").set_password("u3", None, "mật khẩu khác")
    told = {(entry.actor, entry.action) for entry in unit.store.journal.entries()}
    assert {("p1", "user_add"), ("u1", "user_add"), ("u1", "user_password")} <= told


def test_nothing_of_a_password_is_written_down(unit: Office, tmp_path: Path) -> None:
    at(unit, "u1").set_password("u3", None, "mật khẩu khác")
    written = " ".join(entry.detail for entry in unit.store.journal.entries())
    assert "mật khẩu" not in written
    keys = (unit.store.folder / KEYS).read_text("utf-8")
    assert all(word not in keys for word in (OWN, OTHER, LOOKS, "mật khẩu khác"))


def test_somebody_disabled_meanwhile_changes_nothing_any_more(unit: Office) -> None:
    clerk = at(unit, "u2")
    unit.store.users.disable("u2", "u1")
    with pytest.raises(DeskError, match="đã bị ngừng"):
        clerk.set_password("u2", OTHER, "mật khẩu khác")


def test_opening_the_window_is_remembered_with_who_did_it(unit: Office, tmp_path: Path) -> None:
    here = UnitsHere(tmp_path / "machine")
    entered(at_desk(unit.store, "u2", clock=unit.clock), here)
    entered(at_desk(unit.store, "", clock=unit.clock), UnitsHere(unit.store.folder / KEYS / "no folder"))
    (listed,) = here.all()
    assert (listed.folder, listed.code) == (unit.store.folder, unit.store.unit.get().code)
    assert [bool(view.last_unlock) for view in at(unit, "u1").users()] == [False, True, False]
    assert [entry.actor for entry in unit.store.journal.entries() if entry.action == "unlock"] == ["u2"]


def test_an_administrator_with_a_password_of_their_own_changes_the_shared_one_with_the_old_one(unit: Office) -> None:
    fresh = "mật khẩu chung mới"
    assert code_of(lambda: at(unit, "u1").set_password("", None, fresh)) == "old_password_needed"
    assert code_of(lambda: at(unit, "u1").set_password("", OWN, fresh)) == "wrong_password"
    assert code_of(lambda: at(unit, "u3").set_password("", PASSWORD, fresh)) == "not_allowed"
    at(unit, "u1").set_password("", PASSWORD, fresh)
    assert [opens(unit, password) for password in (PASSWORD, fresh, OWN)] == ["-", "", "u1"]


def test_who_is_disabled_still_knows_the_key_until_they_come_back(unit: Office) -> None:
    at(unit, "u1").disable("u2")
    assert at(unit, "u1").view().rotation_wanted
    at(unit, "u1").enable("u2")
    assert not at(unit, "u1").view().rotation_wanted
    view = at(unit, "u1").rotation()
    assert (view.seconds, view.backup, view.ended) == (1, False, ())
    assert unit.store.folder.joinpath("unit.vx").stat().st_size < view.needed < view.free

"""«Danh mục & cài đặt» on a real unit: encrypted store, real tokens, real certificates and revocation lists."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.demo.pki import DemoPki, DemoToken
from desktop.demo.unit import UNIT
from desktop.desk.doctoring import Doctoring
from desktop.dossier.doctor_views import StepState
from desktop.dossier.people import Role
from desktop.opened import OpenUnit, open_unit
from desktop.signing.modules import look_at
from desktop.signing.tokens import TokenWorker
from desktop.store.store import Store
from desktop.ui.settings.ask_dialog import AskDialog
from desktop.ui.settings.page import SettingsPage
from desktop.ui.signing.change_pin import ChangePin
from tests.ui.test_real_unit import CHEAP, PASSWORD

LONG = 20_000


@pytest.fixture
def unit(qtbot: QtBot, tmp_path: Path, demo_tokens: list[DemoToken]) -> Iterator[OpenUnit]:
    """A unit that has not told its chief accountant's certificate yet."""
    people = [token.person for token in demo_tokens]
    people[1] = people[1].model_copy(update={"certificate_sha256": ""})
    store = Store.create(tmp_path / "unit", PASSWORD, UNIT, people, kdf=CHEAP)
    token = demo_tokens[0]

    def doctor(of: object) -> Doctoring:
        return Doctoring(of, lambda: [look_at(token.module)], environment=token.environment)  # type: ignore[arg-type]

    with ExitStack() as stack:
        running = open_unit(
            store,
            people[0],
            lambda: TokenWorker(token.module, environment=token.environment),
            send=False,
            make_doctor=doctor,
        )
        stack.callback(running.close)
        running.window.resize(1366, 768)
        running.window.show()
        yield running


def page_of(unit: OpenUnit, part: str) -> SettingsPage:
    unit.window.go(f"settings/{part}")
    page = unit.window.page()
    assert isinstance(page, SettingsPage)
    return page


def dialog(unit: OpenUnit, qtbot: QtBot) -> AskDialog:
    qtbot.waitUntil(lambda: bool(unit.window.findChildren(AskDialog)), timeout=LONG)
    return unit.window.findChildren(AskDialog)[-1]


def test_a_certificate_from_the_token_and_a_deputy(unit: OpenUnit, qtbot: QtBot, demo_tokens: list[DemoToken]) -> None:
    people = page_of(unit, "people").people
    qtbot.waitUntil(lambda: len(people.shown.people) == len(demo_tokens), timeout=LONG)
    wanted = demo_tokens[1].person
    people.people.choose(wanted.person_id)
    people.give_certificate()
    made = dialog(unit, qtbot)
    qtbot.waitUntil(lambda: len(made.pick.found) == len(demo_tokens), timeout=LONG)  # type: ignore[attr-defined]
    made.pick.list.choose(wanted.certificate_sha256)  # type: ignore[attr-defined]
    made.submit()
    qtbot.waitUntil(lambda: unit.store.unit.people()[1] == wanted, timeout=LONG)
    qtbot.waitUntil(lambda: not unit.window.findChildren(AskDialog), timeout=LONG)
    people.people.choose("p3")
    people.delegate()
    made = dialog(unit, qtbot)
    made.to.setCurrentIndex(made.to.findData("p2"))  # type: ignore[attr-defined]
    made.forms.setText("16")  # type: ignore[attr-defined]
    made.submit()
    qtbot.waitUntil(lambda: people.delegations.model.rowCount() == 2, timeout=LONG)
    assert {item.role for item in unit.store.registrations.delegations()} == {Role.HEAD_OF_UNIT, Role.ACCOUNT_HOLDER}
    assert [item.delegate_of != () for item in people.shown.people] == [False, True, False]


def test_tokens_are_examined_tried_and_told_to_support(
    unit: OpenUnit, qtbot: QtBot, demo_tokens: list[DemoToken], tmp_path: Path
) -> None:
    tokens = page_of(unit, "tokens").tokens
    tokens.examine()
    qtbot.waitUntil(lambda: tokens.examination.report is not None, timeout=LONG)
    assert {line.key for line in tokens.tokens.model.lines} == {token.serial for token in demo_tokens}
    tokens.turn_to(tokens.tokens)
    tokens.tokens.choose(demo_tokens[0].serial)
    tokens.try_token()
    made = dialog(unit, qtbot)
    made.pin.setText(demo_tokens[0].pin)  # type: ignore[attr-defined]
    made.submit()
    qtbot.waitUntil(lambda: made.problem.property("tint") == "green", timeout=LONG)
    made.reject()
    whole = tokens.examination.whole()
    assert whole is not None
    assert whole.count(StepState.OK) > 5
    tokens.write_support(written := tmp_path / "a.zip")
    qtbot.waitUntil(written.exists, timeout=LONG)
    tokens.change_pin()
    qtbot.waitUntil(lambda: bool(unit.window.findChildren(ChangePin)), timeout=LONG)
    unit.window.findChildren(ChangePin)[-1].reject()


def test_a_root_with_a_yes_then_its_revocation_list(
    unit: OpenUnit, qtbot: QtBot, demo_pki: DemoPki, tmp_path: Path
) -> None:
    page = page_of(unit, "trust")
    root, crl = demo_pki.root_pem, demo_pki.root_crl
    page.trust.take_files([crl])
    qtbot.waitUntil(page.problem.isVisible, timeout=LONG)
    page.trust.look_at_root(root)
    made = dialog(unit, qtbot)
    made.yes.click()  # type: ignore[attr-defined]
    made.submit()
    qtbot.waitUntil(lambda: page.trust.roots.model.rowCount() == 1, timeout=LONG)
    page.trust.take_files([crl])
    qtbot.waitUntil(lambda: page.trust.crls.model.rowCount() == 1, timeout=LONG)
    page.trust.turn_to(page.trust.roots)
    page.trust.remove_root()
    made = dialog(unit, qtbot)
    made.yes.click()  # type: ignore[attr-defined]
    made.submit()
    qtbot.waitUntil(lambda: page.trust.roots.model.rowCount() == 0, timeout=LONG)
    page.export_to(written := tmp_path / "goc.xlsx")
    qtbot.waitUntil(written.exists, timeout=LONG)
    assert unit.store.trust.own_roots() == []
    unit.store.journal.verify()

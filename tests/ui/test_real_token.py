"""The signing dialog on a real desk and a real token behind a driver that misbehaves on demand."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.demo.pki import DemoToken
from desktop.demo.unit import UNIT, UNIT_ESTIMATES
from desktop.opened import OpenUnit, open_unit
from desktop.store.keys import KdfParameters
from desktop.store.store import Store
from desktop.ui.signing.dialog import SigningDialog
from desktop.ui.signing.paper_dialog import PaperDialog
from tests.fixtures.dossiers import form
from tests.fixtures.tokens import TokenFault

CHEAP = KdfParameters(memory_kib=64, passes=1, lanes=1)
PATIENCE = 20_000
Open = Callable[[], SigningDialog]


@pytest.fixture
def unit(qtbot: QtBot, tmp_path: Path, demo_tokens: list[DemoToken], fault: TokenFault) -> Iterator[OpenUnit]:
    """Three dossiers that wait for the chief accountant."""
    people = [token.person for token in demo_tokens]
    store = Store.create(tmp_path / "unit", "một mật khẩu đủ dài", UNIT, people, kdf=CHEAP)
    store.estimates.load(UNIT_ESTIMATES)
    running = open_unit(store, people[0], fault.worker, send=False)
    desk, today = running.window.context.services.desk, datetime.now(UTC).date().isoformat()
    for number in range(3):
        local_id = desk.create("C2-02a/NS")
        document = form(made_date=today, budget_year=2026, document_no=f"RDT9{number}")
        desk.save(desk.dossier(local_id).model_copy(update={"title": "Văn phòng phẩm", "documents": (document,)}))
        desk.submit(local_id, [problem.message for problem in desk.check(desk.dossier(local_id))])
    yield running
    running.close()


@pytest.fixture
def opened(unit: OpenUnit, demo_tokens: list[DemoToken], qtbot: QtBot) -> Iterator[Open]:
    made: list[SigningDialog] = []

    def build() -> SigningDialog:
        made.append(SigningDialog(unit.window.context, demo_tokens[1].person, unit.window))
        qtbot.addWidget(made[0])
        made[0].show()
        qtbot.waitUntil(lambda: made[0].loaded and made[0]._token is not None, timeout=PATIENCE)
        return made[0]

    yield build
    made[0].accept()


def sign(dialog: SigningDialog, pin: str, qtbot: QtBot) -> None:
    qtbot.keyClicks(dialog.pin, pin)
    qtbot.keyClick(dialog.pin, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not dialog.running, timeout=PATIENCE)


def test_a_key_that_wants_its_pin_each_time_is_counted_and_asked_for_once(
    opened: Open, fault: TokenFault, demo_tokens: list[DemoToken], qtbot: QtBot
) -> None:
    fault.set("always slow=150")
    dialog, said = opened(), []
    dialog._run.progressed.connect(lambda _progress: said.append(dialog.foot._said.text()))
    sign(dialog, demo_tokens[1].pin, qtbot)
    assert dialog.model.signed_count() == 3
    assert "Token này đòi mã PIN cho từng chữ ký: lần 2/3." in said


def test_a_token_pulled_out_in_the_middle_and_back_again_signs_only_what_is_left(
    opened: Open, unit: OpenUnit, fault: TokenFault, demo_tokens: list[DemoToken], qtbot: QtBot
) -> None:
    fault.set("absent_after=1")
    dialog = opened()
    sign(dialog, demo_tokens[1].pin, qtbot)
    assert dialog.model.signed_count() == 1
    assert "1 hồ sơ ký xong vẫn giữ nguyên." in dialog.outcome.accessibleName()
    fault.set("absent")
    qtbot.waitUntil(lambda: dialog.banner.property("tint") == "amber", timeout=PATIENCE)
    fault.set("")
    qtbot.waitUntil(dialog.pin.isEnabled, timeout=PATIENCE)
    sign(dialog, demo_tokens[1].pin, qtbot)
    assert dialog.model.signed_count() == 3
    unit.store.journal.verify()


def test_a_driver_that_crashes_is_said_with_what_is_kept_and_the_next_batch_works(
    opened: Open, fault: TokenFault, demo_tokens: list[DemoToken], qtbot: QtBot
) -> None:
    dialog = opened()
    fault.set("crash")
    sign(dialog, demo_tokens[1].pin, qtbot)
    assert dialog.outcome.property("tint") == "red"
    assert "Chưa hồ sơ nào được ký." in dialog.outcome.accessibleName()
    fault.set("")
    qtbot.waitUntil(dialog.pin.isEnabled, timeout=PATIENCE)
    sign(dialog, demo_tokens[1].pin, qtbot)
    assert dialog.model.signed_count() == 3


def test_the_paper_shown_is_drawn_from_what_is_signed(opened: Open, qtbot: QtBot) -> None:
    dialog = opened()
    dialog.look()
    paper = dialog.findChild(PaperDialog)
    assert paper is not None
    qtbot.waitUntil(lambda: bool(paper.preview._sheets.pages), timeout=PATIENCE)
    assert [page.sha256 for page in paper.pages] == [file.sha256 for file in dialog.model.items[0].documents]
    paper.accept()

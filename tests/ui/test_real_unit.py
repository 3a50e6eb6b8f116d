"""The window on a real unit: encrypted store, real rules, real paper, real tokens; only the link is missing."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.demo.pki import DemoToken
from desktop.demo.unit import UNIT, UNIT_ESTIMATES
from desktop.dossier.lifecycle import State
from desktop.opened import OpenUnit, open_unit
from desktop.signing.tokens import TokenWorker
from desktop.store.keys import KdfParameters
from desktop.store.store import Store
from desktop.ui.dossiers.importing import ImportDialog
from desktop.ui.editor.page import EditorPage
from desktop.ui.kit.cells import CELL
from desktop.ui.shell import MainWindow
from desktop.ui.signing.dialog import SigningDialog
from desktop.ui.signing.news import NewsLine
from tests.fixtures.dossiers import CONTRACT_CASE, form

CHEAP = KdfParameters(memory_kib=64, passes=1, lanes=1)
PASSWORD = "một mật khẩu đủ dài"
SAMPLES = Path(__file__).parents[2] / "desktop" / "demo" / "samples" / "dvc"


@pytest.fixture
def unit(qtbot: QtBot, tmp_path: Path, demo_tokens: list[DemoToken]) -> Iterator[OpenUnit]:
    people = [token.person for token in demo_tokens]
    store = Store.create(tmp_path / "unit", PASSWORD, UNIT, people, kdf=CHEAP)
    store.estimates.load(UNIT_ESTIMATES)
    with ExitStack() as stack:
        token = demo_tokens[0]
        running = open_unit(
            store, people[0], lambda: TokenWorker(token.module, environment=token.environment), send=False
        )
        stack.callback(running.close)
        running.window.resize(1366, 768)
        with qtbot.waitActive(running.window):
            running.window.show()
            running.window.activateWindow()
        yield running


@pytest.fixture
def window(unit: OpenUnit) -> MainWindow:
    return unit.window


@pytest.fixture
def draft(window: MainWindow) -> str:
    """A draft that passes every rule, on the desk."""
    desk = window.context.services.desk
    local_id = desk.create("C2-02a/NS")
    today = datetime.now(UTC).date().isoformat()
    document = form(CONTRACT_CASE, made_date=today, budget_year=2026)
    desk.save(desk.dossier(local_id).model_copy(update={"title": "Văn phòng phẩm quý IV", "documents": (document,)}))
    window.refresh()
    return local_id


def editor(window: MainWindow) -> EditorPage:
    page = window.page()
    assert isinstance(page, EditorPage)
    return page


def test_what_the_status_line_calls_saved_is_in_the_store(unit: OpenUnit, window: MainWindow, qtbot: QtBot) -> None:
    window.dossiers().draft_of("C2-02a/NS")
    page = editor(window)
    page.title.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClicks(page.title, "Cuoc dien thoai")
    qtbot.keyClick(page.title, Qt.Key.Key_Tab)
    qtbot.waitUntil(lambda: window.status._saved.text().startswith("Đã tự lưu"))
    with unit.store.reopen() as other:
        assert other.drafts.get(page.draft.local_id).title == "Cuoc dien thoai"


def test_a_blank_form_knows_the_unit_and_asks_for_the_rest(window: MainWindow) -> None:
    window.dossiers().draft_of("C2-02a/NS")
    page = editor(window)
    fields = page.draft.document(0).fields
    assert (fields["unit_name"], fields["account"]) == (UNIT.name, UNIT.estimate_account)
    assert page.views[0].inputs["general_content"].property("state") == "error"


def test_the_real_paper_is_shown(window: MainWindow, draft: str, qtbot: QtBot) -> None:
    window.open_dossier(draft)
    sheets = editor(window).preview._sheets
    qtbot.waitUntil(lambda: bool(sheets._pages), timeout=15_000)
    image = sheets._pages[0].toImage()
    assert image.height() > image.width()
    points = range(0, image.width(), 3)
    shades = {image.pixelColor(x, y).name() for x in points for y in points[: len(points) // 2]}
    assert len(shades) > 8


@pytest.mark.parametrize(("name", "form_id"), [("C202aRDT0012.zip", "M13"), ("C402AUNC0007.zip", "M17")])
def test_a_voucher_of_another_program_opens_in_the_editor(
    window: MainWindow, qtbot: QtBot, name: str, form_id: str
) -> None:
    window.dossiers().files.take(SAMPLES / name)
    qtbot.waitUntil(lambda: isinstance(window.page(), EditorPage), timeout=10_000)
    assert [view.form.id for view in editor(window).views] == [form_id]


def test_a_whole_folder_is_imported_and_told_file_by_file(window: MainWindow, qtbot: QtBot) -> None:
    window.dossiers().files.take_all([SAMPLES])
    dialog = window.dossiers().findChild(ImportDialog)
    assert dialog is not None
    qtbot.waitUntil(lambda: not dialog.running, timeout=30_000)
    files = [path for path in SAMPLES.rglob("*") if path.is_file()]
    assert len(dialog.model.reports) == len(files)
    made = {report.local_id for report in dialog.model.reports if report.outcome in ("ok", "warnings")}
    assert made
    assert window.dossiers().model.totals.count == len(made)
    dialog.reject()


def test_a_broken_file_is_refused_in_words(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    broken = tmp_path / "broken.zip"
    broken.write_bytes(b"PK\x03\x04 nothing")
    window.dossiers().files.take(broken)
    qtbot.waitUntil(window.dossiers().problem.isVisible, timeout=10_000)
    assert window.dossiers().model.totals.count == 0


def sign(window: MainWindow, token: DemoToken, pin: str, qtbot: QtBot) -> SigningDialog:
    """Sign as a person does; the last one stands for the payees nobody was paid before."""
    dialog = SigningDialog(window.context, token.person, window)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: dialog.loaded and dialog._token is not None, timeout=20_000)
    for line in dialog.covered.findChildren(NewsLine):
        if line.box is not None:
            line.box.click()
    qtbot.keyClicks(dialog.pin, pin)
    qtbot.keyClick(dialog.pin, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not dialog.running, timeout=20_000)
    return dialog


def test_from_draft_to_sealed_package(
    unit: OpenUnit, window: MainWindow, draft: str, demo_tokens: list[DemoToken], qtbot: QtBot
) -> None:
    window.open_dossier(draft)
    page = editor(window)
    page.submit()
    assert window.page() is window.dossiers()
    row = window.dossiers().current()
    assert row is not None
    assert (row.status.state, row.signed) == (State.TO_SIGN, ("turn", "waiting"))
    for token in demo_tokens[1:]:
        sign(window, token, token.pin, qtbot).accept()
    row = window.dossiers().current()
    assert row is not None
    assert (row.status.state, row.signed) == (State.SEALED, ("signed", "signed"))
    assert [item.title for item in window.context.services.delivery.view().items] == ["Văn phòng phẩm quý IV"]
    assert window.dossiers().model.index(0, 5).data(CELL).text == "Sẵn sàng gửi"
    unit.store.journal.verify()


def test_a_wrong_pin_on_a_real_token_signs_nothing(
    window: MainWindow, draft: str, demo_tokens: list[DemoToken], qtbot: QtBot
) -> None:
    desk = window.context.services.desk
    desk.submit(draft, [problem.message for problem in desk.check(desk.dossier(draft))])
    dialog = sign(window, demo_tokens[1], "99999999", qtbot)
    assert dialog.model.signed_count() == 0
    assert dialog.pin.property("state") == "error"
    dialog.accept()
    dialog = sign(window, demo_tokens[1], demo_tokens[1].pin, qtbot)
    assert dialog.model.signed_count() == 1
    dialog.accept()

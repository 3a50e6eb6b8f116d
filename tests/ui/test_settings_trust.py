"""«Tin cậy & bằng chứng»: what is trusted and how old it is; files in, roots in and out, two settings."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from desktop.ui.context import Context
from desktop.ui.kit.cells import CELL
from desktop.ui.settings.ask_dialog import AskDialog
from desktop.ui.settings.evidence_dialog import EvidenceDialog
from desktop.ui.settings.page import SettingsPage
from desktop.ui.settings.root_dialog import RootDialog
from desktop.ui.settings.trust_section import TrustSection
from tests.ui.memory import Memory
from tests.ui.settings_sample import NEW_ROOT, OWN
from tests.ui.stage import until


@pytest.fixture
def section(settings: SettingsPage, memory: Memory) -> TrustSection:
    settings.show_part("trust")
    until(lambda: settings.trust.shown == memory.settings.trust.shown)
    return settings.trust


def said(widget: QWidget) -> str:
    return " | ".join(made.text() for made in widget.findChildren(QLabel))


def dialog(settings: SettingsPage) -> AskDialog:
    until(lambda: bool(settings.findChildren(AskDialog)))
    return settings.findChildren(AskDialog)[-1]


def test_the_state_stands_in_the_overview(section: TrustSection) -> None:
    words = [line.cells[1].text for line in section.state.model.lines]
    for part in ("Bản 3, nhận 20/11/2026", "2 danh sách, 1 đã cũ", "Cổng Kho bạc", "sau 7 ngày"):
        assert part in words
    assert any(word.startswith("5 gói, 2 gói quá 7 ngày") for word in words)
    assert "2 gói đã ký chưa có dấu thời gian" in section.warning.accessibleName()


def test_an_old_revocation_list_is_amber_and_said(section: TrustSection) -> None:
    section.turn_to(section.crls)
    ages = [section.crls.model.index(row, 2).data(CELL) for row in range(2)]
    assert [(cell.text, cell.tint) for cell in ages] == [("4 ngày", ""), ("115 ngày", "amber")]
    section.crls.table.choose(1)
    assert "cũ hơn 90 ngày" in said(section.pane)


@pytest.mark.parametrize(
    ("name", "told"), [("moi.vxtrust", "Danh sách thu hồi mới"), ("cu.crl", "Không có gì thay đổi")]
)
def test_a_file_dropped_is_taken(section: TrustSection, context: Context, name: str, told: str) -> None:
    heard: list[str] = []
    context.bus.said.connect(lambda words, _undo: heard.append(words))
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(f"/media/usb/{name}")])
    none = Qt.KeyboardModifier.NoModifier
    section.dropEvent(QDropEvent(QPoint(5, 5), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, none))
    until(lambda: bool(heard))
    assert told in heard[0]


def test_another_file_is_refused_at_the_top(section: TrustSection, settings: SettingsPage) -> None:
    section.take_files([Path("luong.xlsx")])
    until(settings.problem.isVisible)
    assert "không phải danh sách thu hồi" in settings.problem.accessibleName()


def test_a_root_is_trusted_only_after_an_explicit_yes(
    section: TrustSection, settings: SettingsPage, memory: Memory
) -> None:
    section.look_at_root(Path("vnpt.cer"))
    made = dialog(settings)
    assert isinstance(made, RootDialog)
    assert made.digest.text().replace(" ", "").lower() == NEW_ROOT.sha256
    made.submit()
    assert (made.go.isEnabled(), memory.settings.trust.did) == (False, [])
    made.yes.click()
    made.go.click()
    until(lambda: section.roots.model.rowCount() == 4)
    assert memory.settings.trust.did == [("add", NEW_ROOT.sha256)]


def test_only_an_own_root_can_go(section: TrustSection, settings: SettingsPage, memory: Memory) -> None:
    section.turn_to(section.roots)
    section.roots.table.choose(0)
    section.remove_root()
    assert settings.findChildren(AskDialog) == []
    section.roots.table.choose(2)
    next(one for one in section.pane.findChildren(QPushButton) if one.text().startswith("Thôi tin")).click()
    made = dialog(settings)
    made.yes.click()  # type: ignore[attr-defined]
    made.submit()
    until(lambda: section.roots.model.rowCount() == 2)
    assert memory.settings.trust.did == [("remove", OWN.sha256)]


@pytest.mark.parametrize(
    ("way", "address", "url"),
    [("nobody", "", ""), ("gateway", "", "gateway"), ("other", "https://tsa.vn", "https://tsa.vn")],
)
def test_who_stamps_and_when_to_warn(
    section: TrustSection, settings: SettingsPage, memory: Memory, way: str, address: str, url: str
) -> None:
    section.ask_evidence()
    made = dialog(settings)
    assert isinstance(made, EvidenceDialog)
    getattr(made, way).setChecked(True)
    made.address.setText(address)
    made.days.setText("14")
    made.submit()
    until(lambda: len(memory.settings.trust.did) == 2)
    assert memory.settings.trust.did == [("evidence_warning_days", "14"), ("tsa_url", url)]


def test_a_wrong_setting_stays_in_the_dialog(section: TrustSection, settings: SettingsPage) -> None:
    section.ask_evidence()
    made = dialog(settings)
    made.days.setText("một tuần")  # type: ignore[attr-defined]
    made.submit()
    until(made.problem.isVisible)
    assert "số nguyên" in made.problem.accessibleName()
    made.reject()


def test_every_source_is_asked_again(section: TrustSection, memory: Memory) -> None:
    next(one for one in section.pane.findChildren(QPushButton) if one.text().startswith("Hỏi lại")).click()
    until(lambda: memory.settings.trust.did == [("refresh",)])

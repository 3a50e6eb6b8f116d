"""States of «Danh mục & cài đặt»."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QDialog, QWidget

from desktop.dossier.people_views import PeopleView
from desktop.dossier.trust_views import TrustView
from desktop.ui.settings.ask_dialog import AskDialog
from desktop.ui.settings.page import SettingsPage
from tests.ui.settings_sample import STEPS
from tests.ui.stage import Stage, until


def page_of(stage: Stage, part: str) -> SettingsPage:
    stage.window.go(f"settings/{part}")
    page = stage.window.page()
    assert isinstance(page, SettingsPage)
    return page


def people(stage: Stage, tab: int = 0) -> SettingsPage:
    page = page_of(stage, "people")
    wanted = stage.memory.settings.people.shown
    until(lambda: page.people.shown == wanted)
    page.people.tabs.setCurrentIndex(tab)
    return page


def people_list(stage: Stage) -> QWidget:
    people(stage).people.people.choose("p2")
    return stage.window


def people_tab(tab: int) -> Callable[[Stage], QWidget]:
    return lambda stage: people(stage, tab).window()


def no_people(stage: Stage) -> QWidget:
    stage.memory.settings.people.shown = PeopleView((), (), (), (), ())
    people(stage)
    return stage.window


def no_hits(stage: Stage) -> QWidget:
    page = people(stage)
    page.search.setText("không có chữ này")
    until(lambda: not page.people.people.model.lines)
    return stage.window


def asked(stage: Stage, ask: Callable[[SettingsPage], object]) -> QDialog:
    page = people(stage)
    page.people.people.choose("p5")
    ask(page)
    dialog = stage.window.findChildren(AskDialog)[-1]
    pick = getattr(dialog, "pick", None)
    if hasattr(dialog, "now"):
        dialog.now.setChecked(True)
    if pick is not None:
        until(lambda: bool(pick.found))
    return dialog


def certificate_warned(stage: Stage) -> QWidget:
    dialog = asked(stage, lambda page: page.people.give_certificate())
    dialog.pick.list.choose("f" * 64)  # type: ignore[attr-defined]
    return dialog


def ask(which: str) -> Callable[[Stage], QWidget]:
    return lambda stage: asked(stage, lambda page: getattr(page.people, which)())


def refused(stage: Stage) -> QWidget:
    dialog = asked(stage, lambda page: page.people.add())
    dialog.submit()  # type: ignore[attr-defined]
    return dialog


def tokens_before(stage: Stage) -> QWidget:
    page = page_of(stage, "tokens")
    until(lambda: bool(page.tokens.drivers_shown))
    return stage.window


def tokens_running(stage: Stage) -> QWidget:
    doctor = stage.memory.settings.doctor
    doctor.going.clear()
    page = page_of(stage, "tokens")
    page.tokens.examine()
    until(lambda: page.tokens.steps.model.rowCount() == len(STEPS) - 3)
    return stage.window


def examined(stage: Stage, tab: int = 0) -> SettingsPage:
    page = page_of(stage, "tokens")
    page.tokens.examine()
    until(lambda: page.tokens.examination.report is not None)
    page.tokens.tabs.setCurrentIndex(tab)
    return page


def tokens_tab(tab: int) -> Callable[[Stage], QWidget]:
    return lambda stage: examined(stage, tab).window()


def locked(stage: Stage) -> QWidget:
    examined(stage, 1).tokens.tokens.choose("2A5077")
    return stage.window


def trying(stage: Stage) -> QWidget:
    page = examined(stage, 1)
    page.tokens.try_token()
    return stage.window.findChildren(AskDialog)[-1]


def trying_failed(stage: Stage) -> QWidget:
    dialog = trying(stage)
    dialog.pin.setText("000000")  # type: ignore[attr-defined]
    dialog.submit()  # type: ignore[attr-defined]
    until(lambda: dialog.problem.property("tint") == "red")  # type: ignore[attr-defined]
    return dialog


def trust(stage: Stage, tab: int = 0) -> SettingsPage:
    page = page_of(stage, "trust")
    wanted = stage.memory.settings.trust.shown
    until(lambda: page.trust.shown == wanted)
    page.trust.tabs.setCurrentIndex(tab)
    return page


def trust_roots(stage: Stage) -> QWidget:
    page = trust(stage, 1)
    page.trust.roots.table.choose(2)
    return stage.window


def trust_crls(stage: Stage) -> QWidget:
    trust(stage, 2).trust.crls.table.choose(1)
    return stage.window


def no_trust(stage: Stage) -> QWidget:
    stage.memory.settings.trust.shown = TrustView(0, "", (), (), "", ("gateway",), 7, 0, "", 0, "")
    trust(stage)
    return stage.window


def root_question(stage: Stage) -> QWidget:
    page = trust(stage)
    page.trust.look_at_root(Path("vnpt.cer"))
    until(lambda: bool(stage.window.findChildren(AskDialog)))
    return stage.window.findChildren(AskDialog)[-1]


def evidence(stage: Stage) -> QWidget:
    trust(stage).trust.ask_evidence()
    return stage.window.findChildren(AskDialog)[-1]


def failed(stage: Stage) -> QWidget:
    page = trust(stage)
    page.trust.take_files([Path("bảng lương.xlsx")])
    until(page.problem.isVisible)
    return stage.window


def long_names(stage: Stage) -> QWidget:
    memory = stage.memory.settings.people
    name = "Nguyễn Hoàng Thị Phương Thảo Nguyên"
    people_now = tuple(replace(one, name=name) for one in memory.shown.people)
    memory.shown = replace(memory.shown, people=people_now)
    return people_list(stage)


SETTINGS: dict[str, Callable[[Stage], QWidget]] = {
    "settings-people": people_list,
    "settings-people-long": long_names,
    "settings-people-empty": no_people,
    "settings-people-no-hits": no_hits,
    "settings-delegations": people_tab(1),
    "settings-history": people_tab(2),
    "settings-person": ask("add"),
    "settings-person-refused": refused,
    "settings-person-edit": ask("edit"),
    "settings-person-end": ask("end_person"),
    "settings-certificate": ask("give_certificate"),
    "settings-certificate-warned": certificate_warned,
    "settings-delegate": ask("delegate"),
    "settings-tokens-before": tokens_before,
    "settings-tokens-running": tokens_running,
    "settings-tokens": tokens_tab(0),
    "settings-tokens-list": tokens_tab(1),
    "settings-tokens-locked": locked,
    "settings-tokens-drivers": tokens_tab(2),
    "settings-try": trying,
    "settings-try-wrong": trying_failed,
    "settings-trust": lambda stage: trust(stage).window(),
    "settings-trust-roots": trust_roots,
    "settings-trust-crls": trust_crls,
    "settings-trust-empty": no_trust,
    "settings-trust-failed": failed,
    "settings-root": root_question,
    "settings-evidence": evidence,
}

LIKE_ANOTHER = frozenset(
    f"settings-{name}"
    for name in (
        *("people", "people-empty", "people-no-hits", "history", "person", "person-edit", "certificate"),
        *("tokens-before", "tokens-running", "tokens-list", "try", "trust-roots", "trust-empty"),
    )
)
"""States that differ little from another: for pictures, not for measuring again."""

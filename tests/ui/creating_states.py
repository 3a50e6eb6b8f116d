"""The dialogs that begin a dossier, in every state a preparer meets, and what a dossier still lacks."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from desktop.dossier.document import Dossier
from desktop.ui.creating.copy_dialog import CopyDialog
from desktop.ui.creating.dialog import PurposeDialog
from desktop.ui.creating.differences import DifferencesDialog
from tests.fixtures.forms_filled import filled
from tests.ui.stage import Stage


def purpose(key: str = "", search: str = "", **answers: str) -> Callable[[Stage], QWidget]:
    """«Lập hồ sơ» with a purpose chosen, or with words searched."""

    def show(stage: Stage) -> QWidget:
        dialog = PurposeDialog(stage.window, from_last=lambda: None)
        dialog.show()
        if search:
            dialog.purposes.search.setText(search)
            dialog.purposes.show_found(search)
        if key:
            dialog.begin_with(key, answers)
        return dialog

    return show


def copying(stage: Stage) -> QWidget:
    dialog = CopyDialog(stage.memory.desk, stage.window, "d0440")
    dialog.show()
    return dialog


def altered() -> tuple[Dossier, Dossier]:
    """A payroll dossier and the one it was made from: one paid more, one on another account, one gone, one new."""
    voucher, listed = filled("M13"), filled("M20")
    before = Dossier(local_id="old", number="0400", title="Lương tháng 10/2026", documents=(voucher, listed))
    rows = [dict(row) for row in listed.tables["lines"]]
    rows[0]["amount"] = int(rows[0]["amount"] or 0) + 500_000
    rows[1]["account"] = "999000111"
    rows[-1] = {**rows[-1], "name": "Vàng A Chứ", "account": "3508205099999"}
    changed = listed.model_copy(update={"tables": {"lines": rows}})
    return before.model_copy(update={"title": "Lương tháng 11/2026", "documents": (voucher, changed)}), before


def differing(stage: Stage) -> QWidget:
    new, old = altered()
    stage.memory.desk.dossiers["old"] = old
    found = stage.memory.desk.differences(new.model_copy(update={"copied_from": "old"}))
    dialog = DifferencesDialog(stage.window, found, asks=True)
    dialog.show()
    return dialog


def components(purpose_key: str = "", **answers: str) -> Callable[[Stage], QWidget]:
    """The editor on the tab of files: what the dossier's case asks for."""

    def show(stage: Stage) -> QWidget:
        desk = stage.memory.desk
        local_id = desk.create_for(purpose_key, answers) if purpose_key else desk.create("C2-02a/NS")
        count = len(desk.dossiers[local_id].documents)
        stage.editor(local_id, count)
        return stage.window

    return show


def on_file(stage: Stage) -> QWidget:
    desk = stage.memory.desk
    local_id = desk.create_for("invest_advance", {"project": "first", "guarantee": "covered"})
    desk.dossiers[local_id] = desk.dossiers[local_id].model_copy(update={"on_file": ("quyet_dinh_du_an",)})
    stage.editor(local_id, 2)
    return stage.window


CREATING: dict[str, Callable[[Stage], QWidget]] = {
    "creating-first": purpose(),
    "creating-salary": purpose("salary", year="first"),
    "creating-settle-more": purpose("settle_advance", branch="more"),
    "creating-registration": purpose("change_account", change="both"),
    "creating-investment": purpose("invest_advance", project="first"),
    "creating-search": purpose(search="tam ung"),
    "creating-no-hits": purpose(search="không có việc này"),
    "creating-copy": copying,
    "creating-differences": differing,
    "components-unknown": components(),
    "components-salary": components("salary", year="first"),
    "components-investment": on_file,
}

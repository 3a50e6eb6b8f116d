"""Ways from a locked door to another unit: one of this machine, or one made out of a backup."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QWidget

from desktop.ui.choose_unit import ChooseUnit, UnitLine
from desktop.ui.restore_dialog import RestoreDialog, RestoreService, restore_dialog

OTHER_UNIT = "Mở đơn vị khác"
Go = Callable[[Path], object]


def choosing(parent: QWidget, units: Sequence[UnitLine], go: Go) -> ChooseUnit:
    """Ask for one of `units`, then `go` to its folder."""
    dialog = ChooseUnit(units, parent)
    dialog.accepted.connect(lambda: go(dialog.folder))
    dialog.open()
    return dialog


def restoring(parent: QWidget, service: RestoreService, go: Go) -> RestoreDialog:
    """Ask for a backup; once what came of it was read and closed, `go` to the restored unit's folder."""
    made: list[Path] = []
    dialog = restore_dialog(parent, service)
    dialog.restored.connect(lambda folder: made.append(Path(folder)))
    dialog.finished.connect(lambda: go(made[-1]) if made else None)
    return dialog

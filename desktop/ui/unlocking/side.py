"""Which unit stands before the door and what goes on meanwhile, drawn anew when its front was read."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from desktop.dossier.people import Unit
from desktop.ui.choose_unit import UnitLine
from desktop.ui.door import Front
from desktop.ui.kit.basic import row
from desktop.ui.theme import px
from desktop.ui.unit_strip import shade_of
from desktop.ui.unlocking.brand import GREEN, NO_UNIT, WIDE, Fact, Way, brand, show_sending
from desktop.ui.unlocking.brand import Unit as Named
from desktop.ui.unlocking.words import Sending


class Side(QWidget):
    """The dark side of the screen for the unit in view of `units`; `sending` tells what goes on being sent."""

    def __init__(
        self, units: Sequence[UnitLine], sending: Callable[[], Sending | None], ways: Sequence[Way], version: str
    ) -> None:
        super().__init__()
        self._here = next((line for line in units if line.here), None)
        self._sending, self._ways, self._version = sending, tuple(ways), version
        self._box = row(self)
        self.setMaximumWidth(px(WIDE))
        self._brand, self._fact = QWidget(), Fact("send", GREEN, "", "")
        self._box.addWidget(self._brand)

    def tell(self, unit: Unit | None, front: Front | None) -> None:
        """Name the unit: `unit` where it is known, else what its front tells, else what the list of units does."""
        words = self._words(unit, front)
        self._fact = Fact("send", GREEN, "", "")
        shade = shade_of(self._here.colour if self._here is not None else "", words[2])
        made = brand(words, shade, self._fact, self._ways, self._version)
        self._box.replaceWidget(self._brand, made)
        self._brand.deleteLater()
        self._brand = made
        self.beat()

    def beat(self) -> None:
        """Say what goes on being sent now."""
        show_sending(self._fact, self._sending())

    def _words(self, unit: Unit | None, front: Front | None) -> Named:
        if unit is not None:
            return unit.name, unit.address, unit.code, unit.treasury_name
        if front is not None and front.unit_name:
            return front.unit_name, front.unit_address, front.unit_code, front.treasury_name
        return (self._here.name, "", self._here.code, "") if self._here is not None else NO_UNIT

"""`vungxa run` without --home: the only unit of this machine is opened without a question."""

from __future__ import annotations

from pathlib import Path

from desktop.commands.windows import chosen_unit
from desktop.demo.unit import UNIT
from desktop.desk.units_here import UnitsHere


def test_the_only_unit_that_is_there_is_opened(tmp_path: Path) -> None:
    here = UnitsHere(tmp_path / "machine")
    (tmp_path / "here").mkdir()
    (tmp_path / "here" / "keys.json").touch()
    here.remember(tmp_path / "here", UNIT)
    here.remember(tmp_path / "unplugged", UNIT)
    assert chosen_unit(here) == tmp_path / "here"

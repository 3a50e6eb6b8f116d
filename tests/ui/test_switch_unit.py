"""The unit switcher: another unit is asked for, added by its folder or forgotten; the strip says which is in view."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.desk.context import at_desk
from desktop.desk.units_desk import UnitsDesk
from desktop.desk.units_here import UnitsHere
from desktop.dossier.duties import Act, for_whom
from desktop.store.envelope import KdfParameters
from desktop.store.errors import StoreError
from desktop.store.store import Store
from desktop.ui.switch_unit import SwitchUnit
from desktop.ui.unit_strip import SHADES, shade_of
from tests.ui.memory import HANH, UNIT
from tests.ui.stage import Stage, staged
from tests.ui.user_list_states import MemoryUnits, no_such_unit, switcher, with_units
from tests.ui.users_states import HERE, OTHER

CHEAP = KdfParameters(memory_kib=8, passes=1, lanes=1)


@pytest.fixture
def stage(qapp: object) -> Iterator[Stage]:
    del qapp
    made = staged()
    yield made
    for dialog in made.window.findChildren(SwitchUnit):
        dialog.reject()
    made.window.close()


def units_of(stage: Stage) -> MemoryUnits:
    units = stage.window.context.services.units
    assert isinstance(units, MemoryUnits)
    return units


def test_the_other_unit_is_gone_to(stage: Stage) -> None:
    switcher(stage).open_button.click()
    assert units_of(stage).switched == [OTHER.folder]


def test_another_unit_is_marked_to_begin_with(stage: Stage) -> None:
    with_units(stage).switch_unit()
    assert stage.window.findChildren(SwitchUnit)[-1].folder == OTHER.folder


def test_the_unit_in_view_is_neither_gone_to_nor_forgotten(stage: Stage) -> None:
    dialog = switcher(stage)
    dialog.list.setCurrentRow(0)
    assert not dialog.open_button.isEnabled()
    assert not dialog.forget_button.isEnabled()
    dialog.accept()
    assert units_of(stage).switched == []


def test_one_is_added_and_one_forgotten(stage: Stage) -> None:
    dialog = switcher(stage)
    dialog.add(Path("/tram-y-te"))
    dialog.list.setCurrentRow(1)
    dialog.forget_button.click()
    assert [unit.folder for unit in dialog.units] == [HERE.folder, Path("/tram-y-te")]


def test_a_folder_without_a_unit_is_told(stage: Stage) -> None:
    dialog = no_such_unit(stage)
    assert isinstance(dialog, SwitchUnit)
    assert not dialog.problem.isHidden()
    assert len(dialog.units) == 2


def test_the_strip_has_the_unit_s_own_colour(stage: Stage) -> None:
    assert with_units(stage).nav.strip.shade == SHADES["teal"]
    assert shade_of("", "1") == shade_of("", "1")


def test_real_units_are_added_and_left(tmp_path: Path) -> None:
    left: list[tuple[str, Path]] = []
    with Store.create(tmp_path / "a", "mật khẩu dài", UNIT, [HANH], kdf=CHEAP) as store:
        desk = UnitsDesk(at_desk(store, ""), UnitsHere(tmp_path), lambda reason, folder: left.append((reason, folder)))
        desk.add(tmp_path / "a")
        assert [unit.name for unit in desk.all()] == [UNIT.name]
        with pytest.raises(StoreError):
            desk.add(tmp_path)
        desk.switch(tmp_path / "b")
        assert left == [("switch", tmp_path / "b")]
        desk.forget(tmp_path / "a")
        assert list(desk.all()) == []


def test_only_an_administrator_changes_the_list_and_all_may_switch(stage: Stage) -> None:
    stage.memory.desk.denied.add(Act.UNITS)
    dialog = switcher(stage)
    assert not dialog.forget_button.isEnabled()
    assert dialog.forget_button.toolTip() == for_whom(Act.UNITS)
    dialog.open_button.click()
    assert units_of(stage).switched == [OTHER.folder]

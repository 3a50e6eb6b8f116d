"""`vungxa status` and `calendar` as processes: what is due, until when, and by the unit's own calendar."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.contract.store_kit import deliver
from tests.e2e.command import VUNGXA, vungxa
from tests.fixtures.softkeys import SoftPerson
from tests.unit.desk.kit import PASSWORD, Clock, Office

SECRET = PASSWORD + "\n"


@pytest.fixture
def unit(tmp_path: Path, soft_people: list[SoftPerson]) -> Path:
    """A unit with a draft and a dossier that the Treasury received on 23/11/2026, a Monday, at 09:00."""
    office = Office.make(tmp_path / "unit", [soft.person for soft in soft_people], Clock(), soft_people)
    with office.store:
        deliver(office.store, office.seal()[1])
        office.draft(number="RDT0900")
    return tmp_path / "unit"


def ask(home: Path, name: str, *words: object) -> dict[str, object]:
    ran = vungxa(name, "--home", home, "--password-stdin", *words, stdin=SECRET)
    assert ran.code == 0, ran
    return ran.answer


def test_status_carries_deadline_intake_and_duties(unit: Path) -> None:
    answer = ask(unit, "status")
    deadlines = {row["state"]: row["deadline"] for row in answer["dossiers"]}  # type: ignore[attr-defined]
    assert deadlines["draft"] is None
    assert (deadlines["accepted"]["date"], deadlines["accepted"]["rule"]) == ("2026-11-25", "R-192")
    assert set(answer["intake"]) >= {"text", "date", "left"}  # type: ignore[call-overload]
    assert "reconcile" in {duty["key"] for duty in answer["duties"]}  # type: ignore[attr-defined]


def test_status_says_it_in_lines_too(unit: Path) -> None:
    command = [str(VUNGXA), "status", "--home", str(unit), "--password-stdin"]
    lines = subprocess.run(command, input=SECRET, capture_output=True, text=True, check=True).stdout.splitlines()
    assert any("Hạn Kho bạc trả kết quả: thứ Tư 25/11/2026" in line for line in lines)
    assert any("tính là nhận" in line or "nhận hồ sơ hôm nay" in line for line in lines)
    assert any("Đối chiếu dự toán, tiền gửi với Kho bạc" in line for line in lines)


def test_calendar_is_told_and_changed(unit: Path, tmp_path: Path) -> None:
    assert ask(unit, "calendar")["cutoff"] == "15:00"
    table = tmp_path / "days.json"
    table.write_text(json.dumps({"2026": {"off": {"2026-11-25": "Nghỉ bù"}}}), "utf-8")
    changed = ask(unit, "calendar", "--cutoff", "16:30", "--unit-kind", "investor", "--workdays", table)
    assert (changed["cutoff"], changed["unit_kind"]) == ("16:30", "investor")
    assert ask(unit, "calendar") == changed
    dossiers = ask(unit, "status")["dossiers"]
    assert [row["deadline"]["date"] for row in dossiers if row["deadline"]] == ["2026-11-26"]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--cutoff", "16h"), "bad_cutoff"),
        (("--cutoff", "16:00", "--unit-kind", "ministry"), "bad_unit_kind"),
        (("--cutoff", "16:00", "--workdays", "days.json"), "bad_workdays"),
        (("--workdays", "none.json"), "not_found"),
    ],
)
def test_a_wrong_value_changes_nothing(unit: Path, tmp_path: Path, words: tuple[str, ...], code: str) -> None:
    (tmp_path / "days.json").write_text('{"2026": {"off": {"2027-01-01": "sai năm"}}}', "utf-8")
    named = [str(tmp_path / word) if word.endswith(".json") else word for word in words]
    ran = vungxa("calendar", "--home", unit, "--password-stdin", *named, stdin=SECRET)
    assert ran.error == (2, code)
    assert ask(unit, "calendar")["cutoff"] == "15:00"

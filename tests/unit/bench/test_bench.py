import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.bench.measure import Line, Pace
from tests.bench.table import as_json, text

PROJECT = Path(__file__).resolve().parents[3]
LINE = Line("một việc", 6.0, 1.5, "ms", "a loop")
KEYS = {"room", "what", "this", "baseline", "ratio", "unit", "against"}


def _bench(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tests.bench", *words]
    return subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, timeout=100, check=False)


def test_one_room_is_measured_and_written_as_json(tmp_path: Path) -> None:
    file = tmp_path / "bench.json"
    words = ["--quick", "--only", "dossier", "--json", str(file)]
    done = _bench(*words)
    assert done.returncode == 0, done.stderr
    found = json.loads(file.read_text("utf-8"))
    assert found["quick"] is True
    assert len(found["results"]) >= 4
    for line in found["results"]:
        assert line.keys() == KEYS
        assert line["room"] == "dossier"
        assert line["this"] > 0
        assert line["ratio"] == pytest.approx(line["this"] / line["baseline"])
        assert line["what"] in done.stdout


def test_an_unknown_room_is_refused() -> None:
    done = _bench("--only", "kitchen")
    assert done.returncode == 2
    assert "kitchen" in done.stderr


def test_both_sides_are_called_equally_often_in_turn() -> None:
    calls: list[str] = []
    Pace(rounds=4, least=0.0).seconds(lambda: calls.append("this"), lambda: calls.append("base"))
    assert calls[-8:] == ["this", "base"] * 4


def test_a_rate_is_the_other_way_round() -> None:
    line = Pace(3, 0.001).compare("w", lambda: sum(range(100_000)), "b", lambda: None, "1/s")
    assert line.this < line.baseline
    assert line.ratio < 1


def test_the_table_is_aligned() -> None:
    heading, room, first, second = text([("store", LINE), ("store", Line("x", 1234.5, 0.1, "kB", "y"))]).splitlines()
    assert room == "[store]"
    assert first.split("  ")[0] == "một việc"
    assert {line.index(unit) for line, unit in ((heading, "unit"), (first, "ms"), (second, "kB"))} == {
        heading.index("unit")
    }
    assert "1,234" in second


def test_json_holds_what_the_table_shows() -> None:
    found = as_json([("store", LINE)], quick=False)
    assert found["results"] == [
        {"room": "store", "what": "một việc", "this": 6.0, "baseline": 1.5, "ratio": 4.0, "unit": "ms",
         "against": "a loop"}
    ]  # fmt: skip

"""The commands answer in one JSON line and refuse in one clear sentence."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from desktop.demo.pki import DemoPki
from desktop.demo.unit import PEOPLE, TREASURY_ESTIMATES, UNIT
from gateway.database import Database
from gateway.home import open_home
from tests.fixtures.gateway import command

CODE = re.compile(r"([2-9A-HJ-NP-Z]{4}-){3}[2-9A-HJ-NP-Z]{4}")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    assert command("init", "--home", str(tmp_path / "gw"))["ok"]
    return tmp_path / "gw"


@pytest.fixture
def unit_json(tmp_path: Path) -> Path:
    return write_unit(tmp_path, {})


def write_unit(folder: Path, changes: dict[str, Any]) -> Path:
    content = {
        "unit": UNIT.model_dump(mode="json"),
        "people": [person.model_dump(mode="json") for person in PEOPLE],
        "estimates": [line.model_dump(mode="json") for line in TREASURY_ESTIMATES],
    }
    file = folder / "unit.json"
    file.write_text(json.dumps(content | changes), "utf-8")
    return file


def refused(*words: str) -> str:
    answer = command(*words)
    assert answer["ok"] is False
    assert answer["error"]["message"].endswith(".")
    return str(answer["error"]["code"])


def test_init_keeps_the_identity_it_made(home: Path) -> None:
    first = command("init", "--home", str(home))
    assert first == command("init", "--home", str(home))
    assert re.fullmatch(r"[0-9a-f]{64}", first["pin"])
    assert len(first["statement_keys"]) == 1


def test_register_gives_a_code_that_is_kept_as_a_digest_only(home: Path, unit_json: Path, demo_pki: DemoPki) -> None:
    answer = command("register", "--home", str(home), "--unit", str(unit_json), "--trust", str(demo_pki.root_pem))
    assert CODE.fullmatch(answer["enrolment_code"])
    with Database(open_home(home).database) as database:
        (row,) = database.call(lambda c: c.execute("SELECT * FROM invitation").fetchall())
    assert answer["enrolment_code"].replace("-", "") not in tuple(row)


def test_registering_again_replaces_people_and_trust(home: Path, tmp_path: Path, demo_pki: DemoPki) -> None:
    for people, trust in (
        (PEOPLE, (demo_pki.root_pem, demo_pki.intermediate_pem)),
        (PEOPLE[:1], (demo_pki.root_pem,)),
    ):
        file = write_unit(tmp_path, {"people": [person.model_dump(mode="json") for person in people]})
        words = [word for pem in trust for word in ("--trust", str(pem))]
        assert command("register", "--home", str(home), "--unit", str(file), *words)["ok"]
    with Database(open_home(home).database) as database:
        assert database.call(lambda c: c.execute("SELECT count(*) FROM person").fetchone()[0]) == 1
    assert len(list(open_home(home).trust(UNIT.code).iterdir())) == 1


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"unit": {"code": "12"}}', "\x00"])
def test_a_wrong_unit_file_is_refused(home: Path, tmp_path: Path, demo_pki: DemoPki, content: str) -> None:
    file = tmp_path / "unit.json"
    file.write_text(content)
    words = ["register", "--home", str(home), "--unit", str(file), "--trust", str(demo_pki.root_pem)]
    assert refused(*words) == "bad_registration"


def test_trust_without_a_root_is_refused(home: Path, unit_json: Path, demo_pki: DemoPki) -> None:
    words = ["register", "--home", str(home), "--unit", str(unit_json), "--trust", str(demo_pki.intermediate_pem)]
    assert refused(*words) == "no_root"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["revoke", "--device", "nobody"], "unknown_device"),
        (["invite", "--unit", "7654321"], "unknown_unit"),
        (["export", "--package", "ab" * 32, "--out", "x"], "unknown_package"),
        (["register", "--unit", "/nowhere", "--trust", "/nowhere"], "not_readable"),
    ],
)
def test_what_is_not_there_is_named(home: Path, words: list[str], code: str) -> None:
    assert refused(words[0], "--home", str(home), *words[1:]) == code


@pytest.mark.parametrize("words", [["serve"], ["report"], ["revoke", "--device", "x"]])
def test_a_folder_that_is_no_home_is_refused(tmp_path: Path, words: list[str]) -> None:
    assert refused(words[0], "--home", str(tmp_path), *words[1:]) == "no_home"


@pytest.mark.parametrize("name", ["gateway.db", "tls.pem", "statement.key"])
def test_a_damaged_home_is_told_in_words(home: Path, name: str) -> None:
    for beside in home.glob(f"{name}*"):
        beside.write_bytes(b"not what it was" * 500)
    assert refused("init", "--home", str(home)) == "damaged"


def test_a_folder_that_cannot_be_made_is_told_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert refused("init", "--home", str(tmp_path / "file" / "gw")) == "not_writable"


def test_an_empty_gateway_reports_nothing(home: Path) -> None:
    answer = command("report", "--home", str(home), "--json")
    assert (answer["packages"], answer["commits"], answer["devices"]) == ([], 0, [])

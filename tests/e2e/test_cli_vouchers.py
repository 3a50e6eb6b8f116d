"""Proofs that voucher files go in and out on the command line: folders, one bad file among good ones, Ctrl-C."""

from __future__ import annotations

import json
import signal
import time
from pathlib import Path

import pytest

from tests.e2e.command import finish, start, vungxa
from tests.fixtures.softkeys import SoftPerson
from tests.unit.desk.kit import PASSWORD, Clock, Office
from tests.unit.exchange.dvc_cases import CASES, style_b
from tests.unit.exchange.papers import payees, withdrawal
from tests.unit.exchange.vouchers import saved, zipped

SECRET = PASSWORD + "\n"


def written(folder: Path, name: str, number: str = "S01") -> Path:
    case = CASES[name]
    content = style_b(name, {**case.header, "soChungTu": number}, case.lines)
    return saved(folder, zipped((f"{name}{number}.xml", content)), f"{name}{number}.zip")


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    for name in CASES:
        written(folder, name, f"{name}-1")
    return folder


@pytest.fixture
def home(tmp_path: Path, soft_people: list[SoftPerson]) -> Path:
    Office.make(tmp_path / "unit", [soft.person for soft in soft_people], Clock(), soft_people).store.close()
    return tmp_path / "unit"


def test_a_folder_is_inspected_file_by_file(inbox: Path) -> None:
    saved(inbox, b"<java/>", "bad.xml")
    ran = vungxa("inspect", inbox)
    assert (ran.code, ran.answer["count"], ran.answer["bad"], ran.answer["cancelled"]) == (1, 14, 1, False)
    bad = [item["error"]["code"] for item in ran.answer["files"] if not item["ok"]]
    assert bad == ["bad_structure"]
    forms = {item.get("form") for item in ran.answer["files"]}
    assert {"C2-02a/NS", "I04A", "C4-02c/KB"} <= forms
    assert not any("document" in item for item in ran.answer["files"])


def test_several_files_are_checked_in_the_order_they_are_named(inbox: Path) -> None:
    saved(inbox, json.dumps(withdrawal().model_dump()).encode(), "a.json")
    ran = vungxa("check", inbox / "C402AC402A-1.zip", inbox / "a.json")
    first, second = ran.answer["files"]
    assert (first["form"], second["form"]) == ("C4-02a/KB", "C2-02a/NS")
    assert "choices.payment_mode" in first["missing"]
    assert first["problems_count"] == len(first["problems"]) > 0


def test_a_voucher_file_is_checked_as_the_draft_it_would_become(inbox: Path) -> None:
    ran = vungxa("check", inbox / "C202aC202a-1.zip")
    assert (ran.code, ran.answer["ok"], ran.answer["form"]) == (1, False, "C2-02a/NS")
    assert "fields.address" in ran.answer["missing"]


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    assert vungxa("inspect", tmp_path / "a", tmp_path / "b").error == (2, "not_found")


def test_a_folder_is_imported_once(home: Path, inbox: Path) -> None:
    first = vungxa("import", inbox, "--home", home, "--password-stdin", stdin=SECRET)
    assert (first.code, first.answer["done"], first.answer["bad"]) == (0, len(CASES), 0)
    again = vungxa("import", inbox, "--home", home, "--password-stdin", stdin=SECRET)
    assert {item["outcome"] for item in again.answer["files"]} == {"duplicate"}
    status = vungxa("status", "--home", home, "--password-stdin", stdin=SECRET)
    assert len(status.answer["dossiers"]) == len(CASES)


def test_ctrl_c_leaves_whole_results(home: Path, inbox: Path) -> None:
    for number in range(400):
        written(inbox, "C202a", f"N{number}")
    running = start("import", inbox, "--home", home, "--password-stdin")
    assert running.stdin is not None
    running.stdin.write(SECRET.encode())
    running.stdin.flush()
    _until_drafts(home)
    running.send_signal(signal.SIGINT)
    ran = finish(running)
    assert (ran.code, ran.answer["cancelled"], ran.answer["done"] < ran.answer["count"]) == (2, True, True)
    status = vungxa("status", "--home", home, "--password-stdin", stdin=SECRET)
    assert len(status.answer["dossiers"]) == ran.answer["done"]


def _until_drafts(home: Path) -> None:
    """Wait until the store's file grows beside its start: the first drafts are in."""
    end = time.monotonic() + 30
    while not any(path.stat().st_size > 100_000 for path in home.rglob("*-wal")):
        assert time.monotonic() < end
        time.sleep(0.02)


def test_a_draft_is_written_and_read_again(home: Path, inbox: Path, tmp_path: Path) -> None:
    vungxa("import", inbox / "C202bC202b-1.zip", "--home", home, "--password-stdin", stdin=SECRET)
    out = tmp_path / "out.zip"
    ran = vungxa("export-dvc", "0001", "-o", out, "--home", home, "--password-stdin", stdin=SECRET)
    assert (ran.code, ran.answer["kind"]) == (0, "C202b")
    assert any("Địa chỉ" in name for name in ran.answer["lost"])
    again = vungxa("inspect", out).answer
    assert (again["form"], again["number"], again["total"]) == ("C2-02b/NS", "C202b-1", 11_000_000)


def test_a_document_file_is_written(tmp_path: Path) -> None:
    path = saved(tmp_path, json.dumps(withdrawal().model_dump()).encode(), "a.json")
    assert vungxa("export-dvc", path, "-o", tmp_path / "o.xml").answer["kind"] == "C202a"
    assert (tmp_path / "o.xml").read_bytes().startswith(b"\xef\xbb\xbf<?xml")


@pytest.mark.parametrize(
    ("documents", "words", "code"),
    [
        ([withdrawal(), withdrawal()], (), "several_documents"),
        ([withdrawal()], ("--document", "2"), "bad_arguments"),
        ([withdrawal()], ("--kind", "C409"), "not_exportable"),
        ([payees()], (), "not_exportable"),
        ([], (), "empty"),
    ],
)
def test_what_cannot_be_written(tmp_path: Path, documents: list[object], words: tuple[str, ...], code: str) -> None:
    content = {"documents": [document.model_dump() for document in documents]}  # type: ignore[attr-defined]
    path = saved(tmp_path, json.dumps(content).encode(), "a.json")
    assert vungxa("export-dvc", path, "-o", tmp_path / "o.zip", *words).error == (2, code)
    assert not (tmp_path / "o.zip").exists()


def test_one_of_several_documents_is_written(tmp_path: Path) -> None:
    content = {"documents": [payees().model_dump(), withdrawal().model_dump(), withdrawal().model_dump()]}
    path = saved(tmp_path, json.dumps(content).encode(), "a.json")
    assert vungxa("export-dvc", path, "-o", tmp_path / "o.zip", "--document", "2").answer["kind"] == "C202a"


def test_a_draft_that_is_not_there(home: Path, tmp_path: Path) -> None:
    ran = vungxa("export-dvc", "9999", "-o", tmp_path / "o.zip", "--home", home, "--password-stdin", stdin=SECRET)
    assert ran.error == (2, "not_found")

"""The demo as a user runs it, once, over the good link: what it says, what it leaves, and that both can be checked."""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from desktop.demo.processes import wait_until
from desktop.exchange.pages import page_count
from tests.e2e.command import Ran, finish, start, vungxa

pytestmark = [pytest.mark.slow, pytest.mark.timeout(400)]
SCREENS = [
    "balances",
    "delivery",
    "dossiers",
    "drafts",
    "editor",
    "queue",
    "queue-offline",
    "signing",
    "to-sign",
    "unlock",
]
ASKED_FOR = {
    "dossiers", "delivered", "duplicates", "lost", "altered", "receipts_verified", "returned", "supplement_requests",
    "kills", "link_deaths", "bytes_sent", "bytes_minimum", "seconds_sending", "seconds_limit",
}  # fmt: skip


@dataclass(frozen=True)
class Told:
    """The demo after its end."""

    ran: Ran
    out: Path

    @property
    def summary(self) -> dict[str, Any]:
        return dict(json.loads((self.out / "summary.json").read_text("utf-8")))

    def files(self, folder: str) -> list[Path]:
        return sorted(path for path in (self.out / folder).iterdir() if path.is_file())


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    folder = tmp_path_factory.mktemp("demo")
    return Told(finish(start("demo", "--link", "good", "--out", folder / "out"), seconds=360), folder / "out")


def test_it_ends_well_and_prints_what_it_wrote(told: Told) -> None:
    assert (told.ran.code, told.ran.err) == (0, "")
    assert told.ran.answer == {"ok": True, **told.summary}


def test_every_dossier_arrived_exactly_once(told: Told) -> None:
    summary = told.summary
    counts = ("dossiers", "delivered", "receipts_verified", "packages_verified")
    assert {summary[name] for name in counts} == {12}
    assert [summary[name] for name in ("duplicates", "lost", "altered")] == [0, 0, 0]
    assert summary["broken_promises"] == []


def test_what_the_treasury_decided_and_what_the_morning_was_like(told: Told) -> None:
    summary = told.summary
    assert (summary["paid"], summary["returned"], summary["supplement_requests"]) == (10, 1, 1)
    assert (summary["kills"], summary["answers_lost"], summary["signatures"]) == (2, 1, 25)
    assert summary["payees_acknowledged"] > 0
    assert summary["link_deaths"] >= 1


def test_numbers_are_plain_and_believable(told: Told) -> None:
    summary = told.summary
    assert all(type(summary[name]) in (int, float) for name in ASKED_FOR)
    assert 600 * 1024 < summary["bytes_minimum"] <= summary["bytes_sent"] < 2 * summary["bytes_minimum"]
    assert 0 < summary["seconds_limit"] <= summary["seconds_sending"] <= summary["seconds_until_decisions"]


def test_packages_verify_with_the_trust_beside_them(told: Told) -> None:
    trust = [word for path in sorted((told.out / "trust").glob("*.pem")) for word in ("--trust", path)]
    assert len(trust) == 4
    found = {vungxa("verify", path, *trust).answer["package_id"] for path in told.files("packages")[:3]}
    assert len(found) == 3
    assert len(told.files("packages")) == 12


def test_a_package_changed_by_one_byte_does_not_verify(told: Told, tmp_path: Path) -> None:
    trust = [word for path in sorted((told.out / "trust").glob("*.pem")) for word in ("--trust", path)]
    content = bytearray(told.files("packages")[0].read_bytes())
    content[content.index(b"C2-02a")] ^= 1
    (tmp_path / "a.asice").write_bytes(content)
    assert vungxa("verify", tmp_path / "a.asice", *trust).code in (1, 2)


def test_receipts_name_the_packages(told: Told) -> None:
    read = [vungxa("inspect", path).answer for path in told.files("receipts")[:3]]
    assert {answer["kind"] for answer in read} == {"receipt"}
    starts = {path.stem.partition("-")[2] for path in told.files("packages")}
    assert {answer["receipt"]["package_id"][:12] for answer in read} <= starts
    assert len(told.files("receipts")) == 12


def test_every_dossier_is_on_paper(told: Told) -> None:
    pages = [page_count(path.read_bytes()) for path in told.files("pdf")]
    assert sorted(told.summary["pdfs"]) == [path.name for path in told.files("pdf")]
    assert (len(pages), min(pages)) == (12, 1)


@pytest.mark.skipif(find_spec("PySide6") is None, reason="without PySide6 the demo opens no window")
def test_every_window_was_photographed(told: Told) -> None:
    assert told.summary["screenshots"] == sorted(f"{name}.png" for name in SCREENS)
    for path in told.files("screens"):
        content = path.read_bytes()
        width, height = (int.from_bytes(content[at : at + 4], "big") for at in (16, 20))
        assert (content[:8], width >= 1100, height >= 600) == (b"\x89PNG\r\n\x1a\n", True, True), path.name
        assert len(content) > 8_000, f"{path.name} shows nothing"


def test_no_process_is_left(told: Told) -> None:
    assert running(told.out) == ""


def running(path: Path) -> str:
    """Command lines of all processes that name a path."""
    lines = [command_line(entry) for entry in Path("/proc").iterdir() if entry.name.isdecimal()]
    return "\n".join(line for line in lines if str(path) in line)


def command_line(process: Path) -> str:
    """What a process was started as; "" when it has just ended."""
    try:
        return (process / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return ""


def test_a_demo_told_to_end_takes_its_processes_with_it(tmp_path: Path) -> None:
    process = start("demo", "--link", "good", "--out", tmp_path / "out")
    wait_until(lambda: "linksim" in running(tmp_path), 60, "the link never started")
    process.terminate()
    assert finish(process).error == (2, "cancelled")
    wait_until(lambda: not running(tmp_path), 20, "something is left")


def test_a_link_nobody_knows_is_refused(tmp_path: Path) -> None:
    assert vungxa("demo", "--link", "5g", "--out", tmp_path / "out").error == (2, "bad_arguments")
    assert not (tmp_path / "out").exists()

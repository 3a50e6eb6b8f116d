"""`vungxa backup` and `restore` as docs/cli.md has them."""

from __future__ import annotations

from pathlib import Path

from tests.contract.store_kit import PASSWORD, UNIT, make, seal
from tests.e2e.command import vungxa

LINE = PASSWORD + "\n"


def test_a_unit_goes_to_a_stick_and_comes_back(tmp_path: Path) -> None:
    unit, usb, new = tmp_path / "unit", tmp_path / "usb", tmp_path / "new"
    usb.mkdir()
    with make(unit) as store:
        seal(store)
    home = ("--home", unit, "--password-stdin")
    assert vungxa("backup", *home, stdin=LINE).error == (2, "backup_no_place")
    made = vungxa("backup", *home, "--place", usb, stdin=LINE).answer["backup"]
    assert (made["unit_code"], made["dossiers"], made["problem"]) == (UNIT.code, 1, "")
    again = vungxa("backup", *home, stdin=LINE).answer["backup"]
    listed = vungxa("backup", "--list", "--to", usb).answer["backups"]
    assert again["path"] in [item["path"] for item in listed]
    found = vungxa("backup", "--verify", again["path"], "--password-stdin", stdin=LINE)
    assert (found.code, found.answer["missing"]) == (0, [])
    words = ("restore", "--from", again["path"], "--home", new, "--password-stdin")
    restored = vungxa(*words, stdin=LINE).answer
    assert (restored["unit_name"], restored["asked"], restored["missing"]) == (UNIT.name, 1, [])
    assert vungxa(*words, stdin=LINE).error == (2, "restore_folder_used")
    assert vungxa("backup", "--list", "--to", tmp_path / "none").error == (2, "backup_place_gone")

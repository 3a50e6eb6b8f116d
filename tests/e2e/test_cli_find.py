"""`vungxa find` and `vungxa shrink` as docs/cli.md has them."""

from __future__ import annotations

from pathlib import Path

from tests.contract.store_kit import PASSWORD, dossier, make, seal
from tests.e2e.command import vungxa
from tests.fixtures.scans import scan

LINE = PASSWORD + "\n"


def test_what_a_unit_keeps_is_found_and_its_scans_get_smaller(tmp_path: Path) -> None:
    home = ("--home", tmp_path / "unit", "--password-stdin")
    with make(tmp_path / "unit") as store:
        seal(store)
        file = store.attachments.add(scan(), "Hóa đơn.jpg")
        store.drafts.save(dossier("d2").model_copy(update={"number": "0450", "attachments": (file,)}), "hanh")
    hits = vungxa("find", "hoa don", *home, stdin=LINE).answer["hits"]
    assert [(hit["kind"], hit["title"], hit["score"]) for hit in hits[:1]] == [("attachment", "Hóa đơn.jpg", 2)]
    assert vungxa("find", '"không có"', *home, stdin=LINE).code == 1
    assert vungxa("find", "x", "--limit", "0", *home, stdin=LINE).error == (2, "bad_arguments")
    (made,) = vungxa("shrink", "0450", *home, stdin=LINE).answer["files"]
    assert made["after"] < made["before"] / 2
    (again,) = vungxa("shrink", "0450", *home, stdin=LINE).answer["files"]
    assert again["code"] == "scan_small_already"
    (back,) = vungxa("shrink", "0450", "--put-back", *home, stdin=LINE).answer["files"]
    assert (back["after"], back["sha256"]) == (file.size, file.sha256)
    assert vungxa("shrink", "d1", *home, stdin=LINE).code == 1

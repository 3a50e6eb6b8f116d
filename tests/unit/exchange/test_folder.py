"""Proofs that folders are walked in a steady order, bounded, and never out of themselves."""

from pathlib import Path

import pytest

from desktop.exchange.errors import ExchangeError
from desktop.exchange.folder import MAX_FILES, files_of


def touch(*paths: Path) -> None:
    for path in paths:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()


def test_files_and_folders_in_order_and_once(tmp_path: Path) -> None:
    touch(tmp_path / "b" / "2.zip", tmp_path / "a" / "9.xml", tmp_path / "1.zip")
    found = files_of([tmp_path, tmp_path / "1.zip"])
    assert [str(path.relative_to(tmp_path)) for path in found] == ["1.zip", "a/9.xml", "b/2.zip"]


def test_what_the_system_leaves_and_hides_is_left_out(tmp_path: Path) -> None:
    touch(tmp_path / "Thumbs.db", tmp_path / "~$a.xlsx", tmp_path / ".git" / "a.xml", tmp_path / ".b", tmp_path / "c")
    assert files_of([tmp_path]) == [tmp_path / "c"]


def test_links_are_not_followed(tmp_path: Path) -> None:
    touch(tmp_path / "outside" / "secret.xml", tmp_path / "in" / "a.xml")
    (tmp_path / "in" / "folder").symlink_to(tmp_path / "outside")
    (tmp_path / "in" / "file.xml").symlink_to(tmp_path / "outside" / "secret.xml")
    assert files_of([tmp_path / "in"]) == [tmp_path / "in" / "a.xml"]


def test_too_many_files(tmp_path: Path) -> None:
    touch(*(tmp_path / f"{number}.xml" for number in range(MAX_FILES + 1)))
    with pytest.raises(ExchangeError) as caught:
        files_of([tmp_path])
    assert caught.value.code == "too_many_files"


def test_a_path_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ExchangeError, match="Không thấy none") as caught:
        files_of([tmp_path, tmp_path / "none"])
    assert caught.value.code == "not_found"


def test_a_folder_without_files(tmp_path: Path) -> None:
    with pytest.raises(ExchangeError, match="Thư mục không có tệp nào"):
        files_of([tmp_path])

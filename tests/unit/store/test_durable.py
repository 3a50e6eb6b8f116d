"""Durable files: the old one or the new one, and no litter when the disk refuses."""

import os
import stat
from pathlib import Path

import pytest

from desktop.store.durable import TEMPORARY, publish, write_file, write_temporary


def test_replaces_the_whole_file(tmp_path: Path) -> None:
    for content in (b"old and long", b"new"):
        write_file(tmp_path / "f", content)
        assert (tmp_path / "f").read_bytes() == content
    assert [path.name for path in tmp_path.iterdir()] == ["f"]


def test_old_file_stays_until_the_new_one_is_published(tmp_path: Path) -> None:
    write_file(tmp_path / "f", b"old")
    temporary = write_temporary(tmp_path / "f", b"new")
    assert temporary.name.endswith(TEMPORARY)
    assert (tmp_path / "f").read_bytes() == b"old"
    publish(temporary, tmp_path / "f")
    assert (tmp_path / "f").read_bytes() == b"new"


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights another way")
def test_only_the_owner_may_read(tmp_path: Path) -> None:
    write_file(tmp_path / "f", b"secret")
    assert stat.S_IMODE((tmp_path / "f").stat().st_mode) == 0o600


def test_missing_folder_is_an_error_not_a_new_folder(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        write_file(tmp_path / "none" / "f", b"x")
    assert list(tmp_path.iterdir()) == []

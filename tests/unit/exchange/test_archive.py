"""Proofs that members of foreign archives are judged by their names, sizes and flags before a byte is unpacked."""

import zipfile
from pathlib import Path

import pytest

from desktop.exchange.archive import check_member, open_zip
from desktop.exchange.errors import ExchangeError
from tests.unit.exchange.vouchers import saved, zipped


def member(name: str = "a.xml", size: int = 100, packed: int = 50, flags: int = 0) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.file_size, info.compress_size, info.flag_bits = size, packed, flags
    return info


@pytest.mark.parametrize("name", ["a.xml", "C202a/2026-06/a.xml", "tệp đầu.xml", "a..b.xml", ".a"])
def test_a_name_inside_the_folder(name: str) -> None:
    check_member(member(name), max_size=100, error=ExchangeError)


@pytest.mark.parametrize("name", ["../a", "a/../../b", "/etc/passwd", "C:/a", "a\\..\\b", "..", "\\\\host\\a"])
def test_a_name_that_leads_outside(name: str) -> None:
    with pytest.raises(ExchangeError) as caught:
        check_member(member(name), max_size=100, error=ExchangeError)
    assert caught.value.code == "zip_slip"


@pytest.mark.parametrize(
    ("info", "code"),
    [
        (member(size=101), "zip_bomb"),
        (member(flags=1), "encrypted"),
        (member(flags=0x41), "encrypted"),
    ],
)
def test_a_member_that_cannot_be_unpacked_safely(info: zipfile.ZipInfo, code: str) -> None:
    with pytest.raises(ExchangeError) as caught:
        check_member(info, max_size=100, error=ExchangeError)
    assert caught.value.code == code


@pytest.mark.parametrize(("size", "refused"), [(200_000, False), (200_001, True)])
def test_the_ratio_has_a_limit(size: int, refused: bool) -> None:
    info = member(size=size, packed=1_000)
    if not refused:
        check_member(info, max_size=10**6, error=ExchangeError)
        return
    with pytest.raises(ExchangeError, match="bung ra quá lớn"):
        check_member(info, max_size=10**6, error=ExchangeError)


def test_a_comment_at_the_end_is_no_harm(tmp_path: Path) -> None:
    content = zipped(("a", b"x"))
    commented = content[:-2] + (5).to_bytes(2, "little") + b"hello"
    with open_zip(saved(tmp_path, commented), max_file=10_000, error=ExchangeError) as archive:
        assert archive.read("a") == b"x"


def test_a_file_larger_than_allowed_is_not_opened(tmp_path: Path) -> None:
    path = saved(tmp_path, zipped(("a", b"x" * 200)))
    with pytest.raises(ExchangeError) as caught, open_zip(path, max_file=10, error=ExchangeError):
        raise AssertionError("opened")
    assert caught.value.code == "too_large"

"""Times and numbers as people here read them."""

from datetime import UTC, datetime

import pytest

from desktop.ui import wording
from desktop.ui.texts import tr, use_english

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("instant", "words"),
    [
        ("", ""),
        ("2026-11-24T07:05:00Z", "14:05"),
        ("2026-11-23T17:30:00Z", "00:30"),
        ("2026-11-23T16:30:00Z", "23/11"),
        ("2025-12-31T16:00:00Z", "31/12/25"),
    ],
)
def test_when(instant: str, words: str) -> None:
    assert wording.short_when(instant, NOW) == words


@pytest.mark.parametrize(
    ("count", "words"), [(0, "0 byte"), (1023, "1023 byte"), (655_360, "640 KB"), (3_565_158, "3,4 MB")]
)
def test_size(count: int, words: str) -> None:
    assert wording.size(count) == words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (5, "dưới 1 phút"),
        (180, "khoảng 3 phút"),
        (3600, "khoảng 1 giờ"),
        (7260, "khoảng 2 giờ"),
        (9000, "khoảng 2 giờ 30 phút"),
    ],
)
def test_waiting_time_is_never_more_precise_than_the_link(seconds: int, words: str) -> None:
    assert wording.about(seconds) == words


def test_small_forms() -> None:
    assert wording.rate(8806) == "8,6 KB/s"
    assert wording.dong(-23_300_000) == "−23.300.000 đ"
    assert wording.initials("Lò Thị Hạnh") == "LH"
    assert wording.short_digest("f55f16f0" + "0" * 52 + "d114") == "f55f 16f0 … d114"
    assert wording.stamp("2026-11-24T07:05:00Z") == "24/11 14:05"
    assert wording.day("2028-03-13T18:00:00Z") == "14/03/2028"


def test_english_is_the_second_language() -> None:
    use_english(True)
    try:
        assert tr("Hồ sơ") == "Dossiers"
        assert tr("chưa dịch") == "chưa dịch"
    finally:
        use_english(False)
    assert tr("Hồ sơ") == "Hồ sơ"

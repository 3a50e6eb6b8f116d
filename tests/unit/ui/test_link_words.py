"""The link as the sync thread tells it, in one phrase for the line at the bottom and whole beside the chart."""

import pytest

from desktop.dossier.views import LinkView
from desktop.sync.status import LinkStatus
from desktop.ui.statusbar import LINK_SIGNS, PHRASES, link_sentence, link_words

SINCE = "2026-11-24T02:42:00Z"
LONGEST = 50


@pytest.mark.parametrize(
    ("link", "words"),
    [
        (LinkView("offline", LinkStatus().text, SINCE), "Ngoại tuyến từ 09:42"),
        (LinkView("offline", LinkStatus().text), "Không có mạng"),
        (LinkView("offline", "Máy này chưa đăng ký với Kho bạc."), "Máy này chưa đăng ký với Kho bạc"),
        (LinkView("captive", "Mạng cần đăng nhập, hoặc máy trả lời không phải Kho bạc.", SINCE), "Mạng chưa cho qua"),
        (LinkView("weak", "Mạng yếu. Máy vẫn gửi tiếp.", SINCE, 8806), "Mạng yếu 8,6 KB/s"),
        (LinkView("good", "Đã nối với Kho bạc.", SINCE, 99_000), "Mạng tốt"),
        (LinkView("sending", "Đang gửi.", SINCE, 8806), "Đang gửi 8,6 KB/s"),
        (LinkView("paused", "Mạng yếu.", SINCE), "Đã tạm dừng gửi"),
        (LinkView("mới", "Đang thử. Chờ.", SINCE), "Đang thử"),
    ],
)
def test_one_phrase_that_fits_the_line(link: LinkView, words: str) -> None:
    assert link_words(link) == words
    assert len(words) <= LONGEST


@pytest.mark.parametrize(
    ("link", "sentence"),
    [
        (LinkView("offline", LinkStatus().text, SINCE), f"Ngoại tuyến từ 09:42. {LinkStatus().text}"),
        (LinkView("offline", LinkStatus().text), LinkStatus().text),
        (LinkView("sending", "Đang gửi.", SINCE, 8806), "Đang gửi 8,6 KB/s"),
        (LinkView("good", "", SINCE), "Mạng tốt"),
    ],
)
def test_beside_the_chart_all_of_it_is_said_once(link: LinkView, sentence: str) -> None:
    assert link_sentence(link) == sentence


def test_every_state_has_its_phrase_and_its_sign() -> None:
    assert set(PHRASES) == set(LINK_SIGNS)

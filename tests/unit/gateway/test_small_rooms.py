"""Pace, clock, sockets, voucher keys: small promises, by table."""

import socket
from datetime import UTC, datetime

import pytest

from desktop.demo.unit import UNIT
from desktop.dossier.dates import instant
from gateway.clock import local_date, parse_stamp
from gateway.crash import place_of
from gateway.database import Database
from gateway.errors import GatewayError
from gateway.pace import Pace
from gateway.server import listen
from gateway.treasury import official_code


def test_a_sender_has_a_burst_and_then_a_pace() -> None:
    seconds = [0.0]
    pace = Pace(burst=3, per_second=2, clock=lambda: seconds[0])
    for _ in range(3):
        pace.take("a")
    with pytest.raises(GatewayError) as error:
        pace.take("a")
    assert (error.value.status, error.value.retry_after) == (429, 1)
    pace.take("b")
    seconds[0] = 0.5
    pace.take("a")


def test_an_instant_has_one_shape() -> None:
    text = "2026-11-23T17:00:00Z"
    assert instant(parse_stamp(text)) == text
    assert local_date(parse_stamp(text)) == "2026-11-24"


@pytest.mark.parametrize("text", ["2026-11-23T17:00:00", "yesterday", ""])
def test_an_instant_without_zone_is_none(text: str) -> None:
    with pytest.raises(ValueError, match=r"zone|isoformat"):
        parse_stamp(text)


def test_accepted_sockets_send_small_answers_at_once() -> None:
    with listen("127.0.0.1", 0) as listener:
        with socket.create_connection(listener.getsockname()), listener.accept()[0] as accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
            assert accepted.proto == socket.IPPROTO_TCP
        with pytest.raises(GatewayError, match="--port"):
            listen(*listener.getsockname())


def test_official_codes_count_through_a_day(tmp_path: object) -> None:
    days = [datetime(2026, 11, 23, 16, 59, tzinfo=UTC), datetime(2026, 11, 23, 17, 0, tzinfo=UTC)]
    with Database(f"{tmp_path}/x.db") as database:  # type: ignore[arg-type]
        codes = [database.call(lambda c, day=day: official_code(c, UNIT, day)) for day in (days[0], *days)]  # type: ignore[misc]
    assert codes == ["G99.23.061-261123-0001", "G99.23.061-261123-0002", "G99.23.061-261124-0001"]


def test_a_failure_is_placed_without_its_words() -> None:
    try:
        parse_stamp("Nguyễn Văn Bí Mật")
    except ValueError as error:
        place = place_of(error)
    assert place.startswith("ValueError at clock.py:")

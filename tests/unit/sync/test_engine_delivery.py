"""What the engine delivers when all goes well, or nearly: batches, parts, restarts, pauses, the user's order."""

from __future__ import annotations

import random

import pytest

from desktop.sync.protocol import OutcomeKind
from tests.toyserver import tricks
from tests.toyserver.server import Handler
from tests.unit.sync.conftest import Unit

SCAN = random.Random(1).randbytes(200_000)


def test_small_packages_go_in_one_batch(unit: Unit) -> None:
    ids = [unit.seal(f"hồ sơ {n}") for n in range(12)]
    result = unit.run()
    assert (result.delivered, result.fault) == (12, None)
    assert unit.toy.count("POST /v1/packages") == 1
    assert all(unit.outbox.state(package_id) == "delivered" for package_id in ids)


def test_a_batch_holds_at_most_25(unit: Unit) -> None:
    for n in range(60):
        unit.seal(f"hồ sơ {n}")
    assert unit.run().delivered == 60
    assert unit.toy.count("POST /v1/packages") == 3


def test_batches_stay_near_their_aim(unit: Unit) -> None:
    for n in range(12):
        unit.seal(random.Random(n).randbytes(9_000).hex())
    assert unit.run().delivered == 12
    assert unit.toy.count("POST /v1/packages") >= 4


def test_a_scan_travels_in_chunks_after_the_core(unit: Unit) -> None:
    package_id = unit.seal("có bản quét", [SCAN])
    assert unit.run().delivered == 1
    assert unit.toy.count("PATCH") == 4
    assert unit.outbox.state(package_id) == "delivered"
    assert [bytes(part) for part in unit.toy.treasury.parts.values()] == [SCAN]


def test_a_shared_scan_is_sent_once(unit: Unit) -> None:
    unit.seal("một", [SCAN])
    unit.seal("hai", [SCAN])
    unit.settle()
    assert sum(unit.toy.treasury.effects.values()) == 2
    assert unit.toy.count("PATCH") == 4


def test_urgent_first_then_small(unit: Unit) -> None:
    small, urgent = unit.seal("nhỏ"), unit.seal("khẩn " + "x" * 500, priority=0)
    unit.run()
    assert list(unit.toy.treasury.cores) == [urgent, small]


def test_a_torn_chunk_goes_on_from_the_last_byte(unit: Unit) -> None:
    unit.seal("có bản quét", [SCAN])
    unit.toy.trick("PATCH", tricks.die_after(50_000))
    assert unit.run().fault == "link_died"
    unit.clock.pass_time(40)
    result = unit.run()
    assert (result.delivered, result.fault) == (1, None)
    assert [bytes(part) for part in unit.toy.treasury.parts.values()] == [SCAN]
    assert unit.toy.count("PATCH") == 1 + 3
    assert "Mạng rớt 40 giây. Máy tự nối lại và gửi tiếp từ mảnh 1, không gửi lại từ đầu." in texts(unit)


def test_after_a_restart_a_scan_goes_on(unit: Unit) -> None:
    unit.seal("có bản quét", [SCAN])
    unit.toy.trick("PATCH", lambda _handler: False)
    unit.toy.trick("PATCH", tricks.die_after(10))
    unit.run()
    unit.restart()
    assert unit.run().delivered == 1
    assert "Máy đã mở lại và gửi tiếp từ mảnh 2, không gửi lại từ đầu." in texts(unit)


def test_an_answer_lost_after_the_commit_is_asked_for_not_sent_again(unit: Unit) -> None:
    package_id = unit.seal("một lần")
    unit.toy.trick("POST /v1/packages", tricks.commit_then_drop)
    assert unit.run().fault == "link_died"
    assert unit.outbox.state(package_id) == "doubtful"
    assert unit.run().delivered == 1
    assert unit.toy.count("POST /v1/packages") == 1
    assert unit.toy.treasury.effects[package_id] == 1


def test_found_sending_after_a_crash_is_asked_about_first(unit: Unit) -> None:
    package_id = unit.seal("bị ngắt")
    unit.outbox.mark_sending([package_id], unit.at())
    unit.restart()
    assert unit.run().delivered == 1
    asked, sent = (unit.toy.requests.index(f"POST /v1/{path}") for path in ("outcomes", "packages"))
    assert asked < sent


def test_what_the_gateway_does_not_know_is_sent_again(unit: Unit) -> None:
    package_id = unit.seal("chưa tới")
    unit.toy.trick("POST /v1/packages", tricks.drop)
    unit.run()
    assert unit.run().delivered == 1
    assert unit.toy.treasury.effects[package_id] == 1


def test_nothing_is_sent_while_all_is_paused_but_the_feed_is_read(unit: Unit) -> None:
    unit.seal("chờ")
    unit.outbox.all_held = True
    assert unit.run().fault is None
    assert (unit.toy.count("POST /v1/packages"), unit.toy.count("GET /v1/feed")) == (0, 1)


def test_a_paused_package_stays(unit: Unit) -> None:
    held, free = unit.seal("giữ"), unit.seal("đi")
    unit.outbox.held.add(held)
    unit.run()
    assert (unit.outbox.state(held), unit.outbox.state(free)) == ("queued", "delivered")


def test_a_new_package_passes_a_scan_under_way(unit: Unit) -> None:
    unit.seal("có bản quét", [SCAN])

    def seal_meanwhile(_: object) -> bool:
        unit.seal("chen ngang", priority=0)
        return False

    unit.toy.trick("PATCH", seal_meanwhile)
    assert unit.run().delivered == 2
    lines = unit.toy.requests
    last_post = max(i for i, line in enumerate(lines) if line == "POST /v1/packages")
    assert last_post < max(i for i, line in enumerate(lines) if line.startswith("PATCH"))


def test_cancelling_stops_at_the_next_chunk(unit: Unit) -> None:
    unit.seal("có bản quét", [SCAN])
    unit.engine.run_pass(lambda: unit.toy.count("PATCH") >= 2)
    assert unit.toy.count("PATCH") == 2


def test_working_without_missing_is_asked_later(unit: Unit) -> None:
    package_id = unit.seal("đang xử lý")
    unit.toy.treasury.slow[package_id] = 1
    assert unit.run().delivered == 0
    assert unit.outbox.state(package_id) == "parts"
    assert not unit.outbox.due(unit.at(1))
    unit.clock.pass_time(60)
    assert unit.run().delivered == 1


def test_a_refusal_is_final_and_does_not_touch_the_others(unit: Unit) -> None:
    bad, good = unit.seal("xấu"), unit.seal("tốt")
    unit.toy.treasury.refused[bad] = ("rule_failed", "Thiếu mã chương.")
    result = unit.run()
    assert (result.delivered, result.refused) == (1, 1)
    assert unit.outbox.refusals[bad] == ("rule_failed", "Thiếu mã chương.")
    assert unit.outbox.state(good) == "delivered"


@pytest.mark.parametrize("asked", [0, 30, 900])
def test_later_is_kept_as_long_as_was_asked(unit: Unit, asked: int) -> None:
    package_id = unit.seal("để sau")
    unit.toy.trick("POST /v1/packages", tricks.outcomes(OutcomeKind.LATER, retry_after=asked))
    unit.run()
    entry = unit.outbox.entries[package_id]
    assert entry.state == "queued"
    assert entry.next_at is not None
    assert entry.next_at >= unit.at(max(asked, 1))


def texts(unit: Unit) -> list[str]:
    return [text for _, text, _ in unit.outbox.lines]


def test_chunks_shrink_while_nothing_of_them_is_kept_and_grow_again(unit: Unit) -> None:
    sizes: list[int] = []

    def lose(handler: Handler) -> bool:
        sizes.append(int(handler.headers["content-length"]))
        return handler.kill()

    def keep(handler: Handler) -> bool:
        sizes.append(int(handler.headers["content-length"]))
        return False

    unit.seal("có bản quét", [SCAN])
    for _ in range(5):
        unit.toy.trick("PATCH", lose)
    unit.toy.always("PATCH", keep)
    for _ in range(6):
        unit.run()
    assert sizes[:9] == [65536, 32768, 16384, 8192, 8192, 8192, 16384, 32768, 65536]
    assert [bytes(part) for part in unit.toy.treasury.parts.values()] == [SCAN]

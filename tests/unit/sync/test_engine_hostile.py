"""Odd, hostile and absent gateways: nothing counts that is not proven, nobody is kept busy, nobody blocks the rest."""

from __future__ import annotations

import random

import pytest

from desktop.signing.device import DeviceKey
from desktop.sync.faults import Fault
from desktop.sync.framing import unpack_batch
from desktop.sync.protocol import BatchAnswer, Decision, DecisionKind, FeedPage, Outcome, OutcomeKind, OutcomesRequest
from tests.toyserver import tricks
from tests.toyserver.server import Handler, Trick
from tests.toyserver.treasury import signed
from tests.unit.sync.conftest import Unit

FAULTS: list[tuple[str, Trick, Fault]] = [
    ("html", tricks.HTML, Fault.CAPTIVE),
    ("redirect", tricks.REDIRECT, Fault.CAPTIVE),
    ("cut json", tricks.CUT_JSON, Fault.PROTOCOL),
    ("too few outcomes", tricks.EMPTY_LIST, Fault.PROTOCOL),
    ("compressed", tricks.COMPRESSED, Fault.PROTOCOL),
    ("endless", tricks.endless, Fault.PROTOCOL),
    ("trickle", tricks.trickle, Fault.LINK_DIED),
    ("silence", tricks.silence, Fault.LINK_DIED),
    ("drop", tricks.drop, Fault.LINK_DIED),
    ("busy", tricks.error(503, "busy", retry_after=60), Fault.SERVER_BUSY),
    ("too many", tricks.error(429, "too_many"), Fault.SERVER_BUSY),
    ("internal", tricks.error(500, "internal"), Fault.SERVER_BUSY),
    ("proxy error page", tricks.answer_with(502, b"bad gateway", Content_Type="text/html"), Fault.SERVER_BUSY),
    ("revoked", tricks.error(401, "device_revoked"), Fault.AUTH),
    ("bad batch", tricks.error(400, "bad_batch"), Fault.REFUSED),
    ("not ours", tricks.answer_with(404, b"not found", Content_Type="text/plain"), Fault.CAPTIVE),
    ("created", tricks.answer_with(201, b"{}", Content_Type="application/json"), Fault.PROTOCOL),
]


@pytest.mark.parametrize(("trick", "fault"), [row[1:] for row in FAULTS], ids=[row[0] for row in FAULTS])
def test_an_answer_that_is_none_leaves_the_package_doubtful(unit: Unit, trick: Trick, fault: Fault) -> None:
    package_id = unit.seal("một gói")
    unit.toy.trick("POST /v1/packages", trick)
    result = unit.run()
    assert (result.fault, result.delivered) == (fault, 0)
    assert unit.outbox.state(package_id) == "doubtful"
    assert package_id not in unit.outbox.receipts
    unit.settle()
    assert unit.toy.treasury.effects == {package_id: 1}


@pytest.mark.parametrize("trick", [tricks.receipt_of_another, tricks.receipt_of_a_stranger, tricks.receipt_as_event])
def test_a_receipt_that_proves_nothing_never_counts(unit: Unit, trick: Trick) -> None:
    package_id = unit.seal("một gói")
    unit.toy.trick("POST /v1/packages", trick)
    assert unit.run().delivered == 0
    assert unit.outbox.state(package_id) == "doubtful"
    assert any("Chưa tính là đã gửi" in text for _, text, _ in unit.outbox.lines)
    unit.settle()
    assert unit.outbox.state(package_id) == "delivered"
    assert unit.toy.treasury.effects == {package_id: 1}


ODD = [
    (OutcomeKind.ACCEPTED, {}),
    (OutcomeKind.DUPLICATE, {}),
    (OutcomeKind.UNKNOWN, {}),
    (OutcomeKind.REFUSED, {}),
    (OutcomeKind.WORKING, {"missing": ["0" * 64]}),
]


@pytest.mark.parametrize(("kind", "more"), ODD, ids=[kind.value for kind, _ in ODD])
def test_an_outcome_that_makes_no_sense_is_doubtful(unit: Unit, kind: OutcomeKind, more: dict[str, object]) -> None:
    package_id = unit.seal("một gói")
    unit.toy.trick("POST /v1/packages", tricks.outcomes(kind, **more))
    assert unit.run().fault is None
    assert unit.outbox.state(package_id) == "doubtful"
    assert not unit.outbox.due(unit.at(1)), "it must rest before it is asked about again"
    unit.settle()
    assert unit.outbox.state(package_id) == "delivered"


@pytest.mark.parametrize("kind", [OutcomeKind.ACCEPTED, OutcomeKind.WORKING, OutcomeKind.LATER, OutcomeKind.UNKNOWN])
def test_no_answer_repeated_for_ever_makes_the_client_busy(unit: Unit, kind: OutcomeKind) -> None:
    for n in range(5):
        unit.seal(f"gói {n}")
    unit.toy.always("POST /v1/packages", tricks.outcomes(kind))
    unit.toy.always("POST /v1/outcomes", answer_all(kind))
    for _ in range(60):
        unit.run()
        unit.clock.pass_time(1)
    sent = unit.toy.count("POST /v1/packages") + unit.toy.count("POST /v1/outcomes")
    assert sent <= 60, f"{sent} requests in a minute"
    assert not unit.outbox.receipts


def answer_all(kind: OutcomeKind) -> Trick:
    def play(handler: Handler) -> bool:
        ids = OutcomesRequest.model_validate_json(handler.body()).package_ids
        handler.send_model(BatchAnswer(outcomes=[Outcome(package_id=package_id, kind=kind) for package_id in ids]))
        return True

    return play


def test_parts_never_accepted_do_not_loop(unit: Unit) -> None:
    unit.seal("có bản quét", [random.Random(1).randbytes(100_000)])
    unit.toy.always("PATCH", tricks.answer_with(460, b"", Content_Type="application/json"))
    unit.run()
    assert unit.toy.count("PATCH") == 3
    assert not unit.outbox.due(unit.at(250))


@pytest.mark.parametrize("offset", ["-1", "99999999", "abc", "", "1" * 5000])
def test_a_nonsense_offset_is_not_believed(unit: Unit, offset: str) -> None:
    unit.seal("có bản quét", [b"x" * 100_000])
    unit.toy.trick("HEAD", tricks.answer_with(200, b"", Upload_Offset=offset))
    assert unit.run().fault is Fault.PROTOCOL
    unit.settle()
    assert sum(unit.toy.treasury.effects.values()) == 1


def test_one_package_that_breaks_the_gateway_does_not_hold_up_the_rest(unit: Unit) -> None:
    poison = unit.seal("độc", priority=0)
    others = [unit.seal(f"lành {n}") for n in range(4)]

    def break_on_poison(handler: Handler) -> bool:
        packages = unpack_batch(handler.body())
        if any(package_id == poison for package_id, _ in packages):
            return handler.kill()
        handler.send_model(BatchAnswer(outcomes=[handler.toy.treasury.take(*package) for package in packages]))
        return True

    unit.toy.always("POST /v1/packages", break_on_poison)
    for _ in range(10):
        unit.run()
        unit.clock.pass_time(5)
    assert [unit.outbox.state(package_id) for package_id in others] == ["delivered"] * 4
    assert unit.outbox.state(poison) == "doubtful"


def test_a_damaged_attachment_here_does_not_hold_up_the_rest(unit: Unit) -> None:
    bad, good = unit.seal("hỏng", [b"a" * 50_000]), unit.seal("lành", [b"b" * 60_000])
    digest = unit.outbox.entries[bad].parts[0][0]
    unit.outbox.contents[digest] = b"cut"
    unit.run()
    assert (unit.outbox.state(bad), unit.outbox.state(good)) == ("parts", "delivered")


def test_an_oversized_package_is_refused_here(unit: Unit) -> None:
    package_id = unit.seal(random.Random(5).randbytes(400_000).hex())
    assert unit.run().refused == 1
    assert unit.outbox.refusals[package_id][0] == "too_large"
    assert unit.toy.count("POST /v1/packages") == 0


def test_the_gateways_wish_to_wait_is_told(unit: Unit) -> None:
    unit.seal("một gói")
    unit.toy.trick("POST /v1/packages", tricks.error(503, "busy", retry_after=90))
    assert unit.run().retry_after == 90


def test_another_certificate_is_somebody_else(unit: Unit) -> None:
    package_id = unit.seal("một gói")
    unit.restart(pin="0" * 64)
    result = unit.run()
    assert result.fault is Fault.CAPTIVE
    assert not unit.toy.requests
    assert unit.outbox.state(package_id) == "queued"


def test_offline_before_the_first_byte_leaves_it_queued(unit: Unit) -> None:
    package_id = unit.seal("một gói")
    unit.restart(url="https://127.0.0.1:9")
    assert unit.run().fault is Fault.OFFLINE
    assert unit.outbox.state(package_id) == "queued"


class TestFeed:
    def test_events_come_once_and_the_cursor_moves(self, unit: Unit) -> None:
        package_id = unit.seal("một gói")
        unit.run()
        for kind in (DecisionKind.IN_CONTROL, DecisionKind.PAID):
            unit.toy.treasury.decide(package_id, kind)
        assert unit.run().events == 2
        assert unit.run().events == 0
        assert (unit.outbox.cursor, len(unit.outbox.events)) == (2, 2)

    def test_pages_follow_each_other(self, unit: Unit) -> None:
        for _ in range(120):
            unit.toy.treasury.decide("a" * 64)
        assert unit.run().events == 120
        assert unit.toy.count("GET /v1/feed") == 3

    def test_a_forged_event_stops_the_feed_and_nothing_of_its_page_is_applied(self, unit: Unit) -> None:
        unit.toy.treasury.decide("a" * 64)
        unit.toy.treasury.decide("b" * 64)
        honest = unit.toy.treasury.events[1]
        unit.toy.treasury.events[1] = honest.model_copy(update={"payload": honest.payload.replace("paid", "returned")})
        assert unit.run().fault is None
        unit.run()
        assert (unit.outbox.events, unit.outbox.cursor) == ({}, 0)
        assert sum("Kết quả từ Kho bạc không kiểm tra được" in text for _, text, _ in unit.outbox.lines) == 1
        unit.toy.treasury.events[1] = honest
        assert unit.run().events == 2

    def test_a_strangers_event_is_not_applied(self, unit: Unit) -> None:
        unit.toy.treasury.decide("a" * 64)
        keep, unit.toy.treasury.key = unit.toy.treasury.key, DeviceKey.generate()
        unit.toy.treasury.events.clear()
        unit.toy.treasury.decide("a" * 64)
        unit.toy.treasury.key = keep
        unit.run()
        assert unit.outbox.cursor == 0

    @pytest.mark.parametrize("cursor", [0, 1, 7])
    def test_a_cursor_that_is_not_the_last_event_is_refused(self, unit: Unit, cursor: int) -> None:
        unit.toy.treasury.decide("a" * 64)
        unit.toy.treasury.decide("b" * 64)
        page = unit.toy.treasury.page(0, 50).model_copy(update={"cursor": cursor})
        unit.toy.trick("GET /v1/feed", give(page))
        unit.run()
        assert unit.outbox.cursor == 0

    @pytest.mark.parametrize("order", [(2, 1), (1, 1)])
    def test_events_out_of_order_are_refused(self, unit: Unit, order: tuple[int, int]) -> None:
        unit.toy.treasury.decide("a" * 64)
        unit.toy.treasury.decide("b" * 64)
        events = [unit.toy.treasury.events[seq - 1] for seq in order]
        unit.toy.trick("GET /v1/feed", give(FeedPage(events=events, cursor=order[-1], more=False)))
        unit.run()
        assert unit.outbox.cursor == 0

    def test_gaps_are_allowed(self, unit: Unit) -> None:
        event = Decision(
            seq=40, at="2026-11-23T07:00:00Z", package_id="a" * 64, decision=DecisionKind.PAID, official_code="x"
        )
        statement = signed(unit.toy.treasury.key, event, "event")
        unit.toy.trick("GET /v1/feed", give(FeedPage(events=[statement], cursor=40, more=False)))
        assert unit.run().events == 1
        assert unit.outbox.cursor == 40

    def test_more_without_events_does_not_loop(self, unit: Unit) -> None:
        unit.toy.always("GET /v1/feed", give(FeedPage(events=[], cursor=0, more=True)))
        unit.run()
        assert unit.toy.count("GET /v1/feed") == 1

    def test_a_broken_feed_does_not_hold_up_parts_for_ever(self, unit: Unit) -> None:
        package_id = unit.seal("có bản quét", [b"x" * 50_000])
        unit.toy.always("GET /v1/feed", tricks.error(500, "internal"))
        unit.run()
        unit.run()
        assert unit.outbox.state(package_id) == "delivered"


def give(page: FeedPage) -> Trick:
    def play(handler: Handler) -> bool:
        handler.send_model(page)
        return True

    return play

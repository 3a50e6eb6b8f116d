"""The HTTPS client itself: the pin, sessions, clocks, enrolment, counting, and being cut from another thread."""

from __future__ import annotations

import json
import random
import ssl
import threading
import time
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from desktop.signing.device import DeviceKey, verify_text
from desktop.sync.client import HttpWire
from desktop.sync.enrol import EnrolError, enrol
from desktop.sync.faults import Fault, WireError
from desktop.sync.protocol import EnrolmentAnswer, EnrolmentRequest
from desktop.sync.session import session_text
from desktop.sync.tls import Meter, PinnedContext
from tests.toyserver import tricks
from tests.toyserver.certificate import make_certificate
from tests.toyserver.server import Handler, ToyServer
from tests.unit.sync.conftest import QUICK, TestClock, Unit


def test_a_good_answer_under_another_certificate_is_captive(tmp_path: Path, clock: TestClock) -> None:
    ours, theirs = make_certificate(tmp_path, "ours"), make_certificate(tmp_path, "theirs")
    with ToyServer(theirs) as portal:
        wire = HttpWire(portal.url, ours.pin, "d1", DeviceKey.generate(), clock, patience=QUICK)
        with pytest.raises(WireError) as error:
            wire.open()
        wire.close()
    assert (error.value.fault, error.value.sent, portal.requests) == (Fault.CAPTIVE, False, [])


def test_plain_http_is_captive(clock: TestClock) -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as portal:
        thread = threading.Thread(target=portal.serve_forever, args=(0.02,))
        thread.start()
        url = f"https://127.0.0.1:{portal.server_address[1]}"
        wire = HttpWire(url, "0" * 64, "d1", DeviceKey.generate(), clock, patience=QUICK)
        with pytest.raises(WireError) as error:
            wire.open()
        wire.close()
        portal.shutdown()
        thread.join()
    assert error.value.fault is Fault.CAPTIVE


def test_only_tls_1_3_is_spoken() -> None:
    context = PinnedContext.make("0" * 64, Meter())
    assert context.minimum_version is ssl.TLSVersion.TLSv1_3
    with pytest.raises(NotImplementedError):
        context.wrap_bio(ssl.MemoryBIO(), ssl.MemoryBIO())


def test_the_session_is_proven_with_the_device_key_and_bound_to_the_pin(unit: Unit) -> None:
    unit.wire.open()
    (proof,) = unit.toy.proofs
    text = session_text("d1", proof.nonce, unit.toy.certificate.pin, "2026-11-23T07:00:00Z")
    verify_text(text, proof.signature, "session", unit.device.public_b64)
    assert (
        text == f'{{"device_id":"d1","nonce":"{proof.nonce}","pin":"{unit.toy.certificate.pin}","time":"{proof.time}"}}'
    )


def test_one_session_serves_many_requests(unit: Unit) -> None:
    for n in range(4):
        unit.seal(f"gói {n}")
        unit.run()
    assert unit.toy.count("POST /v1/sessions") == 1


def test_an_expired_session_is_renewed_once_and_the_request_repeated(unit: Unit) -> None:
    unit.seal("gói")
    unit.toy.trick("POST /v1/packages", tricks.error(401, "session_expired"))
    assert unit.run().delivered == 1
    assert unit.toy.count("POST /v1/sessions") == 2


def test_a_session_that_expires_at_once_again_is_given_up(unit: Unit) -> None:
    unit.seal("gói")
    unit.toy.always("POST /v1/packages", tricks.error(401, "session_expired"))
    assert unit.run().fault is Fault.AUTH
    assert unit.toy.count("POST /v1/packages") == 2


def test_head_without_a_body_renews_too(unit: Unit) -> None:
    unit.seal("gói", [b"x" * 30_000])
    unit.toy.trick("HEAD", tricks.answer_with(401, b""))
    assert unit.run().delivered == 1


def test_a_wrong_clock_is_learnt_from_the_gateway(unit: Unit) -> None:
    unit.toy.trick("POST /v1/sessions", tricks.error(401, "clock_skew", time="2026-11-23T09:00:00Z"))
    unit.wire.open()
    assert unit.toy.proofs[-1].time == "2026-11-23T09:00:00Z"
    assert unit.wire.skew_seconds == timedelta(hours=2).total_seconds()


@pytest.mark.parametrize("told", ["", "soon", "2026-11-23T09:00:00", "9" * 32])
def test_a_clock_told_badly_is_not_learnt(unit: Unit, told: str) -> None:
    unit.toy.trick("POST /v1/sessions", tricks.error(401, "clock_skew", time=told))
    with pytest.raises(WireError) as error:
        unit.wire.open()
    assert error.value.code == "clock_skew"


@pytest.mark.parametrize("token", ["", "bad token\nx", "ớ" * 9, "t" * 5000])
def test_a_token_that_could_break_a_header_is_refused(unit: Unit, token: str) -> None:
    body = json.dumps({"token": token, "expires_in": 60, "time": "x"}).encode()
    unit.toy.trick("POST /v1/sessions", tricks.answer_with(200, body, Content_Type="application/json"))
    with pytest.raises(WireError) as error:
        unit.wire.open()
    assert error.value.fault is Fault.PROTOCOL


def test_bytes_are_counted_near_the_wire(unit: Unit) -> None:
    unit.seal("gói", [random.Random(1).randbytes(100_000)])
    unit.run()
    assert 100_000 < unit.wire.meter.sent < 108_000
    assert 500 < unit.wire.meter.received < 8_000


def test_cut_from_another_thread_ends_a_silent_exchange_at_once(toy: ToyServer, clock: TestClock) -> None:
    toy.always("GET /v1/health", tricks.silence)
    meter = Meter()
    wire = HttpWire(toy.url, toy.certificate.pin, "d1", DeviceKey.generate(), clock, meter)
    timer = threading.Timer(0.2, meter.cut)
    timer.start()
    began = time.monotonic()
    with pytest.raises(WireError) as error:
        wire.open()
    timer.join()
    wire.close()
    assert error.value.fault is Fault.LINK_DIED
    assert time.monotonic() - began < 5, "the usual patience is eight seconds"


class TestEnrolment:
    @pytest.mark.parametrize(
        ("url", "pin", "code"),
        [
            ("http://a", "0" * 64, "bad_address"),
            ("https://", "0" * 64, "bad_address"),
            ("https://u@a", "0" * 64, "bad_address"),
            ("https://a", "0" * 63, "bad_pin"),
            ("https://a", "g" * 64, "bad_pin"),
        ],
    )
    def test_what_cannot_be_right_is_said_before_connecting(self, url: str, pin: str, code: str) -> None:
        with pytest.raises(EnrolError) as error:
            enrol(url, pin, "code", DeviceKey.generate())
        assert error.value.code == code

    def test_the_public_key_is_registered(self, toy: ToyServer) -> None:
        key, seen = DeviceKey.generate(), []
        answer = EnrolmentAnswer(device_id="d9", unit_code="1098765", statement_keys={"k": "AAAA"})

        def play(handler: Handler) -> bool:
            seen.append(EnrolmentRequest.model_validate_json(handler.body()))
            handler.send_model(answer, 201)
            return True

        toy.trick("POST /v1/enrolments", play)
        assert enrol(toy.url, toy.certificate.pin.upper(), "MÃ-1", key, "máy kế toán") == answer
        assert (seen[0].code, seen[0].public_key) == ("MÃ-1", key.public_b64)

    def test_a_wrong_code_is_told_by_its_code(self, toy: ToyServer) -> None:
        toy.trick("POST /v1/enrolments", tricks.error(403, "enrolment_refused"))
        with pytest.raises(WireError) as error:
            enrol(toy.url, toy.certificate.pin, "sai", DeviceKey.generate())
        assert (error.value.code, error.value.fault) == ("enrolment_refused", Fault.AUTH)

"""What proves a delivery, by table, and what is said about it."""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta

import pytest

from desktop.signing.device import DeviceKey, verify_statement
from desktop.sync import phrases
from desktop.sync.faults import Fault
from desktop.sync.protocol import (
    Decision,
    OtherEvent,
    PackNotice,
    PaperNotice,
    Receipt,
    RefundNotice,
    SignedStatement,
)
from desktop.sync.receipts import StatementRejected, core_objects, read_event, read_receipt
from tests.toyserver.treasury import package_id_of, signed, toy_core

KEY = DeviceKey.generate()
PART = hashlib.sha256(b"scan").hexdigest()
CORE = toy_core("hồ sơ")
ID = package_id_of(CORE)
OBJECTS = core_objects(CORE)


def verifier(statement: SignedStatement, context: str) -> bytes:
    return verify_statement(statement, context, {KEY.key_id: KEY.public_b64})


def receipt(**changes: object) -> Receipt:
    values = {
        "package_id": ID, "unit_code": "1098765", "received_at": "2026-11-23T07:00:00Z", "receipt_no": "KB-1",
        "objects": {**OBJECTS, "attachments/01": PART}, "signers": 2,
    }  # fmt: skip
    return Receipt.model_validate(values | changes)


def test_a_right_receipt_is_read() -> None:
    found, payload = read_receipt(signed(KEY, receipt(), "receipt"), ID, verifier, OBJECTS, [PART])
    assert found == receipt()
    assert Receipt.model_validate_json(payload) == found


WRONG = [
    (None, "receipt_missing"),
    (signed(KEY, receipt(), "event"), "not_signed"),
    (signed(DeviceKey.generate(), receipt(), "receipt"), "not_signed"),
    (signed(KEY, receipt(), "receipt").model_copy(update={"payload": "{}"}), "not_signed"),
    (signed(KEY, receipt(package_id="f" * 64), "receipt"), "other_package"),
    (signed(KEY, receipt(objects={}), "receipt"), "other_objects"),
    (signed(KEY, receipt(objects=OBJECTS), "receipt"), "other_objects"),
    (signed(KEY, receipt(objects={"dossier.json": "0" * 64, "a": PART}), "receipt"), "other_objects"),
    (
        SignedStatement(
            payload='{"kind":"event"}', key_id=KEY.key_id, signature=KEY.sign('{"kind":"event"}', "receipt")
        ),
        "malformed",
    ),
    (SignedStatement(payload="[", key_id=KEY.key_id, signature=KEY.sign("[", "receipt")), "malformed"),
]


@pytest.mark.parametrize(("statement", "code"), WRONG, ids=[f"{n}-{row[1]}" for n, row in enumerate(WRONG)])
def test_a_receipt_that_proves_nothing(statement: SignedStatement | None, code: str) -> None:
    with pytest.raises(StatementRejected) as error:
        read_receipt(statement, ID, verifier, OBJECTS, [PART])
    assert error.value.code == code


def test_a_receipt_is_no_event() -> None:
    with pytest.raises(StatementRejected) as error:
        read_event(signed(KEY, receipt(), "event"), verifier)
    assert error.value.code == "malformed"


def test_the_objects_of_a_core_leave_out_the_containers_own() -> None:
    digest = hashlib.sha256("hồ sơ".encode()).hexdigest()
    assert core_objects(CORE) == {"dossier.json": digest}
    assert core_objects(b"no zip") == {}


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (-3, "0 giây"),
        (0, "0 giây"),
        (59, "59 giây"),
        (60, "1 phút"),
        (3599, "59 phút"),
        (7200, "2 giờ"),
        (200_000, "2 ngày"),
    ],
)
def test_durations_as_people_say_them(seconds: int, words: str) -> None:
    assert phrases.duration(timedelta(seconds=seconds)) == words


FORTY, DIED = timedelta(seconds=40), "Mạng rớt 40 giây."
ON_FROM, NOT_AGAIN = "và gửi tiếp từ mảnh", "không gửi lại từ đầu"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (phrases.resumed(FORTY, 11 * 65536 + 5), f"{DIED} Máy tự nối lại {ON_FROM} 12, {NOT_AGAIN}."),
        (phrases.resumed(None, 0), "Máy đã mở lại và gửi tiếp từ mảnh 1, không gửi lại từ đầu."),
        (phrases.clock_wrong(-90), "Đồng hồ máy nhanh 1 phút so với Kho bạc. Hãy chỉnh lại giờ máy."),
    ],
)  # fmt: skip
def test_lines_of_the_diary(text: str, expected: str) -> None:
    assert text == expected


@pytest.mark.parametrize("fault", list(Fault))
def test_every_fault_has_its_line(fault: Fault) -> None:
    assert phrases.fault(fault).endswith(".")


AT = {"seq": 7, "at": "2026-11-23T07:00:00Z"}
DECIDED = {**AT, "kind": "decision", "package_id": ID, "official_code": "G99.23.061-261123-0001"}
EVENTS = [
    ({**DECIDED, "decision": "mismatch", "figures": [{"document": 0, "key": "closing", "value": 1}]}, Decision),
    ({**DECIDED, "decision": "suspended"}, OtherEvent),
    ({**AT, "kind": "weather"}, OtherEvent),
    ({**AT, "kind": "paper", "form": "M33", "pack": "347-2025", "document": {"fields": {"reason": "x"}}}, PaperNotice),
    (
        {**AT, "kind": "refund", "order_no": "5", "order_date": "2026-11-02", "amount": 9, "status": "booked"},
        RefundNotice,
    ),
    ({**AT, "kind": "refund", "status": "lost"}, OtherEvent),
    ({**AT, "kind": "pack", "version": "v", "sha256": PART, "size": 3, "valid_from": "2027-01-01"}, PackNotice),
]


@pytest.mark.parametrize(("told", "kind"), EVENTS, ids=[f"{n}-{row[1].__name__}" for n, row in enumerate(EVENTS)])
def test_events_are_read_and_those_of_a_later_version_kept(told: dict[str, object], kind: type) -> None:
    event, payload = read_event(signed_text(told), verifier)
    assert (type(event), event.seq) == (kind, 7)
    assert json.loads(payload) == told


@pytest.mark.parametrize("change", [{"seq": "x"}, {"decision": ["paid"]}, {"figures": [{"document": -1}]}])
def test_an_event_that_is_no_event_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(StatementRejected):
        read_event(signed_text({**DECIDED, "decision": "paid"} | change), verifier)


def signed_text(told: dict[str, object]) -> SignedStatement:
    text = json.dumps(told)
    return SignedStatement(payload=text, key_id=KEY.key_id, signature=KEY.sign(text, "event"))

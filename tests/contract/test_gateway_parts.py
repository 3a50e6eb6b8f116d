"""Large objects travel apart, survive torn connections, and complete the packages that wait for them."""

import hashlib
import os
import socket
import ssl
import time

import pytest

from desktop.signing.asice import Package, package_id, split
from tests.fixtures.dossiers import dossier, form
from tests.fixtures.gateway import Client, GatewayProcess
from tests.fixtures.softkeys import SoftPerson, seal

SCAN = b"%PDF-1.7\n" + os.urandom(150_000)
PART = hashlib.sha256(SCAN).hexdigest()


@pytest.fixture
def client(gateway: GatewayProcess, soft_people: list[SoftPerson]) -> Client:
    return gateway.client([soft.person for soft in soft_people])


def with_scan(client: Client, people: list[SoftPerson], number: str = "RDT1") -> Package:
    document = form(unit=client.unit, document_no=number)
    return seal(dossier(document, scans={"nghiệm thu.pdf": SCAN}), client.unit, people, {PART: SCAN})


def tear(client: Client, sent: bytes, offset: int = 0) -> None:
    """Send the beginning of a PATCH and cut the connection without a word."""
    head = (
        f"PATCH /v1/parts/{PART} HTTP/1.1\r\nHost: x\r\nAuthorization: {client.http.headers['Authorization']}\r\n"
        f"Content-Type: application/offset+octet-stream\r\nUpload-Offset: {offset}\r\nUpload-Length: {len(SCAN)}\r\n"
        f"Content-Length: {len(SCAN) - offset}\r\n\r\n"
    )
    context = ssl.create_default_context(cadata=(client.gateway.home / "tls.pem").read_text())
    raw = socket.create_connection(("127.0.0.1", client.gateway.port))
    with context.wrap_socket(raw, server_hostname="127.0.0.1") as connection:
        connection.sendall(head.encode() + sent)
        _wait(lambda: stored(client) == offset + len(sent))
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")


def _wait(condition: object, seconds: float = 20) -> None:
    until = time.monotonic() + seconds
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < until
        time.sleep(0.02)


def stored(client: Client) -> int:
    """What lies on the gateway's disk, without asking the gateway."""
    files = list((client.gateway.home / "parts" / client.unit.code).glob(f"{PART}*"))
    return files[0].stat().st_size if files else 0


def test_a_package_waits_for_its_part_and_is_then_accepted(client: Client, soft_people: list[SoftPerson]) -> None:
    package = with_scan(client, soft_people)
    waiting = client.send(package)[0]
    assert (waiting.kind, waiting.missing) == ("working", [PART])
    assert client.head(PART).status_code == 404
    half = client.patch(PART, 0, len(SCAN), SCAN[:70_000])
    assert (half.status_code, half.headers["Upload-Offset"]) == (204, "70000")
    assert client.outcomes(waiting.package_id)[0].missing == [PART]
    assert client.patch(PART, 70_000, len(SCAN), SCAN[70_000:]).status_code == 204
    outcome = client.wait_until_judged(waiting.package_id)
    assert client.receipt(outcome)["objects"][f"attachments/01-{PART[:8]}.pdf"] == PART


def test_a_torn_upload_goes_on_where_it_stopped(client: Client, soft_people: list[SoftPerson]) -> None:
    name = client.send(with_scan(client, soft_people))[0].package_id
    tear(client, SCAN[:30_000])
    tear(client, SCAN[30_000:90_000], offset=30_000)
    told = client.head(PART)
    assert (told.headers["Upload-Offset"], told.headers["Upload-Length"]) == ("90000", str(len(SCAN)))
    assert client.patch(PART, 90_000, len(SCAN), SCAN[90_000:]).status_code == 204
    assert client.wait_until_judged(name).kind == "accepted"


def test_a_wrong_offset_is_told_the_right_one(client: Client, soft_people: list[SoftPerson]) -> None:
    client.send(with_scan(client, soft_people))
    client.patch(PART, 0, len(SCAN), SCAN[:1000])
    answer = client.patch(PART, 500, len(SCAN), SCAN[500:])
    assert (answer.status_code, answer.json()["code"]) == (409, "offset_mismatch")
    assert answer.headers["Upload-Offset"] == "1000"


def test_other_bytes_are_dropped_and_sent_again(client: Client, soft_people: list[SoftPerson]) -> None:
    name = client.send(with_scan(client, soft_people))[0].package_id
    answer = client.patch(PART, 0, len(SCAN), bytes(len(SCAN)))
    assert (answer.status_code, answer.json()["code"]) == (460, "digest_mismatch")
    assert client.head(PART).status_code == 404
    assert client.patch(PART, 0, len(SCAN), SCAN).status_code == 204
    assert client.wait_until_judged(name).kind == "accepted"


def test_a_part_is_sent_once_however_often_used(client: Client, soft_people: list[SoftPerson]) -> None:
    client.send(with_scan(client, soft_people))
    client.patch(PART, 0, len(SCAN), SCAN)
    second = client.send(with_scan(client, soft_people, "RDT2"))[0]
    assert second.kind == "accepted"
    assert client.head(PART).headers["Upload-Offset"] == str(len(SCAN))


def test_parts_of_another_unit_are_not_seen(
    gateway: GatewayProcess, client: Client, soft_people: list[SoftPerson]
) -> None:
    client.send(with_scan(client, soft_people))
    client.patch(PART, 0, len(SCAN), SCAN)
    other = gateway.client([soft.person for soft in soft_people])
    assert other.head(PART).status_code == 404
    assert other.send(with_scan(other, soft_people))[0].missing == [PART]


def test_a_part_nobody_waits_for_is_turned_down(client: Client) -> None:
    answer = client.patch(PART, 0, len(SCAN), SCAN)
    assert (answer.status_code, answer.json()["code"]) == (404, "part_unknown")


def test_a_part_over_the_limit_is_turned_down(client: Client, soft_people: list[SoftPerson]) -> None:
    client.send(with_scan(client, soft_people))
    assert client.patch(PART, 0, 10 * 1024 * 1024 + 1, b"x").status_code == 413


def test_parts_may_come_before_the_rest_of_the_batch_is_judged(client: Client, soft_people: list[SoftPerson]) -> None:
    first, second = (with_scan(client, soft_people, number) for number in ("RDT1", "RDT2"))
    assert [outcome.kind for outcome in client.send(first, second)] == ["working", "working"]
    client.patch(PART, 0, len(SCAN), SCAN)
    assert {client.wait_until_judged(package_id(package)).kind for package in (first, second)} == {"accepted"}


def test_a_core_carries_no_large_object(client: Client, soft_people: list[SoftPerson]) -> None:
    core, parts = split(with_scan(client, soft_people))
    assert list(parts) == [PART]
    assert len(core) < len(SCAN)


def test_a_part_damaged_at_the_gateway_is_asked_for_again_not_refused(
    gateway: GatewayProcess, client: Client, soft_people: list[SoftPerson]
) -> None:
    """Its own bad disk must not turn a signed package away for ever."""
    client.send(with_scan(client, soft_people, "RDT1"))
    client.patch(PART, 0, len(SCAN), SCAN)
    stored = gateway.home / "parts" / client.unit.code / PART
    stored.write_bytes(SCAN[:-1] + b"?")
    second = with_scan(client, soft_people, "RDT2")
    assert client.send(second)[0].missing == [PART]
    client.patch(PART, 0, len(SCAN), SCAN)
    assert client.wait_until_judged(package_id(second)).kind == "accepted"

"""The gateway countersigns heads of journals, says the same again, tells a fork, and is asked what it was told."""

from __future__ import annotations

import json
import sqlite3
from typing import Any

import httpx
import pytest

from desktop.dossier.canonical import canonical
from desktop.signing.device import DeviceKey, verify_statement
from desktop.sync.protocol import SignedStatement
from gateway.journal_heads import MAX_A_DAY, PAGE
from tests.fixtures.gateway import Client, GatewayProcess
from tests.fixtures.softkeys import SoftPerson

NONE = (0, "0" * 64)
Head = tuple[int, str]


@pytest.fixture
def client(gateway: GatewayProcess, soft_people: list[SoftPerson]) -> Client:
    return gateway.client([soft.person for soft in soft_people])


def digest(mark: int) -> str:
    return f"{mark:064x}"


def seal(client: Client, head: Head, **changes: Any) -> str:
    body = {"kind": "journal", "unit": client.unit.code, "device": client.device_id, "seq": head[0], "hash": head[1]}
    return canonical(body | {"at": "2026-11-23T04:00:00Z", "cause": "sync"} | changes).decode()


def post(client: Client, text: str, after: Head = NONE, key: DeviceKey | None = None) -> httpx.Response:
    signature = (key or client.key).sign(text, "journal")
    body = {"seal": text, "signature": signature, "after": {"seq": after[0], "hash": after[1]}}
    return client.http.post("/v1/journal/heads", json=body)


def read(client: Client, statement: dict[str, str]) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(
        verify_statement(SignedStatement.model_validate(statement), "journal", client.keys)
    )
    return told


def tell(client: Client, head: Head, after: Head = NONE, **changes: Any) -> dict[str, Any]:
    answer = post(client, seal(client, head, **changes), after)
    assert answer.status_code == 200, answer.text
    return read(client, answer.json())


def told(client: Client, **asked: Any) -> list[tuple[int, str]]:
    page = client.http.get("/v1/journal/heads", params=asked).json()
    return [(head["seq"], head["known"]) for head in (read(client, statement) for statement in page["heads"])]


def test_heads_follow_each_other_and_a_fork_is_said_and_kept(client: Client) -> None:
    first, second, other = (4, digest(4)), (9, digest(9)), (7, digest(7))
    said = tell(client, first)
    assert (said["kind"], said["known"], said["last"]) == ("journal_head", "next", {"seq": 0, "hash": NONE[1]})
    assert (said["unit"], said["device"], said["hash"]) == (client.unit.code, client.device_id, first[1])
    assert tell(client, second, after=first)["known"] == "next"
    assert tell(client, second, after=second, cause="backup")["known"] == "same"
    forked = tell(client, other, after=first)
    assert (forked["known"], forked["last"]) == ("forked", {"seq": 9, "hash": digest(9)})
    assert tell(client, (12, digest(12)), after=second)["known"] == "forked"
    assert tell(client, (13, digest(13)), after=(12, digest(12)))["known"] == "next"
    assert told(client) == [(13, "next"), (12, "forked"), (7, "forked"), (9, "next"), (4, "next")]


def test_a_seal_told_again_gets_the_very_statement_it_got(client: Client) -> None:
    tell(client, (9, digest(9)))
    text = seal(client, (7, digest(7)))
    first = post(client, text).json()
    assert (post(client, text).json(), read(client, first)["known"]) == (first, "forked")


def test_a_gateway_put_back_from_a_backup_cries_no_fork(client: Client) -> None:
    tell(client, (4, digest(4)))
    assert tell(client, (20, digest(20)), after=(15, digest(15)))["known"] == "next"


@pytest.mark.parametrize(
    ("text", "status", "code"),
    [
        (lambda c: seal(c, (4, digest(4)), device="khác"), 400, "bad_seal"),
        (lambda c: seal(c, (4, digest(4)), unit="1000000"), 400, "bad_seal"),
        (lambda c: seal(c, (4, digest(4)), kind="journal_head"), 400, "bad_seal"),
        (lambda c: seal(c, (4, "x")), 400, "bad_seal"),
        (lambda c: seal(c, (-1, digest(4))), 400, "bad_seal"),
        (lambda c: seal(c, (4, digest(4)), more="x"), 400, "bad_seal"),
        (lambda c: seal(c, (4, digest(4))).replace(":", ": "), 400, "bad_seal"),
        (lambda _: "{", 400, "bad_seal"),
        (lambda _: "x" * 1025, 422, "malformed"),
    ],
)
def test_a_seal_that_is_not_this_devices_own_is_turned_down(client: Client, text: Any, status: int, code: str) -> None:
    answer = post(client, text(client))
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_a_seal_of_another_key_and_an_asker_without_a_session_are_turned_down(client: Client) -> None:
    other = post(client, seal(client, (4, digest(4))), key=DeviceKey.generate())
    assert (other.status_code, other.json()["code"]) == (400, "bad_seal")
    client.http.headers.pop("Authorization")
    for answer in (post(client, seal(client, (4, digest(4)))), client.http.get("/v1/journal/heads")):
        assert (answer.status_code, answer.json()["code"]) == (401, "session_missing")


def test_heads_come_in_pages_to_their_own_unit_alone(client: Client, soft_people: list[SoftPerson]) -> None:
    for seq in range(1, PAGE + 3):
        tell(client, (seq, digest(seq)), after=(seq - 1, digest(seq - 1)) if seq > 1 else NONE)
    page = client.http.get("/v1/journal/heads").json()
    assert (len(page["heads"]), told(client, before=page["before"])) == (PAGE, [(2, "next"), (1, "next")])
    stranger = client.gateway.client([soft.person for soft in soft_people])
    assert told(stranger, device=client.device_id) == []


def test_a_device_in_a_loop_is_slowed_down_and_nothing_told_can_be_changed(client: Client) -> None:
    tell(client, (1, digest(1)))
    with sqlite3.connect(client.gateway.home / "gateway.db", timeout=10) as database:
        database.execute(
            "WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < ?)"
            " INSERT INTO journal_head SELECT NULL, unit_code, device_id, i, hash, known, seal || i, seal_signature,"
            " received_at, payload, key_id, signature FROM journal_head, n WHERE device_id = ?",
            (MAX_A_DAY, client.device_id),
        )
        for change in ("UPDATE journal_head SET seq = 0", "DELETE FROM journal_head"):
            with pytest.raises(sqlite3.IntegrityError, match="append only"):
                database.execute(change)
    database.close()
    answer = post(client, seal(client, (999, digest(9))))
    assert (answer.status_code, answer.json()["code"], answer.headers["Retry-After"]) == (429, "too_many", "3600")

"""The gateway hands out a signed trust list, revocation lists and time-stamps; its office gives newer ones."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from desktop.demo.pki import DemoPki
from desktop.signing.cades import sign
from desktop.signing.crls import read_crl
from desktop.signing.timestamps import read_token, request_for, token_of
from desktop.signing.trust import Trust
from desktop.signing.trustlist import SignedList, read_file, read_list
from tests.fixtures.gateway import Client, GatewayProcess
from tests.fixtures.softkeys import SoftPerson
from tests.fixtures.tokens import sample_objects

NOW = datetime.now(UTC)


@pytest.fixture
def client(own_gateway: GatewayProcess, soft_people: list[SoftPerson]) -> Client:
    return own_gateway.client([soft.person for soft in soft_people])


def published(client: Client) -> SignedList:
    answer = client.http.get("/v1/trust")
    assert answer.status_code == 200
    return read_list(answer.content, client.keys)


def test_the_list_names_roots_and_a_stamper_and_changes_only_with_its_content(
    client: Client, demo_pki: DemoPki, tmp_path: Path
) -> None:
    first = published(client)
    told = Trust.load([demo_pki.root_pem, demo_pki.intermediate_pem])
    assert (first.list.root_ders(), first.list.intermediate_ders()) == (told.roots, told.intermediates)
    assert [source.url for source in first.list.tsa] == ["gateway"]
    etag = client.http.get("/v1/trust").headers["etag"]
    assert etag == f'"{first.key_id}:{first.list.version}"'
    same = client.http.get("/v1/trust", headers={"If-None-Match": etag})
    assert (same.status_code, same.content) == (304, b"")
    assert client.gateway.command("publish-trust")["changed"] is False
    _lists_come_and_go_in_ranges(client, demo_pki, first.list.version)
    _an_office_gives_a_newer_list(client, demo_pki, tmp_path)
    _the_list_goes_on_a_stick(client, tmp_path)
    _time_stamps_need_no_session(client)


def _lists_come_and_go_in_ranges(client: Client, pki: DemoPki, version: int) -> None:
    told = client.gateway.command("set-crl", str(pki.crl))
    (offer,) = published(client).list.crls
    assert (offer.sha256, told["version"] > version) == (told["sha256"], True)
    path = f"/v1/crls/{offer.sha256}"
    parts = [client.http.get(path, headers={"Range": f"bytes={part}"}) for part in ("0-99", "100-")]
    assert [part.status_code for part in parts] == [206, 206]
    assert hashlib.sha256(b"".join(part.content for part in parts)).hexdigest() == offer.sha256
    assert client.http.get(f"/v1/crls/{'0' * 64}").json()["code"] == "crl_unknown"
    assert client.gateway.http().get("/v1/trust").json()["code"] == "session_missing"


def _an_office_gives_a_newer_list(client: Client, pki: DemoPki, folder: Path) -> None:
    older = folder / "older.crl"
    older.write_bytes(read_crl(pki.crl.read_bytes()).der)
    newer = folder / "newer.crl"
    newer.write_bytes(pki.list_of([], issued=NOW + timedelta(minutes=10)))
    assert client.gateway.command("set-crl", str(newer))["version"] == published(client).list.version
    assert client.gateway.command("set-crl", str(older))["error"]["code"] == "crl_older"
    assert [offer.sha256 for offer in published(client).list.crls] == [read_crl(newer.read_bytes()).sha256]
    (folder / "no.crl").write_bytes(b"nothing")
    assert client.gateway.command("set-crl", str(folder / "no.crl"))["error"]["code"] == "crl_unreadable"


def _the_list_goes_on_a_stick(client: Client, folder: Path) -> None:
    client.gateway.command("export-trust", str(folder / "x.vxtrust"))
    signed, crls = read_file((folder / "x.vxtrust").read_bytes(), client.keys)
    assert (signed, len(crls)) == (published(client), 1)


def _time_stamps_need_no_session(client: Client) -> None:
    answer = ask(client.gateway, b"not a request")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/timestamp-reply")
    plain = client.gateway.http().post("/v1/tsa", content=b"x", headers={"content-type": "text/plain"})
    assert (plain.status_code, plain.json()["code"]) == (415, "wrong_media_type")
    large = ask(client.gateway, b"x" * 20_000)
    assert (large.status_code, large.json()["code"]) == (413, "too_large")


def ask(gateway: GatewayProcess, query: bytes) -> httpx.Response:
    return gateway.http().post("/v1/tsa", content=query, headers={"content-type": "application/timestamp-query"})


def test_a_time_stamp_covers_the_signature(gateway: GatewayProcess, soft_people: list[SoftPerson]) -> None:
    signed = sign(sample_objects(soft_people[:1]), [], soft_people[0], NOW)
    query, nonce = request_for(signed.cms)
    stamp = read_token(token_of(ask(gateway, query).content, query))
    assert (stamp.nonce, abs(stamp.at - datetime.now(UTC)) < timedelta(minutes=1)) == (nonce, True)

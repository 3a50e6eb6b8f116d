"""The feed tells what the sandbox Treasury decided, signed, in order, page by page."""

import json
import re
import time

import pytest

from desktop.store.store import Store
from tests.fixtures.dossiers import ORDER_CASE, SETTLEMENT_CASE, dossier, form, with_amount
from tests.fixtures.gateway import Client, GatewayProcess, estimates
from tests.fixtures.softkeys import SoftPerson, seal

OFFICIAL_CODE = re.compile(r"(?:T\.)?[A-Z]\d{2}(?:\.\d{2,3}){1,3}-\d{6}-\d{4,7}")


@pytest.fixture
def client(gateway: GatewayProcess, soft_people: list[SoftPerson]) -> Client:
    return gateway.client([soft.person for soft in soft_people])


def test_paid_comes_after_control_and_before_its_balance(client: Client, soft_people: list[SoftPerson]) -> None:
    began = int(time.time() * 1000)
    name = client.send(seal(dossier(form(unit=client.unit)), client.unit, soft_people))[0].package_id
    control, paid, balance = client.wait_for_events(3)
    assert [control["decision"], paid["decision"], balance["kind"]] == ["in_control", "paid", "balance"]
    assert {event["package_id"] for event in (control, paid, balance)} == {name}
    assert began < control["seq"] < paid["seq"] < balance["seq"] < began + 60_000
    assert (balance["delta"], balance["remaining"]) == (-3_412_500, 1_000_000_000 - 3_412_500)
    assert control["official_code"] == paid["official_code"]
    assert OFFICIAL_CODE.fullmatch(paid["official_code"])


def test_each_dossier_gets_an_official_code_of_its_own(client: Client, soft_people: list[SoftPerson]) -> None:
    for number in ("RDT1", "RDT2"):
        client.send(seal(dossier(form(unit=client.unit, document_no=number)), client.unit, soft_people))
    events = client.wait_for_events(6)
    assert len({event["official_code"] for event in events if event["kind"] == "decision"}) == 2


def test_balances_add_up_over_dossiers(client: Client, soft_people: list[SoftPerson]) -> None:
    for number, amount in (("RDT1", 400_000_000), ("RDT2", 600_000_000), ("RDT3", 1)):
        document = with_amount(form(unit=client.unit, document_no=number), amount)
        client.send(seal(dossier(document), client.unit, soft_people))
    events = client.wait_for_events(8)
    assert [event["remaining"] for event in events if event["kind"] == "balance"] == [600_000_000, 0]
    returned = next(event for event in events if event.get("decision") == "returned")
    assert "còn thiếu 1 đ" in returned["reason"]


def test_deposit_and_settlement_move_their_own_lines(client: Client, soft_people: list[SoftPerson]) -> None:
    for case in (ORDER_CASE, SETTLEMENT_CASE):
        client.send(seal(dossier(form(case, client.unit)), client.unit, soft_people))
    moved = {event["account"]: event for event in client.wait_for_events(6) if event["kind"] == "balance"}
    assert (moved[client.unit.deposit_account]["delta"], moved[client.unit.deposit_account]["sector"]) == (
        -3_500_000,
        "",
    )
    assert moved[client.unit.estimate_account]["delta"] == 0


def test_pages_cover_the_feed_without_gap_or_overlap(client: Client, soft_people: list[SoftPerson]) -> None:
    client.send(seal(dossier(form(unit=client.unit)), client.unit, soft_people))
    whole = client.wait_for_events(3)
    read, cursor, more = [], 0, True
    while more:
        events, cursor, more = client.feed(cursor, 2)
        read += events
    assert (read, cursor) == (whole, whole[-1]["seq"])
    assert client.feed(cursor) == ([], cursor, False)


@pytest.mark.parametrize("limit", [0, 101, -1])
def test_a_page_has_bounds(client: Client, limit: int) -> None:
    assert client.http.get("/v1/feed", params={"limit": limit}).json()["code"] == "malformed"


def test_a_gateway_put_back_from_a_backup_is_heard_and_its_money_counted_once(
    own_gateway: GatewayProcess, soft_people: list[SoftPerson], store: Store
) -> None:
    client = own_gateway.client([soft.person for soft in soft_people])
    package = seal(dossier(form(unit=client.unit)), client.unit, soft_people)
    own_gateway.stop()
    backup = (own_gateway.home / "gateway.db").read_bytes()
    own_gateway.start()
    client.reconnect()
    client.send(package)
    before = client.wait_for_events(3)
    cursor = before[-1]["seq"]
    own_gateway.stop()
    (own_gateway.home / "gateway.db").write_bytes(backup)
    own_gateway.start()
    client.reconnect()
    client.send(package)
    told = client.wait_for_events(3)
    assert client.feed(cursor)[0] == told
    store.estimates.load(estimates(client.unit))
    for page in (before, told):
        store.feed.apply_page([(e["seq"], json.dumps(e).encode(), "{}") for e in page], page[-1]["seq"])
    assert [view.used for view in store.estimates.all() if view.used] == [3_412_500]

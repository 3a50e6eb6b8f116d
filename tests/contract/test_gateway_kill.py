"""SIGKILL at any moment: what was acknowledged stays, nothing becomes effective twice, half-done work is finished."""

import hashlib
import os
import random
import sqlite3
import stat
import threading
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from desktop.signing.asice import Package, package_id, split, write
from tests.fixtures.dossiers import dossier, form
from tests.fixtures.gateway import Client, GatewayProcess
from tests.fixtures.softkeys import SoftPerson, seal

ROUNDS = 6


@pytest.fixture
def client(own_gateway: GatewayProcess, soft_people: list[SoftPerson]) -> Client:
    return own_gateway.client([soft.person for soft in soft_people])


def sealed(client: Client, people: list[SoftPerson], count: int, scan: bytes = b"") -> list[Package]:
    documents = [form(unit=client.unit, document_no=f"RDT{number}") for number in range(count)]
    scans = {"quét.pdf": scan} if scan else {}
    contents = {hashlib.sha256(scan).hexdigest(): scan}
    return [seal(dossier(document, scans=scans), client.unit, people, contents) for document in documents]


def again(client: Client) -> None:
    client.gateway.kill()
    client.gateway.start()
    client.reconnect()


def test_receipts_outlive_kills_and_effects_happen_once(
    own_gateway: GatewayProcess, client: Client, soft_people: list[SoftPerson]
) -> None:
    """Each round kills the gateway at a random moment of a batch; in the end every package is sent once more."""
    packages = sealed(client, soft_people, ROUNDS * 3)
    chance, receipts = random.Random(7), {}
    for start in range(0, len(packages), 3):
        batch = packages[start : start + 3]
        killer = threading.Timer(chance.uniform(0.0, 0.4), own_gateway.kill)
        killer.start()
        with ThreadPoolExecutor(1) as pool:
            sending = pool.submit(client.send, *batch)
        killer.join()
        if not isinstance(sending.exception(), httpx.TransportError):
            receipts |= {outcome.package_id: outcome.receipt for outcome in sending.result()}
        own_gateway.start()
        client.reconnect()
    final = {package_id(package): client.send(package)[0] for package in packages}
    assert {outcome.kind for outcome in final.values()} <= {"accepted", "duplicate"}
    assert all(final[name].receipt == receipt for name, receipt in receipts.items())
    report = own_gateway.report()
    assert report["commits"] == len(packages) == len(set(report["receipt_numbers"]))
    digests = {item["package_id"]: item["container_sha256"] for item in report["packages"]}
    assert digests == {package_id(package): hashlib.sha256(write(package)).hexdigest() for package in packages}


def test_decisions_after_a_kill_are_made_once(
    own_gateway: GatewayProcess, client: Client, soft_people: list[SoftPerson]
) -> None:
    client.send(*sealed(client, soft_people, 5))
    again(client)
    events = client.wait_for_events(15)
    numbers = [event["seq"] for event in events]
    assert numbers == sorted(set(numbers))
    assert len(numbers) == 15
    report = own_gateway.report()
    assert len(report["final_decisions"]) == len(set(report["final_decisions"])) == 5
    assert len(report["paid_effects"]) == len(set(report["paid_effects"])) == 5


def test_an_upload_goes_on_after_a_kill(
    own_gateway: GatewayProcess, client: Client, soft_people: list[SoftPerson]
) -> None:
    scan = os.urandom(200_000)
    part = hashlib.sha256(scan).hexdigest()
    (package,) = sealed(client, soft_people, 1, scan)
    assert client.send(package)[0].missing == [part]
    client.patch(part, 0, len(scan), scan[:65_536])
    again(client)
    assert client.head(part).headers["Upload-Offset"] == "65536"
    assert client.patch(part, 65_536, len(scan), scan[65_536:]).status_code == 204
    again(client)
    assert client.wait_until_judged(package_id(package)).kind == "accepted"


def test_a_package_complete_when_the_gateway_died_is_judged_at_the_start(
    own_gateway: GatewayProcess, client: Client, soft_people: list[SoftPerson]
) -> None:
    scan = os.urandom(50_000)
    part = hashlib.sha256(scan).hexdigest()
    (package,) = sealed(client, soft_people, 1, scan)
    client.send_cores((package_id(package), split(package)[0]))
    own_gateway.kill()
    folder = own_gateway.home / "parts" / client.unit.code
    folder.mkdir()
    (folder / part).write_bytes(scan)
    own_gateway.start()
    client.reconnect()
    assert client.wait_until_judged(package_id(package)).kind == "accepted"


def test_a_stop_is_clean_and_quick(own_gateway: GatewayProcess, client: Client) -> None:
    client.feed()
    assert own_gateway.stop() == (0, "")


def test_the_home_is_for_its_user_only(own_gateway: GatewayProcess) -> None:
    assert stat.S_IMODE(own_gateway.home.stat().st_mode) == 0o700
    for name in ("tls.key", "statement.key"):
        assert stat.S_IMODE((own_gateway.home / name).stat().st_mode) == 0o600


def test_a_failure_of_the_gateway_is_no_refusal(
    own_gateway: GatewayProcess, client: Client, soft_people: list[SoftPerson]
) -> None:
    """Its own broken data makes it answer `later`, and its log says where, not what."""
    database = sqlite3.connect(own_gateway.home / "gateway.db")
    kept = database.execute("SELECT data FROM unit").fetchone()[0]
    (package,) = sealed(client, soft_people, 1)
    for data, kind in (("{}", "later"), (kept, "accepted")):
        database.execute("UPDATE unit SET data = ?", (data,))
        database.commit()
        assert client.send(package)[0].kind == kind
    database.close()
    own_gateway.hang_up()
    code, said = own_gateway.stop()
    assert (code, said.count("\n")) == (0, 1)
    assert "judging failed: ValidationError at registry.py:" in said

"""Whatever bytes come, the gateway answers in one shape, keeps nothing of them and goes on serving others."""

import hashlib
import io
import os
import socket
import ssl
import warnings
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import zstandard

from desktop.demo.pki import DemoPki
from desktop.signing.asice import Package, package_id, split, write
from tests.fixtures.dossiers import dossier, form
from tests.fixtures.gateway import Client, GatewayProcess, frame
from tests.fixtures.softkeys import SoftPerson, seal

GOOD_ID = "ab" * 32


@pytest.fixture
def client(gateway: GatewayProcess, soft_people: list[SoftPerson]) -> Client:
    return gateway.client([soft.person for soft in soft_people])


def resident_kb(pid: int) -> int:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))


BAD_BATCHES = {
    "empty": b"",
    "not zstd": b"PK\x03\x04" * 10,
    "cut": frame((GOOD_ID, b"x" * 100))[:-3],
    "no frame": zstandard.compress(b""),
    "cut head": zstandard.compress(b"x" * 20),
    "length beyond the end": zstandard.compress(bytes(32) + b"\xff\xff\xff\xff" + b"x"),
    "an id twice": frame((GOOD_ID, b"x"), (GOOD_ID, b"y")),
    "bytes left over": frame((GOOD_ID, b"x")) + b"more",
}


@pytest.mark.parametrize("body", BAD_BATCHES.values(), ids=BAD_BATCHES.keys())
def test_a_batch_that_cannot_be_taken_apart(client: Client, body: bytes) -> None:
    answer = client.post_batch(body)
    assert (answer.status_code, answer.json()["code"]) == (400, "bad_batch")
    assert client.outcomes(GOOD_ID)[0].kind == "unknown"


TOO_LARGE = {
    "compressed": os.urandom(256 * 1024 + 1),
    "raw": zstandard.compress(bytes(5 * 1024 * 1024)),
    "packages": frame(*((f"{n:064x}", b"x") for n in range(26))),
}


@pytest.mark.parametrize("body", TOO_LARGE.values(), ids=TOO_LARGE.keys())
def test_a_batch_over_a_limit(client: Client, body: bytes) -> None:
    answer = client.post_batch(body)
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


def test_a_bomb_costs_no_memory(gateway: GatewayProcess, client: Client) -> None:
    bomb = zstandard.ZstdCompressor(level=19).compress(bytes(256 * 1024 * 1024))
    before = resident_kb(gateway.pid)
    assert client.post_batch(bomb[: 256 * 1024]).status_code in (400, 413)
    assert resident_kb(gateway.pid) - before < 64 * 1024


def zipped(*entries: tuple[str, bytes], compression: int = zipfile.ZIP_STORED) -> bytes:
    target = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(target, "w", compression) as archive:
        warnings.simplefilter("ignore")  # a doubled name is the point
        for name, content in entries:
            archive.writestr(name, content)
    return target.getvalue()


MIMETYPE = ("mimetype", b"application/vnd.etsi.asic-e+zip")
BAD_CORES = {
    "nothing": b"",
    "noise": b"\x00" * 500,
    "plain zip": zipped(("a.txt", b"x")),
    "no signature": zipped(MIMETYPE, ("dossier.json", b"{}")),
    "slip": zipped(MIMETYPE, ("../../etc/passwd", b"x")),
    "doubled": zipped(MIMETYPE, ("a", b"x"), ("a", b"y")),
    "zip bomb": zipped(MIMETYPE, ("a", bytes(200 * 1024 * 1024)), compression=zipfile.ZIP_DEFLATED),
    "broken signature": zipped(
        MIMETYPE, ("META-INF/ASiCManifest001.xml", b"<x/>"), ("META-INF/signature001.p7s", b"0")
    ),
    "entities": zipped(
        MIMETYPE,
        ("META-INF/ASiCManifest001.xml", b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'),
        ("META-INF/signature001.p7s", b"0\x80"),
    ),
}


@pytest.mark.parametrize("core", BAD_CORES.values(), ids=BAD_CORES.keys())
def test_a_core_that_is_no_package(client: Client, core: bytes) -> None:
    outcome = client.send_cores((GOOD_ID, core))[0]
    assert (outcome.kind, outcome.code) == ("refused", "bad_package")
    assert outcome.message.endswith(".")
    assert client.outcomes(GOOD_ID)[0].kind == "unknown"


def test_noise_in_every_place_of_a_core_is_refused(client: Client, soft_people: list[SoftPerson]) -> None:
    package = seal(dossier(form(unit=client.unit)), client.unit, soft_people)
    core, name = write(package), package_id(package)
    for place in range(100, len(core), len(core) // 15):
        spoiled = core[:place] + bytes([core[place] ^ 0x55]) + core[place + 1 :]
        assert client.send_cores((name, spoiled))[0].kind in ("refused", "accepted", "duplicate")
    assert client.send(package)[0].kind in ("accepted", "duplicate")
    listed = client.receipt(client.outcomes(name)[0])["objects"]
    assert listed == {item.name: hashlib.sha256(item.content).hexdigest() for item in package.objects}


def test_objects_and_signatures_of_two_packages_do_not_mix(client: Client, soft_people: list[SoftPerson]) -> None:
    one, two = (seal(dossier(form(unit=client.unit, document_no=n)), client.unit, soft_people) for n in ("A1", "A2"))
    mixed = Package(two.objects, one.signatures)
    assert client.send(mixed)[0].kind == "refused"
    spliced = Package(one.objects, (one.signatures[0], two.signatures[1]))
    assert client.send(spliced)[0].kind == "refused"


def test_deep_json_is_no_crash(client: Client) -> None:
    deep = b'{"package_ids":' + b"[" * 30_000
    answer = client.http.post("/v1/outcomes", content=deep, headers={"Content-Type": "application/json"})
    assert (answer.status_code, answer.json()["code"]) == (400, "bad_request")


def test_a_json_body_has_a_limit(client: Client) -> None:
    answer = client.http.post("/v1/outcomes", content=b" " * (64 * 1024 + 1))
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


def test_a_body_without_length_is_turned_down(client: Client) -> None:
    answer = client.http.post("/v1/outcomes", content=iter([b"{}"]))
    assert (answer.status_code, answer.json()["code"]) == (411, "length_required")


@pytest.mark.parametrize("path", ["/v1/packages", "/v1/parts/" + "0" * 64])
def test_a_body_of_another_kind_is_turned_down(client: Client, path: str) -> None:
    headers = {"Content-Type": "text/html", "Upload-Offset": "0", "Upload-Length": "1"}
    method = "POST" if path.endswith("packages") else "PATCH"
    answer = client.http.request(method, path, content=b"x", headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (415, "wrong_media_type")


def test_an_early_answer_to_a_long_body_arrives(client: Client) -> None:
    """On a slow link the answer must not be lost in a reset because the body was still coming."""
    client.http.headers["Authorization"] = "Bearer x"
    for _ in range(3):
        assert client.patch("0" * 64, 0, 64 * 1024, os.urandom(64 * 1024)).json()["code"] == "session_expired"


def test_old_tls_is_refused(gateway: GatewayProcess) -> None:
    context = ssl.create_default_context(cadata=(gateway.home / "tls.pem").read_text())
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    with socket.create_connection(("127.0.0.1", gateway.port)) as raw, pytest.raises((ssl.SSLError, OSError)):
        context.wrap_socket(raw, server_hostname="127.0.0.1")


@pytest.fixture
def strict(tmp_path: Path, demo_pki: DemoPki) -> Iterator[GatewayProcess]:
    process = GatewayProcess(tmp_path / "home", demo_pki, per_second=5).start()
    yield process
    process.hang_up()
    process.kill()


def test_a_sender_in_a_loop_is_told_to_wait(strict: GatewayProcess, soft_people: list[SoftPerson]) -> None:
    client = strict.client([soft.person for soft in soft_people])
    answers = (client.http.get("/v1/feed") for _ in range(2000))
    stopped = next(answer for answer in answers if answer.status_code != 200)
    assert (stopped.status_code, stopped.json()["code"]) == (429, "too_many")
    assert stopped.json()["retry_after"] >= 1


def test_hostile_requests_leave_nothing_in_the_log(own_gateway: GatewayProcess, soft_people: list[SoftPerson]) -> None:
    client = own_gateway.client([soft.person for soft in soft_people])
    package = seal(dossier(form(unit=client.unit, payee_name="Nguyễn Văn Bí Mật")), client.unit, soft_people)
    core, _ = split(package)
    client.send_cores((GOOD_ID, core), (package_id(package), core[:-30]))
    client.post_batch(core)
    client.send(package)
    own_gateway.hang_up()
    assert own_gateway.stop() == (0, "")

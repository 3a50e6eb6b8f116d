"""Who gets in: enrolment once per code, a session by proof of possession, and only one's own unit."""

from datetime import UTC, datetime, timedelta

import pytest

from desktop.signing.device import DeviceKey
from desktop.sync.protocol import ErrorBody
from tests.fixtures.dossiers import dossier, form
from tests.fixtures.gateway import Client, GatewayProcess, command, new_unit
from tests.fixtures.softkeys import SoftPerson, seal


@pytest.fixture
def client(gateway: GatewayProcess, soft_people: list[SoftPerson]) -> Client:
    return gateway.client([soft.person for soft in soft_people])


def code_of(answer: object, status: int) -> str:
    assert answer.status_code == status, answer.text  # type: ignore[attr-defined]
    return ErrorBody.model_validate(answer.json()).code  # type: ignore[attr-defined]


def test_health_needs_no_session_and_tells_the_time(gateway: GatewayProcess) -> None:
    answer = gateway.http().get("/v1/health").json()
    assert (answer["service"], answer["version"]) == ("vungxa-gateway", 1)
    assert abs(datetime.fromisoformat(answer["time"]) - datetime.now(UTC)) < timedelta(minutes=1)


def test_a_repeated_enrolment_gives_the_same_answer(gateway: GatewayProcess) -> None:
    code, key = gateway.register(new_unit(), [], []), DeviceKey.generate()
    ask = {"code": code.lower().replace("-", " "), "public_key": key.public_b64}
    first, again = (gateway.http().post("/v1/enrolments", json=ask) for _ in range(2))
    assert first.status_code == again.status_code == 201
    assert first.json() == again.json()


def test_a_code_serves_one_key_only(gateway: GatewayProcess) -> None:
    code = gateway.register(new_unit(), [], [])
    for key, status in ((DeviceKey.generate(), 201), (DeviceKey.generate(), 403)):
        answer = gateway.http().post("/v1/enrolments", json={"code": code, "public_key": key.public_b64})
        assert answer.status_code == status
    assert code_of(answer, 403) == "enrolment_refused"


def test_an_invented_code_is_refused(gateway: GatewayProcess) -> None:
    ask = {"code": "ABCD-ABCD-ABCD-ABCD", "public_key": DeviceKey.generate().public_b64}
    assert code_of(gateway.http().post("/v1/enrolments", json=ask), 403) == "enrolment_refused"


def test_a_public_key_of_another_kind_is_turned_down(gateway: GatewayProcess) -> None:
    ask = {"code": gateway.register(new_unit(), [], []), "public_key": "AAAA"}
    assert code_of(gateway.http().post("/v1/enrolments", json=ask), 400) == "bad_request"


def test_a_proof_works_once(client: Client) -> None:
    proof = client.proof()
    assert client.http.post("/v1/sessions", json=proof).status_code == 200
    assert code_of(client.http.post("/v1/sessions", json=proof), 401) == "replayed"


@pytest.mark.parametrize(
    "change",
    [
        {"nonce": "0123456789abcdef"},
        {"time": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ").replace("T", " ")},
        {"device_id": "00000000-0000-0000-0000-000000000000"},
    ],
    ids=["nonce", "time", "device"],
)
def test_a_proof_of_something_else_is_refused(client: Client, change: dict[str, str]) -> None:
    assert code_of(client.http.post("/v1/sessions", json=client.proof() | change), 401) == "bad_signature"


def test_a_proof_made_for_another_server_is_refused(client: Client) -> None:
    assert code_of(client.http.post("/v1/sessions", json=client.proof(pin="0" * 64)), 401) == "bad_signature"


def test_a_proof_by_another_key_is_refused(client: Client) -> None:
    client.key = DeviceKey.generate()
    assert code_of(client.http.post("/v1/sessions", json=client.proof()), 401) == "bad_signature"


@pytest.mark.parametrize("minutes", [-11, 11])
def test_a_wrong_clock_is_told_the_time(client: Client, minutes: int) -> None:
    wrong = (datetime.now(UTC) + timedelta(minutes=minutes)).strftime("%Y-%m-%dT%H:%M:%SZ")
    answer = client.http.post("/v1/sessions", json=client.proof(time=wrong))
    assert code_of(answer, 401) == "clock_skew"
    assert abs(datetime.fromisoformat(answer.json()["time"]) - datetime.now(UTC)) < timedelta(minutes=1)


@pytest.mark.parametrize("minutes", [-9, 9])
def test_a_clock_a_little_off_is_borne(client: Client, minutes: int) -> None:
    near = (datetime.now(UTC) + timedelta(minutes=minutes)).strftime("%Y-%m-%dT%H:%M:%SZ")
    assert client.http.post("/v1/sessions", json=client.proof(time=near)).status_code == 200


@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", "/v1/packages"), ("POST", "/v1/outcomes"), ("GET", "/v1/feed"), ("PATCH", "/v1/parts/" + "0" * 64)],
)
def test_nothing_is_told_without_a_session(gateway: GatewayProcess, method: str, path: str) -> None:
    answer = gateway.http().request(method, path, json={"package_ids": []} if "outcomes" in path else None)
    assert code_of(answer, 401) == "session_missing"
    stranger = gateway.http().request(method, path, headers={"Authorization": "Bearer x"})
    assert code_of(stranger, 401) == "session_expired"


def test_an_error_to_head_has_its_code_in_a_header(gateway: GatewayProcess) -> None:
    answer = gateway.http().head("/v1/parts/" + "0" * 64)
    assert (answer.status_code, answer.headers["Vungxa-Error"]) == (401, "session_missing")


def test_a_revoked_device_is_out_at_once(gateway: GatewayProcess, client: Client) -> None:
    command("revoke", "--home", str(gateway.home), "--device", client.device_id)
    assert code_of(client.http.get("/v1/feed"), 401) == "device_revoked"
    assert code_of(client.http.post("/v1/sessions", json=client.proof()), 401) == "device_revoked"


def test_another_unit_learns_nothing(gateway: GatewayProcess, client: Client, soft_people: list[SoftPerson]) -> None:
    package = seal(dossier(form(unit=client.unit)), client.unit, soft_people)
    accepted = client.send(package)[0]
    other = gateway.client([soft.person for soft in soft_people])
    assert other.outcomes(accepted.package_id)[0].kind == "unknown"
    assert other.feed()[0] == []
    assert other.send(package)[0].code == "wrong_unit"
    assert client.outcomes(accepted.package_id)[0].kind == "accepted"


@pytest.mark.parametrize("path", ["/", "/v1/nothing", "/v1/parts/short", "/docs"])
def test_unknown_places_answer_in_the_one_shape(client: Client, path: str) -> None:
    assert client.http.get(path).json().keys() == ErrorBody(code="", message="").model_dump().keys()


def test_malformed_requests_are_not_repeated_to_the_sender(client: Client) -> None:
    answer = client.http.post("/v1/outcomes", json={"package_ids": ["bí mật"]})
    assert code_of(answer, 422) == "malformed"
    assert "bí mật" not in answer.text

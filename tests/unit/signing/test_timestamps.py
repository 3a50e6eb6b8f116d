"""A time-stamp is asked for over the signature's value, and only an answer to that very question is taken."""

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from asn1crypto import tsp
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from desktop.signing.asice import Package
from desktop.signing.cmsinfo import signature_value, signer_certificate
from desktop.signing.timestamps import (
    MAX_TOKEN_BYTES,
    EvidenceError,
    Response,
    TimeStamp,
    read_token,
    request_for,
    token_of,
)
from desktop.signing.tsa import SandboxTsa
from tests.unit.signing.kit import flipped

AT = datetime(2026, 10, 20, 1, 2, 3, 456789, tzinfo=UTC)


@pytest.fixture
def cms(small_package: Package) -> bytes:
    return small_package.signatures[0].cms


def _refusal(answer: bytes, request: bytes) -> str:
    with pytest.raises(EvidenceError) as caught:
        token_of(answer, request)
    assert "Nơi cấp dấu thời gian" in caught.value.message
    return caught.value.code


def _changed(request: bytes, change: Callable[[Any], None]) -> bytes:
    parsed = tsp.TimeStampReq(tsp.TimeStampReq.load(request).native)
    change(parsed)
    return bytes(parsed.dump())


def test_a_request_is_over_the_signature_value_and_asks_for_the_certificate(cms: bytes) -> None:
    request, nonce = request_for(cms)
    asked = tsp.TimeStampReq.load(request, strict=True)
    assert asked["message_imprint"]["hashed_message"].native == hashlib.sha256(signature_value(cms)).digest()
    assert (asked["nonce"].native, asked["cert_req"].native) == (nonce, True)
    assert request_for(cms)[1] != nonce > 2**62


def test_the_token_tells_the_authoritys_second(cms: bytes, demo_tsa: SandboxTsa) -> None:
    request, nonce = request_for(cms)
    stamp = read_token(token_of(demo_tsa.respond(request, AT), request))
    assert (stamp.at, stamp.nonce) == (AT.replace(microsecond=0), nonce)
    assert stamp.covers(signature_value(cms))
    assert not stamp.covers(b"khac")
    assert signer_certificate(stamp.signed_data) == demo_tsa.root


def test_a_time_stamp_over_a_weak_digest_covers_nothing() -> None:
    weak = hashlib.new("sha1", b"x", usedforsecurity=False).digest()
    assert not TimeStamp(AT, "sha1", weak, None, None).covers(b"x")


def test_the_answer_to_another_question_is_not_taken(cms: bytes, demo_tsa: SandboxTsa) -> None:
    (first, _), (second, _) = request_for(cms), request_for(cms)
    assert _refusal(demo_tsa.respond(second, AT), first) == "tsa_wrong_answer"
    other = _changed(first, lambda asked: asked["message_imprint"].__setitem__("hashed_message", bytes(32)))
    assert _refusal(demo_tsa.respond(other, AT), first) == "tsa_wrong_answer"


@pytest.mark.parametrize("answer", [b"", b"<html>", b"\x30\x00", bytes(100), b"\x30\x80\x30\x03\x02\x01\x00"])
def test_junk_is_no_answer(cms: bytes, answer: bytes) -> None:
    assert _refusal(answer, request_for(cms)[0]) == "tsa_wrong_answer"


def test_granted_without_a_token_is_no_answer(cms: bytes) -> None:
    assert _refusal(Response({"status": {"status": "granted"}}).dump(), request_for(cms)[0]) == "tsa_wrong_answer"


@pytest.mark.parametrize("token", [b"", b"\x30\x00", bytes(MAX_TOKEN_BYTES + 1)])
def test_a_signature_or_junk_is_no_token(cms: bytes, token: bytes) -> None:
    with pytest.raises(EvidenceError, match="không đúng yêu cầu"):
        read_token(token or cms)


@pytest.mark.parametrize(
    ("change", "failure"),
    [
        (lambda a: a["message_imprint"].__setitem__("hash_algorithm", {"algorithm": "sha1"}), "bad_alg"),
        (lambda a: a["message_imprint"].__setitem__("hash_algorithm", {"algorithm": "md5"}), "bad_alg"),
        (lambda a: a["message_imprint"].__setitem__("hashed_message", bytes(20)), "bad_data_format"),
        (lambda a: a.__setitem__("req_policy", "1.2.3.4"), "unaccepted_policy"),
    ],
)
def test_the_sandbox_authority_refuses_a_weak_or_odd_request(
    cms: bytes, demo_tsa: SandboxTsa, change: Callable[[Any], None], failure: str
) -> None:
    request = _changed(request_for(cms)[0], change)
    answer = demo_tsa.respond(request, AT)
    assert Response.load(answer)["status"]["fail_info"].native == {failure}
    assert _refusal(answer, request_for(cms)[0]) == "tsa_refused"


def test_the_sandbox_authority_answers_every_flipped_request(cms: bytes, demo_tsa: SandboxTsa) -> None:
    request, _ = request_for(cms)
    statuses = [
        Response.load(demo_tsa.respond(flipped(request, spot), AT))["status"]["status"].native for spot in range(18)
    ]
    assert statuses.count("rejection") >= 12


def test_without_being_asked_the_authority_keeps_its_certificate(cms: bytes, demo_tsa: SandboxTsa) -> None:
    request = _changed(request_for(cms)[0], lambda asked: asked.__setitem__("cert_req", False))
    answer = demo_tsa.respond(request, AT)
    token = Response.load(answer)["time_stamp_token"].dump()
    assert signer_certificate(read_token(token).signed_data) == b""
    assert _refusal(answer, request) == "tsa_wrong_answer"


def test_an_authority_is_taken_up_again_from_its_files(cms: bytes, demo_tsa: SandboxTsa) -> None:
    again = SandboxTsa.load(demo_tsa.key_pem, demo_tsa.certificate_pem)
    request, _ = request_for(cms)
    assert again.root == signer_certificate(read_token(token_of(again.respond(request, AT), request)).signed_data)
    other = ec.generate_private_key(ec.SECP256R1()).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    with pytest.raises(ValueError, match="RSA"):
        SandboxTsa.load(other, demo_tsa.certificate_pem)

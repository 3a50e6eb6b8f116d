"""Tokens through real SoftHSM: listing, logging in, signing with each kind of key."""

import hashlib
import threading

import pytest
from asn1crypto import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from desktop.demo.pki import DemoPki, DemoToken
from desktop.signing.certificates import describe
from desktop.signing.provision import Provisioner
from desktop.signing.rawverify import holds
from desktop.signing.tokens import CertificateNotFound, ModuleError, PinWrong, TokenError, TokenGone, TokenWorker
from tests.fixtures.tokens import open_key


def test_tokens_are_listed_with_their_certificates(worker: TokenWorker, demo_tokens: list[DemoToken]) -> None:
    listed = {token.serial: token for token in worker.tokens()}
    kinds = []
    for token in demo_tokens:
        certificates = [info for info in listed[token.serial].certificates if info.can_sign]
        assert [(info.sha256, info.subject_name) for info in certificates] == [
            (token.person.certificate_sha256, token.person.name)
        ]
        kinds.append(certificates[0].key_kind)
    assert kinds == ["RSA-3072", "RSA-2048", "EC-P-256"]


def test_each_kind_of_key_signs(worker: TokenWorker, demo_tokens: list[DemoToken]) -> None:
    for token in demo_tokens:
        with open_key(worker, token) as key:
            signature = key.sign(b"noi dung")
        public_key = x509.Certificate.load(token.certificate).public_key.dump()
        assert holds(public_key, hashlib.sha256(b"noi dung").digest(), signature)
        assert not holds(public_key, hashlib.sha256(b"noi dung khac").digest(), signature)


def test_the_largest_keys_in_use_sign(odd_tokens: list[DemoToken]) -> None:
    kinds = []
    with TokenWorker(odd_tokens[0].module, environment=odd_tokens[0].environment) as worker:
        for token in odd_tokens:
            with open_key(worker, token) as key:
                assert key.sign(b"noi dung")
                kinds.append(describe(key.certificate).key_kind)
    assert kinds == ["EC-P-384", "RSA-4096"]


@pytest.mark.parametrize("private", [rsa.generate_private_key(65537, 1024), ec.generate_private_key(ec.SECP521R1())])
def test_a_key_of_another_kind_is_refused_before_the_pin_is_used(
    odd_tokens: list[DemoToken], demo_pki: DemoPki, private: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
) -> None:
    token = odd_tokens[1]
    public = private.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    certificate = demo_pki.issue(public, token.person.name)
    with Provisioner(token.module, environment=token.environment) as provisioner:
        provisioner.write_certificate(token.serial, certificate, "khóa khác", token.pin)
    with TokenWorker(token.module, environment=token.environment) as worker, pytest.raises(TokenError) as caught:
        worker.open(token.serial, hashlib.sha256(certificate).hexdigest(), "sai")
    assert (caught.value.code, "P-384" in caught.value.message) == ("key_unsupported", True)


def test_the_intermediate_on_the_token_becomes_the_chain(worker: TokenWorker, demo_tokens: list[DemoToken]) -> None:
    with open_key(worker, demo_tokens[0]) as key:
        assert [x509.Certificate.load(der).ca for der in key.chain] == [True]


def test_a_wrong_pin_says_so_and_the_right_one_still_works(worker: TokenWorker, demo_tokens: list[DemoToken]) -> None:
    token = demo_tokens[1]
    for _ in range(2):
        with pytest.raises(PinWrong) as caught:
            worker.open(token.serial, token.person.certificate_sha256, "00000000x")
        assert caught.value.few_left
        assert "Còn ít lần thử" in caught.value.message
    with open_key(worker, token) as key:
        assert key.sign(b"x")


def test_a_refused_login_leaves_no_session_behind(worker: TokenWorker, demo_tokens: list[DemoToken]) -> None:
    worker.tokens()
    before = worker._process.generation
    with pytest.raises(PinWrong):
        worker.open(demo_tokens[0].serial, demo_tokens[0].person.certificate_sha256, "sai")
    assert not worker._process.running
    worker.tokens()
    assert worker._process.generation == before + 1


@pytest.mark.parametrize("pin", ["", "9" * 300])
def test_a_pin_no_token_could_have_spends_no_try(worker: TokenWorker, demo_tokens: list[DemoToken], pin: str) -> None:
    worker.tokens()
    generation = worker._process.generation
    with pytest.raises(TokenError, match="độ dài") as caught:
        worker.open(demo_tokens[0].serial, demo_tokens[0].person.certificate_sha256, pin)
    assert (caught.value.code, worker._process.generation) == ("pin_format", generation)


def test_no_error_repeats_the_pin(worker: TokenWorker, demo_tokens: list[DemoToken]) -> None:
    with pytest.raises(PinWrong) as caught:
        worker.open(demo_tokens[0].serial, demo_tokens[0].person.certificate_sha256, "73190482")
    assert "73190482" not in f"{caught.value!r} {caught.value.__context__!r} {caught.value.__cause__!r}"


def test_another_persons_certificate_is_not_on_this_token(worker: TokenWorker, demo_tokens: list[DemoToken]) -> None:
    first, second = demo_tokens[:2]
    with pytest.raises(CertificateNotFound):
        worker.open(first.serial, second.person.certificate_sha256, first.pin)


def test_a_token_that_is_not_there_is_gone(worker: TokenWorker) -> None:
    with pytest.raises(TokenGone):
        worker.open("khong-co", "0" * 64, "1234")


def test_a_key_from_before_a_restart_does_not_sign(worker: TokenWorker, demo_tokens: list[DemoToken]) -> None:
    key = open_key(worker, demo_tokens[0])
    worker.close()
    with pytest.raises(TokenError) as caught:
        key.sign(b"x")
    assert caught.value.code == "session_lost"
    key.close()


def test_token_calls_belong_to_one_thread(worker: TokenWorker) -> None:
    worker.tokens()
    seen: list[BaseException] = []

    def intrude() -> None:
        try:
            worker.tokens()
        except AssertionError as error:
            seen.append(error)

    thread = threading.Thread(target=intrude)
    thread.start()
    thread.join()
    assert len(seen) == 1


def test_a_file_that_is_no_module_is_refused_in_words() -> None:
    with TokenWorker("/usr/lib/os-release") as worker, pytest.raises(ModuleError) as caught:
        worker.tokens()
    assert caught.value.code == "module_unusable"

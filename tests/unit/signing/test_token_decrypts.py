"""A token opens a store: a secret sealed to its certificate comes back, with the PIN and not without."""

import secrets

import pytest

from desktop.demo.pki import DemoToken
from desktop.signing.tokens import PinWrong, TokenError, TokenWorker
from desktop.store.slots import token_blocks, token_slot


def rsa_token(tokens: list[DemoToken]) -> DemoToken:
    return tokens[1]


def der_of(worker: TokenWorker, token: DemoToken) -> bytes:
    found = next(one for one in worker.tokens() if one.serial == token.serial).certificates
    return next(one.der for one in found if one.sha256 == token.person.certificate_sha256)


def test_what_is_sealed_to_its_certificate_comes_back(worker: TokenWorker, demo_tokens: list[DemoToken]) -> None:
    token, secret = rsa_token(demo_tokens), secrets.token_bytes(32)
    blocks = token_blocks(token_slot("", "", "", der_of(worker, token)), secret)
    assert worker.decrypt(token.serial, token.person.certificate_sha256, token.pin, blocks) == secret


def test_a_wrong_pin_opens_nothing(worker: TokenWorker, demo_tokens: list[DemoToken]) -> None:
    token = rsa_token(demo_tokens)
    with pytest.raises(PinWrong):
        worker.decrypt(token.serial, token.person.certificate_sha256, "0" * len(token.pin), bytes(768))


def test_what_is_not_sealed_to_it_cannot_be_decrypted(worker: TokenWorker, demo_tokens: list[DemoToken]) -> None:
    token = rsa_token(demo_tokens)
    with pytest.raises(TokenError) as error:
        worker.decrypt(token.serial, token.person.certificate_sha256, token.pin, secrets.token_bytes(512))
    assert error.value.code == "token_cannot_decrypt"

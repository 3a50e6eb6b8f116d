"""What any token must do. Runs on SoftHSM, or on a real token: VUNGXA_TEST_TOKEN=/path/of/module (see docs/tokens.md).

The PIN of a real token is asked once, on the terminal. Nothing here risks it: a test that spends a try or changes the
token is skipped, and a token with few tries left is not logged in to at all.
"""

import getpass
import hashlib
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest
from asn1crypto import x509

from desktop.demo.pki import DemoToken
from desktop.signing.batch import BatchItem, sign_batch
from desktop.signing.rawverify import holds
from desktop.signing.tokens import PinWrong, TokenError, TokenInfo, TokenKey, TokenWorker
from tests.fixtures.softkeys import SoftPerson
from tests.fixtures.tokens import sample_objects

REAL = os.environ.get("VUNGXA_TEST_TOKEN", "")
spends_a_try = pytest.mark.skipif(bool(REAL), reason="would spend a try of a real token")


@dataclass
class AnyToken:
    """A token with one certificate that signs, and its PIN: None is typed on a PIN pad."""

    worker: TokenWorker
    serial: str
    certificate_sha256: str
    pin: str | None = field(repr=False)

    def shown(self) -> TokenInfo:
        """As it is now."""
        return next(token for token in self.worker.tokens() if token.serial == self.serial)

    def open(self) -> TokenKey:
        """Log in, once."""
        return self.worker.open(self.serial, self.certificate_sha256, self.pin)


def _plugged_in(worker: TokenWorker) -> AnyToken:
    token = next(iter(worker.tokens()), None)
    signing = [info for info in token.certificates if info.can_sign] if token else []
    if token is None or not signing:
        pytest.skip("no token with a certificate that signs is plugged in")
    if token.pin_low or token.pin_final_try or token.pin_locked or token.pin_to_change:
        pytest.skip("the token's PIN is locked, to be changed, or has few tries left")
    asked = None if token.pin_pad else getpass.getpass(f"PIN of token {token.label} (once, a wrong one spends a try): ")
    return AnyToken(worker, token.serial, signing[0].sha256, asked)


@pytest.fixture(scope="module")
def any_token(request: pytest.FixtureRequest) -> Iterator[AnyToken]:
    if REAL:
        with TokenWorker(Path(REAL)) as worker:
            yield _plugged_in(worker)
        return
    token: DemoToken = request.getfixturevalue("demo_tokens")[1]
    with TokenWorker(token.module, environment=token.environment) as worker:
        yield AnyToken(worker, token.serial, token.person.certificate_sha256, token.pin)


@pytest.fixture(scope="module")
def key(any_token: AnyToken) -> Iterator[TokenKey]:
    """One login for all tests that only sign; a wrong PIN typed for a real token ends them all here."""
    with any_token.open() as opened:
        yield opened


def test_a_reader_shows_it(any_token: AnyToken) -> None:
    readers = [reader for reader in any_token.worker.readers() if reader.token_present]
    assert any_token.shown().reader in [reader.description for reader in readers]


def test_its_certificates_are_read_without_a_pin(any_token: AnyToken) -> None:
    assert any_token.certificate_sha256 in [info.sha256 for info in any_token.shown().certificates]


def test_polling_is_cheap_enough_for_two_seconds(any_token: AnyToken) -> None:
    any_token.shown()
    start = time.monotonic()
    any_token.shown()
    assert time.monotonic() - start < 2.0


def test_its_signatures_hold_by_its_certificate(key: TokenKey) -> None:
    public_key = x509.Certificate.load(key.certificate).public_key.dump()
    for data in (b"", b"noi dung", os.urandom(100_000)):
        assert holds(public_key, hashlib.sha256(data).digest(), key.sign(data))


def test_the_pin_is_counted(key: TokenKey) -> None:
    before = key.pin_uses
    key.sign(b"1")
    key.sign(b"2")
    assert key.pin_uses - before == (2 if key.pin_each else 0)


def test_a_good_login_leaves_all_tries(key: TokenKey) -> None:
    assert key.flags() == (False, False, False)


def test_it_signs_a_batch_of_dossiers(key: TokenKey, soft_people: list[SoftPerson]) -> None:
    items = (BatchItem(f"d{i}", sample_objects(soft_people, b"scan %d" % i)) for i in range(3))
    results = list(sign_batch(items, key, lambda: datetime.now(UTC)))
    assert [result.error for result in results] == [None] * 3
    assert len({result.signed.cms for result in results if result.signed}) == 3


def test_listing_in_the_middle_disturbs_no_signature(any_token: AnyToken, key: TokenKey) -> None:
    assert key.sign(b"1")
    assert any_token.shown().serial == any_token.serial
    assert key.sign(b"2")


@spends_a_try
def test_a_wrong_pin_is_told_and_the_right_one_still_works(any_token: AnyToken) -> None:
    with pytest.raises(PinWrong):
        any_token.worker.open(any_token.serial, any_token.certificate_sha256, "0000-wrong")
    with any_token.open() as opened:
        assert opened.sign(b"x")


def test_after_a_restart_the_old_login_is_over(any_token: AnyToken, key: TokenKey) -> None:
    """Last of all: it ends the login that the others share."""
    any_token.worker.restart()
    with pytest.raises(TokenError) as caught:
        key.sign(b"x")
    assert (caught.value.code, any_token.shown().serial) == ("session_lost", any_token.serial)

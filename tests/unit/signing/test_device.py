"""Statements count only when signed by a key we know, for the use they claim."""

from dataclasses import dataclass, replace

import pytest

from desktop.signing.device import DeviceKey, key_id_of, verify_statement, verify_text
from desktop.signing.errors import StatementError


@dataclass(frozen=True)
class Statement:
    payload: str
    key_id: str
    signature: str


TREASURY = DeviceKey.generate()
KEYS = {TREASURY.key_id: TREASURY.public_b64}
TEXT = '{"kind":"receipt","số":1}'
GOOD = Statement(TEXT, TREASURY.key_id, TREASURY.sign(TEXT, "receipt"))


def test_a_statement_by_a_known_key_gives_its_payload() -> None:
    assert verify_statement(GOOD, "receipt", KEYS) == TEXT.encode()


@pytest.mark.parametrize(
    ("statement", "context", "code"),
    [
        (replace(GOOD, payload=TEXT.replace("1", "2")), "receipt", "bad_signature"),
        (GOOD, "event", "bad_signature"),
        (replace(GOOD, signature=DeviceKey.generate().sign(TEXT, "receipt")), "receipt", "bad_signature"),
        (replace(GOOD, signature="AAAA"), "receipt", "bad_signature"),
        (replace(GOOD, signature="không phải base64"), "receipt", "bad_signature"),
        (replace(GOOD, payload="\udc80"), "receipt", "bad_signature"),
        (replace(GOOD, key_id="0" * 16), "receipt", "unknown_key"),
    ],
)
def test_anything_else_does_not_count(statement: Statement, context: str, code: str) -> None:
    with pytest.raises(StatementError) as caught:
        verify_statement(statement, context, KEYS)
    assert caught.value.code == code


def test_a_key_survives_storage_and_hides_in_text() -> None:
    again = DeviceKey.load(TREASURY.raw)
    verify_text("x", again.sign("x"), "session", TREASURY.public_b64)
    assert TREASURY.raw.hex() not in repr(again)
    assert again.key_id == TREASURY.key_id


def test_a_damaged_key_is_refused_in_words() -> None:
    with pytest.raises(StatementError, match="đăng ký lại"):
        DeviceKey.load(b"short")


def test_a_key_is_named_by_its_digest() -> None:
    assert key_id_of(bytes(32)) == "66687aadf862bd77"


def test_a_context_of_ones_own_is_a_defect() -> None:
    with pytest.raises(ValueError, match="unknown context"):
        TREASURY.sign("x", "anything")

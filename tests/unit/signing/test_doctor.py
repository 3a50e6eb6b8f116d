"""The token part of `vungxa doctor`: what is plugged in, and what to act on, without a PIN."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from desktop.demo.pki import DemoToken
from desktop.dossier.dates import instant
from desktop.signing.certificates import describe
from desktop.signing.doctor import bits_of, days_left, diagnose, remarks
from desktop.signing.tokeninfo import TokenInfo
from tests.fixtures.softkeys import SoftPerson
from tests.fixtures.tokens import TokenFault

NOW = datetime.now(UTC)


@pytest.fixture
def token(keys: list[SoftPerson]) -> TokenInfo:
    return TokenInfo(
        "1",
        "T",
        "M",
        pin_low=False,
        pin_final_try=False,
        pin_locked=False,
        certificates=(describe(keys[0].certificate),),
    )


def test_real_tokens_are_diagnosed(demo_tokens: list[DemoToken]) -> None:
    (found,) = diagnose([demo_tokens[0].module], environment=demo_tokens[0].environment)
    assert (found.code, {token.serial for token in found.tokens}) == ("", {token.serial for token in demo_tokens})


def test_a_broken_driver_is_one_line_of_the_answer(tmp_path: Path, demo_tokens: list[DemoToken]) -> None:
    broken = tmp_path / "broken.so"
    broken.write_bytes(b"junk")
    first, second = diagnose([broken, demo_tokens[0].module], environment=demo_tokens[0].environment)
    assert (first.code, bool(first.message), second.code) == ("module_unusable", True, "")


def test_a_library_that_is_no_driver_is_told(fault: TokenFault) -> None:
    (found,) = diagnose([fault.module], environment={"P11FAULT_MODULE": "/none", "P11FAULT_STATE": str(fault.state)})
    assert (found.code, found.tokens) == ("module_unusable", ())


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"pin_low": True}, [("pin_low", False)]),
        ({"pin_low": True, "pin_final_try": True}, [("pin_final_try", False)]),
        ({"pin_final_try": True, "pin_locked": True}, [("pin_locked", True)]),
        ({"certificates": ()}, [("no_certificate", True)]),
    ],
)
def test_the_state_of_a_pin_is_said(
    token: TokenInfo, changes: dict[str, object], expected: list[tuple[str, bool]]
) -> None:
    found = remarks(replace(token, **changes), NOW)  # type: ignore[arg-type]
    assert [(remark.code, remark.serious) for remark in found] == expected


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [(-9, 31, []), (-9, 29, ["expires_soon"]), (-9, -1, ["expired"]), (1, 99, ["not_yet_valid"])],
)
def test_the_end_of_a_certificate_is_said_in_time(token: TokenInfo, start: int, end: int, expected: list[str]) -> None:
    (certificate,) = token.certificates
    moved = replace(
        certificate, not_before=instant(NOW + timedelta(start)), not_after=instant(NOW + timedelta(end, seconds=9))
    )
    assert [remark.code for remark in remarks(replace(token, certificates=(moved,)), NOW)] == expected
    assert days_left(moved, NOW) == end


@pytest.mark.parametrize(
    ("content", "bits"),
    [
        (b"\x7fELF\x02", 64),
        (b"\x7fELF\x01", 32),
        (b"MZ" + bytes(58) + b"\x40\0\0\0PE\0\0\x64\x86", 64),
        (b"MZ" + bytes(58) + b"\x40\0\0\0PE\0\0\x4c\x01", 32),
        (b"MZ" + bytes(58) + b"\xff\xff\xff\xff", 0),
        (b"", 0),
    ],
)
def test_the_bits_of_a_library_are_told(tmp_path: Path, content: bytes, bits: int) -> None:
    (tmp_path / "driver").write_bytes(content)
    assert (bits_of(tmp_path / "driver"), bits_of(tmp_path / "none")) == (bits, 0)

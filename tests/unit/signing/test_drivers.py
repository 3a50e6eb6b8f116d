"""Several drivers on one machine: a broken one hides nothing, and only the right one gets the PIN."""

import ctypes.util
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.demo.pki import DemoToken
from desktop.signing.drivers import AllDrivers
from desktop.signing.errors import ModuleError, PinWrong, TokenError, TokenGone
from tests.fixtures.tokens import TokenFault


@pytest.fixture
def broken() -> Path:
    """A library of this machine's kind that is no PKCS#11 module."""
    library = ctypes.util.find_library("z")
    assert library is not None
    return next(path for folder in ("/lib", "/usr/lib") for path in Path(folder).rglob(library))


@pytest.fixture
def drivers(broken: Path, demo_tokens: list[DemoToken]) -> Iterator[AllDrivers]:
    made = AllDrivers([broken, demo_tokens[0].module], environment=demo_tokens[0].environment)
    yield made
    made.close()


def test_a_broken_driver_hides_no_token(drivers: AllDrivers, demo_tokens: list[DemoToken]) -> None:
    assert {token.serial for token in drivers.tokens()} == {token.serial for token in demo_tokens}


def test_the_driver_that_shows_the_token_opens_it(drivers: AllDrivers, demo_tokens: list[DemoToken]) -> None:
    token = demo_tokens[1]
    with drivers.open(token.serial, token.person.certificate_sha256, token.pin) as key:
        assert key.certificate == token.certificate
        assert key.sign(b"noi dung")


def test_a_wrong_pin_is_told_as_by_one_driver(drivers: AllDrivers, demo_tokens: list[DemoToken]) -> None:
    token = demo_tokens[1]
    with pytest.raises(PinWrong):
        drivers.open(token.serial, token.person.certificate_sha256, "0000")


def test_a_token_nobody_shows_is_gone(drivers: AllDrivers) -> None:
    with pytest.raises(TokenGone):
        drivers.open("no such serial", "0" * 64, "0000")


def test_only_broken_drivers_say_so(broken: Path) -> None:
    drivers = AllDrivers([broken])
    with pytest.raises(TokenError) as error:
        drivers.tokens()
    assert isinstance(error.value, ModuleError)
    drivers.close()


def test_no_driver_at_all_says_what_to_install() -> None:
    with pytest.raises(ModuleError) as error:
        AllDrivers([])
    assert error.value.code == "no_module"


def test_a_module_named_twice_shows_its_tokens_once(demo_tokens: list[DemoToken]) -> None:
    module = demo_tokens[0].module
    drivers = AllDrivers([module, module], environment=demo_tokens[0].environment)
    assert len(drivers.tokens()) == len(demo_tokens)
    drivers.close()


def test_a_token_that_two_drivers_show_is_one(fault: TokenFault, demo_tokens: list[DemoToken]) -> None:
    fault.set("serial")
    token = demo_tokens[1]
    drivers = AllDrivers([fault.module, token.module], environment=fault.environment)
    shown = drivers.tokens()
    assert [found.serial[0] for found in shown] == ["#"] * len(demo_tokens)
    mine = next(found for found in shown if token.person.certificate_sha256 in [c.sha256 for c in found.certificates])
    with drivers.open(mine.serial, token.person.certificate_sha256, token.pin) as key:
        assert key.sign(b"x")
    drivers.close()

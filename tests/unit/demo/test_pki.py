"""The demo's tokens: PINs that no command line has seen, keys that stay on the token."""

from pathlib import Path

import pytest

from desktop.demo.pki import DemoPki, DemoToken, make_softhsm_tokens
from desktop.demo.unit import PEOPLE
from desktop.signing.errors import TokenError
from desktop.signing.provision import Provisioner
from desktop.signing.tokens import TokenWorker


def test_a_token_can_be_told_apart_by_its_owner(demo_tokens: list[DemoToken]) -> None:
    assert [token.person.name for token in demo_tokens] == [person.name for person in PEOPLE]
    assert (
        len({token.person.certificate_sha256 for token in demo_tokens})
        == len({token.pin for token in demo_tokens})
        == 3
    )


def test_pins_are_nowhere_in_text(demo_tokens: list[DemoToken]) -> None:
    for token in demo_tokens:
        assert token.pin not in repr(token)
        folder = Path(token.environment["SOFTHSM2_CONF"]).parent
        assert not any(token.pin.encode() in path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_an_authoritys_keys_stay_in_memory(demo_pki: DemoPki) -> None:
    assert not any(b"PRIVATE KEY" in path.read_bytes() for path in demo_pki.root_pem.parent.iterdir())
    assert "key" not in repr(demo_pki)


def test_one_token_may_be_made_alone_with_another_key(demo_pki: DemoPki, tmp_path: Path) -> None:
    (token,) = make_softhsm_tokens(tmp_path, PEOPLE[:1], demo_pki, kinds=["EC-P-384"])
    with TokenWorker(token.module, environment=token.environment) as worker:
        kinds = [info.key_kind for info in worker.tokens()[0].certificates if info.can_sign]
        assert kinds == ["EC-P-384"]
        with worker.open(token.serial, token.person.certificate_sha256, token.pin) as key:
            assert key.sign(b"x")


def test_the_pin_given_on_the_command_line_no_longer_opens(demo_tokens: list[DemoToken]) -> None:
    token = demo_tokens[0]
    with Provisioner(token.module, environment=token.environment) as provisioner, pytest.raises(TokenError):
        provisioner.replace_pins(token.serial, old_so="00000000", new_so="11111111", user="22222222")

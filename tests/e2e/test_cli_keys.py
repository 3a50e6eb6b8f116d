"""The ways into a unit at the command line: passwords, the recovery code, a token, another data key."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from desktop.demo.pki import DemoToken
from desktop.desk.users_desk import COST
from desktop.dossier.duties import Duty
from desktop.dossier.users import User
from desktop.signing.tokens import TokenWorker
from desktop.store.keys import open_with_password, open_with_recovery_code, open_with_token, read_front
from desktop.store.store import KEYS, Store
from tests.contract.store_kit import CHEAP, PASSWORD, PEOPLE, UNIT
from tests.e2e.command import Ran, vungxa
from tests.unit.exchange.papers import text_of

FRESH = "mật khẩu mới 2027"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A unit whose administrator u1 may open it."""
    first = User(user_id="u1", name="Lò Thị Hạnh", duties=(Duty.ADMINISTRATOR,))
    with Store.create(tmp_path / "unit", PASSWORD, UNIT, PEOPLE, first=first, kdf=CHEAP) as store:
        store.settings.set(COST, CHEAP.model_dump_json())
    return tmp_path / "unit"


def run(home: Path, *words: str, typed: tuple[str, ...] = (PASSWORD,), **environment: str) -> Ran:
    lines = "".join(line + "\n" for line in typed)
    return vungxa(*words, "--home", home, "--password-stdin", stdin=lines, environment=environment)


def opens(home: Path, password: str) -> str:
    return open_with_password(home / KEYS, password).user


def test_a_password_is_changed(home: Path) -> None:
    assert run(home, "user", "password", typed=(PASSWORD, "ngắn")).error == (2, "password_short")
    assert run(home, "user", "password", typed=(PASSWORD, FRESH)).answer == {"ok": True, "user": "u1"}
    assert opens(home, FRESH) == "u1"
    assert run(home, "user", "password").error == (2, "wrong_password")


def test_a_lost_password_comes_back_by_the_recovery_code(home: Path) -> None:
    first = run(home, "user", "recovery-code").answer["code"]
    code = run(home, "user", "recovery-code").answer["code"]
    assert run(home, "user", "confirm-code", typed=(PASSWORD, first)).error == (2, "code_not_newest")
    assert run(home, "user", "confirm-code", typed=(PASSWORD, code)).code == 0
    assert run(home, "user", "recover", "--user", "u1", typed=(first, FRESH)).error == (2, "wrong_code")
    assert run(home, "user", "recover", typed=(code, FRESH)).error == (2, "which_user")
    assert run(home, "user", "recover", "--user", "u1", typed=(code[:-1] + "#", FRESH)).error == (2, "code_mistyped")
    assert run(home, "user", "recover", "--user", "u1", typed=(code, FRESH)).answer["user"] == "u1"
    assert opens(home, FRESH) == "u1"
    with Store.open(home, FRESH) as store:
        assert "recover" in [entry.action for entry in store.journal.entries()]


def test_the_data_key_is_changed_and_everybody_stays(home: Path) -> None:
    before = open_with_password(home / KEYS, PASSWORD).key
    with Store.open_with(home, before):
        assert run(home, "rotate-key").error == (2, "store_in_use")
    assert run(home, "rotate-key").answer == {"ok": True, "ended": []}
    assert open_with_password(home / KEYS, PASSWORD).key != before


def test_the_recovery_code_goes_to_the_page_that_was_asked_for_and_nowhere_else(home: Path, tmp_path: Path) -> None:
    (tmp_path / "tmp").mkdir()
    page = tmp_path / "ma.pdf"
    ran = run(home, "user", "recovery-code", "--out", str(page), TMPDIR=str(tmp_path / "tmp"))
    assert (ran.answer, ran.err) == ({"ok": True, "out": str(page)}, "")
    groups = re.findall(r"\b[A-Z2-7]{4}\b", text_of(page.read_bytes(), tmp_path).split("Dùng khi nào")[0])[-9:]
    code = "-".join(groups)
    assert open_with_recovery_code(home / KEYS, code).key == open_with_password(home / KEYS, PASSWORD).key
    assert (page.stat().st_mode & 0o777, list((tmp_path / "tmp").iterdir())) == (0o600, [])
    told = [path for path in tmp_path.rglob("*") if path.is_file() and path.parent != tmp_path]
    assert not [path for path in told for word in (code, groups[0] + groups[1]) if word.encode() in path.read_bytes()]


def test_a_token_opens_the_unit(home: Path, demo_tokens: list[DemoToken]) -> None:
    token = demo_tokens[1]
    words = ("user", "token", "--user", "u1", "--token", token.serial)
    given = run(home, *words, typed=(PASSWORD, token.pin), **token.environment).answer
    assert given["certificate_sha256"] == token.person.certificate_sha256
    run(home, "rotate-key")
    with TokenWorker(token.module, environment=token.environment) as worker:
        opened = open_with_token(
            home / KEYS,
            token.person.certificate_sha256,
            lambda sealed: worker.decrypt(token.serial, token.person.certificate_sha256, token.pin, sealed),
        )
    assert opened == open_with_password(home / KEYS, PASSWORD)
    assert run(home, "user", "drop-token", "--user", "u1").code == 0
    assert [slot.kind for slot in read_front(home).slots] == ["password"]

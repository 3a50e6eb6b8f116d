"""`vungxa journal`: each command a process, each secret by stdin, against a gateway process."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.desk.connection import enrol_device
from tests.e2e.command import Ran, vungxa
from tests.fixtures.gateway import GatewayProcess, estimates, new_unit
from tests.fixtures.softkeys import SoftPerson
from tests.unit.desk.journal_kit import Kept
from tests.unit.desk.kit import PASSWORD, Clock, Office


def journal(folder: Path, *words: object, password: str = PASSWORD) -> Ran:
    return vungxa("journal", *words, "--home", folder, "--password-stdin", stdin=password + "\n")


def test_a_journal_is_sealed_signed_and_held_against_the_gateway(
    tmp_path: Path, gateway: GatewayProcess, soft_people: list[SoftPerson]
) -> None:
    people, known, folder = [soft.person for soft in soft_people], new_unit(), tmp_path / "unit"
    with Office.make(folder, people, Clock()).store as store:
        store.unit.save(known, people)
        enrol_device(store, gateway.url, gateway.pin, gateway.register(known, people, estimates(known)))
        end = store.journal.head()
    assert journal(folder, "seal").answer["countersigned"] is False
    sealed = journal(folder, "seal", "--online").answer
    assert (sealed["seq"], sealed["hash"], sealed["countersigned"]) == (*end, True)
    verified = journal(folder, "verify", "--online")
    assert (verified.code, verified.answer) == (
        0,
        {"ok": True, "entries": end[0], "sealed": end[0], "countersigned": end[0], "hash": end[1], "online": True,
         "findings": []},
    )  # fmt: skip
    (entry,) = journal(folder, "list", "dang", "ky", "may", "voi").answer["entries"]
    assert (entry["seq"], entry["what"], entry["who"]) == (end[0], "Đăng ký máy với Kho bạc", "Máy tự làm")
    out = tmp_path / "nhật ký.csv"
    assert journal(folder, "export", "--out", out, "--from", "1/1/2026").answer["entries"] == end[0]
    assert len(out.read_text("utf-8-sig").splitlines()) == end[0] + 1


def test_a_finding_makes_the_exit_code_one(tmp_path: Path) -> None:
    kept = Kept.new(tmp_path / "unit")
    with kept.attack() as database:
        database.run("UPDATE journal SET detail = 'd9' WHERE seq = 6")
    ran = journal(kept.folder, password="Mật-khẩu dài 2026")
    (found,) = ran.answer["findings"]
    assert (ran.code, ran.answer["ok"], ran.answer["countersigned"]) == (1, False, 5)
    assert (found["code"], found["seq"], found["message"]) == ("journal_edit", 6, "Mục 6 bị sửa sau khi ghi.")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("export",), "bad_arguments"),
        (("export", "--out", "/tmp/nhật ký.doc"), "bad_arguments"),
        (("export", "--out", "/không/có.csv"), "not_writable"),
        (("export", "--out", "n.csv", "--from", "31/2/2026"), "bad_date"),
        (("export", "--out", "n.csv", "--from", "2/3/2026", "--to", "1/3/2026"), "bad_arguments"),
        (("list", "--limit", "0"), "bad_arguments"),
        (("seal",), "not_enrolled"),
        (("verify", "--online"), "not_enrolled"),
        (("burn",), "bad_arguments"),
    ],
)
def test_what_cannot_be_done_is_said(plain: Path, words: tuple[str, ...], code: str) -> None:
    assert journal(plain, *words).error == (2, code)


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory, soft_people: list[SoftPerson]) -> Path:
    folder = tmp_path_factory.mktemp("plain") / "unit"
    Office.make(folder, [soft.person for soft in soft_people], Clock()).store.close()
    return folder

"""A dossier signed on two computers: real tokens on both, a file between them, one package at a real gateway, paid.

And the same on the command line, with a passphrase over the file.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from desktop.demo.pki import DemoToken
from desktop.desk.context import DeskContext, ThreadStores, utc_now
from desktop.desk.handing_over import HandingOver
from desktop.desk.token_desk import TokenDesk
from desktop.dossier.handover_views import HandoverOutcome
from desktop.signing.tokens import TokenWorker
from desktop.store.store import Store
from tests.contract.store_kit import CHEAP
from tests.e2e.command import Ran, vungxa
from tests.e2e.office import Office, Taken
from tests.fixtures.gateway import GatewayProcess, estimates, new_unit
from tests.fixtures.softkeys import SoftPerson
from tests.unit.desk import kit
from tests.unit.desk.kit import LISTED

PASSPHRASE = "lúa chín tháng mười"


@dataclass
class Desk:
    """One computer with its own store; its tokens are plugged in there and nowhere else."""

    store: Store
    name: str

    def context(self, token: DemoToken) -> DeskContext:
        return DeskContext(ThreadStores(self.store), token.person, machine=self.name)

    def sign(self, token: DemoToken, local_id: str) -> None:
        desk = TokenDesk(self.context(token), lambda: TokenWorker(token.module, environment=token.environment))
        try:
            (item,) = desk.items(token.person.person_id)
            stood = {local_id: [news.key for news in item.news]}
            desk.sign(token.serial, token.pin, [local_id], lambda _: None, lambda: False, acknowledged=stood)
        finally:
            desk.close()


def test_signed_on_two_machines_sent_once_and_paid(
    tmp_path: Path, gateway: GatewayProcess, demo_tokens: list[DemoToken]
) -> None:
    unit, people = new_unit(), [token.person for token in demo_tokens]
    office = Office.open(tmp_path, gateway, demo_tokens, unit, estimates(unit))
    home = Desk(office.store, "MAY-KE-TOAN")
    with office.store, Store.create(tmp_path / "away", kit.PASSWORD, unit, people, kdf=CHEAP) as other:
        local_id = kit.Office(office.store, utc_now).submit(LISTED)
        for token in demo_tokens[:2]:
            home.sign(token, local_id)
        away, stick = Desk(other, "MAY-CHU-TICH"), tmp_path / "ky.vxky"
        written = HandingOver(home.context(demo_tokens[0])).hand_out([local_id], stick, PASSPHRASE)
        there = HandingOver(away.context(demo_tokens[2]))
        assert there.look(stick, PASSPHRASE).code == written.code
        there.take(stick, PASSPHRASE)
        away.sign(demo_tokens[2], local_id)
        there.hand_out([local_id], stick)
        (result,) = HandingOver(home.context(demo_tokens[0])).take(stick).results
        assert result.outcome is HandoverOutcome.SEALED
        assert {made.machine_name for made in home.store.submissions.get(local_id).signatures} == {home.name, away.name}
        office.tokens = ()
        taken = Taken(local_id, "", [], 0)
        office.exchange([taken])
        assert office.decision(taken).decision == "paid"
        assert len(office.receipt(taken)["objects"]) == len(home.store.submissions.infos(local_id))
        assert other.outbox.due("9999-12-31T23:59:59Z") == []


def test_on_the_command_line(tmp_path: Path, soft_people: list[SoftPerson]) -> None:
    people = [soft.person for soft in soft_people]
    home = kit.Office.make(tmp_path / "home", people, kit.Clock(), soft_people)
    with home.store, kit.Office.make(tmp_path / "away", people, home.clock).store:
        local_id = home.submit()
        home.sign(local_id, 1)
    stick = tmp_path / "ky.vxky"
    number = "0001"
    out = run(tmp_path / "home", "out", number, "-o", stick, "--locked")
    assert (out.code, out.answer["results"][0]["local_id"]) == (0, local_id)
    seen = run(tmp_path / "away", "look", stick, "--locked")
    assert (seen.answer["code"], seen.answer["dossiers"][0]["signed"]) == (out.answer["code"], 1)
    assert run(tmp_path / "away", "in", stick, "--locked").answer["results"][0]["outcome"] == "take"
    (line,) = run(tmp_path / "home", "take-back", number).answer["handovers"]
    assert (line["kind"], line["guest"], line["waiting"]) == ("taken_back", False, False)


def run(home: Path, *words: object) -> Ran:
    return vungxa("handover", *words, "--home", home, "--password-stdin", stdin=f"{kit.PASSWORD}\n{PASSPHRASE}\n")

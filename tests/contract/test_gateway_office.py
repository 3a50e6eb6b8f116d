"""The office beside the server: what the sandbox does next, new signers, papers, refunds, form packs."""

import hashlib
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from desktop.demo.pki import DemoPki
from desktop.dossier.document import Document, Dossier
from desktop.dossier.people import Person, Role
from desktop.signing.device import DeviceKey
from tests.contract.test_gateway_access import code_of
from tests.fixtures.dossiers import ORDER_CASE, dossier, form
from tests.fixtures.forms_filled import filled
from tests.fixtures.gateway import Client, GatewayProcess
from tests.fixtures.packs import files_of, moved_seat, newer, signed
from tests.fixtures.softkeys import SoftPerson, make_soft_person, seal

MINUTE = timedelta(minutes=1)
NEW_HOLDER = Person(person_id="p9", name="Thao Thị Sua", roles=(Role.HEAD_OF_UNIT, Role.ACCOUNT_HOLDER))


@pytest.fixture
def client(gateway: GatewayProcess, soft_people: list[SoftPerson]) -> Client:
    return gateway.client([soft.person for soft in soft_people])


def office(client: Client, command: str, **options: str) -> dict[str, Any]:
    return client.gateway.office(command, unit=client.unit.code, **options)


def decision(client: Client, events: int) -> dict[str, Any]:
    """The last decision once the feed has that many events."""
    return [event for event in client.wait_for_events(events) if event["kind"] == "decision"][-1]


def test_the_sandbox_does_once_what_it_was_told(client: Client, soft_people: list[SoftPerson]) -> None:
    office(client, "sandbox", number="rdt1", outcome="return", reason="Sai nội dung chi.")
    first = client.send(seal(dossier(form(unit=client.unit, document_no="RDT1")), client.unit, soft_people))[0]
    *_, returned, paper = client.wait_for_events(3)
    assert (returned["decision"], returned["reason"]) == ("returned", "Sai nội dung chi.")
    assert (paper["kind"], paper["form"], paper["package_id"]) == ("paper", "M33", first.package_id)
    fields = Document.model_validate(paper["document"]).fields
    assert (fields["reason"], fields["refused_dossier_no"]) == ("Sai nội dung chi.", returned["official_code"])
    mended = dossier(form(unit=client.unit, document_no="RDT1"), replaces=first.package_id)
    client.send(seal(mended, client.unit, soft_people))
    assert decision(client, 6)["decision"] == "paid"


def test_less_is_accepted_than_asked(client: Client, soft_people: list[SoftPerson]) -> None:
    office(client, "sandbox", number="M17", outcome="accept", amount="1000000")
    client.send(seal(dossier(form(ORDER_CASE, client.unit)), client.unit, soft_people))
    *_, paid, balance = client.wait_for_events(3)
    assert (paid["amount"], balance["delta"]) == (1_000_000, -1_000_000)
    assert paid["figures"] == [{"document": 0, "table": "lines", "row": 0, "key": "amount", "value": 1_000_000}]


@pytest.mark.parametrize(
    "options",
    [
        {"number": " ", "outcome": "accept"},
        {"number": "1", "outcome": "return", "amount": "5"},
        {"number": "1", "outcome": "accept", "amount": "-5"},
    ],
)
def test_a_wish_that_makes_no_sense_is_refused(client: Client, options: dict[str, str]) -> None:
    assert office(client, "sandbox", **options)["error"]["code"] == "bad_wish"


def test_a_mismatch_is_answered_by_a_new_table(client: Client, soft_people: list[SoftPerson]) -> None:
    wrong, right = (table(client, opening) for opening in (5, 1_000_000_000))
    first = client.send(seal(wrong, client.unit, soft_people))[0]
    told = decision(client, 2)
    assert (told["decision"], told["figures"][0]["value"]) == ("mismatch", 1_000_000_000)
    client.send(seal(right.model_copy(update={"replaces": first.package_id}), client.unit, soft_people))
    assert decision(client, 4)["decision"] == "paid"


def table(client: Client, opening: int) -> Dossier:
    unit = client.unit
    row = {"account_no": unit.deposit_account, "opening": opening, "increase": 0, "decrease": 0, "closing": opening}
    start = filled("M32")
    fields = start.fields | {"unit_name": unit.name, "budget_unit_code": unit.code, "made_date": "2026-11-20"}
    made = start.model_copy(update={"fields": fields | {"month": 10}, "tables": {"accounts": [row]}})
    return dossier(made).model_copy(update={"procedure": "P7", "case": "P7-d"})


def registration(client: Client, **names: str) -> Dossier:
    start = filled("M24")
    specimens = [
        {**row, "person_name": names.get(str(row["group"]), row["person_name"])}
        for row in start.tables["specimens"]
        if row["person_name"] != "Thao Thị Sua"
    ]
    fields = start.fields | {"name": client.unit.name, "budget_unit_code": client.unit.code}
    fields |= {"account_holder": names["first_signature"], "made_date": "2026-11-20"}
    made = start.model_copy(update={"fields": fields, "tables": {**start.tables, "specimens": specimens}})
    return dossier(made).model_copy(update={"procedure": "P5", "case": "P5-e"})


def test_an_accepted_registration_changes_who_may_sign(
    client: Client, soft_people: list[SoftPerson], demo_pki: DemoPki, tmp_path: Path
) -> None:
    new = make_soft_person(demo_pki, NEW_HOLDER)
    after = [*soft_people[:2], new]
    early, late, afterwards = (
        seal(dossier(form(unit=client.unit, document_no=n)), client.unit, soft_people, when=datetime.now(UTC) + after)
        for n, after in (("A", -MINUTE), ("B", -MINUTE), ("D", MINUTE))
    )
    assert client.send(seal(dossier(form(unit=client.unit)), client.unit, after))[0].code == "not_registered"
    (tmp_path / "p.json").write_text(new.person.model_dump_json(), "utf-8")
    assert office(client, "add-person", person=str(tmp_path / "p.json"))["person_id"] == "p9"
    assert client.send(seal(dossier(form(unit=client.unit)), client.unit, after))[0].code == "not_registered"
    assert client.send(early)[0].kind == "accepted"
    client.send(seal(registration(client, first_signature=NEW_HOLDER.name), client.unit, [new]))
    assert decision(client, 5)["decision"] == "paid"
    assert client.send(seal(dossier(form(unit=client.unit, document_no="C")), client.unit, after))[0].kind == "accepted"
    assert client.send(late)[0].kind == "accepted"
    assert client.send(afterwards)[0].code == "not_registered"


def test_papers_and_refunds_reach_the_unit(client: Client, tmp_path: Path) -> None:
    (tmp_path / "m05.json").write_text(filled("M05").model_dump_json(), "utf-8")
    order = {"order_no": "12/LHT", "order_date": "2026-11-02", "amount": 900_000, "status": "booked"}
    (tmp_path / "refund.json").write_text(json.dumps(order), "utf-8")
    office(client, "publish-paper", file=str(tmp_path / "m05.json"))
    office(client, "publish-refund", file=str(tmp_path / "refund.json"))
    paper, refund = client.wait_for_events(2)
    assert (paper["kind"], paper["form"]) == ("paper", "M05")
    assert {name: refund[name] for name in order} == order


@pytest.mark.parametrize(
    ("command", "content", "code"),
    [
        ("publish-paper", filled("M13").model_dump_json(), "bad_paper"),
        ("publish-paper", "[]", "bad_paper"),
        ("publish-refund", '{"order_no":"1"}', "bad_refund"),
        ("publish-refund", "[1]", "bad_refund"),
        ("add-person", '{"person_id":"x"}', "bad_person"),
        ("add-person", NEW_HOLDER.model_dump_json(), "bad_person"),
    ],
)
def test_a_file_of_another_kind_is_refused(
    client: Client, tmp_path: Path, command: str, content: str, code: str
) -> None:
    (tmp_path / "f.json").write_text(content, "utf-8")
    option = "person" if command == "add-person" else "file"
    assert office(client, command, **{option: str(tmp_path / "f.json")})["error"]["code"] == code


def test_a_pack_is_announced_to_all_and_fetched_in_ranges(
    own_gateway: GatewayProcess, soft_people: list[SoftPerson], tmp_path: Path
) -> None:
    client = own_gateway.client([soft.person for soft in soft_people])
    folder = tmp_path / "pack"
    folder.mkdir()
    for name, content in files_of(moved_seat(since="2026-02-01")).items():
        (folder / name).write_bytes(content)
    file = str(tmp_path / "next.vxpack")
    own_gateway.command("sign-pack", str(folder), "-o", file)
    told = own_gateway.command("publish-pack", file)
    assert told["units_told"] == 1
    (notice,) = client.wait_for_events(1)
    assert (notice["kind"], notice["version"], notice["sha256"]) == ("pack", "999-2027", told["sha256"])
    path = f"/v1/packs/{notice['sha256']}"
    whole = client.http.get(path).content
    halves = [client.http.get(path, headers={"Range": f"bytes={part}"}) for part in ("0-999", "1000-")]
    assert [half.status_code for half in halves] == [206, 206]
    assert b"".join(half.content for half in halves) == whole
    assert (hashlib.sha256(whole).hexdigest(), len(whole)) == (notice["sha256"], notice["size"])
    later = own_gateway.client([soft.person for soft in soft_people])
    assert [event["kind"] for event in later.wait_for_events(1)] == ["pack"]
    assert own_gateway.command("publish-pack", file)["units_told"] == 0


def test_a_pack_is_refused_that_another_treasury_signed(own_gateway: GatewayProcess, tmp_path: Path) -> None:
    (tmp_path / "x.vxpack").write_bytes(signed(newer(), DeviceKey.generate()))
    answer = own_gateway.command("publish-pack", str(tmp_path / "x.vxpack"))
    assert answer["error"]["code"] == "pack_unknown_key"


@pytest.mark.parametrize(("wanted", "status"), [("bytes=0-0", 404), ("", 404)])
def test_no_other_pack_is_given(client: Client, wanted: str, status: int) -> None:
    headers = {"Range": wanted} if wanted else {}
    assert code_of(client.http.get(f"/v1/packs/{'0' * 64}", headers=headers), status) == "pack_unknown"


def test_a_long_feed_comes_in_pages_that_fit(client: Client, tmp_path: Path) -> None:
    long = filled("M05").model_copy(update={"fields": filled("M05").fields | {"tax_name": "x" * 150_000}})
    (tmp_path / "m05.json").write_text(long.model_dump_json(), "utf-8")
    for _ in range(3):
        office(client, "publish-paper", file=str(tmp_path / "m05.json"))
    assert len(client.whole_feed()) == 3
    events, _, more = client.feed()
    assert (len(events), more) == (1, True)

"""The demo's proof can fail: each lie of a doctored witness breaks the promise that it concerns, and only that one."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from desktop.demo.pki import DemoPki, make_demo_pki
from desktop.demo.proof import Evidence, Proof, prove
from desktop.desk.sealed import container
from desktop.signing.device import DeviceKey
from desktop.sync.protocol import Receipt, SignedStatement
from tests.fixtures.softkeys import SoftPerson
from tests.unit.desk.kit import Clock, Office, sha256

Witness = dict[str, Any]
TREASURY = DeviceKey.generate()
KEY_ID = TREASURY.key_id


def statement(package: str, number: str) -> tuple[str, bytes]:
    """A receipt as the Treasury signs it."""
    receipt = Receipt(
        package_id=package, unit_code="1098765", received_at="2026-11-23T02:00:00Z", receipt_no=number, objects={},
        signers=2,
    )  # fmt: skip
    payload = receipt.model_dump_json()
    signed = SignedStatement(payload=payload, key_id=KEY_ID, signature=TREASURY.sign(payload, "receipt"))
    return signed.model_dump_json(), payload.encode()


@pytest.fixture
def evidence(tmp_path: Path, soft_people: list[SoftPerson], demo_pki: DemoPki) -> Iterator[Evidence]:
    """Three packages delivered and decided, and a witness that tells the truth."""
    office = Office.make(tmp_path / "unit", [soft.person for soft in soft_people], Clock(), soft_people)
    for name in ("packages", "receipts"):
        (tmp_path / name).mkdir()
    with office.store as store:
        ours = []
        for number in range(1, 4):
            local_id = office.submit(number=f"RDT{number:04d}")
            office.sign(local_id)
            ours.append(office.package(local_id))
            store.outbox.mark_sending(ours[-1:], office.context().now())
            store.outbox.mark_delivered(ours[-1], *statement(ours[-1], f"000{number}"), office.context().now())
        trust = demo_pki.trust_files
        witness = told(office, ours)
        yield Evidence(store, ours, witness, tmp_path, trust, {KEY_ID: TREASURY.public_b64})


def told(office: Office, ours: list[str]) -> Witness:
    packages = [
        {
            "package_id": package,
            "kind": "accepted",
            "container_sha256": sha256(container(office.store, package)),
            "receipt_no": f"000{number}",
        }
        for number, package in enumerate(ours, 1)
    ]
    numbers = [item["receipt_no"] for item in packages]
    effects = [f"{package}|2026|9523|13|341" for package in ours]
    return {"packages": packages, "paid_effects": effects, "receipt_numbers": numbers, "final_decisions": list(ours)}


def test_the_truth_breaks_nothing(evidence: Evidence) -> None:
    assert prove(evidence) == Proof(delivered=3, receipts_verified=3, packages_verified=3)
    assert len(list((evidence.out / "packages").iterdir())) == 3
    assert len(list((evidence.out / "receipts").iterdir())) == 3


def forget(witness: Witness) -> None:
    del witness["packages"][1]


def refuse(witness: Witness) -> None:
    witness["packages"][1]["kind"] = "refused"


def alter(witness: Witness) -> None:
    witness["packages"][1]["container_sha256"] = "0" * 64


def renumber(witness: Witness) -> None:
    witness["packages"][1]["receipt_no"] = "9999"


def store_twice(witness: Witness) -> None:
    witness["packages"].append(witness["packages"][0])


def store_more(witness: Witness) -> None:
    witness["packages"].append({**witness["packages"][0], "package_id": "f" * 64})


def pay_twice(witness: Witness) -> None:
    witness["paid_effects"].append(witness["paid_effects"][0])


def decide_twice(witness: Witness) -> None:
    witness["final_decisions"].append(witness["final_decisions"][0])


def number_twice(witness: Witness) -> None:
    witness["receipt_numbers"].append("0001")


LOST = ["Chỉ 2 trên 3 gói đã tới.", "1 gói bị mất.", "Chỉ 2 biên nhận kiểm tra được."]
DOUBLED = ["1 tác động bị lặp ở Kho bạc."]


@pytest.mark.parametrize(
    ("lie", "broken"),
    [
        (forget, LOST),
        (refuse, LOST),
        (alter, ["1 gói khác nhau giữa hai bên."]),
        (renumber, ["Chỉ 2 biên nhận kiểm tra được."]),
        (store_twice, DOUBLED),
        (store_more, DOUBLED),
        (pay_twice, DOUBLED),
        (decide_twice, DOUBLED),
        (number_twice, DOUBLED),
    ],
)
def test_each_lie_breaks_its_promise(evidence: Evidence, lie: Callable[[Witness], None], broken: list[str]) -> None:
    lie(evidence.witness)
    assert prove(evidence).broken == broken


def test_receipts_of_another_treasury_do_not_count(evidence: Evidence) -> None:
    stranger = {KEY_ID: DeviceKey.generate().public_b64}
    assert prove(replace(evidence, keys=stranger)).broken == ["Chỉ 0 biên nhận kiểm tra được."]
    assert prove(replace(evidence, keys={})).receipts_verified == 0


def test_signers_of_another_authority_do_not_count(evidence: Evidence, tmp_path: Path) -> None:
    stranger = make_demo_pki(tmp_path / "stranger")
    proof = prove(replace(evidence, trust=[stranger.root_pem, stranger.intermediate_pem]))
    assert proof.broken == ["Chỉ 0 gói có chữ ký hợp lệ."]


def test_a_package_without_receipt_is_not_proven(evidence: Evidence, soft_people: list[SoftPerson]) -> None:
    office = Office(evidence.store, Clock(), soft_people)
    local_id = office.submit(number="RDT0009")
    office.sign(local_id)
    more = office.package(local_id)
    there = {**told(office, [*evidence.ours, more])}
    proof = prove(replace(evidence, ours=[*evidence.ours, more], witness=json.loads(json.dumps(there))))
    assert proof.broken == ["Chỉ 3 biên nhận kiểm tra được."]

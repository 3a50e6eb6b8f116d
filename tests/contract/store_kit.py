"""A real store on the real SQLCipher with cheap key derivation, and short ways to bring a dossier to any stage."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from desktop.dossier.document import Document, Dossier
from desktop.dossier.people import EstimateLine, Person, Role, Unit
from desktop.signing.device import DeviceKey
from desktop.store.database import Database
from desktop.store.envelope import KdfParameters
from desktop.store.keys import unlock
from desktop.store.store import DATABASE, KEYS, Store
from desktop.store.submissions import StepData

CHEAP = KdfParameters(memory_kib=64, passes=1, lanes=1)
PASSWORD = "Mật-khẩu dài 2026"
TREASURY = DeviceKey.load(bytes(range(32)))
NOW = "2026-11-23T02:00:00Z"
UNIT = Unit(
    code="1098765", name="UBND xã Mường Lý", address="Xã Mường Lý", chapter="800", budget_level="4",
    treasury_code="2361", treasury_name="Kho bạc Nhà nước khu vực X",
    estimate_account="9523.4.1098765", deposit_account="3713.4.1098765",
)  # fmt: skip
PEOPLE = (
    Person(person_id="hanh", name="Lò Thị Hạnh", roles=(Role.PREPARER,)),
    Person(person_id="tuyen", name="Hà Văn Tuyên", roles=(Role.CHIEF_ACCOUNTANT,)),
    Person(person_id="thang", name="Vi Đình Thắng", roles=(Role.HEAD_OF_UNIT, Role.ACCOUNT_HOLDER)),
)
LINE = EstimateLine(budget_year=2026, account=UNIT.estimate_account, source="13", sector="341", amount=100_000_000)
KEY = (LINE.budget_year, LINE.account, LINE.source, LINE.sector)


@dataclass(frozen=True)
class Bytes:
    """A data object to freeze."""

    name: str
    media_type: str
    content: bytes


class Ticking:
    """A clock that moves on one second at every look, so that order shows."""

    def __init__(self) -> None:
        self.seconds = 0

    def __call__(self) -> str:
        self.seconds += 1
        return f"2026-11-23T03:{self.seconds // 60 % 60:02d}:{self.seconds % 60:02d}Z"


def make(folder: Path) -> Store:
    return Store.create(folder, PASSWORD, UNIT, PEOPLE, kdf=CHEAP, clock=Ticking())


def raw(folder: Path) -> Database:
    """Give a bare connection, as someone with the password and a database tool has."""
    return Database(folder / DATABASE, unlock(folder / KEYS, PASSWORD))


def voucher(amount: int = 15_400_000, **fields: str) -> Document:
    known = {"budget_year": 2026, "account": UNIT.estimate_account, "payee_name": "Điện lực Mường Lát"}
    row = {"content": "Tiền điện tháng 10", "econ": "6501", "source": "13", "sector": "341", "amount": amount}
    return Document(
        form="C2-02a/NS", fields={**known, **fields}, choices={"spending_kind": "actual"}, tables={"lines": [dict(row)]}
    )


def dossier(name: str = "d1", *, amount: int = 15_400_000, urgent: bool = False, title: str = "Tiền điện") -> Dossier:
    return Dossier(local_id=name, number="0443", title=title, documents=(voucher(amount),), urgent=urgent)


def steps(*people: str) -> list[StepData]:
    return [
        StepData(
            order=n,
            roles=["chief_accountant"],
            title="Kế toán trưởng",
            name=who,
            person_id=who,
            certificate_sha256="c" * 64,
        )
        for n, who in enumerate(people, 1)
    ]


def objects(name: str = "d1", big: int = 0, part: bytes = b"") -> list[Bytes]:
    found = [Bytes("dossier.json", "application/json", json.dumps({"local_id": name}).encode())]
    if part := part or part_bytes(name, big):
        found.append(Bytes("documents/01-M20.json", "application/json", part))
    return found


def part_bytes(name: str, size: int) -> bytes:
    return (hashlib.sha256(name.encode()).digest() * (size // 32 + 1))[:size]


def package_id(name: str) -> str:
    return hashlib.sha256(b"package " + name.encode()).hexdigest()


def submit(
    store: Store,
    name: str = "d1",
    *,
    signers: tuple[str, ...] = ("tuyen", "thang"),
    big: int = 0,
    part: bytes = b"",
    **made: object,
) -> None:
    store.drafts.save(dossier(name, **made), "hanh")  # type: ignore[arg-type]
    store.submissions.freeze(name, objects(name, big, part), steps(*signers), "hanh")


def sign(store: Store, name: str = "d1", *signers: str) -> None:
    for order, who in enumerate(signers or ("tuyen", "thang"), 1):
        store.submissions.add_signature(name, order, b"manifest", b"cms", who, NOW)


def seal(
    store: Store, name: str = "d1", *, core: bytes = b"core", big: int = 0, part: bytes = b"", **made: object
) -> str:
    """Bring a dossier all the way to the queue and return its package id; `part`, or `big` bytes, travel apart."""
    submit(store, name, big=big, part=part, **made)  # type: ignore[arg-type]
    sign(store, name)
    part = part or part_bytes(name, big)
    parts = [(hashlib.sha256(part).hexdigest(), len(part))] if part else []
    store.packages.seal(name, package_id(name), core, parts)
    return package_id(name)


def receipt(package: str, number: str = "0423", *, part: bytes = b"") -> tuple[str, bytes]:
    """Give the Treasury's receipt as the engine hands it over: statement JSON and payload."""
    payload = {
        "kind": "receipt",
        "package_id": package,
        "unit_code": UNIT.code,
        "receipt_no": number,
        "received_at": NOW,
        "objects": {"part": hashlib.sha256(part).hexdigest()} if part else {},
        "signers": 2,
    }
    return signed(json.dumps(payload), TREASURY), json.dumps(payload).encode()


def signed(text: str, key: DeviceKey) -> str:
    """Give a receipt's statement by one key, as JSON."""
    return json.dumps({"payload": text, "key_id": key.key_id, "signature": key.sign(text, "receipt")})


def deliver(store: Store, package: str) -> None:
    store.outbox.mark_sending([package], NOW)
    store.outbox.mark_delivered(package, *receipt(package), NOW)


def event(seq: int, kind: str, package: str | None, **values: object) -> tuple[int, bytes, str]:
    """Give a feed event as the engine hands it over once verified."""
    text = json.dumps({"kind": kind, "seq": seq, "at": NOW, "package_id": package, **values})
    return seq, text.encode(), json.dumps({"payload": text, "key_id": "k" * 16, "signature": "c2ln"})


def decision(seq: int, package: str, what: str, reason: str = "") -> tuple[int, bytes, str]:
    return event(seq, "decision", package, decision=what, official_code="G1", reason=reason, amount=0)


def balance(seq: int, package: str | None, delta: int) -> tuple[int, bytes, str]:
    year, account, source, sector = KEY
    keyed = {"budget_year": year, "account": account, "source": source, "sector": sector}
    return event(seq, "balance", package, delta=delta, remaining=0, **keyed)

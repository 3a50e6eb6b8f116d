"""The month's summary: a row for each dossier, what was proven of both units, and whether the books agree."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop.demo import treasury
from desktop.demo.home import DemoHome
from desktop.demo.month import notices
from desktop.demo.month.balancing import balanced
from desktop.demo.month.drafting import Made
from desktop.demo.month.home import MonthHome
from desktop.demo.month.sending import Sending
from desktop.demo.month.units import COMMUNE_KEY
from desktop.demo.processes import Processes
from desktop.demo.proof import Evidence, Proof, prove
from desktop.demo.summary import SUMMARY, Summary
from desktop.dossier.pack import form_of
from desktop.dossier.procedures import case_name
from desktop.dossier.purposes import purpose
from desktop.signing.statement_keys import to_pem

LIST = "M20"
PROVEN = ("delivered", "duplicates", "lost", "altered", "receipts_verified", "packages_verified")


@dataclass(frozen=True)
class Told:
    """What the month did: `seconds` from the first draft to the last decision, pictures and printed forms by name."""

    made: Sequence[Made]
    sending: Sending
    signatures: int
    screenshots: list[str]
    pdfs: list[str]
    seconds: float


def summarise(processes: Processes, world: MonthHome, out: Path, told: Told, profile: str) -> Summary:
    """Compares both sides for both units, writes trust/ and summary.json, and gives what was written."""
    _write_trust(world, out)
    witness = treasury.report(processes, world.gateway.home)
    rows = [_row(world.units[item.entry.unit], item, told.sending) for item in told.made]
    books = [line for unit in world.units.values() for line in balanced(unit, witness)]
    proofs = [_proof(unit, key, told.made, witness, out) for key, unit in world.units.items()]
    broken = [promise for proof in proofs for promise in proof.broken]
    broken += [f"Sổ của {line['unit']} khác sổ Kho bạc: {line}" for line in books if not line["agrees"]]
    broken += [*_unplanned(told.made, rows), *notices.missing(world.units[COMMUNE_KEY])]
    values = {
        "dossiers": len(rows),
        "signatures": told.signatures,
        **{name: sum(getattr(proof, name) for proof in proofs) for name in PROVEN},
        "decisions": dict(Counter(row["decision"] for row in rows)),
        "amount": sum(row["amount"] for row in rows if row["decision"] == "paid"),
        **_traffic(world, told, rows),
        "link": profile,
        "month": rows,
        "books": books,
        "screenshots": told.screenshots,
        "pdfs": told.pdfs,
        "broken_promises": broken,
    }
    (out / SUMMARY).write_text(json.dumps(values, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return Summary(values, broken)


def _unplanned(made: Sequence[Made], rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """The Treasury decided otherwise than the plan expects."""
    return [
        f"{item.entry.title}: Kho bạc quyết định {row['decision']}, đáng ra {item.entry.expect}."
        for item, row in zip(made, rows, strict=True)
        if row["decision"] != item.entry.expect
    ]


def _traffic(world: MonthHome, told: Told, rows: Sequence[Mapping[str, Any]]) -> dict[str, int | float]:
    """What went over the link, enrolments included, and how long the month took."""
    stats = world.link.stats()
    return {
        "kills": told.sending.kills,
        "link_deaths": int(stats["deaths"]),
        "answers_lost": int(stats["answers_dropped"]),
        "bytes_sent": int(stats["bytes_up"]),
        "bytes_packages": sum(row["bytes"] for row in rows),
        "seconds_story": round(told.seconds, 1),
    }


def _write_trust(world: MonthHome, out: Path) -> None:
    for folder in ("crl", "treasury"):
        (out / "trust" / folder).mkdir()
    unit = next(iter(world.units.values()))
    for path in unit.trust:
        shutil.copyfile(path, out / ("trust/crl" if "crl" in path.stem else "trust") / path.name)
    for key_id, public in _keys(unit).items():
        (out / "trust" / "treasury" / f"statement-{key_id}.pem").write_bytes(to_pem(public))


def _keys(unit: DemoHome) -> dict[str, str]:
    device = unit.store.device.get()
    return device.statement_keys if device else {}


def _proof(unit: DemoHome, key: str, made: Sequence[Made], witness: Mapping[str, Any], out: Path) -> Proof:
    """What holds for one unit: the Treasury has its dossiers, each once and unchanged, and nothing else of it."""
    code = unit.store.unit.get().code
    own = {**witness, "packages": [item for item in witness["packages"] if item["unit_code"] == code]}
    mine = [item for item in made if item.entry.unit == key]
    sealed = [unit.store.packages.by_local(item.local_id) for item in mine]
    ours = [package.package_id for package in sealed if package is not None]
    proof = prove(Evidence(unit.store, ours, own, out, unit.trust, _keys(unit)))
    proof.need(len(ours) == len(mine), f"Chỉ {len(ours)} trên {len(mine)} hồ sơ của {key} được đóng gói.")
    return proof


def _row(unit: DemoHome, item: Made, sending: Sending) -> dict[str, Any]:
    """One line of the table of results."""
    store, local_id = unit.store, item.local_id
    dossier, facts = store.drafts.get(local_id), store.projection.facts(local_id)
    package = store.packages.by_local(local_id)
    size = len(package.core) + sum(size for _, size in package.parts) if package else 0
    return {
        "unit": store.unit.get().name,
        "stage": item.entry.stage,
        "number": dossier.number,
        "title": item.entry.title,
        "purpose": purpose(item.entry.purpose).title,
        "case": dossier.case,
        "case_name": case_name(dossier.case),
        "forms": [form_of(document.form).id for document in dossier.documents],
        "payees": sum(len(it.tables.get("lines", [])) for it in dossier.documents if form_of(it.form).id == LIST),
        "attachments": len(dossier.attachments),
        "amount": store.projection.row(local_id).amount,
        "signers": [step["name"] for step in store.submissions.steps(local_id)],
        "warnings": item.warnings,
        "bytes": size,
        "receipt": facts.receipt_no or "",
        "decision": facts.decision or facts.refused_code or "none",
        "reason": facts.reason or facts.refused_message,
        "seconds": round(sending.seconds.get(local_id, 0.0), 1),
    }

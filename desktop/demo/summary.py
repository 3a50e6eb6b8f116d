"""The summary that proves or breaks the demo's promises; every number is asked of the parts themselves."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from desktop.demo import treasury
from desktop.demo.drafts import Made
from desktop.demo.home import DemoHome
from desktop.demo.physics import Limit
from desktop.demo.processes import Processes
from desktop.demo.proof import Evidence, Proof, prove
from desktop.demo.sending import Sent
from desktop.signing.statement_keys import to_pem

SUMMARY = "summary.json"


@dataclass
class Summary:
    """Everything `summary.json` holds, and the promises that did not hold."""

    values: dict[str, Any] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Told:
    """What the story did: `seconds` from the first draft to the last decision, names of pictures and printed forms."""

    made: Sequence[Made]
    signatures: int
    limit: Limit
    sent: Sent
    screenshots: list[str]
    pdfs: list[str]
    seconds: float


def summarise(processes: Processes, world: DemoHome, out: Path, told: Told) -> Summary:
    """Compares both sides, writes trust/ and summary.json, and gives what was written."""
    for folder in ("crl", "treasury"):
        (out / "trust" / folder).mkdir()
    for path in world.trust:
        shutil.copyfile(path, out / ("trust/crl" if "crl" in path.name else "trust") / path.name)
    proof = _proof(processes, world, out, told.made)
    decisions = _decisions(world, told.made, proof)
    values = {
        "dossiers": len(told.made),
        "signatures": told.signatures,
        "payees_acknowledged": world.store.payee_stands.count(),
        **_proven(proof),
        "paid": decisions["paid"],
        "returned": decisions["returned"],
        "supplement_requests": decisions["supplement"],
        **_traffic(world, told),
        "seconds_story": round(told.seconds, 2),
        "link": told.limit.profile,
        "screenshots": told.screenshots,
        "pdfs": told.pdfs,
        "broken_promises": proof.broken,
    }
    (out / SUMMARY).write_text(json.dumps(values, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return Summary(values, proof.broken)


def package_ids(world: DemoHome, made: Sequence[Made]) -> list[str]:
    """The packages of some dossiers, in their order; one that was never sealed has none."""
    sealed = [world.store.packages.by_local(item.local_id) for item in made]
    return [package.package_id for package in sealed if package is not None]


def _proof(processes: Processes, world: DemoHome, out: Path, made: Sequence[Made]) -> Proof:
    witness = treasury.report(processes, world.gateway.home)
    device = world.store.device.get()
    keys = device.statement_keys if device else {}
    for key_id, public in keys.items():
        (out / "trust" / "treasury" / f"statement-{key_id}.pem").write_bytes(to_pem(public))
    ours = package_ids(world, made)
    proof = prove(Evidence(world.store, ours, witness, out, world.trust, keys))
    proof.need(len(ours) == len(made), f"Chỉ {len(ours)} trên {len(made)} hồ sơ được đóng gói.")
    return proof


def _proven(proof: Proof) -> dict[str, int]:
    names = ("delivered", "duplicates", "lost", "altered", "receipts_verified", "packages_verified")
    return {name: getattr(proof, name) for name in names}


def _traffic(world: DemoHome, told: Told) -> dict[str, int | float]:
    """What went over the link and how long it took; the enrolment's bytes are no part of sending."""
    stats, limit, sent = world.link.stats(), told.limit, told.sent
    bytes_sent = int(stats["bytes_up"]) - world.enrolment_bytes
    return {
        "kills": sent.kills,
        "link_deaths": int(stats["deaths"]),
        "answers_lost": int(stats["answers_dropped"]),
        "bytes_sent": bytes_sent,
        "bytes_minimum": limit.bytes_minimum,
        "bytes_resumed_over": max(0, bytes_sent - limit.bytes_minimum),
        "seconds_sending": round(sent.delivered_seconds, 2),
        "seconds_until_decisions": round(sent.seconds, 2),
        "seconds_limit": round(limit.seconds, 2),
        "seconds_lost_to_kills": round(sent.lost_to_kills, 2),
    }


def _decisions(world: DemoHome, made: Sequence[Made], proof: Proof) -> Counter[str]:
    """How often the Treasury decided what; each dossier must have met the decision its case was made for."""
    counts: Counter[str] = Counter()
    for item in made:
        decision = world.store.projection.facts(item.local_id).decision or "none"
        counts[decision] += 1
        proof.need(decision == item.expect, f"{item.title}: Kho bạc quyết định {decision}, đáng ra {item.expect}.")
    return counts

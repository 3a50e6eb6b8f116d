"""The demo from beginning to end, and the summary that proves or breaks its promises."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from desktop.demo import drafts, home, signing, treasury
from desktop.demo.drafts import Made
from desktop.demo.home import DemoHome
from desktop.demo.physics import Limit, physical_limit
from desktop.demo.processes import Processes
from desktop.demo.proof import Proof, prove
from desktop.demo.screens import Photographer
from desktop.demo.sending import Sending, Sent
from desktop.demo.unit import UNIT
from desktop.desk.desk import Desk
from desktop.desk.papers import Papers

FOLDERS = ("packages", "receipts", "trust", "pdf", "screens")


@dataclass
class Summary:
    """Everything `summary.json` holds, and the promises that did not hold."""

    values: dict[str, Any] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Files:
    """Names of the pictures and of the printed forms."""

    screenshots: list[str]
    pdfs: list[str]


def run(out: Path, profile: str, seed: int, say: Callable[[str], None]) -> Summary:
    """Runs the whole story into `out`. Raises VungXaError when a part cannot even start."""
    for name in FOLDERS:
        shutil.rmtree(out / name, ignore_errors=True)
        (out / name).mkdir(parents=True)
    work = out / "work"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir()
    with Processes(work / "logs") as processes:
        world = home.build(processes, work, profile, seed, say)
        try:
            return _tell(processes, world, out, profile, seed, say)
        finally:
            world.store.close()


def _tell(
    processes: Processes, world: DemoHome, out: Path, profile: str, seed: int, say: Callable[[str], None]
) -> Summary:
    began = time.monotonic()
    preparer = world.people()[0]
    photographer = Photographer(processes, world, out / "screens")
    desk = Desk(world.context(preparer))
    made = drafts.make_all(desk, UNIT, world.context(preparer).today(), world.folder, seed)
    say(f"Lập {len(made)} hồ sơ: 2 từ phần mềm kế toán, 1 từ danh sách 60 người, {len(made) - 3} tự điền.")
    shown = next(item for item in made if item.expect == "paid" and item.title.startswith("Văn phòng phẩm"))
    photographer.take("drafting", shown)
    warnings = drafts.submit(desk, made)
    say(f"Kiểm tra và trình ký {len(made)} hồ sơ, không còn lỗi, {warnings} điểm nên kiểm tra đã được xác nhận.")
    signatures = signing.sign_up_to(world, 2, say)
    photographer.take("signing", shown, person=2)
    signatures += signing.sign_everything(world, say)
    photographer.take("queued", shown)
    pdfs = _print_all(desk, made, out / "pdf")
    limit = physical_limit(world.store, _package_ids(world, made), profile)
    sent = _send(processes, world, made, photographer, say)
    photographer.take("delivered", next(item for item in made if item.expect == "returned"))
    names = Files(photographer.names(), pdfs)
    return _summarise(processes, world, made, out, limit, sent, names, signatures, seconds=time.monotonic() - began)


def _print_all(papers: Papers, made: list[Made], folder: Path) -> list[str]:
    names = []
    for item in made:
        name = f"{papers.file_stem(item.local_id)}.pdf"
        papers.write_pdf(item.local_id, folder / name)
        names.append(name)
    return names


def _send(
    processes: Processes, world: DemoHome, made: list[Made], photographer: Photographer, say: Callable[[str], None]
) -> Sent:
    ids = [item.local_id for item in made]
    sending = Sending(
        processes, world.link, world.unit_folder, world.password, world.store, ids, drafts.SCAN_BYTES, say
    )
    return sending.run(lambda: photographer.take_meanwhile("sending", made[0]))


def _summarise(
    processes: Processes,
    world: DemoHome,
    made: list[Made],
    out: Path,
    limit: Limit,
    sent: Sent,
    files: Files,
    signatures: int,
    *,
    seconds: float,
) -> Summary:
    for path in world.trust:
        shutil.copyfile(path, out / "trust" / path.name)
    witness = treasury.report(processes, world.gateway.home)
    device = world.store.device.get()
    proof = prove(
        world.store, _package_ids(world, made), witness, out, world.trust, device.statement_keys if device else {}
    )
    stats = world.link.stats()
    decisions = _decisions(world, made, proof)
    bytes_sent = int(stats["bytes_up"]) - world.enrolment_bytes
    values = {
        "dossiers": len(made),
        "delivered": proof.delivered,
        "duplicates": proof.duplicates,
        "lost": proof.lost,
        "altered": proof.altered,
        "receipts_verified": proof.receipts_verified,
        "packages_verified": proof.packages_verified,
        "paid": decisions["paid"],
        "returned": decisions["returned"],
        "supplement_requests": decisions["supplement"],
        "signatures": signatures,
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
        "seconds_story": round(seconds, 2),
        "link": limit.profile,
        "screenshots": files.screenshots,
        "pdfs": files.pdfs,
        "broken_promises": proof.broken,
    }
    (out / "summary.json").write_text(json.dumps(values, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return Summary(values, proof.broken)


def _package_ids(world: DemoHome, made: list[Made]) -> list[str]:
    sealed = [world.store.packages.by_local(item.local_id) for item in made]
    return [package.package_id for package in sealed if package is not None]


def _decisions(world: DemoHome, made: list[Made], proof: Proof) -> dict[str, int]:
    counts = {"paid": 0, "returned": 0, "supplement": 0}
    for item in made:
        decision = world.store.projection.facts(item.local_id).decision or "none"
        counts[decision] = counts.get(decision, 0) + 1
        proof.need(decision == item.expect, f"{item.title}: Kho bạc quyết định {decision}, đáng ra {item.expect}.")
    return counts

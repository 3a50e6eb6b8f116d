"""The demo from beginning to end, in one folder."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from desktop.demo import drafts, home, signing
from desktop.demo.drafts import Made
from desktop.demo.home import DemoHome
from desktop.demo.photographer import Photographer
from desktop.demo.physics import physical_limit
from desktop.demo.processes import Processes
from desktop.demo.sending import Sending
from desktop.demo.summary import SUMMARY, Summary, Told, package_ids, summarise
from desktop.demo.unit import UNIT
from desktop.desk.desk import Desk
from desktop.desk.papers import Papers
from desktop.dossier.errors import VungXaError

FOLDERS = ("packages", "receipts", "trust", "pdf", "screens", "work")
MARK = ".vungxa-demo"


class NotOurFolder(VungXaError):
    """The folder for the results holds something else, which the demo must not delete (folder_in_use)."""


def run(out: Path, profile: str, seed: int, say: Callable[[str], None]) -> Summary:
    """Runs the whole story into `out`. Raises NotOurFolder; VungXaError when a part cannot even start."""
    empty(out)
    with (
        Processes(out / "work" / "logs") as processes,
        home.built(processes, out / "work", profile, seed, say) as world,
    ):
        told = _tell(processes, world, out, profile, seed, say)
        return summarise(processes, world, out, told)


def empty(out: Path) -> None:
    """Makes the folders of the results anew, so that nothing of an earlier run is taken for this one's.

    Raises NotOurFolder.
    """
    out.mkdir(parents=True, exist_ok=True)
    if any(out.iterdir()) and not (out / MARK).exists():
        raise NotOurFolder(
            "folder_in_use", f"Thư mục {out} đã có tệp khác nên bản chạy thử không ghi vào. Chọn thư mục mới với --out."
        )
    (out / MARK).touch()
    (out / SUMMARY).unlink(missing_ok=True)
    for name in FOLDERS:
        shutil.rmtree(out / name, ignore_errors=True)
        (out / name).mkdir()


def _tell(
    processes: Processes, world: DemoHome, out: Path, profile: str, seed: int, say: Callable[[str], None]
) -> Told:
    began = time.monotonic()
    photographer = Photographer(processes, world, out / "screens")
    context = world.context(world.people()[0])
    desk = Desk(context)
    made = drafts.make_all(desk, UNIT, context.today(), world.folder, seed)
    say(f"Lập {len(made)} hồ sơ: 2 từ phần mềm kế toán, 1 từ danh sách 60 người, {len(made) - 3} tự điền.")
    photographer.take("drafting", shown := _titled(made, "Văn phòng phẩm"))
    warnings = drafts.submit(desk, made)
    say(f"Kiểm tra và trình ký {len(made)} hồ sơ, không còn lỗi, {warnings} điểm nên kiểm tra đã được xác nhận.")
    signatures = signing.sign_up_to(world, 2, say)
    photographer.take("signing", shown, person=2)
    signatures += signing.sign_everything(world, say)
    photographer.take("queued", shown)
    pdfs = _print_all(desk, made, out / "pdf")
    limit = physical_limit(world.store, package_ids(world, made), profile)
    ids = [item.local_id for item in made]
    sending = Sending(
        processes, world.link, world.unit_folder, world.password, world.store, ids, drafts.SCAN_BYTES, say
    )
    sent = sending.run(lambda: photographer.take_meanwhile("sending", made[0]))
    photographer.take("delivered", next(item for item in made if item.expect == "returned"))
    return Told(made, signatures, limit, sent, photographer.names(), pdfs, time.monotonic() - began)


def _titled(made: Sequence[Made], start: str) -> Made:
    return next(item for item in made if item.title.startswith(start))


def _print_all(papers: Papers, made: Sequence[Made], folder: Path) -> list[str]:
    names = []
    for item in made:
        name = f"{papers.file_stem(item.local_id)}.pdf"
        papers.write_pdf(item.local_id, folder / name)
        names.append(name)
    return names

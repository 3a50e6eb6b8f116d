"""`vungxa run` and `demo`: the commands that may open windows."""

from __future__ import annotations

import sys
import tempfile
from argparse import Namespace
from pathlib import Path

from desktop.commands.answer import NO, OK, Answer
from desktop.dossier.errors import VungXaError


class NoWindow(VungXaError):
    """This machine cannot show a window (no_window), or no unit was named (no_unit)."""


def demo(args: Namespace) -> Answer:
    """Runs the whole main job; exit 1 when a promise did not hold."""
    from desktop.demo.story import run as tell
    from desktop.demo.table import table

    def say(text: str) -> None:
        if not args.json:
            print(text, flush=True)

    summary = tell(args.out, args.link, args.seed, say)
    ok = not summary.broken
    lines = [*table(summary.values), *(f"KHÔNG GIỮ LỜI: {promise}" for promise in summary.broken)]
    return Answer({"ok": ok, **summary.values}, lines, OK if ok else NO)


def run(args: Namespace) -> Answer:
    """Opens the window of a unit, or of a throw-away demo unit. Raises NoWindow."""
    try:
        from desktop import app
    except ImportError as error:
        raise NoWindow(
            "no_window", "Máy này chưa có PySide6 nên không mở được cửa sổ. Dùng các lệnh khác của vungxa."
        ) from error
    if args.demo:
        return _run_demo()
    if args.home is None:
        raise NoWindow("no_unit", "Chưa chỉ đơn vị nào. Thêm --home THƯ_MỤC, hoặc --demo để dùng thử.")
    return Answer({"ok": True}, (), app.run(args.home))


def _run_demo() -> Answer:
    from desktop import app
    from desktop.demo import drafts, home, signing
    from desktop.demo.processes import Processes
    from desktop.demo.unit import UNIT
    from desktop.desk.desk import Desk

    def say(text: str) -> None:
        print(text, file=sys.stderr, flush=True)

    with tempfile.TemporaryDirectory(prefix="vungxa-demo-") as folder, Processes(Path(folder) / "logs") as processes:
        world = home.build(processes, Path(folder), "demo", 2026, say)
        preparer = world.people()[0]
        desk = Desk(world.context(preparer))
        made = drafts.make_all(desk, UNIT, world.context(preparer).today(), Path(folder), 2026)
        drafts.submit(desk, made[:9])
        signing.sign_some(world, made[:4], say)
        world.link.command("up")
        world.store.close()
        say(f"Mật khẩu dùng thử: {world.password}")
        for token in world.tokens:
            say(f"Mã PIN token của {token.person.name}: {token.pin}")
        return Answer({"ok": True}, (), app.run(world.unit_folder, world.worker, UNIT, world.people()))

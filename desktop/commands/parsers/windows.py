"""Commands that run the whole program: `demo` and `run`."""

from __future__ import annotations

import argparse
from pathlib import Path

from desktop.commands.parsers.adding import Add, lazy


def add_commands(add: Add) -> None:
    """Adds the demonstration and the window."""
    demo = add("demo", lazy("windows", "demo"), "chạy trọn việc chính với các bộ phận thật")
    demo.add_argument("--month", action="store_true", help="cả tháng của hai đơn vị, 35 hồ sơ")
    demo.add_argument("--out", type=Path, default=Path("demo-out"))
    demo.add_argument("--link", choices=("demo", "edge", "sat", "3g", "good"), default="demo")
    demo.add_argument("--seed", type=int, default=2026)
    run = add("run", lazy("windows", "run"), "mở cửa sổ")
    run.add_argument("--home", type=Path, default=None, metavar="THƯ_MỤC")
    run.add_argument("--locked", action="store_true", help=argparse.SUPPRESS)
    run.add_argument("--demo", action="store_true", help="đơn vị dùng thử, có token và kho bạc giả lập")

"""Commands on tokens and signing."""

from __future__ import annotations

import argparse
from pathlib import Path

from desktop.commands.parsers.adding import Add, lazy, unit_options


def add_commands(add: Add) -> None:
    """Adds the examination of this machine and its tokens."""
    doctor = add("doctor", lazy("doctor", "doctor"), "khám máy: kho dữ liệu, token, mạng, đồng hồ, phiên bản")
    doctor.add_argument("--module", type=Path, action="append", default=[], metavar="TỆP", help="chỉ khám tệp này")
    doctor.add_argument("--test-sign", default="", metavar="SỐ_TOKEN", help="ký thử một lần rồi bỏ, hỏi mã PIN")
    doctor.add_argument("--support", type=Path, default=None, metavar="TỆP.zip", help="ghi tệp hỗ trợ, không có bí mật")
    _final_try(doctor)
    unit_options(doctor, required=False)


def _final_try(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--final-try", action="store_true", help="chấp nhận dùng lần thử mã PIN cuối cùng")

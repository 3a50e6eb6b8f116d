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

    _add_token(add)
    _add_signing(add)


def _add_token(add: Add) -> None:
    token = add("token", lazy("tokens", "token"), "token đang cắm, đổi mã PIN, chọn tệp trình điều khiển")
    token.add_argument("action", nargs="?", default="list", choices=("list", "pin", "modules"))
    token.add_argument("--pick", default=None, metavar="TỆP", help="(modules) dùng tệp trình điều khiển này trước")
    token.add_argument("--forget", default=None, metavar="TỆP", help="(modules) thôi dùng tệp đã chọn")
    token.add_argument("--token", default="", metavar="SỐ_TOKEN", help="(pin) token nào, khi cắm nhiều token")
    _final_try(token)
    unit_options(token, required=False)


def _add_signing(add: Add) -> None:
    sign = add("sign", lazy("signing", "sign"), "ký hồ sơ bằng token, không cần cửa sổ")
    sign.add_argument("--dossier", action="append", default=[], metavar="HỒ_SƠ", help="số hồ sơ, hoặc local_id")
    sign.add_argument("--all", action="store_true", help="mọi hồ sơ đang chờ người này ký")
    sign.add_argument("--person", default="", metavar="NGƯỜI", help="mã người ký, khi cắm nhiều token")
    sign.add_argument(
        "--acknowledge-payees", action="store_true", help="chịu trách nhiệm về người thụ hưởng mới hoặc đã đổi"
    )
    unit_options(sign)
    pdf = add("sign-pdf", lazy("pades", "sign_pdf"), "ký nhìn thấy được lên một bản PDF")
    pdf.add_argument("file", type=Path, nargs="?", default=None, metavar="TỆP.pdf")
    pdf.add_argument("--dossier", default="", metavar="HỒ_SƠ", help="ký bản in của hồ sơ này (cùng --home)")
    pdf.add_argument("-o", "--out", type=Path, required=True, metavar="TỆP_PDF")
    unit_options(pdf, required=False)
    for sub in (sign, pdf):
        sub.add_argument("--token", default="", metavar="SỐ_TOKEN", help="token nào, khi cắm nhiều token")
        _final_try(sub)


def _final_try(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--final-try", action="store_true", help="chấp nhận dùng lần thử mã PIN cuối cùng")

"""The headless composition root: `vungxa` and its commands. Starts without PySide6; the contract is docs/cli.md."""

from __future__ import annotations

import argparse
import errno
import io
import multiprocessing
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from desktop import __version__
from desktop.commands import files, parts
from desktop.commands.answer import FAILED, Answer, error_answer, say, to_json
from desktop.commands.arguments import Parser
from desktop.dossier.errors import VungXaError

Command = Callable[[argparse.Namespace], Answer]


def build_parser() -> Parser:
    """All commands with their options; each sets `command` to a function from Namespace to Answer."""
    parser = Parser(
        prog="vungxa", description="Vùng Xa: hồ sơ thanh toán với Kho bạc Nhà nước, làm việc được khi mất mạng."
    )
    parser.add_argument("--version", action="version", version=f"vungxa {__version__}")
    shared = Parser(add_help=False)
    parser.add_argument("--json", action="store_true", help="trả lời bằng JSON")
    shared.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="trả lời bằng JSON")
    commands = parser.add_subparsers(dest="name", required=True, metavar="LỆNH")

    def add(name: str, command: Command, help_text: str) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, parents=[shared], help=help_text, description=help_text)
        sub.set_defaults(command=command)
        return sub

    _add_file_commands(add)
    _add_unit_commands(add)
    _add_list_commands(add)
    _add_pack_commands(add)
    _add_window_commands(add)
    return parser


Add = Callable[[str, Command, str], argparse.ArgumentParser]


def _add_file_commands(add: Add) -> None:
    inspecting = add("inspect", files.inspect, "cho biết một tệp, nhiều tệp hay cả thư mục là gì")
    checking = add("check", files.check, "kiểm tra chứng từ, hồ sơ, danh sách thụ hưởng hay cả thư mục theo luật")
    for sub in (inspecting, checking):
        sub.add_argument("files", type=Path, nargs="+", metavar="TỆP")
        sub.add_argument("--letters", default="", metavar="BẢNG_MÃ", help="unicode, tcvn3, vni hoặc cp1258")
    inspecting.add_argument("--as", dest="kind", default="", metavar="LOẠI", help="loại danh sách trong bảng tính")
    inspecting.add_argument("--form", default="", metavar="MẪU", help="mẫu nhận các dòng của bảng tính")
    printing = add("print", files.print_pdf, "in chứng từ ra PDF đúng mẫu")
    printing.add_argument("file", type=Path, nargs="?", default=None, metavar="TỆP")
    printing.add_argument("--pdf", "-o", type=Path, required=True, metavar="TỆP_PDF")
    printing.add_argument("--paper-pack", default="", metavar="HỒ_SƠ", help="in cả bộ giấy của một hồ sơ (cùng --home)")
    printing.add_argument("--reason", default="", metavar="LÝ_DO", help="vì sao phải nộp giấy (Điều 3.2)")
    printing.add_argument("--home", type=Path, default=None, metavar="THƯ_MỤC")
    printing.add_argument("--password-stdin", action="store_true", help="đọc mật khẩu từ dòng đầu của đầu vào")
    verifying = add("verify", files.verify, "kiểm tra chữ ký của một gói hồ sơ")
    verifying.add_argument("package", type=Path, metavar="GÓI")
    verifying.add_argument("--trust", type=Path, action="append", default=[], metavar="CA.pem")
    _add_voucher_files(add)


def _add_voucher_files(add: Add) -> None:
    importing = add("import", _lazy("vouchers", "import_files"), "nhập chứng từ của phần mềm kế toán thành hồ sơ nháp")
    importing.add_argument("files", type=Path, nargs="+", metavar="TỆP")
    importing.add_argument("--home", type=Path, required=True, metavar="THƯ_MỤC")
    export = add("export-dvc", _lazy("vouchers", "export"), "ghi một chứng từ ra tệp DVC cho phần mềm kế toán")
    export.add_argument("what", metavar="HỒ_SƠ|TỆP.json", help="số hồ sơ (cùng --home), hoặc tệp JSON của chứng từ")
    export.add_argument("-o", "--out", type=Path, required=True, metavar="TỆP", help=".zip, hoặc .xml không nén")
    export.add_argument("--home", type=Path, default=None, metavar="THƯ_MỤC")
    export.add_argument("--document", type=int, default=None, metavar="SỐ", help="chứng từ thứ mấy trong hồ sơ, từ 1")
    export.add_argument("--kind", default=None, metavar="LOẠI", help="C205a hay C304NS, C402A hay C409")
    for sub in (importing, export):
        sub.add_argument("--password-stdin", action="store_true", help="đọc mật khẩu từ dòng đầu của đầu vào")


def _add_unit_commands(add: Add) -> None:
    init = add("init", _lazy("unit", "init"), "tạo kho dữ liệu mã hóa của một đơn vị")
    init.add_argument("--unit", type=Path, required=True, metavar="unit.json")
    enrol = add("enrol", _lazy("unit", "enrol"), "đăng ký máy này với Kho bạc bằng mã một lần")
    enrol.add_argument("--url", required=True)
    enrol.add_argument(
        "--pin", required=True, metavar="SHA256", help="vân tay chứng thư của máy chủ, ghi trên giấy đăng ký"
    )
    sync = add("sync", _lazy("delivery", "sync"), "gửi và nhận khi có mạng, không cần cửa sổ")
    sync.add_argument("--until-idle", action="store_true", help="dừng khi không còn gì để gửi và nhận")
    papers = add("papers", _lazy("papers", "papers"), "biên lai, thông báo từ Kho bạc và nơi thu gửi về")
    papers.add_argument("--seq", type=int, default=0, metavar="SỐ", help="số thứ tự của giấy cần in")
    papers.add_argument("--pdf", type=Path, default=None, metavar="TỆP_PDF", help="in giấy --seq ra PDF")
    refunds = add("refunds", _lazy("papers", "refunds"), "các khoản hoàn trả thu ngân sách đang theo dõi")
    status = add("status", _lazy("times", "status"), "trạng thái từng hồ sơ, hạn trả kết quả, việc sắp đến hạn")
    calendar = add("calendar", _lazy("times", "calendar"), "giờ nhận hồ sơ, ngày nghỉ hoán đổi, loại đơn vị")
    calendar.add_argument("--cutoff", default=None, metavar="GIỜ", help="giờ Kho bạc thôi nhận hồ sơ, ví dụ 15:00")
    calendar.add_argument("--workdays", type=Path, default=None, metavar="TỆP", help="bảng ngày nghỉ, làm bù (JSON)")
    calendar.add_argument("--unit-kind", default=None, metavar="LOẠI", help="ordinary, investor hoặc compensation")
    export = add("export-package", _lazy("delivery", "export_package"), "ghi một gói đã ký ra tệp ASiC-E")
    export.add_argument("--package", required=True, metavar="ID")
    export.add_argument("--out", type=Path, required=True)
    receipt = add("export-receipt", _lazy("delivery", "export_receipt"), "ghi biên nhận của một gói ra tệp")
    receipt.add_argument("--package", required=True, metavar="ID")
    receipt.add_argument("--out", type=Path, required=True)
    receipt.add_argument("--key", type=Path, default=None, metavar="KHÓA.pem", help="ghi cả khóa của Kho bạc")
    creating = _add_creating_commands(add)
    for sub in (init, enrol, sync, papers, refunds, status, calendar, export, receipt, *creating):
        sub.add_argument("--home", type=Path, required=True, metavar="THƯ_MỤC")
        sub.add_argument("--password-stdin", action="store_true", help="đọc mật khẩu từ dòng đầu của đầu vào")
    doctor = add("doctor", _lazy("doctor", "doctor"), "khám máy: kho dữ liệu, token, mạng, đồng hồ, phiên bản")
    doctor.add_argument("--home", type=Path, default=None, metavar="THƯ_MỤC")
    doctor.add_argument("--password-stdin", action="store_true", help="đọc mật khẩu từ dòng đầu của đầu vào")


def _add_list_commands(add: Add) -> None:
    catalogues = add("catalogues", _lazy("lists", "catalogues"), "các danh mục mã: xem, nhập bản mới, chọn bản để dùng")
    catalogues.add_argument("action", nargs="?", default="list", choices=("list", "import", "use", "back"))
    catalogues.add_argument("what", nargs="?", default="", metavar="TỆP|BẢN", help="tệp cần nhập, hoặc số bản cần dùng")
    catalogues.add_argument("--kind", default="", metavar="LOẠI", help="econ, sector, source, chapter, program, …")
    catalogues.add_argument("--label", default="", metavar="TÊN", help="tên của bản, ví dụ số thông tư")
    catalogues.add_argument("--use", action="store_true", help="nhập xong thì dùng ngay")
    estimate = add("estimate", _lazy("lists", "estimate"), "nhập dự toán được giao từ bảng tính")
    estimate.add_argument("action", choices=("import",))
    estimate.add_argument("file", type=Path, metavar="TỆP")
    estimate.add_argument("--year", type=int, default=0, metavar="NĂM", help="năm ngân sách khi tệp không ghi")
    estimate.add_argument("--account", default="", metavar="TÀI_KHOẢN", help="tài khoản khi tệp không ghi")
    project = add(
        "project", _lazy("lists", "project"), "tổng mức đầu tư, kế hoạch vốn của một dự án và đã giải ngân đến đâu"
    )
    project.add_argument("--code", required=True, metavar="MÃ", help="mã dự án")
    project.add_argument("--year", type=int, default=0, metavar="NĂM", help="năm kế hoạch vốn")
    project.add_argument("--total", default=None, metavar="TIỀN", help="tổng mức đầu tư, đồng")
    project.add_argument("--plan", default=None, metavar="TIỀN", help="kế hoạch vốn của năm, đồng")
    for sub in (catalogues, estimate):
        sub.add_argument("--letters", default="", metavar="BẢNG_MÃ", help="unicode, tcvn3, vni hoặc cp1258")
    for sub in (catalogues, estimate, project):
        sub.add_argument("--home", type=Path, required=True, metavar="THƯ_MỤC")
        sub.add_argument("--password-stdin", action="store_true", help="đọc mật khẩu từ dòng đầu của đầu vào")


def _add_creating_commands(add: Add) -> tuple[argparse.ArgumentParser, argparse.ArgumentParser]:
    add("purposes", _lazy("creating", "list_purposes"), "những việc có thể lập hồ sơ, và câu hỏi của từng việc")
    new = add("new", _lazy("creating", "new"), "lập hồ sơ theo việc cần làm")
    new.add_argument("--purpose", required=True, metavar="VIỆC", help="xem «vungxa purposes»")
    new.add_argument("--answer", action="append", default=[], metavar="CÂU_HỎI=TRẢ_LỜI")
    copy = add("copy", _lazy("creating", "copy"), "lập hồ sơ từ hồ sơ tháng trước")
    copy.add_argument("dossier", metavar="HỒ_SƠ", help="số hồ sơ, hoặc local_id")
    copy.add_argument("--month", default=None, metavar="NĂM-THÁNG", help="tháng của hồ sơ mới, mặc định tháng kế tiếp")
    copy.add_argument("--amounts", choices=("carry", "clear"), default="carry", help="giữ hay xóa số tiền")
    copy.add_argument("--dates", choices=("move", "clear"), default="move", help="dời hay xóa ngày của giấy tờ")
    return new, copy


def _add_pack_commands(add: Add) -> None:
    packs = add("packs", _lazy("packs", "packs"), "các bộ mẫu của máy: xem, nhập từ tệp hay USB, chọn bộ để dùng")
    packs.add_argument("action", nargs="?", default="list", choices=("list", "import", "use", "back"))
    packs.add_argument("what", nargs="?", default="", metavar="TỆP|BỘ", help="tệp .vxpack, hoặc số bộ mẫu cần dùng")
    packs.add_argument("--home", type=Path, default=None, metavar="THƯ_MỤC", help="kiểm bằng khóa của đơn vị này")
    packs.add_argument("--password-stdin", action="store_true", help="đọc mật khẩu từ dòng đầu của đầu vào")


def _add_window_commands(add: Add) -> None:
    demo = add("demo", _lazy("windows", "demo"), "chạy trọn việc chính với các bộ phận thật")
    demo.add_argument("--month", action="store_true", help="cả tháng của hai đơn vị, 35 hồ sơ")
    demo.add_argument("--out", type=Path, default=Path("demo-out"))
    demo.add_argument("--link", choices=("demo", "edge", "sat", "3g", "good"), default="demo")
    demo.add_argument("--seed", type=int, default=2026)
    run = add("run", _lazy("windows", "run"), "mở cửa sổ")
    run.add_argument("--home", type=Path, default=None, metavar="THƯ_MỤC")
    run.add_argument("--demo", action="store_true", help="đơn vị dùng thử, có token và kho bạc giả lập")


def _lazy(module: str, name: str) -> Command:
    """A command whose module is loaded only when it is called: the others must start fast."""

    def call(args: argparse.Namespace) -> Answer:
        from importlib import import_module

        command: Command = getattr(import_module(f"desktop.commands.{module}"), name)
        return command(args)

    return call


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code; a bug answers in the contract's shape too, its place is in a file."""
    multiprocessing.freeze_support()
    arguments = list(sys.argv[1:] if argv is None else argv)
    _speak_utf8()
    if arguments[:1] == [parts.FLAG]:
        return parts.run(arguments[1:])
    try:
        return _show(_answer(arguments), as_json="--json" in arguments)
    except KeyboardInterrupt:  # what was asked for is done, only the telling is broken off
        return FAILED
    except OSError:  # whoever listened is gone, or the disk behind the output is full; nobody is left to be told
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED


def _speak_utf8() -> None:
    """Vietnamese goes in and out alike on every system, whatever the console; a closed output says nothing."""
    sys.stdout, sys.stderr = sys.stdout or io.StringIO(), sys.stderr or io.StringIO()
    for stream, errors in ((sys.stdin, "surrogateescape"), (sys.stdout, "replace"), (sys.stderr, "replace")):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors=errors)


def _answer(arguments: Sequence[str]) -> Answer:
    try:
        args = build_parser().parse_args(arguments)
        _shelve()
        answer: Answer = args.command(args)
    except VungXaError as error:
        return error_answer(error.code, error.message)
    except KeyboardInterrupt:
        return error_answer("cancelled", "Đã dừng theo yêu cầu. Việc đã xong vẫn giữ nguyên.")
    except BrokenPipeError:
        raise
    except OSError as error:
        why = errno.errorcode.get(error.errno or 0, "OSError")
        return error_answer(
            "system_refused", f"Máy không cho đọc hoặc ghi. Kiểm tra đường dẫn, quyền và chỗ trống trên đĩa. ({why})"
        )
    except Exception as error:  # noqa: BLE001 - the process boundary: a bug must still answer in the contract's shape
        from desktop.commands.crash import report

        return error_answer("internal", report(error))
    return answer


def _shelve() -> None:
    """Puts form packs that came later on the shelf; a machine without any loads nothing for it."""
    from desktop.store.packs import PackFolder

    if PackFolder().files():
        from desktop.commands.packs import load

        load()


def _show(answer: Answer, *, as_json: bool) -> int:
    if as_json:
        say(to_json(answer.payload))
    elif answer.lines:
        lines = "\n".join(_plain(line) for line in answer.lines)
        say(lines, sys.stderr if answer.code == FAILED else sys.stdout)
    return answer.code


def _plain(line: str) -> str:
    """A line for a terminal: names of files and values of strangers must not steer it; a tab parts cells to copy."""
    return "".join(sign if sign.isprintable() or sign == "\t" else "?" for sign in line)


if __name__ == "__main__":
    sys.exit(main())

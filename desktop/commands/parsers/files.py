"""Commands on files: `inspect`, `check`, `print`, `verify`, `import`, `export-dvc`."""

from __future__ import annotations

from pathlib import Path

from desktop.commands.parsers.adding import Add, lazy, unit_options


def add_commands(add: Add) -> None:
    """Adds what can be said of files, and the vouchers of other programs."""
    inspecting = add("inspect", lazy("files", "inspect"), "cho biết một tệp, nhiều tệp hay cả thư mục là gì")
    checking = add(
        "check", lazy("files", "check"), "kiểm tra chứng từ, hồ sơ, danh sách thụ hưởng hay cả thư mục theo luật"
    )
    for sub in (inspecting, checking):
        sub.add_argument("files", type=Path, nargs="+", metavar="TỆP")
        sub.add_argument("--letters", default="", metavar="BẢNG_MÃ", help="unicode, tcvn3, vni hoặc cp1258")
    inspecting.add_argument("--as", dest="kind", default="", metavar="LOẠI", help="loại danh sách trong bảng tính")
    inspecting.add_argument("--form", default="", metavar="MẪU", help="mẫu nhận các dòng của bảng tính")
    printing = add("print", lazy("files", "print_pdf"), "in chứng từ ra PDF đúng mẫu")
    printing.add_argument("file", type=Path, nargs="?", default=None, metavar="TỆP")
    printing.add_argument("--pdf", "-o", type=Path, required=True, metavar="TỆP_PDF")
    printing.add_argument("--paper-pack", default="", metavar="HỒ_SƠ", help="in cả bộ giấy của một hồ sơ (cùng --home)")
    printing.add_argument("--reason", default="", metavar="LÝ_DO", help="vì sao phải nộp giấy (Điều 3.2)")
    unit_options(printing, required=False)
    verifying = add("verify", lazy("files", "verify"), "kiểm tra chữ ký của một gói hồ sơ")
    verifying.add_argument("package", type=Path, metavar="GÓI")
    verifying.add_argument("--trust", type=Path, action="append", default=[], metavar="CA.pem")
    unit_options(verifying, required=False)
    _add_voucher_files(add)


def _add_voucher_files(add: Add) -> None:
    importing = add("import", lazy("vouchers", "import_files"), "nhập chứng từ của phần mềm kế toán thành hồ sơ nháp")
    importing.add_argument("files", type=Path, nargs="+", metavar="TỆP")
    importing.add_argument("--home", type=Path, required=True, metavar="THƯ_MỤC")
    export = add("export-dvc", lazy("vouchers", "export"), "ghi một chứng từ ra tệp DVC cho phần mềm kế toán")
    export.add_argument("what", metavar="HỒ_SƠ|TỆP.json", help="số hồ sơ (cùng --home), hoặc tệp JSON của chứng từ")
    export.add_argument("-o", "--out", type=Path, required=True, metavar="TỆP", help=".zip, hoặc .xml không nén")
    export.add_argument("--home", type=Path, default=None, metavar="THƯ_MỤC")
    export.add_argument("--document", type=int, default=None, metavar="SỐ", help="chứng từ thứ mấy trong hồ sơ, từ 1")
    export.add_argument("--kind", default=None, metavar="LOẠI", help="C205a hay C304NS, C402A hay C409")
    for sub in (importing, export):
        sub.add_argument("--password-stdin", action="store_true", help="đọc mật khẩu từ dòng đầu của đầu vào")

"""Commands on lists: catalogues, projects, form packs."""

from __future__ import annotations

from pathlib import Path

from desktop.commands.parsers.adding import Add, lazy, unit_options


def add_commands(add: Add) -> None:
    """Adds the lists a unit keeps, and the form packs of the machine."""
    catalogues = add("catalogues", lazy("lists", "catalogues"), "các danh mục mã: xem, nhập bản mới, chọn bản để dùng")
    catalogues.add_argument("action", nargs="?", default="list", choices=("list", "import", "use", "back"))
    catalogues.add_argument("what", nargs="?", default="", metavar="TỆP|BẢN", help="tệp cần nhập, hoặc số bản cần dùng")
    catalogues.add_argument("--kind", default="", metavar="LOẠI", help="econ, sector, source, chapter, program, …")
    catalogues.add_argument("--label", default="", metavar="TÊN", help="tên của bản, ví dụ số thông tư")
    catalogues.add_argument("--use", action="store_true", help="nhập xong thì dùng ngay")
    project = add(
        "project", lazy("lists", "project"), "tổng mức đầu tư, kế hoạch vốn của một dự án và đã giải ngân đến đâu"
    )
    project.add_argument("--code", required=True, metavar="MÃ", help="mã dự án")
    project.add_argument("--year", type=int, default=0, metavar="NĂM", help="năm kế hoạch vốn")
    project.add_argument("--total", default=None, metavar="TIỀN", help="tổng mức đầu tư, đồng")
    project.add_argument("--plan", default=None, metavar="TIỀN", help="kế hoạch vốn của năm, đồng")
    catalogues.add_argument("--letters", default="", metavar="BẢNG_MÃ", help="unicode, tcvn3, vni hoặc cp1258")
    for sub in (catalogues, project):
        unit_options(sub)
    _add_packs(add)


def _add_packs(add: Add) -> None:
    packs = add("packs", lazy("packs", "packs"), "các bộ mẫu của máy: xem, nhập từ tệp hay USB, chọn bộ để dùng")
    packs.add_argument("action", nargs="?", default="list", choices=("list", "import", "use", "back"))
    packs.add_argument("what", nargs="?", default="", metavar="TỆP|BỘ", help="tệp .vxpack, hoặc số bộ mẫu cần dùng")
    packs.add_argument("--home", type=Path, default=None, metavar="THƯ_MỤC", help="kiểm bằng khóa của đơn vị này")
    packs.add_argument("--password-stdin", action="store_true", help="đọc mật khẩu từ dòng đầu của đầu vào")

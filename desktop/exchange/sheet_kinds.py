"""What a spreadsheet may be imported as, and by which words each of its columns is known."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from desktop.dossier.fold import fold
from desktop.dossier.form_parts import Column
from desktop.dossier.forms import Form
from desktop.dossier.pack import form_of

CellType = Literal[
    "text", "account", "amount", "money", "money_fc", "decimal", "date", "year", "integer", "code", "group", "number"
]
"""How a cell is read; "amount" is VND above zero, "money" any VND, "number" a row's own number, which is dropped."""


@dataclass(frozen=True)
class Target:
    """One column of what is imported. `words` are patterns over the folded heading, the surest first."""

    key: str
    label: str
    type: CellType
    needed: bool = True
    words: tuple[str, ...] = ()

    @cached_property
    def patterns(self) -> tuple[re.Pattern[str], ...]:
        """The words, ready to match a whole heading from its start."""
        return tuple(re.compile(word) for word in self.words)


@dataclass(frozen=True)
class SheetKind:
    """A kind of list: `heading` are the columns without which it is not recognised, `anchor` the one every row has."""

    key: str
    label: str
    targets: tuple[Target, ...]
    heading: frozenset[str]
    anchor: str
    amount: str = ""
    """The column that adds up to the total; "" for a list without money."""
    form: str = ""
    """The form whose rows it gives; "" for estimates and catalogues."""

    @cached_property
    def by_key(self) -> dict[str, Target]:
        """Target by key."""
        return {target.key: target for target in self.targets}


_NUMBER = Target("stt", "STT", "number", False, (r"(stt|tt|so tt|so thu tu|no\.?|#)$",))

BENEFICIARIES = SheetKind(
    "beneficiaries",
    "Danh sách đối tượng thụ hưởng",
    (
        _NUMBER,
        Target("account", "Số tài khoản", "account", True, (r".*(so tai khoan|so tk\b|stk\b)", r"(tai khoan|tk)\b")),
        Target("bank", "Tên ngân hàng", "text", True, (r".*(ngan hang|noi mo|mo tai)",)),
        Target(
            "amount", "Số tiền", "amount", True,
            (
                r".*(thuc linh|thuc nhan|con (duoc )?(linh|nhan))",
                r".*so tien",
                r".*(thanh tien|tong tien|tong cong|tong so)",
                r".*tien luong",
            ),
        ),
        Target("group", "Nhóm", "group", False, (r".*(nhom|loai doi tuong|phan loai)",)),
        Target(
            "name", "Họ tên", "text", True,
            (r".*ho (va |, |& )?(ten|dem)", r".*(doi tuong|nguoi (nhan|huong|thu huong)|ten ca nhan)", r".*ten$"),
        ),
    ),
    heading=frozenset({"name", "account", "amount"}),
    anchor="account",
    amount="amount",
    form="M20",
)  # fmt: skip
"""The first target that fits a heading has it: «Số tài khoản đối tượng thụ hưởng» is an account, not a name."""

STUDENTS = SheetKind(
    "students",
    "Danh sách lưu học sinh",
    (
        _NUMBER,
        Target("account_name", "Tên tài khoản người hưởng", "text", True, (r".*(ten|chu) tai khoan",)),
        Target("account", "Số tài khoản", "code", True, (r".*(so tai khoan|so tk\b|stk\b)",)),
        Target("bank_info", "Thông tin ngân hàng", "text", True, (r".*(thong tin ngan hang|ngan hang|swift)",)),
        Target("transfer_content", "Nội dung chuyển tiền", "text", True, (r".*noi dung chuyen",)),
        Target("content", "Nội dung chi", "text", True, (r".*noi dung",)),
        Target("detail_amount", "Chi tiết số tiền", "money_fc", True, (r".*chi tiet",)),
        Target("period_total", "Tổng cộng cấp kỳ này", "money_fc", True, (r".*(ky nay|tong cong|tong so)",)),
        Target("currency", "Loại ngoại tệ", "code", True, (r".*(ngoai te|nguyen te|loai tien)",)),
        Target("fee_kind", "Loại phí", "text", True, (r".*\bphi\b",)),
        Target("decision", "Quyết định cử đi học", "text", True, (r"(?!.*thoi gian).*quyet dinh",)),
        Target("country", "Tên nước", "text", True, (r".*(ten nuoc|nuoc (di )?hoc|quoc gia|\bnuoc\b)",)),
        Target("study_period", "Thời gian theo Quyết định", "text", True, (r".*thoi gian",)),
        Target("student_name", "Họ và tên lưu học sinh", "text", True, (r".*ho (va )?ten", r".*luu hoc sinh")),
        Target("other", "Khác", "text", False, (r"(khac|ghi chu)",)),
    ),
    heading=frozenset({"student_name", "country", "period_total"}),
    anchor="student_name",
    amount="period_total",
    form="M21",
)

ESTIMATE = SheetKind(
    "estimate",
    "Dự toán được giao",
    (
        _NUMBER,
        Target("budget_year", "Năm ngân sách", "year", False, (r".*(nien do|nam ngan sach|\bnam\b)",)),
        Target("account", "Tài khoản", "account", False, (r".*(so tai khoan|tai khoan|\btk\b)",)),
        Target("document_no", "Số quyết định", "text", False, (r".*so (quyet dinh|qd|van ban|nghi quyet)",)),
        Target("document_date", "Ngày quyết định", "date", False, (r".*ngay\b",)),
        Target("kind", "Loại giao", "text", False, (r"(loai|hinh thuc|dot)( giao| du toan| bo sung)?$",)),
        Target("source", "Mã nguồn NSNN", "code", True, (r".*nguon",)),
        Target("program", "Mã CTMT, dự án", "code", False, (r".*(ctmt|chuong trinh|du an\b)",)),
        Target("econ", "Mã NDKT", "code", False, (r".*(ndkt|noi dung kinh te|tieu muc|\bmuc\b)",)),
        Target("sector", "Mã ngành kinh tế", "code", False, (r".*(ma nganh|nganh|loai.*khoan|khoan)",)),
        Target("amount", "Dự toán giao", "money", True, (r".*(du toan|duoc giao)", r".*(so tien|kinh phi|so giao)")),
        Target("note", "Ghi chú", "text", False, (r".*(ghi chu|dien giai)",)),
    ),
    heading=frozenset({"source", "sector", "amount"}),
    anchor="source",
    amount="amount",
)

CATALOGUE = SheetKind(
    "catalogue",
    "Danh mục mã",
    (
        Target("valid_to", "Hết hiệu lực", "date", False, (r".*(het hieu luc|den ngay)",)),
        Target("valid_from", "Có hiệu lực từ", "date", False, (r".*(hieu luc|tu ngay|ap dung)",)),
        Target("parent", "Mã cấp trên", "code", False, (r".*(ma cha|cap tren|thuoc ma|parent)",)),
        Target("level", "Cấp", "text", False, (r"(cap|level|loai ma)\b",)),
        Target("code", "Mã", "code", True, (r"(ma|code|ma so|ma hieu)$", r"ma\b", r".*\bcode")),
        Target("name", "Tên", "text", True, (r"(ten|name|noi dung|dien giai|mo ta)",)),
    ),
    heading=frozenset({"code", "name"}),
    anchor="code",
)

_WORDS: Mapping[str, tuple[str, ...]] = {
    "content": (r".*noi dung( chi)?$", r".*(noi dung|dien giai)"),
    "detail": (r".*(noi dung|dien giai|chi tiet)",),
    "invoice_date": (r".*ngay.*(hoa don|\bhd\b)",),
    "invoice_no": (r".*(hoa don|\bhd\b)",),
    "voucher_date": (r".*ngay.*(chung tu|\bct\b)",),
    "voucher_no": (r".*(chung tu|\bct\b)",),
    "econ_advanced": (r".*(ndkt|muc).*tam ung", r".*da tam ung"),
    "econ_requested": (r".*(ndkt|muc).*(de nghi|thanh toan)",),
    "econ": (r".*(ndkt|noi dung kinh te|tieu muc|\bmuc\b)",),
    "sector": (r".*(nganh|khoan)",),
    "source": (r".*nguon",),
    "chapter": (r".*chuong",),
    "budget_year": (r".*(nien do|\bnam\b)",),
    "plan_year": (r".*(nam ke hoach|\bnam\b)",),
    "remit_amount": (r".*nop( ngan sach| nsnn| thue)?",),
    "payee_amount": (r".*(thanh toan cho|don vi huong|thuc nhan)",),
    "advance_balance": (r".*(du tam ung|so du)",),
    "requested_amount": (r".*(de nghi|thanh toan)",),
    "rate": (r".*ty gia",),
    "currency": (r".*(ngoai te|loai tien)",),
    "amount": (r".*(so tien|thanh tien|tong so|tong cong)",),
    "vnd_amount": (r".*(vnd|viet nam dong|dong viet nam)", r".*so tien"),
    "fc_amount": (r".*(nguyen te|ngoai te)",),
}
"""Words for columns that many forms share; a column's own printed label counts everywhere."""
_AMOUNTS = ("amount", "requested_amount", "vnd_amount")
_TYPES: Mapping[str, CellType] = {
    "money": "amount", "signed_money": "money", "money_fc": "money_fc", "decimal": "decimal", "date": "date",
    "year": "year", "integer": "integer", "code": "code",
}  # fmt: skip


def lines_of(form_ref: str) -> SheetKind:
    """Give the kind whose rows fill the first line table of a form. Raises UnknownForm."""
    form = form_of(form_ref)
    if form.id in ("M20", "M21"):
        return BENEFICIARIES if form.id == "M20" else STUDENTS
    targets = _line_targets(form)
    money = [target.key for target in targets if target.type in ("amount", "money", "money_fc")]
    amount = next((key for key in _AMOUNTS if key in money), money[0] if money else "")
    text = next((target.key for target in targets if target.type == "text"), targets[0].key)
    heading = frozenset({text, amount} - {""})
    return SheetKind("lines", f"Các dòng của {form.short_title}", targets, heading, text, amount, form.ref)


def _line_targets(form: Form) -> tuple[Target, ...]:
    """Give the columns the unit fills; those known by more particular words come first."""
    columns = [c for table in form.line_tables[:1] for c in table.columns if c.filled_by == "unit" and not c.formula]
    order = list(_WORDS)
    columns.sort(key=lambda column: order.index(column.key) if column.key in order else -1)
    return (_NUMBER, *map(_line_target, columns))


def _line_target(column: Column) -> Target:
    printed = re.escape(" ".join(fold(column.label).split())) + "$"
    kind = _TYPES.get(column.type, "text")
    return Target(column.key, column.label, kind, column.required == "yes", (printed, *_WORDS.get(column.key, ())))


def kind_named(name: str, form: str = "") -> SheetKind | None:
    """Give a kind by its key; "lines" needs the form. Raises UnknownForm."""
    if name == "lines":
        return lines_of(form) if form else None
    return next((kind for kind in (BENEFICIARIES, STUDENTS, ESTIMATE, CATALOGUE) if kind.key == name), None)

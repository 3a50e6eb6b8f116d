"""Lays the fields of any form out in few lines: what belongs together shares a line, rare groups are folded."""

from __future__ import annotations

import re
from dataclasses import dataclass

from desktop.dossier.form_parts import Choice, Field, FieldType
from desktop.dossier.forms import Form

HEAD_KEYS = ("document_no", "made_date", "budget_year")
"""Fields that stand beside the form's title."""

WIDTHS: dict[FieldType, int] = {"date": 102, "year": 62, "integer": 62, "money": 118, "code": 92, "choice": 170}
WIDE_CODES = {"unit_account": 150}
TEXT_LEAST, NAME_LEAST = 150, 250
LINE = 652
"""Design pixels a line offers beside its label."""

SHORT = {
    "document_no": "Số",
    "made_date": "Ngày lập",
    "budget_year": "Năm NS",
    "unit_name": "Đơn vị",
    "paying_unit": "Đơn vị",
    "chapter": "Mã chương",
    "treasury": "Tại KBNN",
    "requested_treasury": "Đề nghị KBNN",
    "program_name": "CTMT, dự án",
    "program_code": "Mã",
    "donor_code": "Mã nhà tài trợ",
    "bid_result_decision_no": "QĐ kết quả LCNT",
    "contract_no": "Hợp đồng, QĐ số",
    "contract_kind": "loại",
    "contract_party": "ký với",
    "contract_total": "tổng",
    "advance_terms": "Mức tạm ứng",
    "acceptance_no": "Nghiệm thu số",
    "acceptance_total": "tổng",
    "acceptance_party": "ký với",
    "advance_balance_date": "Dư tạm ứng đến",
    "payee_list_date": "DS nhận tiền",
    "general_content": "Nội dung",
    "payee_name": "Tên",
    "payee_tax_code": "Mã số thuế",
    "payee_account": "Số tài khoản",
    "payee_bank": "tại",
    "cash_recipient_name": "Người nhận",
    "cash_recipient_id_no": "Số CCCD",
    "cash_recipient_id_date": "cấp ngày",
    "cash_recipient_id_place": "nơi cấp",
    "parent_voucher_no": "Kèm chứng từ số",
    "parent_voucher_date": "ngày",
    "budget_unit_code": "Mã ĐVQHNS",
}
FOLDS = {
    "program": "CTMT, dự án",
    "bid": "Kết quả chọn nhà thầu",
    "contract": "Hợp đồng, quyết định",
    "advance": "Mức tạm ứng",
    "acceptance": "Nghiệm thu",
    "donor": "Nhà tài trợ",
    "payee": "Danh sách nhận tiền",
}
"""What a folded group is called on the line that unfolds it, by the first word of its keys."""


@dataclass(frozen=True)
class Slot:
    """One field in a line; `width` design pixels, 0 takes what is left; `label` stands before it."""

    field: Field
    label: str
    width: int


@dataclass(frozen=True)
class Line:
    """Fields side by side; `fold` names the optional group the line belongs to, "" when it always shows."""

    slots: tuple[Slot, ...]
    fold: str = ""


def short_label(field: Field) -> str:
    """Give the few words a field has on screen; its full printed label is in the tooltip and for screen readers."""
    if field.key in SHORT:
        return SHORT[field.key]
    if field.type == "date" and field.label.lower().startswith("ngày"):
        return "ngày" if "." in field.label or "…" in field.label else field.label
    plain = re.sub(r"\([^)]*\)|[.…]+|^\d+\s", " ", field.label)
    plain = re.sub(r"\s+", " ", plain).strip()
    return plain if len(plain) <= 26 else plain.split("/")[0][:26].rstrip()


def short_title(form: Form) -> str:
    """Give a form's name short enough for a line: without what stands in brackets, the budget as NSNN."""
    return form.list_title.split(" (")[0].replace("ngân sách nhà nước", "NSNN")


def choice_lines(form: Form) -> list[list[Choice]]:
    """Put the form's ticks on as few lines as they fit on."""
    lines: list[list[Choice]] = []
    used = LINE
    for choice in form.choices:
        need = sum(len(option.label) * 7 + 44 for option in choice.options)
        if used + need > LINE:
            lines.append([])
            used = 0
        lines[-1].append(choice)
        used += need
    return lines


def head_fields(form: Form) -> list[Field]:
    """Give the fields that stand beside the title."""
    found = {field.key: field for field in form.header_fields}
    return [found[key] for key in HEAD_KEYS if key in found]


def header_lines(form: Form) -> list[Line]:
    """Arrange the header fields the unit fills."""
    fields = [f for f in form.header_fields if f.filled_by == "unit" and f.key not in HEAD_KEYS]
    return arrange(fields, foldable=True)


def arrange(fields: list[Field], foldable: bool = False) -> list[Line]:
    """Pack fields into lines in paper order; a new line where the next group starts or the line is full."""
    lines: list[Line] = []
    group: list[Field] = []
    for field in fields:
        if group and _starts_line(group, field, fields):
            lines += _pack(group, foldable)
            group = []
        group.append(field)
    return lines + _pack(group, foldable) if group else lines


def _stem(field: Field) -> str:
    return field.key.split("_")[0]


def _starts_line(group: list[Field], field: Field, fields: list[Field]) -> bool:
    if field.type == "longtext" or group[-1].type == "longtext" or field.catalogue == "unit_account":
        return True
    grouped = [f for f in fields if _stem(f) == _stem(field)]
    if _stem(group[-1]) == _stem(field):
        return False
    optional = field.required == "conditional" or group[-1].required == "conditional"
    return optional or len(grouped) > 1


def _pack(group: list[Field], foldable: bool) -> list[Line]:
    fold = ""
    if foldable and all(field.required != "yes" for field in group) and group[0].required == "conditional":
        fold = FOLDS.get(_stem(group[0]), short_label(group[0]))
    lines: list[Line] = []
    slots: list[Slot] = []
    used = 0
    for field in group:
        slot = Slot(field, short_label(field), _width(field))
        need = _least(slot) + (len(slot.label) * 7 + 14 if slots else 0)
        if slots and used + need > LINE:
            lines.append(Line(tuple(slots), fold))
            slots, used, need = [], 0, _least(slot)
        slots.append(slot)
        used += need
    return [*lines, Line(tuple(slots), fold)]


def _least(slot: Slot) -> int:
    if slot.width:
        return slot.width
    return NAME_LEAST if slot.field.key.endswith("_name") else TEXT_LEAST


def _width(field: Field) -> int:
    if field.key.endswith("_no") and field.type == "text":
        return 122
    if field.type == "code" and field.catalogue is None:
        return 140
    return WIDE_CODES.get(field.catalogue or "", WIDTHS.get(field.type, 0))

"""Lays the fields of any form out in few lines: what belongs together shares a line, rare groups are folded."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from desktop.dossier.form_parts import Choice, Field, FieldType, Option
from desktop.dossier.forms import Form

HEAD_KEYS = ("document_no", "made_date", "budget_year")
"""Fields that stand beside the form's title."""

WIDTHS: dict[FieldType, int] = {
    "date": 102,
    "year": 62,
    "integer": 62,
    "money": 118,
    "signed_money": 118,
    "money_fc": 118,
    "decimal": 92,
    "code": 92,
    "choice": 170,
    "image": 170,
}
WIDE_CODES = {"unit_account": 150}
TEXT_LEAST, NAME_LEAST = 150, 250
MOST_CAPITALS = 5
"""A longer label all in capitals is shouting, not an abbreviation."""
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
    "currency": "Loại tiền",
    "currency_other": "Loại tiền khác",
    "copy_no": "Liên",
    "other_basis": "Căn cứ khác",
    "reference_budget_level": "Ngân sách cấp",
    "reference_year": "năm",
    "reference_amount": "Dự toán căn cứ",
    "average_budget_level": "Bình quân, cấp",
    "average_year": "năm",
    "monthly_average": "một tháng",
    "late_amount": "Phạt chậm thi hành",
    "payer_tax_code": "Mã số thuế",
    "payer_ward": "Xã, phường",
    "payer_province": "Tỉnh, thành phố",
    "authorised_payer_name": "Nộp thay bởi",
    "authorised_payer_address": "Địa chỉ",
    "authorised_payer_ward": "Xã, phường",
    "authorised_payer_province": "Tỉnh, thành phố",
    "debit_bank": "Trích tại",
    "debit_account": "Trích tài khoản",
    "collecting_bank": "NH ủy nhiệm thu",
    "collecting_authority": "Cơ quan thu",
    "payer_name": "Người nộp",
    "receiving_institution": "Nộp tại",
    "credit_account": "vào tài khoản",
    "collecting_org_name": "Tổ chức thu phí",
    "collecting_org_code": "Mã tổ chức",
    "revenue_account": "TK thu NSNN",
    "payer_person": "Người nộp tiền",
    "decision_no": "Quyết định số",
    "drawing_unit": "Đơn vị rút",
    "reason": "Lý do",
    "fc_withdrawal_no": "Giấy rút số",
    "fc_withdrawal_date": "ngày",
    "decision_date": "ngày",
    "loan_agreement_no": "HĐ vay vốn số",
    "grant_agreement_no": "HĐ tài trợ số",
    "agreement_no": "Hiệp định số",
    "governing_body": "CQ chủ quản",
    "finance_agency": "CQ tài chính",
    "area_code": "Mã địa bàn",
    "content": "Nội dung",
    "founding_doc_kind": "VB thành lập",
    "founding_doc_no": "số",
    "founding_doc_issuer": "cơ quan cấp",
    "holder_appointment_kind": "Bổ nhiệm chủ TK",
    "holder_appointment_no": "số",
    "holder_appointment_issuer": "cơ quan cấp",
    "ca_appointment_kind": "Bổ nhiệm KTT",
    "ca_appointment_no": "số",
    "ca_appointment_issuer": "cơ quan cấp",
    "holder_id_no": "Số CCCD",
    "holder_id_date": "cấp ngày",
    "holder_id_place": "nơi cấp",
    "account_holder": "Chủ tài khoản",
    "chief_accountant": "Kế toán trưởng",
    "parent_agency": "CQ cấp trên",
    "accounts_detail": "Chi tiết TK",
    "change_reason": "Lý do đổi",
    "special_project_code": "Dự án đặc thù",
    "payment_round": "Lần thanh toán",
    "s1_contract_value": "1. Giá trị HĐ",
    "s2_advance_outstanding": "2. Tạm ứng còn lại",
    "s3_paid_before": "3. Đã trả KL",
    "s4_cumulative_work": "4. Lũy kế KL",
    "s5_advance_recovery": "5. Thu hồi TƯ",
    "s6_requested": "6. Đề nghị",
    "s6_advance": "tạm ứng",
    "s6_completed": "khối lượng",
    "s7_cumulative_disbursed": "7. Lũy kế",
    "s7_advance": "tạm ứng",
    "s7_completed": "khối lượng",
    "contract_annex_no": "Phụ lục HĐ số",
    "advance_balance": "Dư tạm ứng",
    "total_requested": "Tổng đề nghị",
    "payment_request_no": "GĐN thanh toán",
    "payment_request_date": "ngày",
    "plan_year": "Năm KH vốn",
    "taxpayer_name": "Người nộp thuế",
    "remit_payer_name": "Người nộp",
    "remit_payer_tax_code": "Mã số thuế",
    "remit_econ_code": "Mã NDKT",
    "remit_chapter": "Mã chương",
    "remit_reference_id": "Số TK/QĐ/ID",
    "remit_period_or_date": "Kỳ, ngày",
    "remit_area_code": "Mã địa bàn",
    "remit_revenue_account": "TK thu NSNN",
    "remit_collecting_authority": "Cơ quan thu",
    "remit_accounting_treasury": "KBNN hạch toán",
    "domestic_account": "TK trong nước",
    "domestic_bank": "tại",
    "foreign_account": "TK nước ngoài",
    "foreign_bank": "tại",
    "estimate_decision_no": "QĐ dự toán số",
    "completed_work_ref": "Bảng KL số",
    "accumulated_domestic": "Lũy kế, TN",
    "accumulated_foreign": "vốn nước ngoài",
    "recovery_domestic": "Thu hồi TƯ, TN",
    "recovery_foreign": "vốn nước ngoài",
    "payee_total": "Trả đơn vị",
    "payee_domestic": "vốn trong nước",
    "payee_foreign": "vốn nước ngoài",
    "vat": "Thuế GTGT",
    "warranty": "Bảo hành",
    "retention": "Tạm giữ chờ QT",
}
FOLDS = {
    "program": "CTMT, dự án",
    "bid": "Kết quả chọn nhà thầu",
    "contract": "Hợp đồng, quyết định",
    "advance": "Mức tạm ứng",
    "acceptance": "Nghiệm thu",
    "donor": "Nhà tài trợ",
    "payee": "Danh sách nhận tiền",
    "authorised": "Người nộp thay",
    "founding": "Văn bản thành lập",
    "holder": "Bổ nhiệm chủ tài khoản",
    "ca": "Bổ nhiệm kế toán trưởng",
    "domestic": "Tài khoản vốn trong nước",
    "foreign": "Tài khoản vốn nước ngoài",
    "recovery": "Thu hồi tạm ứng",
    "decision": "Kết luận, quyết định",
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
    plain = plain.capitalize() if plain.isupper() and len(plain) > MOST_CAPITALS else plain
    return plain if len(plain) <= 26 else plain.split("/")[0][:26].rstrip()


def tidy(heading: str) -> str:
    """Give a printed heading as words: its dots are blanks to fill on paper."""
    return re.sub(r"\s*([.…]{2,}|…)\s*", " … ", heading).strip("- :")


def short_title(form: Form) -> str:
    """Give a form's name short enough for a line: without what stands in brackets, the budget as NSNN."""
    return form.list_title.split(" (")[0].replace("ngân sách nhà nước", "NSNN")


def tick_rows(choice: Choice) -> list[list[Option]]:
    """Break a choice's boxes into rows no wider than a line."""
    rows: list[list[Option]] = [[]]
    used = 0
    for option in choice.options:
        need = len(option.label) * 7 + 44
        if rows[-1] and used + need > LINE:
            rows.append([])
            used = 0
        rows[-1].append(option)
        used += need
    return rows


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
    apart = {*HEAD_KEYS, *(key for table in form.line_tables for key in table.header_fields)}
    fields = [f for f in form.header_fields if f.filled_by == "unit" and f.key not in apart]
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
        slots.append(slot if slots else replace(slot, label=f"{slot.label[:1].upper()}{slot.label[1:]}"))
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

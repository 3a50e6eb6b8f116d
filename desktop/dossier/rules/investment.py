"""Investment capital: the request (04.a/TT), what it pays back (04.b/TT), the order (05.a/TT), the work done (03.a/TT).

Source: NĐ 254/2025/NĐ-CP Điều 6, 9, 12, 13. The bodies of these forms come from practice, so few of the rules block.
"""

from __future__ import annotations

from collections.abc import Iterator

from desktop.dossier.compute import money
from desktop.dossier.document import Level
from desktop.dossier.money import format_vnd
from desktop.dossier.rules.payment import CASH
from desktop.dossier.rules.registry import Finding, document_rule
from desktop.dossier.rules.required import ticks
from desktop.dossier.rules.subject import Subject
from desktop.dossier.vouchers import same_number

_DECREE = "NĐ 254/2025/NĐ-CP"
_ADVANCES = ("advance", "prefunding_unqualified")


def recovered(request: Subject) -> int:
    """Return what a 04.a/TT pays back of earlier advances, VND."""
    return money(request.value("recovery_domestic")) + money(request.value("recovery_foreign"))


def quoted(subject: Subject) -> Subject | None:
    """Return the 04.a/TT of the dossier that a 04.b/TT or 05.a/TT quotes, else its only one, else None."""
    requests = [other for other in subject.siblings if other.form.id == "I04A"]
    number = same_number(subject.text("payment_request_no"))
    for request in requests:
        if number and same_number(request.text("document_no")) == number:
            return request
    return requests[0] if len(requests) == 1 else None


@document_rule(Level.WARNING, f"{_DECREE} Điều 6.6", "I03A-2")
def work_within_contract(subject: Subject) -> Iterator[Finding]:
    """Work done to date worth more than the contract."""
    work, contract = subject.number("s4_cumulative_work"), subject.number("s1_contract_value")
    if work is not None and contract is not None and work > contract:
        message = f"Khối lượng lũy kế vượt giá trị hợp đồng {format_vnd(work - contract)} đ. Xem lại hai số này."
        yield Finding(message, field="s4_cumulative_work")


@document_rule(Level.WARNING, "Mẫu 03.a/TT mục 6, 7", "I03A-3")
def parts_add_up(subject: Subject) -> Iterator[Finding]:
    """An amount that is not the sum of its two parts."""
    for whole, key in (("s6_requested", "s6"), ("s7_cumulative_disbursed", "s7")):
        parts = [subject.number(f"{key}_advance"), subject.number(f"{key}_completed")]
        total, given = subject.number(whole), [part for part in parts if part is not None]
        if total is not None and len(given) == len(parts) and sum(given) != total:
            message = f"Tạm ứng cộng khối lượng hoàn thành là {format_vnd(sum(given))} đ. Sửa số này cho khớp."
            yield Finding(message, field=whole)


@document_rule(Level.ERROR, "Mẫu 04.a/TT", "I04A-1", covers=("R-176",))
def has_account(subject: Subject) -> Iterator[Finding]:
    """A request that names no account of the investor."""
    if not subject.filled("domestic_account", "foreign_account"):
        message = "Chưa có tài khoản của chủ đầu tư. Ghi tài khoản vốn trong nước hoặc vốn nước ngoài."
        yield Finding(message, field="domestic_account", also=("R-176", "required"))


@document_rule(Level.ERROR, "Mẫu 04.a/TT", "I04A-2")
def lines_add_up(subject: Subject) -> Iterator[Finding]:
    """A total that is not the sum of what the lines ask for."""
    totals, total = subject.computed.totals, subject.number("total_requested")
    lines = totals["lines.requested_domestic"] + totals["lines.requested_foreign"]
    if total is not None and total != lines:
        message = f"Cộng các dòng là {format_vnd(lines)} đ, khác tổng số tiền đề nghị. Sửa tổng hoặc dòng sai."
        yield Finding(message, field="total_requested")


@document_rule(Level.WARNING, "Mẫu 04.a/TT", "I04A-3", covers=("R-175",))
def what_the_payee_gets(subject: Subject) -> Iterator[Finding]:
    """An amount to the payee that is not what is asked for less what is kept back."""
    total, payee = subject.number("total_requested"), subject.number("payee_total")
    if total is None or payee is None:
        return
    due = total - recovered(subject) - sum(money(subject.value(key)) for key in ("warranty", "retention"))
    if payee not in (due, due - money(subject.value("vat"))):
        message = (
            f"Số trả đơn vị thụ hưởng phải là {format_vnd(due)} đ: số đề nghị trừ thu hồi, bảo hành, tạm giữ. Xem lại."
        )
        yield Finding(message, field="payee_total")
    parts = subject.filled("payee_domestic", "payee_foreign")
    if parts and sum(money(subject.value(key)) for key in parts) != payee:
        message = "Vốn trong nước cộng vốn nước ngoài khác số trả đơn vị thụ hưởng. Sửa cho khớp."
        yield Finding(message, field="payee_domestic")


@document_rule(Level.ERROR, f"{_DECREE} Điều 6.6", "I04A-4", covers=("R-162",))
def within_value(subject: Subject) -> Iterator[Finding]:
    """A job paid beyond its contract, estimate or compensation budget; what is recovered was counted as advanced."""
    keys = ("accumulated_domestic", "accumulated_foreign", "requested_domestic", "requested_foreign")
    for index, row in subject.rows():
        over = sum(money(row.get(key)) for key in keys) - money(row.get("approved_value")) - recovered(subject)
        if over > 0 and row.get("approved_value") is not None:
            column = "requested_domestic" if money(row.get("requested_domestic")) else "requested_foreign"
            message = (
                f"Dòng {index + 1}: lũy kế và số đề nghị vượt giá trị được duyệt {format_vnd(over)} đ. Xem lại số tiền."
            )
            yield Finding(message, table="lines", row=index, column=column)


@document_rule(Level.ERROR, "Mẫu 04.b/TT", "I04B-1")
def within_advance(subject: Subject) -> Iterator[Finding]:
    """More paid back than is still advanced."""
    for index, row in subject.rows():
        over = money(row.get("requested_amount")) - money(row.get("advance_balance"))
        if over > 0 and row.get("advance_balance") is not None:
            message = f"Dòng {index + 1}: số thu hồi vượt số dư tạm ứng {format_vnd(over)} đ. Xem lại số tiền."
            yield Finding(message, table="lines", row=index, column="requested_amount")


document_rule(Level.ERROR, "Mẫu 04.b/TT", "I04B-2", covers=("R-069",))(ticks)


@document_rule(Level.WARNING, "Mẫu 04.b/TT, 03.a/TT", "I04B-3", forms=("I04B", "I03A"))
def recovery_as_requested(subject: Subject) -> Iterator[Finding]:
    """A recovery, on 04.b/TT or 03.a/TT, that is not the one of the 04.a/TT in the dossier."""
    request = quoted(subject)
    if request is None:
        return
    wanted, work = recovered(request), subject.form.id == "I03A"
    given = money(subject.value("s5_advance_recovery")) if work else subject.total
    if given != wanted:
        message = (
            f"Số thu hồi tạm ứng khác giấy đề nghị thanh toán vốn trong hồ sơ ({format_vnd(wanted)} đ). "
            "Sửa cho giống nhau."
        )
        place = {"field": "s5_advance_recovery"} if work else {"table": "lines", "column": "requested_amount"}
        yield Finding(message, **place)  # type: ignore[arg-type]


@document_rule(Level.ERROR, "Mẫu 05.a/TT", "I05A-2")
def has_line(subject: Subject) -> Iterator[Finding]:
    """A withdrawal without a line."""
    if not any(True for _ in subject.rows()):
        message = "Bảng chi tiết chưa có dòng nào. Thêm ít nhất một dòng."
        yield Finding(message, table="lines", also=("required", "R-004"))


@document_rule(Level.ERROR, "Mẫu 05.a/TT", "I05A-3", covers=("R-068",))
def cash_recipient(subject: Subject) -> Iterator[Finding]:
    """Cash without the person who receives it, or that person beside a transfer."""
    mode = subject.text("payment_mode")
    for key in subject.empty(*CASH) if mode.startswith("cash") else ():
        message = f"Đã chọn tiền mặt nhưng ô {subject.name(key)} còn trống. Điền ô này."
        yield Finding(message, field=key, also=("R-068", "required"))
    for key in subject.filled(*CASH) if mode == "transfer" else ():
        yield Finding(f"Đã chọn chuyển khoản nên ô {subject.name(key)} phải để trống. Xóa ô này.", field=key)


@document_rule(Level.ERROR, "Mẫu 05.a/TT", "I05A-4", covers=("R-174",))
def as_requested(subject: Subject) -> Iterator[Finding]:
    """Orders that together draw another amount than their 04.a/TT leaves to pay, or quote another date."""
    request = quoted(subject)
    if request is None:
        return
    number = subject.text("payment_request_no")
    others = [item for item in subject.siblings if item.form.id == "I05A" and item.text("payment_request_no") == number]
    drawn, vat = subject.total + sum(other.total for other in others), money(request.value("vat"))
    due = [money(request.value(key)) for key in ("payee_total", "payee_domestic") if request.value(key) is not None]
    if due and drawn not in [*due, *(amount + vat for amount in due)]:
        message = (
            f"Số tiền khác số phải trả trên giấy đề nghị thanh toán vốn ({format_vnd(due[0])} đ). Sửa cho giống nhau."
        )
        yield Finding(message, table="lines", column="amount")
    for mine, its in (("payment_request_no", "document_no"), ("payment_request_date", "document_date")):
        if (
            subject.text(mine)
            and request.text(its)
            and same_number(subject.text(mine)) != same_number(request.text(its))
        ):
            yield Finding(f"{subject.name(mine)} khác giấy đề nghị trong hồ sơ. Sửa cho giống nhau.", field=mine)


@document_rule(Level.ERROR, "Mẫu 05.a/TT", "I05A-5")
def same_kind(subject: Subject) -> Iterator[Finding]:
    """An advance drawn for a request to pay completed work, or the other way round; lines of another plan year."""
    request, kind = quoted(subject), subject.text("spending_kind")
    asked = request.text("request_kind") if request else ""
    label = request.form.choices_by_key["request_kind"].labels.get(asked) if request else None
    if label and kind and (kind in _ADVANCES) is not (asked == "advance"):
        message = f"Giấy đề nghị trong hồ sơ ghi «{label}». Chọn loại chi cho khớp."
        yield Finding(message, field="spending_kind")
    year = subject.number("plan_year")
    for index, row in subject.rows():
        if year is not None and row.get("plan_year") not in (None, year):
            message = f"Dòng {index + 1}: năm kế hoạch vốn khác với phần đầu ({year}). Sửa cho giống nhau."
            yield Finding(message, table="lines", row=index, column="plan_year")

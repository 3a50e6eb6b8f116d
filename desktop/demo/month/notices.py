"""What others write to the commune in the month: a collector's receipt (Mẫu 05) and a refund of a fee (P2)."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from desktop.demo.home import DemoHome
from desktop.demo.month.calendar import MonthClock
from desktop.demo.processes import Processes
from desktop.dossier.dates import VIETNAM, instant
from desktop.dossier.document import Document
from desktop.dossier.pack import form_of
from desktop.dossier.people import Unit


def publish(processes: Processes, home: DemoHome, clock: MonthClock) -> None:
    """Has the gateway announce both, the refund first as received, then as credited."""
    unit = home.store.unit.get()
    _call(processes, home, "publish-paper", _receipt(unit).model_dump(mode="json"))
    for status, credited in (("received", ""), ("credited", instant(clock()))):
        _call(processes, home, "publish-refund", {**_refund(unit, clock), "status": status, "credited_at": credited})


def missing(home: DemoHome) -> list[str]:
    """Say in words what of it did not reach the unit."""
    papers, refunds = home.store.notices.papers(), home.store.notices.refunds()
    found = [] if [paper.form for paper in papers] == ["M05"] else ["Biên lai của cơ quan thu không tới đơn vị."]
    credited = [refund.status for refund in refunds] == ["credited"]
    return found + ([] if credited else ["Lệnh hoàn trả không được theo dõi tới khi tiền vào tài khoản."])


def _call(processes: Processes, home: DemoHome, command: str, content: dict[str, Any]) -> None:
    file = home.folder / f"{command}.json"
    file.write_text(json.dumps(content, ensure_ascii=False), "utf-8")
    where = ["--home", str(home.gateway.home), "--unit", home.store.unit.get().code, "--file", str(file)]
    processes.call("gateway", [command, *where])


def _receipt(unit: Unit) -> Document:
    return Document(
        form=form_of("M05").ref,
        fields={
            "collecting_unit": "Thuế cơ sở 9 tỉnh Thanh Hóa",
            "collecting_unit_tax_code": "2800556677",
            "template_no": "01BLP3-001",
            "serial_symbol": "TH-26E",
            "receipt_no": "0000218",
            "payer_name": unit.name,
            "payer_address": unit.address,
            "tax_name": "Lệ phí đăng ký phương tiện",
            "amount": 150_000,
            "payment_method": "Chuyển khoản",
        },
    )


def _refund(unit: Unit, clock: MonthClock) -> dict[str, Any]:
    ordered = (clock() - timedelta(days=4)).astimezone(VIETNAM).date()
    return {
        "order_no": "LHT 0012",
        "order_date": ordered.isoformat(),
        "amount": 4_750_000,
        "payee_name": unit.name,
        "payee_account": unit.deposit_account,
        "payee_bank": unit.treasury_name,
        "content": "Hoàn trả lệ phí nộp thừa",
    }

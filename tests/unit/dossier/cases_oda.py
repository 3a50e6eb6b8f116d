"""Breaches in booking loans and grants."""

from __future__ import annotations

from tests.fixtures.forms_filled import filled
from tests.unit.dossier.edits import cell, edit, edit_row
from tests.unit.dossier.rule_case import Case

BOOKING = filled("M23")
UNCONFIRMED = edit_row(BOOKING, "payments", confirmed_fc_dev=None, confirmed_vnd_dev=None)

ODA = [
    Case("M23-1", edit(BOOKING, {"booking_kind": "grant"}), {"field": "booking_kind"}, good=BOOKING),
    Case(
        "M23-2",
        edit_row(BOOKING, "payments", paid_vnd_dev=1_000_000_000),
        cell("paid_vnd_dev", table="payments"),
        "warning",
        BOOKING,
        says="1.018.020.000 đ",
    ),
    Case(
        "M23-2",
        edit_row(BOOKING, "booking", dev_central_vnd=1),
        cell("dev_central_vnd", table="booking"),
        "warning",
        BOOKING,
    ),
    Case(
        "M23-3",
        edit_row(UNCONFIRMED, "payments", confirmed_fc_dev="40000.00"),
        cell("confirmed_fc_dev", table="payments"),
        good=UNCONFIRMED,
    ),
    Case(
        "M23-3",
        edit_row(BOOKING, "payments", confirmed_fc_rec="1.00", confirmed_vnd_rec=25_000),
        cell("confirmed_vnd_rec", table="payments"),
        good=BOOKING,
        name="nothing paid",
    ),
    Case(
        "M23-3",
        edit_row(UNCONFIRMED, "payments", difference=0),
        cell("difference", table="payments"),
        good=edit_row(BOOKING, "payments", difference=0),
    ),
    Case(
        "M23-5",
        edit_row(BOOKING, "booking", dev_central_vnd=1_018_019_000),
        {"table": "booking", "column": "total_vnd"},
        "warning",
        BOOKING,
        says="1.018.019.000 đ khác số đã thanh toán 1.018.020.000 đ",
    ),
]

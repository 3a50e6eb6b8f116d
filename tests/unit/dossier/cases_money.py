"""Breaches in figures, in the papers behind a payment, and in how it is paid."""

from __future__ import annotations

from tests.unit.dossier.rule_case import (
    ADVANCE,
    CASH,
    CASH_ORDER,
    LINE,
    UNDER_CONTRACT,
    Case,
    at,
    books,
)
from tests.unit.dossier.samples import (
    CASH_RECIPIENT,
    CONTRACT,
    LIST,
    ORDER,
    SETTLEMENT,
    WITH_LIST,
    WITHDRAWAL,
    change,
    dossier,
)

FIGURES = [
    Case("R-058", change(WITHDRAWAL, row={"amount": 0}), at("amount")),
    Case("R-058", change(WITHDRAWAL, row={"amount": -5}), at("amount")),
    Case("R-058", change(ORDER, row={"amount": -5}), at("amount"), good=ORDER),
    Case("R-058", change(SETTLEMENT, row={"requested_amount": 0}), at("requested_amount"), good=SETTLEMENT),
    Case("R-058", change(SETTLEMENT, row={"advance_balance": -1}), at("advance_balance"), good=SETTLEMENT),
    Case(
        "M13-6",
        change(WITHDRAWAL, {"total": 14_950_000}),
        {"field": "total"},
        good=change(WITHDRAWAL, {"total": 15_400_000}),
        says="thiếu 450.000 đ",
    ),
    Case(
        "M13-6",
        change(WITHDRAWAL, {"total_words": "Mười lăm triệu đồng"}),
        {"field": "total_words"},
        good=change(WITHDRAWAL, {"total_words": "mười lăm triệu bốn trăm ngàn đồng."}),
        says="Mười lăm triệu bốn trăm nghìn đồng chẵn",
    ),
    Case("M13-6", change(WITHDRAWAL, rows=[LINE | {"amount": 10**15}] * 2), {"table": "lines", "column": "amount"}),
    Case("M17-6", change(ORDER, {"total": 1}), {"field": "total"}, good=change(ORDER, {"total": 6_000_000})),
    Case("M10-3", change(SETTLEMENT, {"requested_total": 1}), {"field": "requested_total"}, good=SETTLEMENT),
    Case("M10-3", change(SETTLEMENT, {"requested_total_words": "Một đồng"}), {"field": "requested_total_words"}),
    Case("M20-1", change(LIST, {"total": 1}), {"field": "total"}, good=change(LIST, {"total": 15_400_000})),
    Case("M20-5", change(LIST, row={"account": None}), at("account"), good=LIST),
    Case("M20-5", change(LIST, row={"bank": " "}), at("bank"), good=LIST),
    Case("M20-5", change(LIST, row={"amount": None}), at("amount"), good=LIST),
    Case("M20-5", change(LIST, row={"amount": 0}), at("amount"), good=LIST, says="lớn hơn 0"),
]

BASIS = [
    Case("M13-2", change(UNDER_CONTRACT, {"contract_date": None}), {"field": "contract_date"}, good=UNDER_CONTRACT),
    Case("M13-2", change(WITHDRAWAL, {"contract_party": "Ông A"}), {"field": "contract_no"}, good=UNDER_CONTRACT),
    Case("M13-2", change(WITHDRAWAL, {"acceptance_no": "1"}), {"field": "acceptance_total"}),
    Case("M13-2", change(WITHDRAWAL, {"bid_result_decision_no": "1"}), {"field": "bid_result_decision_date"}),
    Case("M17-2", change(ORDER, {"contract_no": "1"}), {"field": "contract_total"}, good=change(ORDER, CONTRACT)),
    Case(
        "M13-4",
        change(UNDER_CONTRACT, {"contract_total": 15_399_999}),
        {"field": "contract_total"},
        good=change(UNDER_CONTRACT, {"contract_total": 15_400_000}),
        says="Vượt giá trị hợp đồng hoặc quyết định 1 đ",
    ),
    Case(
        "M13-4",
        UNDER_CONTRACT,
        {"field": "contract_total"},
        context=books(paid=90_000_000),
        says="Trước đó đã thanh toán 90.000.000 đ",
    ),
    Case(
        "M13-4",
        dossier(
            change(UNDER_CONTRACT, row={"amount": 60_000_000}),
            change(UNDER_CONTRACT, {"document_no": "2"}, row={"amount": 60_000_000}),
        ),
        {"document": 1, "field": "contract_total"},
        name="two vouchers of one dossier",
    ),
    Case("M17-4", change(ORDER, {**CONTRACT, "contract_total": 5}), {"field": "contract_total"}, good=ORDER),
    Case(
        "M13-5",
        change(ADVANCE, {"advance_terms": "15%"}),
        {"field": "advance_terms"},
        "warning",
        good=ADVANCE,
        says="15.000.000 đ",
    ),
    Case(
        "M13-5", change(ADVANCE, {"advance_terms": "không quá 9.000.000 đồng"}), {"field": "advance_terms"}, "warning"
    ),
    Case(
        "M17-5",
        change(ORDER, {**CONTRACT, "advance_terms": "5,5 % hợp đồng"}),
        {"field": "advance_terms"},
        "warning",
        good=change(ORDER, {**CONTRACT, "advance_terms": "theo thỏa thuận"}),
    ),
    Case(
        "R-056",
        dossier(UNDER_CONTRACT, change(ORDER, {**CONTRACT, "contract_total": 200_000_000})),
        {"document": 1, "field": "contract_total"},
        "warning",
        good=dossier(UNDER_CONTRACT, change(ORDER, CONTRACT)),
    ),
]

PAYMENT = [
    Case("M13-1", change(WITHDRAWAL, choices={"payment_mode": ""}), {"field": "payment_mode"}, says="«Tiền mặt»"),
    Case("M13-1", change(WITHDRAWAL, choices={"estimate_kind": "both"}), {"field": "estimate_kind"}),
    Case("M13-1", change(WITHDRAWAL, choices={"spending_kind": ""}), {"field": "spending_kind"}),
    Case("M17-1", change(ORDER, choices={"payment_mode": "x"}), {"field": "payment_mode"}, good=ORDER),
    Case("M13-7", change(WITHDRAWAL, {"payee_bank": None}), {"field": "payee_bank"}, says="Mẫu số 20"),
    Case("M13-7", WITH_LIST, {"field": "payee_name"}, good=change(WITH_LIST, flags={"list_attached": True})),
    Case("M13-7", dossier(WITH_LIST), {"document": 0, "field": "payee_name"}, good=dossier(WITH_LIST, LIST)),
    Case("M13-7", change(WITHDRAWAL, CASH_RECIPIENT), {"field": "cash_recipient_name"}, says="phải để trống"),
    Case("M13-7", change(CASH, {"payee_account": "1"}), {"field": "payee_account"}, good=CASH),
    Case("M13-7", change(CASH, {"cash_recipient_id_place": ""}), {"field": "cash_recipient_id_place"}, good=CASH),
    Case("M17-7", change(ORDER, {"payee_account": None}), {"field": "payee_account"}, good=ORDER),
    Case("M17-7", change(CASH_ORDER, {"cash_recipient_name": None}), {"field": "cash_recipient_name"}, good=CASH_ORDER),
    Case(
        "R-039",
        dossier(change(WITHDRAWAL, {"payee_name": "Theo danh sách kèm theo"})),
        {"document": 0, "field": "payee_name"},
        good=dossier(change(WITHDRAWAL, {"payee_name": "Theo danh sách kèm theo"}), LIST),
    ),
    Case("M13-10", CASH, {"field": "payment_mode"}, "warning"),
    Case("R-051", CASH_ORDER, {"field": "payment_mode"}, "warning", good=ORDER),
    Case("R-023", CASH, {"field": "cash_recipient_name"}, "warning"),
    Case("R-023", CASH_ORDER, {"field": "cash_recipient_name"}, "warning", good=ORDER),
]

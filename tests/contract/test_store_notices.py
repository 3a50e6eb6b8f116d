"""What the Treasury tells besides decisions, and what its figures do to the book."""

from desktop.dossier.document import Document
from desktop.dossier.lifecycle import State
from desktop.store.store import Store
from tests.contract.book_kit import ACCOUNT, advance, decide, document, pay, settlement, submit
from tests.contract.store_kit import NOW, UNIT, event, package_id

REFUSAL = {"form": "M33", "fields": {"notice_no": "118/TB", "reason": "Sai số tiền", "issuer": "PGD 14"}}
RECEIPT = {"form": "M05", "fields": {"receipt_no": "218", "tax_name": "Lệ phí", "amount": 36_000}}
ORDER = {"order_no": "12/LHT", "order_date": "2026-11-02", "amount": 900, "payee_name": "Giàng A Sò"}


def tell(store: Store, kind: str, package: str | None = None, **values: object) -> None:
    seq = store.feed.cursor + 1
    store.feed.apply_page([event(seq, kind, package, **values)], seq, NOW)


def accept(store: Store, name: str, *figures: dict[str, object], amount: int = 0) -> None:
    tell(store, "decision", package_id(name), decision="paid", official_code="G1", amount=amount, figures=list(figures))


def paper(store: Store, document: dict[str, object], package: str | None = None, dossier_no: str = "") -> None:
    form = str(document["form"])
    tell(store, "paper", package, form=form, pack="347-2025", document=document, dossier_no=dossier_no)


def test_a_refusal_is_kept_with_its_dossier_and_a_receipt_by_itself(store: Store) -> None:
    submit(store, "d1", advance("T1", 5))
    decide(store, "d1", "returned")
    paper(store, REFUSAL, package_id("d1"), "1")
    paper(store, RECEIPT)
    receipt, refusal = store.notices.papers()
    assert (refusal.number, refusal.who, refusal.text, refusal.local_id) == ("118/TB", "PGD 14", "Sai số tiền", "d1")
    assert (receipt.number, receipt.amount, receipt.local_id) == ("218", 36_000, "")
    assert store.notices.papers_of("d1") == [refusal]
    assert store.projection.row("d1").status.state is State.RETURNED


def test_a_refusal_finds_its_dossier_by_number_alone(store: Store) -> None:
    submit(store, "d1", advance("T1", 5))
    paper(store, REFUSAL, None, "1")
    assert [item.form for item in store.notices.papers_of("d1")] == ["M33"]


def test_a_paper_that_cannot_be_read_is_listed_as_such(store: Store) -> None:
    paper(store, {"form": "M99"})
    (found,) = store.notices.papers()
    assert (found.document, found.title) == (None, "Giấy chưa đọc được ở bản này")


def test_the_newest_word_on_a_refund_counts(store: Store) -> None:
    tell(store, "refund", **ORDER, status="received")
    tell(store, "refund", **(ORDER | {"order_no": "13/LHT"}), status="booked")
    tell(store, "refund", **ORDER, status="credited", credited_at=NOW)
    tell(store, "refund", **ORDER, status="a later version's")
    first, second = store.notices.refunds()
    assert (first.order_no, first.label, first.credited_at) == ("12/LHT", "Đã có tiền", NOW)
    assert [step.status for step in first.steps] == ["credited", "received"]
    assert second.label == "Đã hạch toán hoàn trả"


def test_words_of_a_later_version_change_no_state(store: Store) -> None:
    submit(store, "d1", advance("T1", 5))
    tell(store, "decision", package_id("d1"), decision="suspended", official_code="G1")
    tell(store, "weather", warm=True)
    assert store.projection.row("d1").status.state is State.SEALED
    assert store.feed.cursor == 2


def test_a_mismatch_comes_back_under_its_own_name_and_can_be_corrected(store: Store) -> None:
    table = document("M32", {"account_no": ACCOUNT, "opening": 5, "increase": 0, "decrease": 0}, table="accounts")
    submit(store, "d1", table)
    figure = {"document": 0, "table": "accounts", "row": 0, "key": "closing", "value": 4}
    tell(store, "decision", package_id("d1"), decision="mismatch", official_code="G1", figures=[figure])
    status = store.projection.row("d1").status
    assert (status.state, status.label) == (State.RETURNED, "Không khớp đúng")
    assert [(cell.key, cell.value) for cell in store.notices.figures("d1")] == [("closing", 4)]
    submit(store, "d2", table, replaces=package_id("d1"))
    assert store.ledger().closing(ACCOUNT, 2026, 11) is None


def test_a_settlement_counts_for_what_the_treasury_accepted_of_each_line(store: Store) -> None:
    pay(store, "a", advance("T1", 300))
    submit(store, "b", settlement(200, 300), advance("T2", 40))
    accept(store, "b", {"document": 0, "table": "lines", "row": 0, "key": "requested_amount", "value": 120}, amount=160)
    assert [(item.document_no, item.open) for item in store.ledger().open_advances()] == [("T1", 180), ("T2", 40)]


def test_a_registered_account_is_known_by_the_number_the_treasury_gave(store: Store) -> None:
    asked = Document(form="M24", tables={"deposit_accounts": [{"content": "Phí"}]})
    submit(store, "a", asked)
    accept(store, "a", {"document": 0, "table": "deposit_accounts", "row": 0, "key": "account_no", "value": "3714.4.1"})
    assert store.ledger().registered_accounts() == (UNIT.estimate_account, UNIT.deposit_account, "3714.4.1")


def test_a_grant_makes_a_line_of_the_estimate(store: Store) -> None:
    line = {"budget_year": 2027, "account": ACCOUNT, "source": "13", "sector": "341"}
    tell(store, "balance", None, **line, delta=0, remaining=500, given=500)
    tell(store, "balance", None, **line, delta=-80, remaining=420)
    view = store.estimates.remaining(2027, ACCOUNT, "13", "341")
    assert view is not None
    assert (view.given, view.left) == (500, 420)


def test_the_same_event_twice_counts_once(store: Store) -> None:
    told = event(7, "refund", None, **ORDER, status="booked")
    assert [store.feed.apply_page([told], 7, NOW) for _ in range(2)] == [1, 0]
    assert len(store.notices.refunds()[0].steps) == 1

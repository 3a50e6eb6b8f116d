"""Search finds everything by any spelling, the best first, and nothing typed breaks it."""

import unicodedata
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.dossier.document import Dossier
from desktop.dossier.finding import Hit
from desktop.store.find import AMOUNT, ANYWHERE, HEADLINE, NUMBER, Archived
from desktop.store.find_words import wanted
from desktop.store.finding_facts import find_everything
from desktop.store.store import Store
from tests.contract.store_kit import NOW, decision, deliver, event, objects, raw, seal, steps, voucher

PDF = b"%PDF-1.7 x"


def told(name: str, title: str, number: str, **fields: str) -> Dossier:
    return Dossier(local_id=name, number=number, title=title, documents=(voucher(15_400_000, **fields),))


def submitted(store: Store, dossier: Dossier) -> None:
    store.drafts.save(dossier, "hanh")
    store.submissions.freeze(dossier.local_id, objects(dossier.local_id), steps("tuyen"), "hanh")


@pytest.fixture
def full(store: Store) -> Store:
    """A unit with one of everything."""
    attached = store.attachments.add(PDF, "Hóa đơn điện lực.pdf")
    first = told("d1", "Tiền điện tháng 10", "0443", document_no="RDT0012").model_copy(
        update={"attachments": (attached,)}
    )
    store.drafts.save(first, "hanh")
    paid = {"payee_name": "Công ty Đường Láng", "payee_account": "3500 2010 0012 3", "payee_bank": "Agribank Mường Lát"}
    submitted(store, told("d2", "Sửa nhà văn hóa", "0444", contract_no="12/hđ-xd", contract_party="Thợ Mộc", **paid))
    store.payees.acknowledge("711A 222", "Sùng Thị Pó", "hanh", NOW)
    document = {"form": "M33", "fields": {"reason": "Sai mã nguồn kinh phí", "notice_no": "88/TB"}}
    page = event(1, "paper", None, form="M33", pack="347-2025", document=document, dossier_no="0444")
    store.feed.apply_page([page], 1)
    return store


def found(store: Store, text: str) -> set[tuple[str, str]]:
    return {(hit.kind, hit.ref.split("/")[0]) for hit in store.find.search(text)}


@pytest.mark.parametrize(
    ("text", "kind", "ref"),
    [
        ("0443", "dossier", "d1"),
        ("rdt0012", "dossier", "d1"),
        ("TIỀN ĐIỆN", "dossier", "d1"),
        ("tien dien", "dossier", "d1"),
        ("15.400.000", "dossier", "d1"),
        ("15.400.000 đồng", "dossier", "d1"),
        ("15400000", "dossier", "d1"),
        ("điện 15.400.000", "dossier", "d1"),
        ("duong lang", "payee", "3500201000123"),
        ("agribank duong", "payee", "3500201000123"),
        ("3500201000123", "payee", "3500201000123"),
        ("sung thi po", "payee", "711a222"),
        ("12/HĐ-XD", "contract", "12"),
        ("tho moc", "contract", "12"),
        ("hoa don", "attachment", "d1"),
        ("hoá đơn", "attachment", "d1"),
        (unicodedata.normalize("NFD", "hóa đơn"), "attachment", "d1"),
        ("sai ma nguon", "notice", "1"),
        ("88/TB", "notice", "1"),
    ],
)
def test_everything_is_found_by_any_spelling(full: Store, text: str, kind: str, ref: str) -> None:
    assert (kind, ref) in found(full, text)


def ranks(hits: list[Hit]) -> list[tuple[str, int]]:
    return [(hit.ref, hit.score) for hit in hits if hit.kind == "dossier"]


def test_the_very_number_comes_first_then_the_headline_then_the_rest_newer_first(store: Store) -> None:
    for name, title, number in (
        ("a", "Mua 0450 quyển sổ", "0001"), ("b", "Khác", "0450"), ("c", "Vé 0450", "0003"), ("d", "Khác", "0004"),
    ):  # fmt: skip
        store.drafts.save(told(name, title, number, document_no="" if name != "d" else "Số 0450"), "hanh")
    assert ranks(store.find.search("0450")) == [("b", NUMBER), ("c", HEADLINE), ("a", HEADLINE), ("d", ANYWHERE)]
    assert {score for _, score in ranks(store.find.search("15.400.000"))} == {AMOUNT}


def test_where_the_words_stand_is_shown(full: Store) -> None:
    (hit,) = full.find.search("6501 rdt0012", kinds=("dossier",))
    assert (hit.title, hit.snippet, hit.amount) == ("0443 · Tiền điện tháng 10", "RDT0012", 15_400_000)


def test_one_kind_does_not_crowd_out_another(full: Store) -> None:
    for number in range(60):
        full.drafts.save(told(f"n{number}", "Đường Láng", f"{number:04d}"), "hanh")
    hits = full.find.search("duong lang", limit=20)
    assert len(hits) == 20
    assert "payee" in {hit.kind for hit in hits}
    assert [hit.kind for hit in full.find.search("duong lang", kinds=("payee",))] == ["payee"]


def test_what_is_deleted_or_changed_is_found_no_more(full: Store) -> None:
    full.drafts.save(told("d1", "Tiền nước", "0443"), "hanh")
    assert not found(full, "rdt0012")
    assert ("attachment", "d1") not in found(full, "hoa don")
    full.drafts.delete("d1", "hanh")
    assert not found(full, "tien nuoc")
    full.drafts.undelete("d1", "hanh")
    assert found(full, "tien nuoc") == {("dossier", "d1")}


def test_the_treasurys_word_and_number_find_the_dossier(store: Store) -> None:
    package = seal(store, "d1")
    deliver(store, package)
    store.feed.apply_page([decision(1, package, "returned", "Thiếu bảng chấm công")], 1)
    assert found(store, "bang cham cong") == {("dossier", "d1")}
    assert found(store, "0423") == {("dossier", "d1")}


def test_what_is_rolled_back_is_not_found(full: Store) -> None:
    with suppress(ZeroDivisionError), full.transaction():
        full.drafts.save(told("x", "Quạt trần", "0999"), "hanh")
        raise ZeroDivisionError
    assert not found(full, "quat tran")


def test_a_year_put_away_is_found_there_until_it_is_taken_out(full: Store) -> None:
    item = Archived("d2", "0444", "Sửa nhà văn hóa", "Đường Láng", 15_400_000, NOW, "sua nha van hoa ban xi lo")
    full.find.archive(2024, [item])
    assert [(hit.kind, hit.ref) for hit in full.find.search("xi lo")] == [("archive", "2024/d2")]
    full.find.unarchive(2024)
    assert not full.find.search("xi lo")


def test_an_older_store_is_indexed_as_a_new_one_is(full: Store) -> None:
    def entries() -> list[tuple[object, ...]]:
        with raw(full.folder) as database:
            rows = database.rows("SELECT kind, ref, title, note, amount FROM findable ORDER BY kind, ref")
        return [tuple(row) for row in rows]

    before = entries()
    with raw(full.folder) as database, database.transaction():
        database.run("DELETE FROM findable")
        database.run("DELETE FROM find")
        find_everything(database)
    assert entries() == before
    assert ("payee", "711a222") in found(full, "sung thi po")


SIGNS = ['"', "'", '"a', "*", "a*", "(", ")", "-a", "^a", "{kind}:a", "\0", "a\0b", "_", "___", "\ud800", "🙂", "ﷺ"]
LONG = ["x" * 10_000, "a " * 5_000, "đ" * 300, "１２３", "9" * 400, "1." * 300, "0" * 30, "NEAR(a b)", 'a" OR kind : x']


@pytest.mark.parametrize("text", SIGNS + LONG)
def test_nothing_typed_breaks_it(full: Store, text: str) -> None:
    assert isinstance(full.find.search(text), list)
    assert isinstance(full.find.search(f"tien {text}"), list)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=60) | st.text('"*():^-+ ANDORT0.đ\0', max_size=40))
def test_no_text_is_a_command(text: str) -> None:
    asked = wanted(text)
    assert all(word.isalnum() or word.isdigit() for word in asked.words)
    assert "\0" not in asked.expression
    assert asked.expression.count('"') % 2 == 0


@pytest.mark.parametrize(
    ("text", "amount"),
    [("12.500.000", 12_500_000), ("12,500,000", 12_500_000), ("12500000đ", None), ("12.500.000 đ", 12_500_000),
     ("12.50", None), ("điện 12.500.000", None), ("500", None), ("1.000", 1000), ("12.5000", None)],
)  # fmt: skip
def test_an_amount_is_told_from_other_numbers(text: str, amount: int | None) -> None:
    assert wanted(text).amount == amount
